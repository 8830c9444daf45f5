"""The order of a list: segments one after the other, each made of streams that walk an index.

A column in which values may be absent has two segments, the values and then the rest, so that no row is ever sorted
because another one has no value. Most segments have one stream; where different columns decide for different
customers, the streams of a segment are merged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from viptui.data.anniversary_order import by_anniversary, by_renewal, without_products
from viptui.data.conditions import managed
from viptui.data.sql import fetch, is_sqlite
from viptui.data.streams import Stream
from viptui.data.where import Where
from viptui.rules.filters import CustomerFilter, FactDate, criteria
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy


class Segment(NamedTuple):
    """Rows that stand together in a list."""

    rank: int
    """Which one it is; the first part of its rows' keys."""
    streams: tuple[Stream, ...]
    is_filtered: bool
    """Whether its rows fulfil the list's filter already."""
    reverse: bool = False

    @property
    def member(self) -> int | None:
        """The id of the one team member whose customers it has, 0 for those of nobody; None if they are of several."""
        return self.streams[0].member

    @property
    def is_telling(self) -> bool:
        """Whether its indexes tell which rows a filter and a team member have."""
        return all(each.is_telling for each in self.streams)

    @property
    def is_by_name(self) -> bool:
        """Whether nothing but the name decides their order."""
        return len(self.streams) == 1 and self.streams[0].value is None


def segments(listing: Listing, today: date, policy: VipPolicy) -> tuple[Segment, ...]:
    """The segments of a list, in its order; absent values come last in either direction.

    What cannot hold any customer of the filter is left out, by what facts are to each other
    (`viptui.rules.facts.CustomerFacts`): it would be walked in vain.
    """
    column = listing.sorted_by
    if column is SortColumn.MANAGED_BY and listing.managed_by is not None:
        column = SortColumn.NAME  # they all have the same one
    if column is SortColumn.NAME and listing.managed_by is not None and listing.filter is CustomerFilter.ALL:
        parts = _Parts(present=((Stream(index="managed_by", part=managed(listing.managed_by)),),))
    else:
        parts = _OWN.get((listing.filter, column), _PARTS[column])(listing.filter, today, policy)
    present = parts.present[::-1] if listing.reverse else parts.present
    ordered = present if parts.absent is None else (*present, parts.absent)
    is_filtered = parts.is_filtered or listing.filter is CustomerFilter.ALL
    return tuple(
        Segment(rank=rank, streams=_of_member(streams, listing), is_filtered=is_filtered, reverse=listing.reverse)
        for rank, streams in enumerate(ordered)
    )


_Streams = tuple[Stream, ...]


def _of_member(streams: _Streams, listing: Listing) -> _Streams:
    """The same for a member's customers alone, whom an index has by name: nobody else's are passed over."""
    if listing.managed_by is None or not is_sqlite():
        return streams
    alone = managed(listing.managed_by)
    return tuple(
        each._replace(index="managed_by", part=alone & each.part) if each.index == "name" else each for each in streams
    )


class _Parts(NamedTuple):
    """What stands together, lowest values first, and the rows that have no value."""

    present: tuple[_Streams, ...]
    absent: _Streams | None = None
    is_filtered: bool = False


_Order = Callable[[CustomerFilter, date, VipPolicy], _Parts]


def _by(stream: Stream, absent: Stream | None = None) -> _Order:
    """An order of one stream, and of the one without a value."""
    parts = _Parts(present=((stream,),), absent=None if absent is None else (absent,))
    return lambda _filter, _today, _policy: parts


def _by_licences(filtered: CustomerFilter, _today: date, _policy: VipPolicy) -> _Parts:
    some = Stream(index="licences", proof=Where("c.open_licences > 0"), column="c.open_licences")
    none = Stream(index="name", where=Where("c.open_licences = 0"))
    if filtered in _WAITING:
        return _Parts(present=((some,),))
    return _Parts(present=((none,), (some,)))


def _by_manager(_filter: CustomerFilter, _today: date, _policy: VipPolicy) -> _Parts:
    present = [(Stream(index="managed_by", part=Where("c.managed_by_id IS NULL"), member=0),)]
    for (member,) in fetch("SELECT id FROM team_member ORDER BY login_key"):
        whose = Where("c.managed_by_id = ?", (member,))
        present.append((Stream(index="managed_by", part=whose, member=member),))
    return _Parts(present=tuple(present))


def _by_anniversary(_filter: CustomerFilter, today: date, policy: VipPolicy) -> _Parts:
    return _Parts(present=(by_anniversary(today, policy),), absent=(NEVER_ANNIVERSARY,))


def _renewals_by_anniversary(filtered: CustomerFilter, today: date, policy: VipPolicy) -> _Parts:
    return _Parts(present=(by_renewal(criteria(filtered, today, policy)),), is_filtered=True)


def _past_due_by_state(filtered: CustomerFilter, today: date, policy: VipPolicy) -> _Parts:
    (overdue,) = criteria(filtered, today, policy).any_of
    return _Parts(present=((_oldest_open(last=overdue.last),),), is_filtered=True)


def _pending_by_state(filtered: CustomerFilter, today: date, policy: VipPolicy) -> _Parts:
    """Customers with several dates open may be past due as well, and come first; few have several."""
    (pending,) = criteria(filtered, today, policy).any_of
    newest = f"c.{FactDate.NEWEST_OPEN_AUTHORIZATION}"
    first = pending.first or date.min
    both = Stream(
        index="several_open",
        part=Where(f"{newest} > {_OLDEST}"),
        where=Where(f"{newest} >= ?", (first.isoformat(),)),
        column=_OLDEST,
        last=(first - timedelta(days=1)).isoformat(),
    )
    return _Parts(present=((both,), (_oldest_open(first=first),)), is_filtered=True)


def _no_products(present: Stream, absent: Stream | None = None) -> _Order:
    """An order of customers without products: indexes of their own have them."""
    without = Where("NOT c.has_products")
    streams = [each._replace(part=without & each.part) for each in (present, absent) if each is not None]
    parts = _Parts(present=((streams[0],),), absent=tuple(streams[1:]) or None, is_filtered=True)
    return lambda _filter, _today, _policy: parts


def _no_products_by_anniversary(_filter: CustomerFilter, today: date, policy: VipPolicy) -> _Parts:
    without, never = Where("NOT c.has_products"), Where("c.anniversary_on IS NULL")
    absent = Stream(index="no_products_name", part=without, where=never)
    return _Parts(present=(without_products(today, policy),), absent=(absent,), is_filtered=True)


def _oldest_open(*, first: date | None = None, last: date | None = None) -> Stream:
    return Stream(
        index="oldest_open",
        part=Where(f"{_OLDEST} IS NOT NULL"),
        column=_OLDEST,
        first=None if first is None else first.isoformat(),
        last=None if last is None else last.isoformat(),
    )


NEVER_ANNIVERSARY: Final = Stream(index="anniversary", part=Where("c.anniversary_on IS NULL"))
"""The customers without an Anniversary Date."""

_OLDEST: Final = f"c.{FactDate.OLDEST_OPEN_AUTHORIZATION}"

_WAITING: Final = frozenset({CustomerFilter.PENDING_REQUESTS, CustomerFilter.PAST_DUE})
"""Filters whose customers have an open Purchase Authorization, which is of one licence at least."""

_OPEN_INVITED: Final = Stream(index="open_invited", part=Where(f"{_OLDEST} IS NOT NULL"), is_telling=True)

_PENDING: Final = Where("c.invitation_status = 'Pending'")
_PENDING_SINCE: Final = "c.invitation_status = 'Pending' AND c.invited_on IS NOT NULL"

_NOT_PENDING_SINCE: Final = Stream(index="name", where=Where(f"({_PENDING_SINCE}) IS NOT TRUE"))

_PARTS: Final[Mapping[SortColumn, _Order]] = {
    SortColumn.NAME: _by(Stream(index="name")),
    SortColumn.EMAIL: _by(Stream(index="email", column="c.contact_email")),
    SortColumn.STATE: _by(
        _oldest_open(),
        Stream(index="name", where=Where(f"{_OLDEST} IS NULL")),
    ),
    SortColumn.LICENCES: _by_licences,
    SortColumn.AMOUNT: _by(
        Stream(index="amount", part=Where("c.open_amount IS NOT NULL"), column="c.open_amount"),
        Stream(index="name", where=Where("c.open_amount IS NULL")),
    ),
    SortColumn.ANNIVERSARY: _by_anniversary,
    SortColumn.SEGMENT: _by(Stream(index="segment", column="c.market_segment")),
    SortColumn.MANAGED_BY: _by_manager,
    SortColumn.INVITATION: _by(
        Stream(index="invitation", part=Where(_PENDING_SINCE), column="c.invited_on"),
        _NOT_PENDING_SINCE,
    ),
    SortColumn.INVITED: _by(
        Stream(index="invited", part=Where("c.invited_on IS NOT NULL"), column="c.invited_on"),
        Stream(index="invited", part=Where("c.invited_on IS NULL")),
    ),
}

_OWN: Final[Mapping[tuple[CustomerFilter, SortColumn], _Order]] = {
    **{
        (CustomerFilter.NO_PRODUCTS, column): _no_products(Stream(index="no_products_name"))
        for column in (SortColumn.NAME, SortColumn.STATE, SortColumn.LICENCES, SortColumn.AMOUNT)  # nothing waits
    },
    (CustomerFilter.NO_PRODUCTS, SortColumn.ANNIVERSARY): _no_products_by_anniversary,
    (CustomerFilter.NO_PRODUCTS, SortColumn.INVITED): _no_products(
        Stream(index="no_products", part=Where("c.invited_on IS NOT NULL"), column="c.invited_on"),
        Stream(index="no_products", part=Where("c.invited_on IS NULL")),
    ),
    (CustomerFilter.NO_PRODUCTS, SortColumn.INVITATION): _no_products(
        Stream(index="no_products", part=Where("c.invited_on IS NOT NULL"), where=_PENDING, column="c.invited_on"),
        Stream(index="no_products_name", where=Where(f"({_PENDING_SINCE}) IS NOT TRUE")),
    ),
    **{
        (each, SortColumn.INVITATION): _by(
            Stream(
                index="products_invitation",
                part=Where(f"c.has_products AND {_PENDING_SINCE}"),
                column="c.invited_on",
                is_telling=True,
            ),
            _NOT_PENDING_SINCE,
        )
        for each in CustomerFilter
        if each not in (CustomerFilter.NO_PRODUCTS, CustomerFilter.ALL)
    },
    **{
        (each, SortColumn.INVITED): _by(
            _OPEN_INVITED._replace(part=_OPEN_INVITED.part & Where("c.invited_on IS NOT NULL"), column="c.invited_on"),
            _OPEN_INVITED._replace(part=_OPEN_INVITED.part & Where("c.invited_on IS NULL")),
        )
        for each in _WAITING
    },
    (CustomerFilter.PENDING_REQUESTS, SortColumn.STATE): _pending_by_state,
    (CustomerFilter.PAST_DUE, SortColumn.STATE): _past_due_by_state,
    (CustomerFilter.UPCOMING_RENEWALS, SortColumn.ANNIVERSARY): _renewals_by_anniversary,
    (CustomerFilter.READY_FOR_RENEWAL, SortColumn.ANNIVERSARY): _renewals_by_anniversary,
}
"""Filters and orders for which an index has just their customers in one range."""
