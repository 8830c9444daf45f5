"""The way out to the terminal: at once where it takes what there is, else by Textual's writing thread."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final, TextIO

from viptui.text import encodable

AS_IT_IS: Final = "surrogateescape"
"""How bytes that are no whole character go through a text unchanged."""


class Outlet:
    """The stream to the terminal, as Textual's writing thread uses it; it knows what has not gone out yet."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._taken = 0
        self._gone = 0
        self.queued = 0
        """Texts that were handed to the writing thread."""
        self._direct = _without_waiting(file)
        """The same terminal, which says how much it takes where a write would have to wait."""

    @property
    def pending(self) -> bool:
        """Whether the terminal has not taken everything yet."""
        return self._gone != self.queued

    def write_at_once(self, text: str) -> str:
        """Write what the terminal takes without waiting; returns the rest, which is for the writing thread.

        Until that thread has woken up and Python lets it go on, up to a millisecond of a key is gone.
        """
        if self._direct is None or self.pending:
            return text
        encoding = self._file.encoding
        data = encodable(text, encoding).encode(encoding)
        written = 0
        with suppress(OSError):  # it takes nothing now, or is gone, which the thread finds out as ever
            written = os.write(self._direct, data)
        return data[written:].decode(encoding, AS_IT_IS)

    def write(self, text: str) -> None:
        """Write; waits while the terminal takes nothing."""
        self._taken += 1
        encoding = self._file.encoding
        try:
            self._file.buffer.write(text.encode(encoding, AS_IT_IS))
        except UnicodeEncodeError:
            self._file.buffer.write(encodable(text, encoding).encode(encoding))

    def flush(self) -> None:
        """Send what is buffered; waits likewise."""
        taken = self._taken
        self._file.flush()
        self._gone = taken

    def fileno(self) -> int:
        """The terminal's file descriptor."""
        return self._file.fileno()

    def close(self) -> None:
        """Nothing more will be written at once."""
        if self._direct is not None:
            os.close(self._direct)
            self._direct = None


def _without_waiting(file: TextIO) -> int | None:
    """The terminal that a file is, opened once more: whether a write waits is said of an open file, and is shared.

    None if it is no terminal or cannot be opened.
    """
    try:
        return os.open(os.ttyname(file.fileno()), os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError:
        return None
