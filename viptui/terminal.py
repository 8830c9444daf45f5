"""What Textual leaves open towards the terminal: invalid input, hostile output, signals, crashes."""

from __future__ import annotations

import os
import selectors
import signal
from asyncio import AbstractEventLoop
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from contextlib import suppress
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from rich.segment import Segment
from textual import constants
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._xterm_parser import XTermParser
from textual.color import Color
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter
from textual.message import Message
from textual.messages import TerminalSupportsSynchronizedOutput

from viptui.outlet import Outlet
from viptui.picture import Picture
from viptui.text import visible

if TYPE_CHECKING:
    from textual.app import App

SECONDS_TO_DIE: Final = 3
"""After a signal, the time to leave in order; a stalled terminal would hold the program for ever."""

SEQUENCE_SECONDS: Final = 0.1
"""How long the rest of a key sequence may take to come."""

ESCAPE_SECONDS: Final = constants.ESCAPE_DELAY + 0.002
"""When the parser can tell that a lone Escape was one."""

ONE_PIECE: Final = 1000
"""Characters that a terminal takes at once and draws at once."""

UNDER_WAY: Final = 4000
"""Characters after which the terminal is asked whether they have arrived, and that may follow before its answer."""

LONGEST_ANSWER: Final = 1.0
"""Seconds after which an answer does not come any more."""

ASK: Final = "\x1b[?2026$p"
"""Asks whether frames are synchronized; every terminal that does it answers."""

ENDING_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class OnlyVisible(LineFilter):
    """The net under the safe door: whatever a widget draws, only printable text reaches the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Segments whose text is what `visible` makes of it; control segments are Textual's own."""
        return [
            segment if segment.control or segment.text.isprintable() else segment._replace(text=visible(segment.text))
            for segment in segments
        ]


class TerminalDriver(LinuxDriver):
    """Textual's driver for slow lines: few bytes, no frame that is out of date, and no input that ends it.

    A byte that is not UTF-8 (from a terminal in another encoding) arrives as a mark; Textual's own thread dies
    of it. A lone Escape is told from a key sequence after ESCDELAY; Textual's own thread looks only every 100 ms.

    How much a line takes shows only when its buffers are full, seconds later. So the terminal is asked now and then
    for something that it answers at once, and until it has, what was written before counts as under way.
    """

    def __init__(self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None):
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._picture = Picture(0, 0)
        self._outlet = Outlet(cast("TextIO", self._file))
        self._file = self._outlet  # type: ignore[assignment]
        self._woken, self._waker = os.pipe()
        """Ends the input thread's wait."""
        self._synchronizes = False
        """Whether the terminal draws a frame at once, and says so when it is asked."""
        self._unasked = 0
        """Characters that were written since the terminal was asked last."""
        self._asked_at: float | None = None
        """When the terminal was asked that has not answered yet."""

    @property
    def behind(self) -> bool:
        """Whether output is still under way: what would be drawn now would be out of date when it is seen."""
        if self._outlet.pending:
            return True
        return (
            self._asked_at is not None and self._unasked > UNDER_WAY and monotonic() - self._asked_at < LONGEST_ANSWER
        )

    def write(self, data: str) -> None:
        """Write a frame, or anything else, in as few bytes as it takes."""
        if data in {SYNC_START, SYNC_END}:  # Textual puts them around every frame; a small one comes in one piece
            self._synchronizes = True
            return
        self._notice_size()
        data = self._picture.update(data)
        if not data:
            return  # it stands there already
        if self._synchronizes:
            if len(data) > ONE_PIECE:
                data = f"{SYNC_START}{data}{SYNC_END}"
            self._unasked += len(data)
            if self._asked_at is None and self._unasked > UNDER_WAY:
                self._unasked, self._asked_at = 0, monotonic()
                data += ASK
        if rest := self._outlet.write_at_once(data):
            self._outlet.queued += 1
            super().write(rest)

    def forget_picture(self) -> None:
        """Draw the next frame in full: what stands on the terminal may be something else."""
        self._picture.forget()

    def _notice_size(self) -> None:
        """After a change of its size nobody knows what stands on the terminal."""
        with suppress(OSError):  # the terminal is gone: what is written has nowhere to go
            if (size := os.get_terminal_size(self._outlet.fileno())) != self._picture.size:
                self._picture = Picture(*size)

    def process_message(self, message: Message) -> None:
        """Hand on what the terminal says; the answer to a question of this driver is for nobody else."""
        if self._asked_at is not None and isinstance(message, TerminalSupportsSynchronizedOutput):
            self._asked_at = None
        else:
            super().process_message(message)

    def send_message(self, message: Message) -> None:
        """As in Textual, without a task for each message: two rounds of the event loop less before a key is known."""
        self._loop.call_soon_threadsafe(self._app.post_message, message)

    def run_input_thread(self) -> None:
        """Read keys until the driver is told to stop."""
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        parser = XTermParser(self._debug)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            patience: float | None = None
            while not self.exit_event.is_set():
                ready = {key.fd for key, _ in selector.select(patience)}
                patience = None
                if self.fileno in ready:
                    if not (data := self._read()):
                        os.kill(os.getpid(), signal.SIGHUP)  # as the terminal would have said, had it been asked
                        return
                    self._deliver(parser.feed(decode(data)))
                    patience = ESCAPE_SECONDS if data.endswith(b"\x1b") else SEQUENCE_SECONDS
                self._deliver(parser.tick())
            os.read(self._woken, 1)  # not before: woken a moment early, the thread must not fall asleep again

    def close(self) -> None:
        """As in Textual, once everything has gone out."""
        super().close()
        self._outlet.close()

    def disable_input(self) -> None:
        """Stop reading keys, at once: Textual would wait until its thread looks."""
        os.write(self._waker, b"!")
        super().disable_input()

    def _read(self) -> bytes:
        """What was typed; nothing once the terminal is gone."""
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def _deliver(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


def end_on_signals(loop: AbstractEventLoop, leave: Callable[[int], None]) -> None:
    """Leave in order on SIGINT, SIGTERM and SIGHUP, and in any case within `SECONDS_TO_DIE`.

    A handler of the event loop would not run while the loop waits for a terminal that nobody reads; this one
    runs at once, and the alarm ends the process if the loop never gets to it.
    """

    def handle(number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS_TO_DIE)
        with suppress(RuntimeError):  # the loop is closed: the process is on its way out
            loop.call_soon_threadsafe(leave, 128 + number)

    for number in ENDING_SIGNALS:
        signal.signal(number, handle)
