"""Looking for garbage while nobody presses a key: in the middle of one it would take up to a third of its time."""

from __future__ import annotations

import asyncio
import gc
from typing import Final

REST: Final = 2.0
"""Seconds without a key after which hardly one comes in the very milliseconds that it takes."""

MOST_OBJECTS: Final = 10_000
"""New objects after which Python looks by itself, as under a held key; that takes some 4 ms. By default it is 700, a
page of customers."""


class GarbageCollector:
    """Python's, put off until a key is over."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Look for garbage from now on, but not among what was made at the start: it stays."""
        gc.freeze()
        gc.set_threshold(MOST_OBJECTS)
        gc.enable()

    def put_off(self) -> None:
        """A key: look once no other one has followed for a while."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(REST, gc.collect)
