"""The ways out of the house, and how they fail."""

from __future__ import annotations

import os
from datetime import UTC
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from viptui.errors import ViptuiError

if TYPE_CHECKING:
    from email.message import EmailMessage

    from viptui.mail.settings import MailSettings


class TemporaryFailure(ViptuiError):
    """The mail did not leave, and may later."""

    def __init__(self, reason: str, *, is_silent: bool = False) -> None:
        super().__init__(reason)
        self.is_silent = is_silent
        """Whether nobody answered: then there is no point in trying the next mail."""


class PermanentFailure(ViptuiError):
    """The mail will not be taken as it is."""


class UnknownOutcome(ViptuiError):
    """The mail was handed over, and no answer came: it may have arrived."""


class Transport(Protocol):
    """A way out, for one mail after the other."""

    def connect(self) -> None:
        """Get ready to send, unless it is already. Raises `TemporaryFailure`, `SettingsError`."""
        ...

    def send(self, message: EmailMessage) -> None:
        """Send one message. Raises `TemporaryFailure`, `PermanentFailure`, `UnknownOutcome`."""
        ...

    def close(self) -> None:
        """Say goodbye."""
        ...

    def abort(self) -> None:
        """From another thread: let whatever is under way fail at once."""
        ...


def transport_of(settings: MailSettings) -> Transport:
    """The way out that the settings ask for."""
    if settings.server is None:
        return FolderTransport(settings.folder)
    from viptui.mail.smtp import SmtpTransport

    return SmtpTransport(settings.server)


class FolderTransport:
    """Writes each mail into a file of its own, readable for the user alone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def connect(self) -> None:
        """Make the folder if there is none."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise TemporaryFailure(f"{self._folder} cannot be made: {error.strerror}.", is_silent=True) from error

    def send(self, message: EmailMessage) -> None:
        """Write the file whole, under a name that no file has yet."""
        draft = self._folder / f".{uuid4().hex}.new"
        try:
            try:
                _write(draft, message.as_bytes())
                _put_in_place(draft, self._folder, _name_of(message))
            finally:
                draft.unlink(missing_ok=True)
        except OSError as error:
            reason = f"The mail cannot be written to {self._folder}: {error.strerror}."
            raise TemporaryFailure(reason, is_silent=True) from error

    def close(self) -> None:
        """Nothing is held."""

    def abort(self) -> None:
        """Nothing takes long."""


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(draft: Path, folder: Path, name: str) -> None:
    """Give the file its name; one that exists stays, and the new one gets a number."""
    number = 1
    while True:
        try:
            os.link(draft, folder / (f"{name}.eml" if number == 1 else f"{name}-{number}.eml"))
        except FileExistsError:
            number += 1
        else:
            break
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _name_of(message: Any) -> str:
    """A name from the time and the Message-ID; letters and digits only, whatever those hold."""
    at = message["Date"].datetime.astimezone(UTC)
    return f"{at:%Y%m%dT%H%M%SZ}-{sha256(message['Message-ID'].encode()).hexdigest()[:12]}"
