"""How the rows of a list are reached: the same rows in the same order, at a cost that differs a thousandfold.

Rows that fulfil a condition can be met while walking along the order and looking at each row, or by sifting the
entries of the order's index through a set of ids, or by sorting the whole set. What is cheapest depends on how many
customers fulfil it, and that is known: from the counts per day for a filter, from the index of triples for a search.

PostgreSQL's planner weighs that by itself; SQLite is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from viptui.data import costs, day_counts
from viptui.data.access import Access, Asked, Way, pieces
from viptui.data.conditions import awake, managed, queried
from viptui.data.order import NEVER_ANNIVERSARY, Segment
from viptui.data.search import contains
from viptui.data.sql import data_version, fetch, is_sqlite
from viptui.data.ways_to_find import ways_to_find
from viptui.data.where import EVERYTHING, Where
from viptui.rules.filters import Criteria, CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


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
        yield from ways_to_find(asked, limit, rows)
    elif rest != EVERYTHING:
        yield from _ways_to_query(asked, rest)
    elif asked.left == EVERYTHING:
        yield Access(way=Way.WALK)
    elif segment.is_telling:
        yield Access(way=Way.WALK, where=asked.left)
    else:
        yield from _ways_to_filter(asked, limit)


def _ways_to_filter(asked: Asked, limit: int) -> Iterator[Access]:
    if asked.segment.streams == (NEVER_ANNIVERSARY,) and asked.wanted.any_of and _all_bought_have_one(data_version()):
        return  # what a filter asks for has only who has bought (see `viptui.rules.facts.CustomerFacts`)
    number, walked = asked.number, asked.walked
    steps = min(limit * walked / max(number, 1), walked)
    sorting, sifting = number * costs.SORT, number * costs.COLLECT + steps * costs.SIFT
    sort = Access(way=Way.SORT, among=asked.among, alike=asked.left)
    if (days := asked.days) and len(days) * costs.BEGIN < sorting:
        yield Access(way=Way.MERGE, where=managed(asked.listing.managed_by), streams=days)
        return
    at_most = costs.FIRST_ROWS + 4 * round(steps)
    if steps * costs.LOOK < (otherwise := min(sorting, sifting)):
        walk = Access(way=Way.WALK, where=asked.left, at_most=at_most)
        yield walk
        yield from pieces(walk, at_most, round(otherwise / max(costs.LOOK, 0.01)))
    if sifting < sorting:  # for a while, where sorting is possible at all: the rows may all stand at the other end
        sift = sort._replace(way=Way.SIFT, at_most=at_most if number <= costs.MANY else None)
        yield sift
        if number <= costs.MANY:
            yield from pieces(sift, at_most, round(sorting / 2 / max(costs.SIFT, 0.01)))
    yield sort


def _ways_to_query(asked: Asked, rest: Where) -> Iterator[Access]:
    """Along the order, looking at each row; nobody knows how many of them fulfil the query.

    For a while, where the rows of a tab or of a team member can be sorted, or all of them sifted for those that do.
    """
    if asked.listing.filter is CustomerFilter.ALL and asked.listing.managed_by is None:
        yield Access(way=Way.WALK, at_most=costs.MANY_ENTRIES)
        if (few := _few_that_fulfil(data_version(), rest, costs.FEW)) is not None:
            yield Access(way=Way.SORT, among=Where(few))
        yield Access(way=Way.SORT if len(asked.segment.streams) == 1 else Way.WALK)
    elif asked.left == EVERYTHING:
        yield Access(way=Way.WALK)
    else:
        sorting = round(asked.number * costs.SORT / max(costs.LOOK, 0.01))
        yield Access(way=Way.WALK, where=asked.left, at_most=min(costs.MANY_ENTRIES, max(costs.FIRST_ROWS, sorting)))
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
