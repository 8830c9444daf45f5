"""What Textual leaves open towards the terminal: invalid input, hostile output, signals, crashes."""

from __future__ import annotations

import os
import selectors
import signal
from asyncio import AbstractEventLoop
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from types import FrameType
from typing import Final

from rich.segment import Segment
from textual import constants
from textual._xterm_parser import XTermParser
from textual.color import Color
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter
from textual.message import Message

from viptui.text import visible

SECONDS_TO_DIE: Final = 3
"""After a signal, the time to leave in order; a stalled terminal would hold the program for ever."""

IDLE_SECONDS: Final = 0.1
"""How often the input thread looks whether it is to stop."""

ESCAPE_SECONDS: Final = constants.ESCAPE_DELAY + 0.002
"""When the parser can tell that a lone Escape was one."""

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
    """Textual's driver with an input thread that outlives invalid input and does not sit on the Escape key.

    A byte that is not UTF-8 (from a terminal in another encoding) arrives as a mark; Textual's own thread dies
    of it. A lone Escape is told from a key sequence after ESCDELAY; Textual's own thread looks only every 100 ms.
    """

    def run_input_thread(self) -> None:
        """Read keys until the driver is told to stop."""
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        parser = XTermParser(self._debug)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            patience = IDLE_SECONDS
            while not self.exit_event.is_set():
                if selector.select(patience):
                    if not (data := self._read()):
                        os.kill(os.getpid(), signal.SIGHUP)  # as the terminal would have said, had it been asked
                        return
                    self._deliver(parser.feed(decode(data)))
                    patience = ESCAPE_SECONDS if data.endswith(b"\x1b") else IDLE_SECONDS
                else:
                    patience = IDLE_SECONDS
                self._deliver(parser.tick())

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
        loop.call_soon_threadsafe(leave, 128 + number)

    for number in ENDING_SIGNALS:
        signal.signal(number, handle)
