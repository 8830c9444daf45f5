"""Looking for garbage while nobody presses a key: in the middle of one it would take up to a third of its time."""

from __future__ import annotations

import asyncio
import gc
from typing import Final

REST: Final = 2.0
"""Seconds without a key after which hardly one comes in the very milliseconds that it takes."""

PAUSE: Final = 0.2
"""Seconds without a key after which only what has been made since the last look is looked through: some 2 ms, so that
keys with pauses between them do not come to `MOST_OBJECTS` all the same."""

YOUNGEST: Final = 0
"""Python's number for what has been made since the last look."""

MOST_OBJECTS: Final = 10_000
"""New objects after which Python looks by itself, as under a held key; that takes some 4 ms. By default it is 700, a
page of customers."""


class GarbageCollector:
    """Python's, put off until a key is over."""

    def __init__(self) -> None:
        self._timers: tuple[asyncio.TimerHandle, ...] = ()

    def begin(self) -> None:
        """Look for garbage from now on, but not among what was made at the start: it stays."""
        gc.freeze()
        gc.set_threshold(MOST_OBJECTS)
        gc.enable()

    def put_off(self) -> None:
        """A key: look once no other one has followed for a while."""
        for timer in self._timers:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self._timers = loop.call_later(PAUSE, gc.collect, YOUNGEST), loop.call_later(REST, gc.collect)
