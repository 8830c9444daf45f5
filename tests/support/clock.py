"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final

from viptui.rules.civil import civil_date

NOON: Final = datetime(2026, 3, 20, 12, tzinfo=UTC)
TODAY: Final = NOON.date()


class FixedClock:
    """A `viptui.clock.Clock` for tests."""

    def __init__(self, now: datetime = NOON, zone: tzinfo = UTC) -> None:
        self.zone = zone
        self._now = now

    def now(self) -> datetime:
        """The instant at which the clock stands; each reading is a microsecond later than the one before."""
        self._now += timedelta(microseconds=1)
        return self._now

    def today(self) -> date:
        """The civil date in the clock's zone."""
        return civil_date(self._now, self.zone)

    def advance(self, *, days: int = 0, hours: int = 0) -> None:
        """Let time pass."""
        self._now += timedelta(days=days, hours=hours)
