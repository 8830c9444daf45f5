"""Reading lists: every function returns frozen rows or numbers and writes nothing."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date

from viptui.data import day_counts
from viptui.data.conditions import asked, awake, ids_of, queried, where
from viptui.data.costs import COUNTED_AT_ONCE, FEW
from viptui.data.order import Segment, segments
from viptui.data.pages import next_rows, row_of, walk
from viptui.data.search import contains
from viptui.data.sql import fetch, is_sqlite
from viptui.data.triples import Found, is_short, is_triple
from viptui.data.ways import ways
from viptui.data.where import EVERYTHING, Where
from viptui.rows import CustomerRow, MemberRow, SortKey
from viptui.rules.filters import CustomerFilter, criteria
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


def narrowed(listing: Listing) -> Listing:
    """The list as indexes serve it best; see `viptui.rules.narrowing`."""
    if listing.query is None:
        return listing
    from viptui.rules import narrowing  # few lists have a query

    return narrowing.narrowed(listing)


def count_filters(today: date, policy: VipPolicy, managed_by: str | None = None) -> dict[CustomerFilter, int]:
    """Customers in each filter on ``today``, of everybody or of one team member."""
    return {each: day_counts.count(criteria(each, today, policy), managed_by) for each in CustomerFilter}


def count_customers(listing: Listing, today: date, policy: VipPolicy) -> int:
    """Rows of a list. With a search it has to look for them, which takes a while among very many."""
    count = count_at_once(listing, today, policy)
    if count is not None:
        return count
    listing = narrowed(listing)
    wanted = _asked(listing, today, policy)
    searched = contains(listing.search)
    if is_sqlite() and searched != EVERYTHING:
        found = Found(listing.search)
        if wanted == EVERYTHING and not is_short(listing.search):
            return found.count()
        if found.count(FEW + 1) <= FEW:
            return _count(found.among & wanted, is_scanned=True)
    elif listing.query is not None and searched == EVERYTHING:
        return _count_fulfilling(listing, today, policy)
    return _count(wanted & searched, is_scanned=listing.query is not None)


def count_at_once(listing: Listing, today: date, policy: VipPolicy) -> int | None:
    """The same if it takes no time that could be felt, else None."""
    listing = narrowed(listing)
    if contains(listing.search) == EVERYTHING:
        number = day_counts.count(criteria(listing.filter, today, policy), listing.managed_by)
        if listing.query is None or not number:
            return number - _asleep(listing, today, policy) if number else 0
        return _count_fulfilling(listing, today, policy) if number <= FEW else None
    if not (is_sqlite() and is_triple(listing.search)):
        return None
    wanted, found = _asked(listing, today, policy), Found(listing.search)
    number = found.count(COUNTED_AT_ONCE + 1)
    if number > COUNTED_AT_ONCE:
        return None
    return number if wanted == EVERYTHING else _count(found.among & wanted, is_scanned=True)


def list_customers(
    listing: Listing,
    today: date,
    policy: VipPolicy,
    *,
    limit: int | None = None,
    after: SortKey | None = None,
    before: SortKey | None = None,
    last: bool = False,
) -> tuple[CustomerRow, ...]:
    """Consecutive rows of a list, in its order.

    Args:
        listing: which customers in which order.
        today: the day it is.
        policy: the programme's numbers.
        limit: at most so many rows.
        after: begin after the row with this key.
        before: end before the row with this key; the ``limit`` rows nearest to it.
        last: the last ``limit`` rows.
    """
    listing = narrowed(listing)
    backwards = last or before is not None
    start = before if before is not None else after
    rows: list[CustomerRow] = []
    for segment in _from(segments(listing, today, policy), start, backwards=backwards):
        room = None if limit is None else limit - len(rows)
        key = start if start is not None and segment.rank == start[0] else None
        for access in ways(listing, segment, today, policy, room, rows):
            left = None if limit is None else limit - len(rows)
            part = next_rows(segment, access, start=key, backwards=backwards, limit=left)
            rows += part.rows
            key = part.key
            if part.is_all:
                break
        if limit is not None and len(rows) >= limit:
            break
    return tuple(reversed(rows)) if backwards else tuple(rows)


def walk_customers(
    listing: Listing, today: date, policy: VipPolicy, limit: int | None = None
) -> Generator[CustomerRow, None, None]:
    """The first ``limit`` rows of a list or all of them, in its order, as they are read: one walk a segment.

    To be closed before the database is.
    """
    seen, listing = 0, narrowed(listing)
    for segment in segments(listing, today, policy):
        (access,) = ways(listing, segment, today, policy, limit=None)
        for row in walk(segment, access, limit=None if limit is None else limit - seen):
            seen += 1
            yield row


def find_row(listing: Listing, today: date, policy: VipPolicy, customer_id: int) -> CustomerRow | None:
    """The customer's row if it is in the list, with the key of where it stands."""
    listing = narrowed(listing)
    wanted = Where("c.id = ?", (customer_id,)) & where(listing, today, policy)
    for segment in segments(listing, today, policy):
        if (row := row_of(segment, wanted)) is not None:
            return row
    return None


def team_members() -> tuple[MemberRow, ...]:
    """The team, by login."""
    rows = fetch("SELECT login, name, email, role, status FROM team_member ORDER BY login_key")
    return tuple(
        MemberRow(login=login, name=name, email=email, role=role, status=status)
        for login, name, email, role, status in rows
    )


def find_member(login: str) -> MemberRow | None:
    """The team member with this login, case ignored."""
    wanted = key_of(login)
    return next((member for member in team_members() if key_of(member.login) == wanted), None)


def _asked(listing: Listing, today: date, policy: VipPolicy) -> Where:
    """All that it asks but its search."""
    return asked(listing, today, policy) & queried(listing, today, policy) & awake(listing, today)


def _asleep(listing: Listing, today: date, policy: VipPolicy) -> int:
    """How many customers of its tab, or of a member's in it, a list leaves out."""
    if listing.awake_for is None:
        return 0
    from viptui.data.snoozes import count_asleep

    return count_asleep(listing.awake_for, today, policy, listing.managed_by).get(listing.filter, 0)


def _count_fulfilling(listing: Listing, today: date, policy: VipPolicy) -> int:
    """How many of the tab's customers, or of a member's in it, fulfil the query; without a search."""
    if not is_sqlite() or (listing.filter is CustomerFilter.ALL and listing.managed_by is None):
        is_alone = listing.query is not None and len(listing.query.terms) == 1
        return _count(_asked(listing, today, policy), is_scanned=not is_alone)
    ids = ids_of(criteria(listing.filter, today, policy), listing.managed_by)
    rest = queried(listing, today, policy) & awake(listing, today)
    return _count(Where(f"c.id IN ({ids.sql})", ids.parameters) & rest)


def _count(here: Where, *, is_scanned: bool = False) -> int:
    """How many customers fulfil a condition.

    Of several indexes that could have a part of it, SQLite takes one that costs ten times as much as all rows.
    """
    hint = " NOT INDEXED" if is_scanned and is_sqlite() else ""
    ((count,),) = fetch(f"SELECT COUNT(*) FROM customer c{hint} WHERE {here.sql}", here.parameters)
    return int(count)


def _from(ordered: Sequence[Segment], start: SortKey | None, *, backwards: bool) -> Sequence[Segment]:
    """The segments in which rows may come, in the order in which they come."""
    if start is None:
        return ordered[::-1] if backwards else ordered
    at = int(str(start[0]))
    return ordered[at::-1] if backwards else ordered[at:]
