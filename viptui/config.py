"""Settings: from the command line, the environment and the settings file, in that order.

The only module that reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from viptui.errors import SettingsError
from viptui.rules.folding import key_of
from viptui.rules.policy import VipPolicy, policy_from

if TYPE_CHECKING:
    from viptui.mail.settings import MailSettings, Password

LOOKS: Final = ("dark", "light", "high-contrast", "colour-blind", "ansi-dark", "ansi-light")
"""What the interface can look like; `viptui.themes` has the colours."""

THEMES: Final = ("auto", *LOOKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
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
    evaluate_every_minutes: int = 5
    theme: str = "auto"
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
    mail: MailSettings | None = None
    """How mail leaves the house; None: nothing is delivered."""

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written."""
        return self.as_of is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """What the command line says about settings; None where it says nothing."""

    database: str | None = None
    config: str | None = None
    as_of: date | None = None
    me: str | None = None


def load_settings(overrides: Overrides, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in force.

    Raises:
        SettingsError: the settings file cannot be read, or a key in it makes no sense; the text names the key.
    """
    environment = os.environ if environment is None else environment
    path, table = _settings_file(overrides.config or environment.get("VIPTUI_CONFIG"))
    for key in table:
        if key not in _KEYS:
            raise SettingsError(f"{path}: unknown key {key!r}; there are {', '.join(sorted(_KEYS))}")
    database = overrides.database or environment.get("VIPTUI_DATABASE") or _text(table, "database", path)
    me = overrides.me or environment.get("VIPTUI_ME") or _text(table, "me", path) or system_user()
    return Settings(
        database=os.path.expanduser(database) if database else str(default_database()),  # noqa: PTH111
        database_is_default=not database,
        policy=policy_from(_table(table, "policy", path), where=f"{path}: policy"),
        zone=_zone(_text(table, "business_timezone", path), environment, path),
        me=me,
        as_of=overrides.as_of,
        evaluate_every_minutes=_minutes(table, path),
        theme=_theme(table, path),
        ssh=bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY")),
        tmux=bool(environment.get("TMUX")),
        no_color=bool(environment.get("NO_COLOR")),
        seat=_seat(me, environment.get("SSH_CONNECTION", "")),
        exports=str(Path(_text(table, "exports", path) or default_exports()).expanduser()),
        mail=_mail(_table(table, "mail", path), path, environment),
    )


def default_database() -> Path:
    """Where the database lies when nobody names one: the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("viptui", appauthor=False) / "viptui.db"


def default_exports() -> Path:
    """Where reports are written to when nobody names a folder: easy to find for who fetches them."""
    return Path("~/viptui-exports")


def default_mail_folder() -> Path:
    """Where mails are written to when no server and no folder is named."""
    return default_database().with_name("mail")


def default_config() -> Path:
    """Where the settings file lies when nobody names one."""
    from platformdirs import user_config_path

    return user_config_path("viptui", appauthor=False) / "config.toml"


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


_KEYS: Final = frozenset(
    {"database", "business_timezone", "me", "evaluate_every_minutes", "theme", "policy", "exports", "mail"}
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


def _settings_file(named: str | None) -> tuple[Path, Mapping[str, Any]]:
    path = Path(os.path.expanduser(named)) if named else default_config()  # noqa: PTH111
    try:
        return path, _toml(path.read_bytes(), path)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not named:
            return path, {}
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error


def _toml(content: bytes, path: Path) -> Mapping[str, Any]:
    import tomllib  # most have no settings file

    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}.") from error


def _text(table: Mapping[str, Any], key: str, path: Path) -> str | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, str) or not value):
        raise SettingsError(f"{path}: {key} must be a text, not {value!r}")
    return value


def _table(table: Mapping[str, Any], key: str, path: Path) -> Mapping[str, Any]:
    value = table.get(key, {})
    if not isinstance(value, dict):
        raise SettingsError(f"{path}: {key} must be a table, written as [{key}]")
    return value


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


def _minutes(table: Mapping[str, Any], path: Path) -> int:
    value = table.get("evaluate_every_minutes", Settings.__dataclass_fields__["evaluate_every_minutes"].default)
    if type(value) is not int or not 1 <= value <= 24 * 60:
        raise SettingsError(f"{path}: evaluate_every_minutes must be a whole number from 1 to 1440, not {value!r}")
    return value


def _theme(table: Mapping[str, Any], path: Path) -> str:
    value = _text(table, "theme", path) or "auto"
    if value not in THEMES:
        raise SettingsError(f"{path}: theme must be one of {', '.join(THEMES)}, not {value!r}")
    return value


def _zone(name: str | None, environment: Mapping[str, str], path: Path) -> tzinfo:
    if name is None:
        return _system_zone(environment)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsError(
            f"{path}: business_timezone {name!r} is not a known zone; write it as in Europe/Berlin"
        ) from None


def _system_zone(environment: Mapping[str, str]) -> tzinfo:
    """The system's zone; by its name, so that its clock changes are known."""
    link = Path("/etc/localtime")
    name = environment.get("TZ", "").lstrip(":") or str(link.resolve()).partition("zoneinfo/")[2]
    try:
        return ZoneInfo(name) if name else _zone_by_library()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _zone_by_library()


def _zone_by_library() -> tzinfo:
    from pendulum.tz import get_local_timezone

    return get_local_timezone()
