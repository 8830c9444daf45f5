"""How the rows of a segment are counted, of which there may be very many: each is met once, in no order.

`viptui.data.ways` is the same for rows that are read.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from viptui.data import costs
from viptui.data.access import Access, Asked, Way
from viptui.data.conditions import fulfils, managed, where
from viptui.data.order import Segment
from viptui.data.pages import is_near
from viptui.data.sql import is_sqlite
from viptui.data.streams import Stream
from viptui.data.where import EVERYTHING, Where
from viptui.rows import SortKey
from viptui.rules.filters import Criteria, DateRange, FactDate
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


def way_to_count(
    listing: Listing, segment: Segment, today: date, policy: VipPolicy, key: SortKey | None = None
) -> Access:
    """The way to all rows of a segment, or to all before a key."""
    asked = Asked(listing, segment, today, policy)
    is_of_member = listing.managed_by is not None and all(each.index == "no_products" for each in segment.streams)
    if listing.is_sought or is_of_member or not is_sqlite():  # SQLite itself finds the index that has a member's own
        return Access(way=Way.AS_PLANNED, where=where(listing, today, policy))
    walk = Access(way=Way.WALK, where=asked.left)
    if asked.is_told:
        return walk
    if key is not None and is_near(segment, key):
        return walk
    if named := _by_name(asked):
        return Access(way=Way.WALK, where=managed(listing.managed_by), streams=named)
    number, streams = asked.number, len(segment.streams)
    sort = Access(way=Way.SORT, among=asked.among, alike=asked.left)
    weighed = (
        (asked.walked * costs.LOOK, walk),
        (asked.walked * costs.SIFT + number * costs.COLLECT * streams, sort._replace(way=Way.SIFT)),
        (number * costs.SORT * streams, sort),
    )
    return min(weighed, key=lambda each: each[0])[1]


def _by_name(asked: Asked) -> tuple[Stream, ...]:
    """The segment's rows from indexes that tell the filter, the names and the team member.

    Empty if anything else decides about them or their order.
    """
    streams = asked.segment.streams
    if any(each.index not in ("name", "managed_by") or each.where != EVERYTHING for each in streams):
        return ()
    return tuple(
        stream._replace(index=_TELLING[each.column], part=_tells(each) & stream.part)
        for stream in streams
        for each in asked.wanted.any_of
    )


def _tells(wanted: DateRange) -> Where:
    """A range of a filter, as the index that tells it knows it: the newest date comes with an oldest one."""
    is_open = _TELLING[wanted.column] == _OPEN
    has_oldest = Where(f"c.{FactDate.OLDEST_OPEN_AUTHORIZATION} IS NOT NULL") if is_open else EVERYTHING
    return has_oldest & fulfils(Criteria(any_of=(wanted,)))


_OPEN: Final = "open_invited"

_TELLING: Final = {
    FactDate.OLDEST_OPEN_AUTHORIZATION: _OPEN,
    FactDate.NEWEST_OPEN_AUTHORIZATION: _OPEN,
    FactDate.RENEWAL_DUE: "renewal_due_invited",
    FactDate.RENEWAL_FOLLOWING: "renewal_following_invited",
}
"""Which index has a fact date together with the names and the team member."""
