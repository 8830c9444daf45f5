"""How the rows of a list are reached: the same rows in the same order, at a cost that differs a thousandfold.

Rows that fulfil a condition can be met while walking along the order and looking at each row, or by sifting the
entries of the order's index through a set of ids, or by sorting the whole set. What is cheapest depends on how many
customers fulfil it, and that is known: from the counts per day for a filter, from the index of triples for a search.

PostgreSQL's planner weighs that by itself; SQLite is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Final

from viptui.data import day_counts
from viptui.data.conditions import INDEX_OF, fulfils, ids_of, managed
from viptui.data.order import Segment
from viptui.data.search import Found, contains, is_triple
from viptui.data.sql import is_sqlite
from viptui.data.streams import Stream
from viptui.data.where import EVERYTHING, Where
from viptui.rules.filters import Criteria, CustomerFilter, FactDate, criteria
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

LOOK: Final = 2.5
"""Microseconds for one row that is met on the way and looked at. Like the others: SQLite 3.40, a million rows."""

SIFT: Final = 0.3
"""Microseconds for one entry of an index that is looked up in a set of ids."""

COLLECT: Final = 0.35
"""Microseconds for one id that is put into the set."""

SORT: Final = 3.3
"""Microseconds for one row that is fetched by its id and sorted."""

BEGIN: Final = 50
"""Microseconds until one of many streams has its first row."""

FIRST_ROWS: Final = 1_000
"""Rows that are looked at before a search asks the index of triples: enough for texts that many customers have."""

MANY_ROWS: Final = 3_000
"""Rows that are looked at before a set is made of very many customers, or of the triples that begin with a text."""

MANY_ENTRIES: Final = 30_000
"""Entries that are sifted before a few customers are sorted: they may all stand at the other end."""

VERY_FEW: Final = 3_000
FEW: Final = 5_000
"""Customers that a search sorts at once, and those that it can sort at all without being felt."""

MANY: Final = 30_000
"""Customers in a filter of which some stand on a page that can be sorted before one would sift the whole index."""

COUNTED_AT_ONCE: Final = 500
"""Customers found by a search that are looked at only to count those in a filter."""


class Way(Enum):
    """How rows are found."""

    AS_PLANNED = "as planned"
    """As the database's planner thinks best."""
    WALK = "walk"
    """Along the order's index, looking at each row."""
    SIFT = "sift"
    """Along the order's index, through a set of ids."""
    SORT = "sort"
    """From a set of ids, sorted."""
    MERGE = "merge"
    """Along an index that has them for each day of the filter's range, the days merged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One way to the rows."""

    way: Way
    where: Where = EVERYTHING
    """Conditions on the rows that are met."""
    among: Where | None = None
    """The statement for the set of ids."""
    alike: Where = EVERYTHING
    """What is true of the rows in the set, and of no others."""
    streams: tuple[Stream, ...] | None = None
    """The streams that are merged, if they are not those of the segment."""
    at_most: int | None = None
    """Rows to look at; if they do not fill the page, the next way is tried."""


def ways(listing: Listing, segment: Segment, today: date, policy: VipPolicy, limit: int | None) -> Iterator[Access]:
    """The ways to try, one after the other; the last one always arrives."""
    asked = _Asked(listing, segment, today, policy)
    searched = contains(listing.search)
    if limit is None or not is_sqlite():
        yield Access(way=Way.AS_PLANNED, where=asked.left & searched)
    elif searched == EVERYTHING == asked.left:
        yield Access(way=Way.WALK)
    elif searched != EVERYTHING:
        yield from _ways_to_find(asked)
    elif segment.is_telling:
        yield Access(way=Way.WALK, where=asked.left)
    else:
        yield from _ways_to_filter(asked, limit)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a list asks of the rows of one segment."""

    listing: Listing
    segment: Segment
    today: date
    policy: VipPolicy

    @property
    def wanted(self) -> Criteria:
        return criteria(self.listing.filter, self.today, self.policy)

    @property
    def left(self) -> Where:
        """What its rows do not fulfil already."""
        filtered = EVERYTHING if self.segment.is_filtered else fulfils(self.wanted)
        return filtered & managed(self.listing.managed_by)

    @property
    def among(self) -> Where:
        """The statement for all customers that fulfil everything but a search."""
        return ids_of(self.wanted, self.listing.managed_by)

    @property
    def days(self) -> tuple[Stream, ...]:
        """The segment's rows in streams of one day each, if there are indexes that have them so."""
        return tuple(
            replace(stream, index=f"{INDEX_OF[each.column]}_{stream.index}", part=_is_on(each.column, day) & stream.part)
            for stream in self.segment.streams
            for each in self.wanted.any_of
            if (each.column, stream.index) in BY_DAY
            for day in day_counts.days(each, self.listing.managed_by)
        )

    @property
    def number(self) -> int:
        """How many those are."""
        return day_counts.count(self.wanted, self.listing.managed_by)

    @property
    def walked(self) -> int:
        """How many customers are met on the whole way along the order."""
        met = self.wanted if self.segment.is_filtered else criteria(CustomerFilter.ALL, self.today, self.policy)
        return day_counts.count(met)


def _ways_to_filter(asked: _Asked, limit: int) -> Iterator[Access]:
    number, walked = asked.number, asked.walked
    steps = min(limit * walked / max(number, 1), walked)
    sorting, sifting = number * SORT, number * COLLECT + steps * SIFT
    sort = Access(way=Way.SORT, among=asked.among, alike=asked.left)
    if (days := asked.days) and len(days) * BEGIN < sorting:
        yield Access(way=Way.MERGE, where=managed(asked.listing.managed_by), streams=days)
        return
    at_most = FIRST_ROWS + 4 * round(steps)
    if steps * LOOK < min(sorting, sifting):
        yield Access(way=Way.WALK, where=asked.left, at_most=at_most)
    if sifting < sorting:  # for a while, where sorting is possible at all: the rows may all stand at the other end
        yield replace(sort, way=Way.SIFT, at_most=at_most if number <= MANY else None)
    yield sort


def _ways_to_find(asked: _Asked) -> Iterator[Access]:
    search = asked.listing.search
    met = asked.left & contains(search)
    at_first = FIRST_ROWS if is_triple(search) else MANY_ROWS
    yield Access(way=Way.WALK, where=met, at_most=at_first)
    found = Found(search)
    number = found.count(FEW + 1)
    sift = Access(way=Way.SIFT, where=asked.left, among=found.ids, alike=contains(search))
    if number <= FEW:
        if number > VERY_FEW:
            yield replace(sift, at_most=MANY_ENTRIES)
        yield replace(sift, way=Way.SORT)
    elif asked.number <= FEW:
        yield Access(way=Way.SORT, where=contains(search), among=asked.among, alike=asked.left)
    else:
        if at_first < MANY_ROWS:
            yield Access(way=Way.WALK, where=met, at_most=MANY_ROWS)
        yield sift


def _is_on(column: FactDate, day: str) -> Where:
    return Where(f"c.{column} = ?", (day,))


BY_DAY: Final = frozenset({(FactDate.RENEWAL_DUE, "invited"), (FactDate.RENEWAL_FOLLOWING, "invited")})
"""Fact dates and indexes of orders for which there is an index that has each day in that order."""
