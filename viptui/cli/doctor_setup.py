"""What ``viptui doctor`` finds about the set-up: settings, database, search, mail."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viptui import __version__
from viptui.cli.configuring import without_password
from viptui.cli.findings import Finding, bad, look, ok
from viptui.cli.output import narrate
from viptui.config import read_sources, settings_from
from viptui.errors import OlderDatabase, SettingsError, StorageUnavailable

if TYPE_CHECKING:
    from viptui.config import Overrides, Settings, Sources
    from viptui.data.health import Health
    from viptui.mail.settings import MailSettings, Server

LEAST: Final = 20 * 1024**2
PLENTY: Final = 200 * 1024**2
"""Bytes of free disk space below which writing will fail soon, and from which on nobody has to look."""

LARGE: Final = 500 * 1024**2
"""Bytes of a database from which on it takes seconds to read all of it."""

FAR: Final = 0.02
"""Seconds to the database and back from which on keys are felt."""


def look_at_setup(overrides: Overrides) -> Iterator[Finding]:
    """Everything that the settings name."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield ok("viptui", f"{__version__}, on Python {python}")
    try:
        sources = read_sources(overrides)
        settings = settings_from(sources)
    except SettingsError as error:
        yield bad("settings", str(error), "correct that line; 'viptui config show' says what holds then")
        yield look("database", "not looked at without settings")
        yield look("mail", "not looked at without settings")
        return
    yield _settings(settings)
    yield from _database(settings)
    yield from _mail(sources, settings)


def _settings(settings: Settings) -> Finding:
    if not settings.file.exists():
        return ok(
            "settings", f"none at {settings.file}: everything is as it is by itself", "'viptui config init' writes one"
        )
    if settings.keys:
        from viptui.screens.key_map import problems  # it imports every screen

        if found := problems(settings.keys):
            return bad(
                "settings", f"{settings.file}: keys: {found[0]}", "'viptui keys --check' names all that is wrong"
            )
    return ok("settings", str(settings.file))


def _database(settings: Settings) -> Iterator[Finding]:
    place = without_password(settings.database)
    if settings.database_is_default and not Path(settings.database).exists():
        yield ok("database", f"none yet at {place}: the first start makes one")
        return
    from viptui.data.database import import_peewee

    import_peewee(settings.database)
    from viptui.data.reading import reading

    try:
        with reading(settings.database, read_only=True):
            _tell_that_it_takes_long(settings.database)
            from viptui.data.health import health

            found = health(settings.database)
    except OlderDatabase:
        yield look(
            "database", f"{place} is of an older viptui", "make a copy; the next start that may write updates it"
        )
        return
    except StorageUnavailable as error:
        yield bad("database", str(error), "VIPTUI_DATABASE, --database or database in the settings name another one")
        return
    yield _sound(place, found)
    yield _room(found)
    yield _index(found)


def _tell_that_it_takes_long(database: str) -> None:
    path = Path(database)
    if path.is_file() and (size := path.stat().st_size) > LARGE:
        narrate(f"The database is read from end to end, {in_bytes(size)}; ctrl+c leaves that.")


def _sound(place: str, found: Health) -> Finding:
    told = f"{place}: {found.engine}, {found.customers:,} customers, {in_bytes(found.size)}"
    if found.damage:
        return bad("database", f"{told}; {found.damage}", "restore a backup")
    if found.free is not None:
        return ok("database", f"{told}; sound")
    told = f"{told}; {found.seconds * 1000:.1f} ms there and back"
    return look("database", told, "run viptui nearer to the server") if found.seconds >= FAR else ok("database", told)


def _room(found: Health) -> Finding:
    if found.free is None:
        return ok("disk", "the server's")
    told = f"{in_bytes(found.free)} are free"
    if found.free < LEAST:
        return bad("disk", told, "make room: nothing can be written on a full disk")
    if found.free < max(found.size, PLENTY):
        return look("disk", told, "make room: there is hardly any for a copy of the database")
    return ok("disk", told)


def _index(found: Health) -> Finding:
    if found.missing:
        told = f"{found.missing} of {found.sampled} customers are not found by their VIP IDs"
        return bad("search", told, "restore a backup; a new import of the same files does not mend it")
    return ok("search", f"its index has all of {found.sampled} customers that were looked for")


def _mail(sources: Sources, settings: Settings) -> Iterator[Finding]:
    mail = settings.mail
    if mail is None:
        return
    if mail.server is None:
        yield _files(settings, mail)
        return
    server = mail.server
    told = f"{server.host}:{server.port} ({server.security}), from {mail.sender.address}"
    if server.security == "none":
        yield look("mail", told, '[mail] security = "starttls" protects the line')
    else:
        yield ok("mail", told)
    if server.password is not None:
        yield _password(server, sources.table["mail"])


def _files(settings: Settings, mail: MailSettings) -> Finding:
    from viptui.data.database import is_postgres

    told = f"mails become files in {mail.folder}"
    if mail.is_chosen:
        return ok("mail", told)
    if is_postgres(settings.database):
        told += ", by 'viptui deliver' and 'viptui worker' only"
    return look("mail", told, '[mail] transport = "smtp" with host and from sends them')


def _password(server: Server, table: dict[str, Any]) -> Finding:
    """Where the password comes from, and whether it is there; a command is not run, as it may ask somebody."""
    about = "password"
    if words := table.get("password_command"):
        return ok(about, f"of {server.user}: what the command {words[0]} prints; it was not run")
    key = "password_env" if "password_env" in table else "password_file"
    where = f"of {server.user}: from {'the variable' if key == 'password_env' else 'the file'} {table[key]}"
    try:
        if server.password is not None:
            server.password()
    except SettingsError as error:
        return bad(about, str(error), f"[mail] {key} names where it is")
    return ok(about, where)


def in_bytes(number: int) -> str:
    """A size as one reads it."""
    size = float(number)
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size /= 1000
    return f"{size:.1f} GB"
