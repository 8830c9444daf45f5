"""Telling whoever waits for the data that the program has not stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from asyncio import TimerHandle

LONG: Final = 1.0
"""Seconds after which somebody who waits wants to know what for."""

BETWEEN_LOOKS: Final = 0.25
"""Seconds between looks whether what nobody waits for any more is still under way."""


class Waiting:
    """Tells once that somebody has waited for long, and once that it is over.

    Who asks for something else meanwhile goes on waiting: the thread is still at what was asked for before.
    """

    def __init__(self, is_busy: Callable[[], bool], tell: Callable[[bool], None]) -> None:
        self._is_busy = is_busy
        self._tell = tell
        self._asking = 0
        self._timer: TimerHandle | None = None
        self._is_long = False
        """Whether it was told that somebody waits."""

    @contextmanager
    def for_an_answer(self) -> Iterator[None]:
        """As long as this lasts somebody waits."""
        self._asking += 1
        if self._timer is None:
            self._call(LONG)
        try:
            yield
        finally:
            self._asking -= 1
            if not self._goes_on():
                self._end()

    def _goes_on(self) -> bool:
        return self._asking > 0 or self._is_busy()

    def _look(self) -> None:
        if not self._goes_on():
            self._end()
            return
        self._call(BETWEEN_LOOKS)
        if not self._is_long:
            self._is_long = True
            self._tell(True)

    def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._is_long:
            self._is_long = False
            self._tell(False)

    def _call(self, seconds: float) -> None:
        import asyncio  # commands do without

        self._timer = asyncio.get_running_loop().call_later(seconds, self._look)
