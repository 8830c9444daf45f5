"""How long it takes to the terminal and back: one question that every terminal answers, with a time limit."""

from __future__ import annotations

import os
import re
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType
from typing import Any, Final

WHERE_IS_THE_CURSOR: Final = b"\x1b[6n"

LONGEST: Final = 2.0
"""Seconds after which an answer does not come any more."""

_HERE: Final = re.compile(rb"\x1b\[\d+;\d+R")

_ENDING: Final = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)


def can_ask() -> bool:
    """Whether somebody sits at a terminal that this program may read from at this moment."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()  # else it runs in the background, and would be stopped
    except OSError:
        return False


def round_trip(limit: float = LONGEST) -> float | None:
    """Seconds to the terminal and back; None if it did not answer in time. Only where one `can_ask`.

    However it ends, the terminal's line settings are those from before; what was typed meanwhile is lost.
    """
    source = sys.stdin.fileno()
    before = termios.tcgetattr(source)
    with _put_back_on_signals(source, before):
        try:
            tty.setcbreak(source, termios.TCSADRAIN)
            began = monotonic()
            os.write(sys.stdout.fileno(), WHERE_IS_THE_CURSOR)
            is_answered = _is_answered(source, began + limit)
            return monotonic() - began if is_answered else None
        finally:
            termios.tcsetattr(source, termios.TCSAFLUSH, before)


def _is_answered(source: int, until: float) -> bool:
    said = b""
    while (left := until - monotonic()) > 0:
        ready, _, _ = select.select([source], [], [], left)
        if ready:
            said += os.read(source, 1024)
            if _HERE.search(said):
                return True
    return False


@contextmanager
def _put_back_on_signals(source: int, before: list[Any]) -> Iterator[None]:
    """Let no signal leave the terminal changed; it cannot be suspended for that moment."""

    def end(number: int, _frame: FrameType | None) -> None:
        termios.tcsetattr(source, termios.TCSAFLUSH, before)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    kept = {number: signal.signal(number, end) for number in _ENDING}
    kept[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
