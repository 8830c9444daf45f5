"""What Textual leaves open towards the terminal: invalid input, hostile output, signals, crashes."""

from __future__ import annotations

import signal
from asyncio import AbstractEventLoop
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Callable
from types import FrameType
from typing import Final

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from viptui.text import visible

SECONDS_TO_DIE: Final = 3
"""After a signal, the time to leave in order; a stalled terminal would hold the program for ever."""

ENDING_SIGNALS: Final = (signal.SIGTERM, signal.SIGHUP)


class OnlyVisible(LineFilter):
    """The net under the safe door: whatever a widget draws, only printable text reaches the terminal."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Segments whose text is what `visible` makes of it; control segments are Textual's own."""
        return [
            segment if segment.control or segment.text.isprintable() else segment._replace(text=visible(segment.text))
            for segment in segments
        ]


def survive_invalid_input() -> None:
    """Let a byte that is not UTF-8 (a terminal in another encoding) arrive as a mark instead of ending the program.

    Textual's input thread decodes strictly and dies of it; it takes its decoder from this name.
    """
    from textual.drivers import linux_driver

    def lenient(encoding: str) -> Callable[[], IncrementalDecoder]:
        decoder = getincrementaldecoder(encoding)
        return lambda: decoder(errors="replace")

    vars(linux_driver)["getincrementaldecoder"] = lenient


def end_on_signals(loop: AbstractEventLoop, leave: Callable[[int], None]) -> None:
    """Leave in order on SIGTERM and SIGHUP, and in any case within `SECONDS_TO_DIE`.

    A handler of the event loop would not run while the loop waits for a terminal that nobody reads; this one
    runs at once, and the alarm ends the process if the loop never gets to it.
    """

    def handle(number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS_TO_DIE)
        loop.call_soon_threadsafe(leave, 128 + number)

    for number in ENDING_SIGNALS:
        signal.signal(number, handle)
