"""Civil dates: month arithmetic that clamps, and the date of an instant in the business zone."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache


@lru_cache(maxsize=32_768)
def add_months(anchor: date, months: int) -> date:
    """The same day of the month ``months`` later (or earlier), clamped to the month's last day.

    Always count from the original anchor: adding one month twice to 31 January drifts, two months do not.
    """
    if months % 12 == 0 and anchor.day <= 28:  # a day that every year has
        return anchor.replace(year=anchor.year + months // 12)
    import pendulum  # costs more to import than all of the rules together, and many paths never add a month

    moved = pendulum.Date(anchor.year, anchor.month, anchor.day).add(months=months)
    return date(moved.year, moved.month, moved.day)


def civil_date(instant: datetime, zone: tzinfo) -> date:
    """The date that a wall calendar in ``zone`` shows at an aware ``instant``."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    day = instant.astimezone(zone).date()
    return date(day.year, day.month, day.day)  # a pendulum instant gives a pendulum date, which databases refuse
