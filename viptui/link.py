"""The line to the terminal: whether it is slow, and what follows from that.

Nothing is sent to find out: whoever draws tells whether the terminal is behind (`viptui.terminal`), and what counts is
how long frames had to wait for it. A line is called slow once, after several waits that a person feels; a single one
is a hiccup.
"""

from __future__ import annotations

from collections import deque
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING, Final

from viptui.events import LinkChanged

if TYPE_CHECKING:
    from viptui.app import ViptuiApp

WAIT: Final = 0.25
"""Seconds that a frame has to wait for the terminal to count as held up."""

WAITS: Final = 3
WITHIN: Final = 10.0
"""So many such waits within so many seconds make a line slow."""

SECONDS_TO_READ: Final = 10
"""How long it is told what has changed by itself."""

BETWEEN_FRAMES: Final = 0.1
"""Seconds between two frames at least, on a slow line."""

LEAN: Final = "ansi-dark"
"""The look that costs the fewest bytes."""


class Speed(StrEnum):
    """What the settings say of the line."""

    AUTO = "auto"
    SLOW = "slow"
    FAST = "fast"


class Link:
    """The line as the frames find it; times are seconds of a clock that never goes back."""

    def __init__(self, speed: Speed) -> None:
        self.speed = speed
        self.is_slow = speed is Speed.SLOW
        self._waits_since: float | None = None
        self._waited: deque[float] = deque(maxlen=WAITS)
        """When the last waits ended."""
        self._drawn_at = float("-inf")

    def may_draw(self, now: float, *, behind: bool) -> bool:
        """Whether a frame may be drawn now; if not, the next tick asks again."""
        if behind:
            self._waits_since = now if self._waits_since is None else self._waits_since
            return False
        if self._waits_since is not None:
            self._note_wait(now - self._waits_since, now)
        if self.is_slow and now - self._drawn_at < BETWEEN_FRAMES:
            return False
        self._drawn_at = now
        return True

    def say(self, speed: Speed) -> None:
        """Somebody says how fast the line is."""
        self.speed, self.is_slow = speed, speed is Speed.SLOW

    def _note_wait(self, seconds: float, now: float) -> None:
        self._waits_since = None
        if self.speed is not Speed.AUTO or seconds < WAIT:
            return
        self._waited.append(now)
        self.is_slow = self.is_slow or (len(self._waited) == WAITS and now - self._waited[0] <= WITHIN)


class KeptLink:
    """What the interface makes of a slow line: the lean look, unless somebody has chosen another, and fewer frames."""

    def __init__(self, app: ViptuiApp) -> None:
        self._app = app
        self._link = Link(Speed(app.settings.link))
        self._look_before = ""
        """The look that gave way to the lean one."""
        self.look_is_chosen = app.settings.theme != "auto"

    @property
    def is_slow(self) -> bool:
        """Whether the line is slow, or said to be."""
        return self._link.is_slow

    def may_draw(self, *, behind: bool) -> bool:
        """Whether a frame may be drawn now; finds out on the way whether the line is slow."""
        was_slow = self._link.is_slow
        may = self._link.may_draw(monotonic(), behind=behind)
        if self._link.is_slow and not was_slow:
            self._app.call_later(self._become_slow)
        return may

    def say(self, speed: Speed) -> None:
        """Somebody says how fast the line is, for as long as the program runs."""
        self._link.say(speed)
        if speed is Speed.SLOW:
            self._go_lean()
        elif self._look_before:
            self._app.theme, self._look_before = self._look_before, ""
        self._tell(f'The line counts as {speed}; the setting  link = "{speed}"  keeps it.')

    def _become_slow(self) -> None:
        """Change what costs bytes, once, and say how to go back."""
        lean = f"the look is {LEAN} now, and " if self._go_lean() else ""
        self._tell(
            f'The line is slow: {lean}fewer frames are drawn. : and "Line: fast" goes back; the setting  '
            'link = "fast"  keeps it from happening.',
            SECONDS_TO_READ,
        )

    def _go_lean(self) -> bool:
        """Take the lean look, which draws everything anew; whether that was needed."""
        app = self._app
        if self.look_is_chosen or app.theme == LEAN:
            return False
        self._look_before, app.theme = app.theme, LEAN
        return True

    def _tell(self, sentence: str, seconds: float | None = None) -> None:
        self._app.changes.publish(LinkChanged(is_slow=self._link.is_slow))
        self._app.clear_notifications()
        self._app.notify(sentence, timeout=seconds, markup=False)
