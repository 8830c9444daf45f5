"""Terms: which anniversary a renewal order renews, and with which one the licences of any other order end.

Facts and plans read the orders of a customer by it alone, so that they cannot differ. It knows no policy: what was
ordered stays what it is when a setting changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, Generic, Protocol, TypeVar

from viptui.rules.anniversary import nth_anniversary, years_until
from viptui.rules.policy import LONGEST_WINDOW_DAYS

EARLIEST_RENEWAL: Final = timedelta(days=LONGEST_WINDOW_DAYS)
"""A renewal order renews the anniversary that lies at most so far ahead, otherwise the one behind it, however late."""

GOES_ON_AFTER: Final = timedelta(days=30)
"""Whoever orders anything but a renewal later than this after an anniversary goes on without what it did not renew.

Source: Adobe Japan guide (licences are removed 30 days after the Anniversary Date).
"""


_DAY: Final = timedelta(days=1)


class Ordered(Protocol):
    """An order line, as far as terms go."""

    @property
    def ordered_on(self) -> date: ...

    @property
    def renewal(self) -> bool: ...


Line = TypeVar("Line", bound=Ordered)


def renewed_term(anniversary_on: date, ordered_on: date) -> int:
    """Years from the stored Anniversary Date to the one that a renewal order of that day renews; negative before."""
    ahead = years_until(anniversary_on, ordered_on)
    return ahead if nth_anniversary(anniversary_on, ahead) - ordered_on <= EARLIEST_RENEWAL else ahead - 1


def ending_term(anniversary_on: date, ordered_on: date) -> int:
    """Years from the stored Anniversary Date to the one with which licences end that are added on a day.

    They start on that day and end the day before; on an Anniversary Date the next term has begun.
    Source: Program guide, Dates.
    """
    return years_until(anniversary_on, ordered_on + _DAY)


class Terms(Generic[Line]):
    """Order lines by the terms that they belong to; a term is called by the years from the stored date to its end."""

    def __init__(self, anniversary_on: date, lines: Iterable[Line]) -> None:
        self._anniversary_on = anniversary_on
        self._renewing: defaultdict[int, list[Line]] = defaultdict(list)
        self._added: defaultdict[int, list[Line]] = defaultdict(list)
        for line in lines:
            if line.renewal:
                self._renewing[renewed_term(anniversary_on, line.ordered_on)].append(line)
            else:
                self._added[ending_term(anniversary_on, line.ordered_on)].append(line)

    def due_on(self, term: int) -> date:
        """The anniversary with which a term ends."""
        return nth_anniversary(self._anniversary_on, term)

    def renewing(self, term: int) -> Sequence[Line]:
        """What renews licences at the end of a term."""
        return self._renewing.get(term, ())

    def added(self, term: int) -> Sequence[Line]:
        """What came in during a term, renewals aside."""
        return self._added.get(term, ())

    @property
    def renewed_before(self) -> Sequence[int]:
        """Terms before the stored one at whose end something was renewed, the latest first."""
        return sorted([term for term in self._renewing if term < 0], reverse=True)

    def added_between(self, after: int | None, until: int) -> list[Line]:
        """What came in after one term, or ever, and until the end of another."""
        return [
            line
            for term, lines in self._added.items()
            if (after is None or after < term) and term <= until
            for line in lines
        ]

    def went_on(self, term: int) -> bool:
        """Whether later orders show that the customer goes on without what it did not renew at the end of a term."""
        if max(self._renewing, default=term) > term:
            return True
        if max(self._added, default=term) <= term:
            return False
        passed = self.due_on(term) + GOES_ON_AFTER
        later_lines = (line for end, lines in self._added.items() if end > term for line in lines)
        return any(line.ordered_on > passed for line in later_lines)
