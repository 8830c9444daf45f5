"""How mail leaves the house, as the settings say it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from viptui.errors import SettingsError

if TYPE_CHECKING:
    from viptui.mail.templates import Templates

Password = Callable[[], str]
"""Fetches the password at the moment it is needed; it is kept nowhere. Raises `SettingsError`."""

SECURITIES: Final = {"starttls": 587, "tls": 465, "none": 25}
"""How the line to a mail server is protected, with the usual port. Source: RFC 8314 and RFC 6409."""

MOST_SECONDS: Final = 120
"""Longest time limit of an answer: all answers to a mail together must end long before its claim counts as lost."""

LOCAL_HOSTS: Final = frozenset({"localhost", "127.0.0.1", "::1"})

NOBODY: Final = "viptui@viptui.invalid"
"""Sender in files where none is set; RFC 2606 keeps the address from being anybody's."""


class Sender(NamedTuple):
    """Who mails come from."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """Right side of the address, in ASCII."""
        return ascii_domain(self.address)


class Server(NamedTuple):
    """A mail server."""

    host: str
    port: int
    security: str
    """One of `SECURITIES`."""
    user: str | None = None
    password: Password | None = None
    ca_file: Path | None = None
    """Certificates that are trusted besides the system's."""
    timeout: float = 30.0
    """Seconds until a server that does not answer counts as gone."""


class MailSettings(NamedTuple):
    """Everything about mail that can be set."""

    folder: Path
    """Where mails are written to as files if there is no server."""
    server: Server | None = None
    sender: Sender = Sender("viptui", NOBODY)
    template_folder: Path | None = None
    """Texts of one's own."""
    is_chosen: bool = False
    """Whether somebody has named a transport."""

    @property
    def place(self) -> str:
        """Where mails go, in words."""
        if self.server is None:
            return f"the folder {self.folder}"
        return f"the mail server {self.server.host}:{self.server.port}"

    def templates(self) -> Templates:
        """The texts of mails."""
        from viptui.mail.templates import Templates

        return Templates(folder=self.template_folder, domain=self.sender.domain)


def mail_from(
    table: Mapping[str, Any], *, where: str, folder: Path, templates: Path, password_of: Callable[..., Password]
) -> MailSettings:
    """The settings of a ``[mail]`` table.

    Args:
        table: what stands in it.
        where: how it is named in a refusal.
        folder: where files go if the table does not say.
        templates: where texts of one's own are if the table does not say; it need not exist.
        password_of: how a password is fetched, by the name of the key and its value; see `viptui.mail.password`.

    Raises:
        SettingsError: a key is unknown, missing or makes no sense; the text names it.
    """
    if unknown := sorted(set(table) - KEYS):
        raise SettingsError(f"{where}: unknown key {unknown[0]!r}; there are {', '.join(sorted(KEYS))}")
    read = _Reader(table, where)
    transport = read.choice("transport", ("folder", "smtp"), "folder")
    sender = read.sender()
    if transport == "smtp" and sender is None:
        raise SettingsError(f"{where}: from is missing: mail by a server needs a sender, as 'Name <name@example.com>'")
    return MailSettings(
        folder=read.path("folder") or folder,
        server=read.server(password_of) if transport == "smtp" else None,
        sender=sender or Sender("viptui", NOBODY),
        template_folder=read.existing_folder("templates") or (templates if templates.is_dir() else None),
        is_chosen="transport" in table,
    )


def ascii_domain(address: str) -> str:
    """The domain of an address as it travels: IDNA for letters outside ASCII. Raises ``ValueError``."""
    return address.rpartition("@")[2].encode("idna").decode("ascii")


class _Reader:
    """Reads the keys of the table, strictly."""

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self._table, self._where = table, where

    def server(self, password_of: Callable[..., Password]) -> Server:
        """The mail server."""
        host = self.text("host")
        if host is None:
            raise self._refused("host", "is missing: it names the mail server")
        security = self.choice("security", tuple(SECURITIES), "starttls")
        user, password = self.text("user"), self._password(password_of)
        if (user is None) != (password is None):
            missing = "user" if user is None else f"one of {', '.join(PASSWORD_KEYS)}"
            raise self._refused(missing, "is missing: a login needs both a user and a password")
        if user is not None and security == "none" and host not in LOCAL_HOSTS:
            raise self._refused("security", "'none' would send the password in the clear; use 'starttls' or 'tls'")
        return Server(
            host=host,
            port=self.number("port", SECURITIES[security], 65_535),
            security=security,
            user=user,
            password=password,
            ca_file=self._existing("ca_file", Path.is_file, "file"),
            timeout=self.number("timeout_seconds", 30, MOST_SECONDS),
        )

    def text(self, key: str) -> str | None:
        """A text, if the key is there."""
        value = self._table.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise self._refused(key, f"must be a text, not {value!r}")
        return value

    def choice(self, key: str, choices: tuple[str, ...], default: str) -> str:
        """One of several words."""
        value = self.text(key) or default
        if value not in choices:
            raise self._refused(key, f"must be one of {', '.join(choices)}, not {value!r}")
        return value

    def number(self, key: str, default: int, most: int) -> int:
        """A whole number from 1."""
        value = self._table.get(key, default)
        if type(value) is not int or not 1 <= value <= most:
            raise self._refused(key, f"must be a whole number from 1 to {most}, not {value!r}")
        return value

    def path(self, key: str) -> Path | None:
        """A path, in which ~ is the home folder."""
        value = self.text(key)
        return None if value is None else Path(value).expanduser()

    def existing_folder(self, key: str) -> Path | None:
        """A folder that has to be there."""
        return self._existing(key, Path.is_dir, "folder")

    def sender(self) -> Sender | None:
        """A name and an address, as ``Name <name@example.com>``."""
        value = self.text("from")
        if value is None:
            return None
        from viptui.rules.parsing import ParseError, parse_email  # most set no sender

        name, bracket, rest = value.strip().partition("<")
        if bracket and not rest.endswith(">"):
            raise self._refused("from", f"must be written as 'Name <name@example.com>', not {value!r}")
        try:
            sender = (
                Sender(name.strip().strip('"'), parse_email(rest[:-1])) if bracket else Sender("", parse_email(name))
            )
            sender.address.partition("@")[0].encode("ascii")
            ascii_domain(sender.address)
        except ParseError as error:
            raise self._refused("from", f"is not a sender, {value!r}: {error}") from None
        except UnicodeError:
            raise self._refused("from", f"must be an address that every mail server takes, not {value!r}") from None
        return sender

    def _password(self, password_of: Callable[..., Password]) -> Password | None:
        named = [key for key in PASSWORD_KEYS if key in self._table]
        if not named:
            return None
        if len(named) > 1:
            raise self._refused(named[1], f"stands beside {named[0]}: name one source of the password")
        (key,) = named
        if key != "password_command":
            return password_of(key, self.text(key))
        words = self._table[key]
        if not isinstance(words, list) or not words or not all(isinstance(each, str) and each for each in words):
            raise self._refused(key, 'must be a list of words, as ["pass", "show", "mail"]')
        return password_of(key, tuple(words))

    def _existing(self, key: str, is_there: Callable[[Path], bool], kind: str) -> Path | None:
        path = self.path(key)
        if path is not None and not is_there(path):
            raise self._refused(key, f"names {path}, and there is no such {kind}")
        return path

    def _refused(self, key: str, why: str) -> SettingsError:
        return SettingsError(f"{self._where}: {key} {why}")


PASSWORD_KEYS: Final = ("password_env", "password_file", "password_command")

KEYS: Final = frozenset(
    {
        "transport",
        "folder",
        "templates",
        "from",
        "host",
        "port",
        "security",
        "user",
        "ca_file",
        "timeout_seconds",
        *PASSWORD_KEYS,
    }
)
