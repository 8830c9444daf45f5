"""How the rows of a list are reached: the same rows in the same order, at a cost that differs a thousandfold.

Rows that fulfil a condition can be met while walking along the order and looking at each row, or by sifting the
entries of the order's index through a set of ids, or by sorting the whole set. What is cheapest depends on how many
customers fulfil it, and that is known: from the counts per day for a filter, from the index of triples for a search.

PostgreSQL's planner weighs that by itself; SQLite is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import Final, NamedTuple

from viptui.data import day_counts
from viptui.data.conditions import INDEX_OF, awake, fulfils, ids_of, managed, queried
from viptui.data.order import NEVER_ANNIVERSARY, Segment
from viptui.data.search import contains, share_found
from viptui.data.sql import data_version, fetch, is_sqlite
from viptui.data.streams import Stream
from viptui.data.triples import Found, is_short, is_triple
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

COLLECT_SHORT: Final = 0.8
"""The same for an id from all the triples that begin with a text of one or two characters."""

SORT: Final = 3.3
"""Microseconds for one row that is fetched by its id and sorted."""

BEGIN: Final = 50
"""Microseconds until one of many streams has its first row."""

FIRST_ROWS: Final = 1_000
"""Rows that are looked at before a search asks the index of triples: enough for texts that many customers have."""

MANY_ROWS: Final = 3_000
"""The same for the triples that begin with a text of one or two characters, which takes longer."""

MOST_ROWS: Final = 8_000
"""Rows that are looked at along the order if, by those that were, they are enough."""

MANY_ENTRIES: Final = 30_000
"""Entries that are sifted before a few customers are sorted: they may all stand at the other end."""

VERY_FEW: Final = 3_000
FEW: Final = 5_000
"""Customers that a search sorts at once, and those that it can sort at all without being felt."""

MANY: Final = 30_000
"""Customers in a filter of which some stand on a page that can be sorted before one would sift the whole index."""

RARE: Final = 500
"""Customers that are sorted as soon as a search is known to have no more."""

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


def ways(
    listing: Listing,
    segment: Segment,
    today: date,
    policy: VipPolicy,
    limit: int | None,
    rows: Sequence[object] = (),
) -> Iterator[Access]:
    """The ways to go, each from where the one before was given up; the last one always arrives.

    Args:
        listing: which customers in which order.
        segment: a part of the list.
        today: the day it is.
        policy: the programme's numbers.
        limit: at most so many rows of the segment; None for all of them.
        rows: what has been found so far, growing while the ways are gone.
    """
    asked = Asked(listing, segment, today, policy)
    rest, stays = queried(listing, today, policy), awake(listing, today)
    for access in _ways(asked, limit, rows, rest):
        yield access._replace(where=access.where & rest & stays)


def _ways(asked: Asked, limit: int | None, rows: Sequence[object], rest: Where) -> Iterator[Access]:
    """The same without the query and without who is snoozed, which is asked of every row that is met."""
    segment, searched = asked.segment, contains(asked.listing.search)
    if limit is None or not is_sqlite():
        yield Access(way=Way.AS_PLANNED, where=asked.left & searched)
    elif searched != EVERYTHING:
        yield from _ways_to_find(asked, limit, rows)
    elif rest != EVERYTHING:
        yield from _ways_to_query(asked, rest)
    elif asked.left == EVERYTHING:
        yield Access(way=Way.WALK)
    elif segment.is_telling:
        yield Access(way=Way.WALK, where=asked.left)
    else:
        yield from _ways_to_filter(asked, limit)


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


def _ways_to_filter(asked: Asked, limit: int) -> Iterator[Access]:
    if asked.segment.streams == (NEVER_ANNIVERSARY,) and asked.wanted.any_of and _all_bought_have_one(data_version()):
        return  # what a filter asks for has only who has bought (see `viptui.rules.facts.CustomerFacts`)
    number, walked = asked.number, asked.walked
    steps = min(limit * walked / max(number, 1), walked)
    sorting, sifting = number * SORT, number * COLLECT + steps * SIFT
    sort = Access(way=Way.SORT, among=asked.among, alike=asked.left)
    if (days := asked.days) and len(days) * BEGIN < sorting:
        yield Access(way=Way.MERGE, where=managed(asked.listing.managed_by), streams=days)
        return
    at_most = FIRST_ROWS + 4 * round(steps)
    if steps * LOOK < (otherwise := min(sorting, sifting)):
        walk = Access(way=Way.WALK, where=asked.left, at_most=at_most)
        yield walk
        yield from _pieces(walk, at_most, round(otherwise / max(LOOK, 0.01)))
    if sifting < sorting:  # for a while, where sorting is possible at all: the rows may all stand at the other end
        sift = sort._replace(way=Way.SIFT, at_most=at_most if number <= MANY else None)
        yield sift
        if number <= MANY:
            yield from _pieces(sift, at_most, round(sorting / 2 / max(SIFT, 0.01)))
    yield sort


def _ways_to_query(asked: Asked, rest: Where) -> Iterator[Access]:
    """Along the order, looking at each row; nobody knows how many of them fulfil the query.

    For a while, where the rows of a tab or of a team member can be sorted, or all of them sifted for those that do.
    """
    if asked.listing.filter is CustomerFilter.ALL and asked.listing.managed_by is None:
        yield Access(way=Way.WALK, at_most=MANY_ENTRIES)
        if (few := _few_that_fulfil(data_version(), rest, FEW)) is not None:
            yield Access(way=Way.SORT, among=Where(few))
        yield Access(way=Way.SORT if len(asked.segment.streams) == 1 else Way.WALK)
    elif asked.left == EVERYTHING:
        yield Access(way=Way.WALK)
    else:
        sorting = round(asked.number * SORT / max(LOOK, 0.01))
        yield Access(way=Way.WALK, where=asked.left, at_most=min(MANY_ENTRIES, max(FIRST_ROWS, sorting)))
        yield Access(way=Way.SORT, among=asked.among, alike=asked.left)


@lru_cache(maxsize=4)
def _all_bought_have_one(_version: object) -> bool:
    """Whether every customer with products has an Anniversary Date; the same as long as the data.

    Whether those without a date are as many as those without products and a date is counted in two indexes.
    """
    ((never,),) = fetch("SELECT COUNT(*) FROM customer INDEXED BY customer_by_anniversary WHERE anniversary_on IS NULL")
    ((given,),) = fetch(
        "SELECT COUNT(*) FROM customer INDEXED BY customer_by_no_products_anniversary "
        "WHERE NOT has_products AND anniversary_on IS NOT NULL"
    )
    return bool(never == day_counts.count(Criteria(has_products=False)) - given)


@lru_cache(maxsize=4)
def _few_that_fulfil(_version: object, rest: Where, few: int) -> str | None:
    """The ids of all customers that fulfil a query, unless they are more than a few; the same as long as the data."""
    statement = f"SELECT c.id FROM customer c NOT INDEXED WHERE {rest.sql} LIMIT {few + 1:d}"
    ids = [str(identifier) for (identifier,) in fetch(statement, rest.parameters)]
    return ", ".join(ids) if len(ids) <= few else None


def _ways_to_find(asked: Asked, limit: int, rows: Sequence[object]) -> Iterator[Access]:
    """Along what the index of triples has, if that is the order; else along the order, then from that index."""
    search, few, had = asked.listing.search, FEW + 1, len(rows)
    found = Found(search)
    sift = Access(way=Way.SIFT, where=asked.left, among=found.ids, alike=contains(search))
    if asked.segment.is_by_name:
        yield from _find(asked, limit)
    elif is_triple(search) and found.count(RARE + 1) <= RARE:
        yield sift._replace(way=Way.SORT)
        return
    else:
        along, entries = _along(asked)
        looks = FIRST_ROWS if is_triple(search) else MANY_ROWS
        at_most = min(round(looks * entries), MANY_ENTRIES)
        yield along._replace(at_most=at_most)
    number = found.count(few) if is_triple(search) else few  # what begins triples takes longer to count
    if number == few and asked.number <= MANY:
        yield Access(way=Way.SORT, where=contains(search), among=asked.among, alike=asked.left)
    elif number == few and not asked.segment.is_by_name:
        yield from _pieces(along, at_most, _worth_looking(asked, looks, entries, len(rows) - had, limit))
    if number == few and found.count(few) == few:
        yield sift
        return
    if number > VERY_FEW:
        yield sift._replace(at_most=MANY_ENTRIES)
    yield sift._replace(way=Way.SORT)


def _find(asked: Asked, limit: int) -> Iterator[Access]:
    """As far as a page is expected to reach, then further: as long as sorting the rows of a tab would take."""
    search = asked.listing.search
    if is_short(search):  # what one character begins takes long to gather, and most have it
        yield Access(way=Way.WALK, where=asked.left & contains(search), at_most=FIRST_ROWS)
    met = limit * day_counts.count(Criteria()) / max(asked.number, 1)
    at_most = min(round(met), FIRST_ROWS)
    find = Access(way=Way.FIND, where=asked.left, text=search, at_most=at_most)
    yield find
    yield from _pieces(find, at_most, round(min(asked.number, MANY) * SORT / max(LOOK, 0.01)))


def _pieces(along: Access, at_most: int, left: int) -> Iterator[Access]:
    """A longer way along the order, each piece twice as long as the one before: to find its end takes a while too."""
    while left > 0:
        at_most = min(2 * at_most, left)
        yield along._replace(at_most=at_most)
        left -= at_most


def _worth_looking(asked: Asked, looks: int, entries: float, got: int, limit: int) -> int:
    """How many more entries to meet: twice what is still needed, by those that were met, if that is little.

    Else as long as a set of all customers that have the text would take, less what is saved by not sifting: customers
    of one name stand together, so that it may well be missing among the first.
    """
    expected = 2 * looks * (limit - got) / got if got else MOST_ROWS
    search = asked.listing.search
    collecting = share_found(search) * day_counts.count(Criteria()) * (COLLECT if is_triple(search) else COLLECT_SHORT)
    each = LOOK / entries
    affordable = collecting / max(each - SIFT, each / 4, 0.01)
    return round(max(expected * entries if expected < MOST_ROWS else 0, affordable))


def _along(asked: Asked) -> tuple[Access, float]:
    """The way along the order that looks for a text, and how many entries it meets for one row that it looks at."""
    searched = contains(asked.listing.search)
    if days := asked.days:
        return Access(way=Way.MERGE, where=managed(asked.listing.managed_by) & searched, streams=days), 1
    number, walked = asked.number, asked.walked
    if not asked.segment.is_telling and number <= MANY and number * LOOK < walked * SIFT:
        return Access(way=Way.SIFT, where=searched, among=asked.among, alike=asked.left), walked / max(number, 1)
    return Access(way=Way.WALK, where=asked.left & searched), 1


def _is_on(column: FactDate, day: str) -> Where:
    return Where(f"c.{column} = ?", (day,))


BY_DAY: Final = frozenset({(FactDate.RENEWAL_DUE, "invited"), (FactDate.RENEWAL_FOLLOWING, "invited")})
"""Fact dates and indexes of orders for which there is an index that has each day in that order."""
