"""Where in a list a row stands: how many rows come before it.

Where the counts of days tell it, only the rows of the row's own day are counted; the rest is a walk along the index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from viptui.data import day_counts
from viptui.data.access import Access, Way
from viptui.data.conditions import asleep, managed, where
from viptui.data.counting import way_to_count
from viptui.data.order import Segment, segments
from viptui.data.pages import count_before
from viptui.data.queries import narrowed
from viptui.data.sql import civil
from viptui.data.streams import Stream
from viptui.data.where import EVERYTHING, Where
from viptui.rows import SortKey
from viptui.rules.filters import Criteria, DateRange, FactDate, criteria
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


def rank_of(listing: Listing, today: date, policy: VipPolicy, key: SortKey) -> int:
    """How many rows of the list stand before ``key``; counts them."""
    listing = narrowed(listing)
    if listing.awake_for is not None and not listing.is_sought:
        everybodys = listing._replace(awake_for=None)
        few = asleep(listing, today)
        return rank_of(everybodys, today, policy, key) - _before(everybodys, few, today, policy, key)
    ordered = segments(listing, today, policy)
    own = ordered[int(str(key[0]))]
    if not listing.is_sought and (rank := _told_by_days(listing, today, policy, ordered, own, key)) is not None:
        return rank
    before = _before_segment(listing, today, policy, ordered[: own.rank])
    return before + count_before(own, way_to_count(listing, own, today, policy, key), key)


def _before_segment(listing: Listing, today: date, policy: VipPolicy, ordered: Sequence[Segment]) -> int:
    """How many rows the first segments of a list have; those of single team members are known."""
    known: Mapping[int, int] = {}
    if not listing.is_sought and any(each.member is not None for each in ordered):
        known = day_counts.by_member(criteria(listing.filter, today, policy))
    return sum(
        known.get(each.member, 0)
        if known and each.member is not None
        else count_before(each, way_to_count(listing, each, today, policy), None)
        for each in ordered
    )


def _told_by_days(
    listing: Listing, today: date, policy: VipPolicy, ordered: Sequence[Segment], own: Segment, key: SortKey
) -> int | None:
    """The same from the counts of days; None if they do not tell it.

    One segment may be unknown to them: it is what all others leave of the whole list.
    """
    if (ranges := _days_of(own)) is None:
        return None
    sizes = [_size(each, listing) for each in ordered]
    before, after = sizes[: own.rank], sizes[own.rank :]
    if None not in before:
        earlier = sum(filter(None, before))
    elif before.count(None) == 1 and None not in after:
        total = day_counts.count(criteria(listing.filter, today, policy), listing.managed_by)
        earlier = total - sum(filter(None, after))
    else:
        return None
    day = date.fromisoformat(str(key[1]))
    other_days = tuple(
        each._replace(first=max(each.first or date.min, day + _ONE_DAY))
        if own.reverse
        else each._replace(last=min(each.last or date.max, day - _ONE_DAY))
        for each in ranges
    )
    own_day = tuple(
        stream._replace(first=day.isoformat(), last=day.isoformat())
        for stream, each in zip(own.streams, ranges, strict=True)
        if each.holds(day)
    )
    among_all = Access(way=Way.AS_PLANNED, where=managed(listing.managed_by))
    same_day = count_before(own._replace(streams=own_day), among_all, key)
    return earlier + day_counts.count(Criteria(any_of=other_days), listing.managed_by) + same_day


def _before(listing: Listing, few: Where, today: date, policy: VipPolicy, key: SortKey) -> int:
    """How many of the rows before ``key`` are those of a few customers."""
    ordered = segments(listing, today, policy)[: int(str(key[0])) + 1]
    some = Access(way=Way.AS_PLANNED, where=few & where(listing, today, policy))
    return sum(count_before(each, some, key if each is ordered[-1] else None) for each in ordered)


def _size(segment: Segment, listing: Listing) -> int | None:
    """All rows of a segment, if the counts of days tell them."""
    ranges = _days_of(segment)
    return None if ranges is None else day_counts.count(Criteria(any_of=ranges), listing.managed_by)


def _days_of(segment: Segment) -> tuple[DateRange, ...] | None:
    """The ranges of days that a segment is, if it is nothing else."""
    if not segment.is_filtered:
        return None
    ranges = [
        DateRange(_COLUMNS[each.column], first=civil(each.first), last=civil(each.last))
        for each in segment.streams
        if each.column in _COLUMNS and (each.where, each.rolled) == (EVERYTHING, None) and _is_whole(each)
    ]
    return tuple(ranges) if len(ranges) == len(segment.streams) else None


def _is_whole(stream: Stream) -> bool:
    """Whether its part of the index is all that has a day."""
    return stream.part.sql == f"{stream.column} IS NOT NULL"


_COLUMNS: Final = {f"c.{each}": each for each in FactDate}

_ONE_DAY: Final = timedelta(days=1)
