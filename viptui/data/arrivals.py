"""The customers behind the news on a badge: who came into a filter since a login last looked at it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from viptui.data.access import Access, Way
from viptui.data.conditions import where
from viptui.data.crossings import ARRIVES_BY
from viptui.data.order import segments
from viptui.data.pages import next_rows
from viptui.data.queries import narrowed
from viptui.data.ranks import rank_of
from viptui.data.sql import data_version, fetch, is_sqlite
from viptui.data.where import Where
from viptui.rows import CustomerRow, Place, SortKey
from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


def arrived_among(login: str, tab: CustomerFilter, customer_ids: Iterable[int]) -> frozenset[int]:
    """Which of these customers, all of them in the filter, came into it since the login last looked at it."""
    since, ids = _arrived(login, tab), list(customer_ids)
    if since is None or not ids:
        return frozenset()
    statement = f"{since.sql} AND x.customer_id IN ({', '.join('?' for _ in ids)})"
    return frozenset(customer for (customer,) in fetch(statement, (*since.parameters, *ids)))


def next_arrival(
    listing: Listing, today: date, policy: VipPolicy, *, login: str, after: SortKey | None
) -> Place | None:
    """Where in a list the next customer stands that came in since the login last looked; after the last, the first.

    None if there is no other one than the row with the key ``after``.
    """
    if (since := _arrived(login, listing.filter)) is None:
        return None
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
        rows, _ = next_rows(segment, access, start=start, backwards=False, limit=1)
        if rows:
            return rows[0]
    return None


def _arrived(login: str, tab: CustomerFilter) -> Where | None:
    """The statement for the ids of who crossed into a filter; None if no passing day moves anybody into it."""
    kind = ARRIVES_BY.get(tab)
    return None if kind is None else Where(_ARRIVED, (kind, key_of(login), tab))


_ARRIVED: Final = (
    "SELECT x.customer_id FROM crossing x WHERE x.kind = ? "
    "AND x.recorded_at > (SELECT l.looked_at FROM look l WHERE l.login = ? AND l.tab = ?)"
)
