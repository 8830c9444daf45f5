"""The only module that reads the wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Protocol

from viptui.rules.civil import civil_date


class Clock(Protocol):
    """What the time is. The program reads it once an action and passes it on."""

    zone: tzinfo

    def now(self) -> datetime:
        """This instant, in UTC."""
        ...

    def today(self) -> date:
        """The civil date in the business zone."""
        ...


class SystemClock:
    """The machine's clock, read in the business zone."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone

    def now(self) -> datetime:
        """This instant, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The civil date in the business zone."""
        return civil_date(self.now(), self.zone)


class FixedDay(SystemClock):
    """The machine's clock, except that today is a chosen day (``--as-of``)."""

    def __init__(self, zone: tzinfo, day: date) -> None:
        super().__init__(zone)
        self.day = day

    def today(self) -> date:
        """The chosen day."""
        return self.day


def seconds_to_midnight(clock: Clock) -> float:
    """Elapsed seconds until the next midnight of the business zone; right across clock changes."""
    now = clock.now().astimezone(clock.zone)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), clock.zone)
    return (midnight.astimezone(UTC) - now.astimezone(UTC)).total_seconds()
