"""``viptui config``: the settings as a commented file, as they hold, and as a schema for editors."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viptui.cli.output import prepare_output, print_json
from viptui.cli.tables import Column, paper, print_table, snug
from viptui.config import Sources, named_config, read_sources, settings_from
from viptui.config_file import path_of, table_of
from viptui.config_table import BY_NAME, SETTINGS, Setting
from viptui.config_template import template
from viptui.errors import SettingsError, ViptuiError
from viptui.mail.settings import NOBODY
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.config import Overrides, Settings

HIDDEN: Final = "set, not shown"

PRESET: Final = BY_NAME["policy.preset"]


def run_config(arguments: Namespace, overrides: Overrides) -> int:
    """Do what is asked for with the settings."""
    if arguments.json and arguments.what != "show":
        raise SettingsError("--json belongs to 'viptui config show'.")
    prepare_output(for_programs=arguments.json or arguments.what == "schema")
    if arguments.what == "init":
        _write(overrides)
    elif arguments.what == "show":
        _show(read_sources(overrides), as_json=arguments.json)
    else:
        from viptui.cli.config_schema import schema  # it imports every screen

        sys.stdout.write(schema())
    sys.stdout.flush()
    return 0


def _write(overrides: Overrides) -> None:
    path = path_of(named_config(overrides))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template())
    except FileExistsError:
        raise ViptuiError(f"There is already something at {path}: nothing was written.") from None
    except OSError as error:
        raise ViptuiError(f"{path} cannot be written: {error.strerror}.") from error
    print(visible(f"Wrote {path}: take the # away before what is to differ."))


class Held(NamedTuple):
    """A setting as it holds."""

    name: str
    value: Any
    """None: nothing is set, or nothing of it is shown."""
    origin: str
    """The command line, the environment, the file (each by its name), or ``default``."""
    is_hidden: bool = False


def _show(sources: Sources, *, as_json: bool) -> None:
    settings = settings_from(sources)
    held = list(settings_held(sources, settings))
    if as_json:
        print_json([each._asdict() for each in held])
    else:
        rows = [(each.name, HIDDEN if each.is_hidden else _text(each.value), each.origin) for each in held]
        print_table(snug(_COLUMNS, rows), rows, paper(no_color=settings.no_color))


def settings_held(sources: Sources, settings: Settings) -> Iterator[Held]:
    """Every setting with what holds, and who says so."""
    for each in SETTINGS:
        origin = sources.origin(each)
        if each.is_secret:
            yield Held(each.name, None, origin, is_hidden=origin != "default")
        else:
            value = _value(each, sources, settings)
            by_preset = each.table == "policy" and each.default is not None and value != each.default
            yield Held(each.name, value, sources.origin(PRESET) if by_preset and origin == "default" else origin)
    for name, keys in settings.keys.items():
        yield Held(f"keys.{name}", keys, f"file, {sources.path}")


def _value(setting: Setting, sources: Sources, settings: Settings) -> Any:
    if setting.table == "mail":
        said = table_of(sources.table, "mail", sources.path).get(setting.key)
        return _mail_value(setting, settings) if said is None else said
    if setting.name == "policy.preset":
        return table_of(sources.table, "policy", sources.path).get("preset")
    if setting.table == "policy":
        return getattr(settings.policy, setting.key)
    match setting.name:
        case "database":
            return without_password(settings.database)
        case "business_timezone":
            return str(settings.zone)
    return getattr(settings, setting.name)


def _mail_value(setting: Setting, settings: Settings) -> Any:
    """What holds where the file says nothing."""
    mail = settings.mail
    if mail is None:
        return setting.default
    match setting.key:
        case "folder":
            return str(mail.folder)
        case "templates":
            return None if mail.template_folder is None else str(mail.template_folder)
        case "port":
            return None if mail.server is None else mail.server.port
        case "from":
            return None if mail.sender.address == NOBODY else mail.sender.address
    return setting.default


def without_password(database: str) -> str:
    """A path, or a URL in which nothing of a password is left, however it is torn."""
    scheme, separator, rest = database.partition("://")
    if not separator:
        return database
    user_info, at, place = rest.rpartition("@")
    user, colon, _ = user_info.partition(":")
    place, mark, parameters = place.partition("?")
    shown = "&".join(
        f"{name}=***" if "pass" in name.lower() else f"{name}{equals}{value}"
        for name, equals, value in (each.partition("=") for each in parameters.split("&"))
    )
    return f"{scheme}://{user}{':***' if colon else ''}{at}{place}{mark}{shown}"


def _text(value: Any) -> str:
    match value:
        case None:
            return "-"
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return ", ".join(map(str, value))
    return str(value)


_COLUMNS: Final = (
    Column(title="Setting", width=44, least=12),
    Column(title="Value", width=60, least=12),
    Column(title="From", width=100, least=8),
)
