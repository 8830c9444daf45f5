"""A stream: rows in the order of one index, from either end or between any two keys."""

from __future__ import annotations

from calendar import isleap
from datetime import date
from typing import Final, NamedTuple

from viptui.data.where import EVERYTHING, NOTHING, Where
from viptui.rows import SortKey

TIES: Final = ("c.sort_name", "c.id")
"""What decides among rows of one value; the last columns of every index that a stream walks."""


class Rolled(NamedTuple):
    """Stored days that are shown in another year: 29 February, where that year has none, a day earlier."""

    first: date
    last: date
    """The stored days, of one year; 29 February stands alone unless it is shown as such."""
    year: int
    """The year that is shown."""

    def shown(self, stored: date) -> str:
        """A stored day as it is shown, in ISO form."""
        day = 28 if (stored.month, stored.day) == (2, 29) and not isleap(self.year) else stored.day
        return date(self.year, stored.month, day).isoformat()

    def stored(self, shown: str) -> date | None:
        """The day that is stored for a shown one of the range; None for 29 February where its year has none."""
        if self.first == self.last:
            return self.first
        day = date.fromisoformat(shown)
        if (day.month, day.day) == (2, 29) and not isleap(self.first.year):
            return None
        return day.replace(year=self.first.year)


class Stream(NamedTuple):
    """Rows that an index has in the order of a list."""

    index: str  # type: ignore[assignment]  # no tuple is searched here
    """Name of the index, without ``customer_by_``."""
    part: Where = EVERYTHING
    """Which part of the index: a condition that is told without a look at the rows."""
    where: Where = EVERYTHING
    """Which of the rows in it."""
    proof: Where = EVERYTHING
    """A bound of the part that SQLite must be told to use the index; after those of keys, or it would begin there."""
    column: str | None = None
    """What orders the index in that part before the name, never NULL; None where the name alone decides."""
    first: str | None = None
    last: str | None = None
    """From which value of the column to which; None is an open end."""
    shown: str | None = None
    """Expression of the value that counts, where it is not the column itself."""
    rolled: Rolled | None = None
    """How the column's days become the value's."""
    is_telling: bool = False
    """Whether the index itself tells which rows a filter and a team member have: no row is looked at for it."""

    member: int | None = None
    """Whose customers its part is, of everybody's: the id of a team member, 0 for nobody's."""

    @property
    def value(self) -> str | None:
        """Expression of the value that its rows are ordered by."""
        return self.shown or self.column

    @property
    def terms(self) -> tuple[str, ...]:
        """What it is ordered by."""
        return TIES if self.column is None else (self.column, *TIES)

    def between(self, lower: SortKey | None = None, upper: SortKey | None = None) -> Where:
        """Its part of the index, between two keys that are not in it.

        Never two bounds on one side: SQLite would use the first and test the other row by row.
        """
        bounds = self._bound(lower, self.first, above=True) & self._bound(upper, self.last, above=False)
        return self.part & bounds & self.proof

    def reach(self, start: SortKey | None, *, descending: bool) -> tuple[bool, str]:
        """How near to the beginning of a walk its rows may come, by their values alone: the lower, the nearer.

        Going down it is to be sorted the other way round. What begins at ``start`` or has an open end comes first.
        """
        edge = self.last if descending else self.first
        if edge is None or self.column is None:
            return descending, ""
        shown = self.rolled.shown(date.fromisoformat(edge)) if self.rolled else edge
        if start is not None and (shown > str(start[1]) if descending else shown < str(start[1])):
            return descending, ""
        return not descending, shown

    def _bound(self, key: SortKey | None, edge: str | None, *, above: bool) -> Where:
        if key is None:
            return self._from_edge(edge, above=above)
        _, value, name, customer = key
        if self.column is None:
            return self._from_key((name, customer), above=above)
        if edge is not None:
            shown, edge_shown = str(value), self.rolled.shown(date.fromisoformat(edge)) if self.rolled else edge
            if (shown < edge_shown) if above else (shown > edge_shown):
                return self._from_edge(edge, above=above)
        if self.rolled is None:
            return self._from_key((value, name, customer), above=above)
        return self._from_shown(self.rolled, str(value), (name, customer), above=above)

    def _from_shown(self, rolled: Rolled, shown: str, ties: SortKey, *, above: bool) -> Where:
        if shown > rolled.shown(rolled.last) if above else shown < rolled.shown(rolled.first):
            return NOTHING
        stored = rolled.stored(shown)
        if stored is not None:
            return self._from_key((stored.isoformat(), *ties), above=above)
        march = rolled.first.replace(month=3, day=1).isoformat()
        return Where(f"{self.column} >= ?" if above else f"{self.column} < ?", (march,))

    def _from_edge(self, edge: str | None, *, above: bool) -> Where:
        return EVERYTHING if edge is None else Where(f"{self.column} {'>=' if above else '<='} ?", (edge,))

    def _from_key(self, parts: SortKey, *, above: bool) -> Where:
        marks = ", ".join("?" for _ in parts)
        return Where(f"({', '.join(self.terms)}) {'>' if above else '<'} ({marks})", parts)
