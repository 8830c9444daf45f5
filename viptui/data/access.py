"""A way to the rows of a list, and what a list asks of the rows of one segment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from viptui.data import day_counts
from viptui.data.conditions import INDEX_OF, fulfils, ids_of, managed
from viptui.data.order import Segment
from viptui.data.streams import Stream
from viptui.data.where import EVERYTHING, Where
from viptui.rules.filters import Criteria, CustomerFilter, FactDate, criteria
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


class Way(Enum):
    """How rows are found."""

    AS_PLANNED = "as planned"
    """As the database's planner thinks best."""
    WALK = "walk"
    """Along the order's index, looking at each row."""
    SIFT = "sift"
    """Along the order's index, through a set of ids."""
    SORT = "sort"
    """From a set of ids, or from all customers as they are stored, sorted."""
    FIND = "find"
    """In the order of names along what the index of triples has for a text, a stretch of it."""
    MERGE = "merge"
    """Along an index that has them for each day of the filter's range, the days merged."""


class Access(NamedTuple):
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
    text: str = ""
    """What the index of triples is asked for."""
    at_most: int | None = None
    """Entries of each stream to meet; if they do not fill the page, the next way goes on from there."""


class Asked(NamedTuple):
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
    def is_told(self) -> bool:
        """Whether the indexes that are walked tell all that is asked, so that no row is looked at for it."""
        is_of_member = self.wanted == Criteria() and all(each.index == "managed_by" for each in self.segment.streams)
        return is_of_member or self.left == EVERYTHING or self.segment.is_telling

    @property
    def among(self) -> Where:
        """The statement for all customers that fulfil everything but a search."""
        return ids_of(self.wanted, self.listing.managed_by)

    @property
    def days(self) -> tuple[Stream, ...]:
        """The segment's rows in streams of one day each, if there are indexes that have them so."""
        return tuple(
            stream._replace(
                index=f"{INDEX_OF[each.column]}_{stream.index}", part=_is_on(each.column, day) & stream.part
            )
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
        is_of_member = all(each.index == "managed_by" for each in self.segment.streams)
        return day_counts.count(met, self.listing.managed_by if is_of_member else None)


def pieces(along: Access, at_most: int, left: int) -> Iterator[Access]:
    """A longer way along the order, each piece twice as long as the one before: to find its end takes a while too."""
    while left > 0:
        at_most = min(2 * at_most, left)
        yield along._replace(at_most=at_most)
        left -= at_most


def _is_on(column: FactDate, day: str) -> Where:
    return Where(f"c.{column} = ?", (day,))


BY_DAY: Final = frozenset({(FactDate.RENEWAL_DUE, "invited"), (FactDate.RENEWAL_FOLLOWING, "invited")})
"""Fact dates and indexes of orders for which there is an index that has each day in that order."""
