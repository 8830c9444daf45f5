"""Settings: from the command line, the environment and the settings file, in that order.

The only module that reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, tzinfo
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viptui.config_file import keys_of, read_file, table_of
from viptui.config_table import BY_NAME, SEPARATORS, Setting
from viptui.errors import SettingsError
from viptui.rules.folding import key_of
from viptui.rules.policy import VipPolicy, policy_from

if TYPE_CHECKING:
    from viptui.mail.settings import MailSettings, Password


class Settings(NamedTuple):
    """Everything that can be set, read once at the start."""

    database: str
    """Path of an SQLite file or a ``postgresql://`` URL."""
    database_is_default: bool
    """Whether nobody named a database: then a missing one may be made."""
    policy: VipPolicy
    zone: tzinfo
    """The business zone: it decides what "today" is."""
    me: str
    """Login that "managed by me" means."""
    as_of: date | None = None
    """The day that the program takes for today; everything is read-only then."""
    only_looks: str = ""
    """What asks for a database that refuses writes: ``--read-only``, or ``read_only`` in the file; empty: nothing."""
    evaluate_every_minutes: int = 5
    theme: str = "auto"
    link: str = "auto"
    """How fast the line to the terminal is; see `viptui.link`."""
    ssh: bool = False
    """Whether the terminal is at the far end of an SSH connection."""
    tmux: bool = False
    """Whether the terminal is a window of tmux."""
    no_color: bool = False
    seat: str = ""
    """Where the person sits, for the history: the far end of an SSH connection, the system's user if it is not `me`.

    A note and no proof: a user with a shell can set both.
    """
    exports: str = ""
    """Folder that reports and order sheets are written to."""
    excel_separator: str = SEPARATORS[0]
    """Between the cells of CSV for Excel."""
    mail: MailSettings | None = None
    """How mail leaves the house; None: nothing is delivered."""
    keys: Mapping[str, str] = MappingProxyType({})
    """Keys by the ids of their bindings, as the file has them."""
    file: Path = Path()
    """The settings file, whether it is there or not."""
    confirm_single: bool = True
    """Whether mails to one customer are shown before they are sent."""
    columns: tuple[str, ...] = ()
    """Columns that the list begins with; none for the usual ones."""

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return bool(self.read_only_by)

    @property
    def read_only_by(self) -> str:
        """What makes it so, for whoever wants to leave it out; empty where everything may be written."""
        return "--as-of" if self.as_of is not None else self.only_looks


class Overrides(NamedTuple):
    """What the command line says about settings; None where it says nothing."""

    database: str | None = None
    config: str | None = None
    as_of: date | None = None
    me: str | None = None
    read_only: bool | None = None


class Sources(NamedTuple):
    """Where settings come from, in their order."""

    overrides: Overrides
    environment: Mapping[str, str]
    path: Path
    """The settings file, whether it is there or not."""
    table: Mapping[str, Any]
    """What it says."""

    def named(self, name: str) -> Any:
        """What somebody has said of a setting at the top of the file, anywhere; its default if nobody has."""
        setting = BY_NAME[name]
        said = setting.option and getattr(self.overrides, setting.option[2:].replace("-", "_"))
        in_environment = setting.variable and self.environment.get(setting.variable)
        return said or in_environment or setting.read(self.table, self.path)

    def origin(self, setting: Setting) -> str:
        """Who has said it: the command line, the environment, the file, or nobody."""
        if setting.option and getattr(self.overrides, setting.option[2:].replace("-", "_")):
            return f"command line, {setting.option}"
        if setting.variable and self.environment.get(setting.variable):
            return f"environment, {setting.variable}"
        table = table_of(self.table, setting.table, self.path) if setting.table else self.table
        return f"file, {self.path}" if setting.key in table else "default"


def read_sources(overrides: Overrides, environment: Mapping[str, str] | None = None) -> Sources:
    """What has been said about settings.

    Raises:
        SettingsError: the settings file cannot be read.
    """
    environment = os.environ if environment is None else environment
    return Sources(overrides, environment, *read_file(named_config(overrides, environment)))


def terminal_variables(environment: Mapping[str, str] | None = None) -> Mapping[str, str]:
    """What the environment says of the terminal; empty texts for what it does not."""
    environment = os.environ if environment is None else environment
    return {name: environment.get(name, "") for name in _OF_TERMINALS}


def named_config(overrides: Overrides, environment: Mapping[str, str] | None = None) -> str | None:
    """The settings file that the command line or the environment names."""
    environment = os.environ if environment is None else environment
    return overrides.config or environment.get("VIPTUI_CONFIG")


def load_settings(overrides: Overrides, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: the settings file cannot be read, or a key in it makes no sense; the text names the key.
    """
    return settings_from(read_sources(overrides, environment))


def settings_from(sources: Sources) -> Settings:
    """What follows from everything that has been said. Raises SettingsError."""
    environment, path, table = sources.environment, sources.path, sources.table
    database, me = sources.named("database"), sources.named("me") or system_user()
    return Settings(
        database=os.path.expanduser(database) if database else str(default_database()),  # noqa: PTH111
        database_is_default=not database,
        policy=policy_from(table_of(table, "policy", path), where=f"{path}: policy"),
        zone=_zone(sources.named("business_timezone"), environment, path),
        me=me,
        as_of=sources.overrides.as_of,
        only_looks=_only_looks(sources),
        evaluate_every_minutes=sources.named("evaluate_every_minutes"),
        theme=sources.named("theme"),
        link=sources.named("link"),
        ssh=bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY")),
        tmux=bool(environment.get("TMUX")),
        no_color=bool(environment.get("NO_COLOR")),
        seat=_seat(me, environment.get("SSH_CONNECTION", "")),
        exports=str(Path(sources.named("exports")).expanduser()),
        excel_separator=sources.named("excel_separator"),
        mail=_mail(table_of(table, "mail", path), path, environment),
        keys=keys_of(table_of(table, "keys", path), path),
        file=path,
        confirm_single=sources.named("confirm_single"),
        columns=sources.named("columns") or (),
    )


def _only_looks(sources: Sources) -> str:
    if not sources.named("read_only"):
        return ""
    return "--read-only" if sources.overrides.read_only else f"read_only in {sources.path}"


def default_database() -> Path:
    """Where the database lies when nobody names one: the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("viptui", appauthor=False) / "viptui.db"


def default_mail_folder() -> Path:
    """Where mails are written to when no server and no folder is named."""
    return default_database().with_name("mail")


def log_file() -> Path:
    """Where the program writes its log."""
    from platformdirs import user_log_path

    return user_log_path("viptui", appauthor=False) / "viptui.log"


def system_user() -> str:
    """The login that the kernel knows, whatever the environment claims; the number of a user without a name."""
    import pwd

    user = os.geteuid()
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:  # usual in containers
        return str(user)


def disarm_environment() -> None:
    """Drop the variables with which Textual would run foreign code or write keystrokes and screens to files."""
    for name in [name for name in os.environ if name.startswith("TEXTUAL") and name not in _HARMLESS]:
        del os.environ[name]
    os.environ.setdefault("ESCDELAY", "25")  # milliseconds to tell Escape from a key sequence; 100 is felt
    os.environ.setdefault("TEXTUAL_FPS", "240")  # what comes right behind a frame need not wait 1/60 s for the next


_OF_TERMINALS: Final = (
    *("TERM", "COLORTERM", "NO_COLOR", "ESCDELAY"),
    *("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY"),
)

_HARMLESS: Final = frozenset(
    {
        "TEXTUAL_ANIMATIONS",
        "TEXTUAL_COLOR_SYSTEM",
        "TEXTUAL_DISABLE_KITTY_KEY",
        "TEXTUAL_FPS",
    }
)


def _seat(me: str, ssh_connection: str) -> str:
    far_end = ssh_connection.partition(" ")[0]
    user = system_user()
    return " ".join(
        filter(None, (f"from {far_end}" if far_end else "", f"as {user}" if key_of(user) != key_of(me) else ""))
    )


def _mail(table: Mapping[str, Any], path: Path, environment: Mapping[str, str]) -> MailSettings:
    from functools import partial

    from viptui.mail.settings import mail_from

    def password_of(key: str, value: Any) -> Password:
        from viptui.mail import password

        match key:
            case "password_env":
                return lambda: password.from_variable(value, environment.get(value))  # not looked at before
            case "password_file":
                return partial(password.from_file, Path(value).expanduser())
        return partial(password.from_command, value)

    return mail_from(
        table,
        where=f"{path}: mail",
        folder=default_mail_folder(),
        templates=path.with_name("templates"),
        password_of=password_of,
    )


def _zone(name: str | None, environment: Mapping[str, str], path: Path) -> tzinfo:
    if name is None:
        return _system_zone(environment)
    if (zone := _zone_named(name)) is None:
        raise SettingsError(f"{path}: business_timezone {name!r} is not a known zone; write it as in Europe/Berlin")
    return zone


def _system_zone(environment: Mapping[str, str]) -> tzinfo:
    """The system's zone; by its name, so that its clock changes are known."""
    link = Path("/etc/localtime")
    name = environment.get("TZ", "").lstrip(":") or str(link.resolve()).partition("zoneinfo/")[2]
    return (_zone_named(name) if name else None) or _zone_by_library()


def _zone_named(name: str) -> tzinfo | None:
    """The zone of this name, if there is one."""
    if name in _UTC:
        return UTC  # which most servers have: it needs no look at the system's zones
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


_UTC: Final = ("UTC", "Etc/UTC")


def _zone_by_library() -> tzinfo:
    from pendulum.tz import get_local_timezone

    return get_local_timezone()
