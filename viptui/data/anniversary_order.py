"""The order by Anniversary Date: for different customers it is a different date that counts on a day.

`viptui.rules.standing` says which: the one just renewed, the one that is due, or the stored one, rolled on to the
coming year. Each of them is a stream of its own.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from viptui.data.conditions import INDEX_OF
from viptui.data.sql import civil, fetch, is_sqlite
from viptui.data.streams import Rolled, Stream
from viptui.data.where import EVERYTHING, Where
from viptui.rules.filters import Criteria
from viptui.rules.policy import VipPolicy

_ONE_DAY: Final = timedelta(days=1)


def by_anniversary(today: date, policy: VipPolicy) -> tuple[Stream, ...]:
    """All customers that have an Anniversary Date, in streams."""
    earliest = today - timedelta(days=policy.grace_days)
    near = (today + timedelta(days=policy.upcoming_first_day)).isoformat()
    not_renewed = Where("(c.renewed_on >= ?) IS NOT TRUE", (earliest.isoformat(),))
    not_following = Where("(c.renewal_following_on <= ?) IS NOT TRUE", (near,))
    not_due = Where("(c.renewal_due_on <= ?) IS NOT TRUE", (near,))
    stored = not_due & not_renewed & not_following  # the first of them is told by the index
    return (
        _stream("renewed", "c.renewed_on", first=earliest.isoformat()),
        _stream("renewal_following", "c.renewal_following_on", not_renewed, last=near),
        _stream("renewal_due", "c.renewal_due_on", not_renewed & not_following, last=near),
        _stream("anniversary", _STORED, stored, first=earliest.isoformat()),
        *(_rolled_stream(each, stored) for each in _rolled(earliest)),
    )


def without_products(today: date, policy: VipPolicy) -> tuple[Stream, ...]:
    """The customers without products that have an Anniversary Date all the same: it was given to them."""
    earliest = today - timedelta(days=policy.grace_days)
    stored = _stream("no_products_anniversary", _STORED, first=earliest.isoformat())
    rolled = (_rolled_stream(each) for each in _rolled(earliest))
    return tuple(
        each._replace(index="no_products_anniversary", part=Where("NOT c.has_products") & each.part)
        for each in (stored, *rolled)
    )


def by_renewal(wanted: Criteria) -> tuple[Stream, ...]:
    """The customers of a renewal filter by the date that is in its range.

    It is the date that counts: the dates of one customer are a year apart, and from the first day of grace to the
    first one of Upcoming it is less than a year (`viptui.rules.policy`).
    """
    return tuple(
        _stream(
            INDEX_OF[each.column],
            f"c.{each.column}",
            first=None if each.first is None else each.first.isoformat(),
            last=None if each.last is None else each.last.isoformat(),
        )
        for each in wanted.any_of
    )


_STORED: Final = "c.anniversary_on"


def _stream(
    index: str, column: str, where: Where = EVERYTHING, *, first: str | None = None, last: str | None = None
) -> Stream:
    part = Where(f"{column} IS NOT NULL")
    return Stream(index=index, part=part, where=where, column=column, first=first, last=last, shown=_iso(column))


def _rolled_stream(rolled: Rolled, where: Where = EVERYTHING) -> Stream:
    alone = rolled.first == rolled.last
    shown = f"'{rolled.shown(rolled.first)}'" if alone else f"'{rolled.year}' || SUBSTR({_iso(_STORED)}, 5)"
    return Stream(
        index="anniversary",
        part=Where(f"{_STORED} IS NOT NULL"),
        where=where,
        column=_STORED,
        first=rolled.first.isoformat(),
        last=rolled.last.isoformat(),
        shown=shown,
        rolled=rolled,
    )


def _rolled(earliest: date) -> Iterator[Rolled]:
    """Stored days before ``earliest``, with the year in which their next anniversary at or after it falls."""
    for year in _stored_years(earliest):
        turn = _day_in(year, earliest)
        end = min(date(year, 12, 31), earliest - _ONE_DAY)
        yield from _split(date(year, 1, 1), min(end, turn - _ONE_DAY), earliest.year + 1)
        yield from _split(turn, end, earliest.year)


def _stored_years(earliest: date) -> Iterator[int]:
    """The years of stored dates before ``earliest``: one step along the index a year."""
    after = date.min
    while True:
        ((found,),) = fetch("SELECT MIN(anniversary_on) FROM customer WHERE anniversary_on > ?", (after.isoformat(),))
        day = civil(found)
        if day is None or day >= earliest:
            return
        yield day.year
        after = date(day.year, 12, 31)


def _split(first: date, last: date, year: int) -> Iterator[Rolled]:
    """One range of days, or three: 29 February stands alone where it is shown on the day before."""
    leap_day = date(first.year, 2, 29) if isleap(first.year) and not isleap(year) else None
    if leap_day is None or not first <= leap_day <= last:
        ranges = [(first, last)]
    else:
        ranges = [(first, leap_day - _ONE_DAY), (leap_day, leap_day), (leap_day + _ONE_DAY, last)]
    for begin, end in ranges:
        if begin <= end:
            yield Rolled(begin, end, year)


def _day_in(year: int, day: date) -> date:
    """The same day of another year; for 29 February the day after 28 February."""
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) and not isleap(year) else day.replace(year=year)


def _iso(column: str) -> str:
    """A date column as ISO text; on SQLite it is stored so."""
    return column if is_sqlite() else f"TO_CHAR({column}, 'YYYY-MM-DD')"
