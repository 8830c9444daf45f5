"""The customers behind the news on a badge: who came into a filter since a login last looked at it.

Somebody comes in by crossing a line, and comes back when a snooze is over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from viptui.data.access import Access, Way
from viptui.data.conditions import where
from viptui.data.crossings import crossed_into
from viptui.data.order import segments
from viptui.data.pages import next_rows
from viptui.data.queries import narrowed
from viptui.data.ranks import rank_of
from viptui.data.snoozes import returned_to
from viptui.data.sql import data_version, fetch, is_sqlite
from viptui.data.where import Where
from viptui.rows import CustomerRow, Place, SortKey
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


def arrived_into(tab: CustomerFilter, login: str, today: date) -> Where:
    """The statement for the ids of who came into a filter since the login last looked at it; empty if it never did."""
    crossed, back = crossed_into(tab, login), returned_to(tab, login, today)
    return Where(f"{crossed.sql} UNION {back.sql}", crossed.parameters + back.parameters)


def arrived_among(login: str, tab: CustomerFilter, customer_ids: Iterable[int], today: date) -> frozenset[int]:
    """Which of these customers, all of them in the filter, came into it since the login last looked at it."""
    since, ids = arrived_into(tab, login, today), list(customer_ids)
    if not ids:
        return frozenset()
    among = f"arrived.customer_id IN ({', '.join('?' for _ in ids)})"
    statement = f"SELECT arrived.customer_id FROM ({since.sql}) arrived WHERE {among}"
    return frozenset(customer for (customer,) in fetch(statement, (*since.parameters, *ids)))


def next_arrival(
    listing: Listing, today: date, policy: VipPolicy, *, login: str, after: SortKey | None
) -> Place | None:
    """Where in a list the next customer stands that came in since the login last looked; after the last, the first.

    None if there is no other one than the row with the key ``after``.
    """
    since = arrived_into(listing.filter, login, today)
    within = narrowed(listing)
    row = _next(within, today, policy, since, after)
    if row is None and after is not None:
        row = _next(within, today, policy, since, None)
    if row is None or row.sort_key == after:
        return None
    rank = rank_of(listing, today, policy, row.sort_key)
    return Place(listing, today, data_version(), row.id, rank, row.sort_key)


def _next(listing: Listing, today: date, policy: VipPolicy, since: Where, after: SortKey | None) -> CustomerRow | None:
    wanted = where(listing, today, policy)
    arrived = Where(f"c.id IN ({since.sql})", since.parameters)
    if is_sqlite():  # they are few: each is looked up rather than met on the way
        access = Access(way=Way.SORT, where=wanted, among=since, alike=arrived)
    else:
        access = Access(way=Way.AS_PLANNED, where=wanted & arrived)
    for segment in segments(listing, today, policy):
        if after is not None and segment.rank < int(str(after[0])):
            continue
        start = after if after is not None and segment.rank == after[0] else None
        part = next_rows(segment, access, start=start, backwards=False, limit=1)
        if part.rows:
            return part.rows[0]
    return None
