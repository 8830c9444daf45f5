"""Reading: every function returns frozen rows or numbers and writes nothing."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import date
from typing import Any, Final

from viptui.data import day_counts
from viptui.data.fields import MoneyField
from viptui.data.order import EVERYTHING, Segment, Where, segments
from viptui.data.search import search_clause
from viptui.data.sql import civil, fetch, stream
from viptui.rows import CustomerRow, MemberRow, Page, SortKey
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import Criteria, CustomerFilter, criteria
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


def count_filters(today: date, policy: VipPolicy, managed_by: str | None = None) -> dict[CustomerFilter, int]:
    """Customers in each filter on ``today``, of everybody or of one team member."""
    return {each: day_counts.count(criteria(each, today, policy), managed_by) for each in CustomerFilter}


def count_customers(listing: Listing, today: date, policy: VipPolicy) -> int:
    """Rows of a list."""
    if not listing.search:
        return day_counts.count(criteria(listing.filter, today, policy), listing.managed_by)
    return _count(where(listing, today, policy))


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
    backwards = last or before is not None
    start = before if before is not None else after
    wanted = where(listing, today, policy)
    rows: list[CustomerRow] = []
    for segment in _from(segments(listing, today, policy), start, backwards=backwards):
        here = wanted & segment.where
        if start is not None and segment.rank == start[0]:
            here = here & segment.beyond(start, backwards=backwards)
        room = None if limit is None else limit - len(rows)
        rows += _rows(segment, here, backwards=backwards, limit=room)
        if limit is not None and len(rows) >= limit:
            break
    return tuple(reversed(rows)) if backwards else tuple(rows)


def walk_customers(
    listing: Listing, today: date, policy: VipPolicy, limit: int | None = None
) -> Generator[CustomerRow, None, None]:
    """The first ``limit`` rows of a list or all of them, in its order, as they are read: one walk a segment.

    To be closed before the database is.
    """
    wanted = where(listing, today, policy)
    seen = 0
    for segment in segments(listing, today, policy):
        here = wanted & segment.where
        statement = _select(segment, here) + ("" if limit is None else f" LIMIT {limit - seen:d}")
        for values in stream(statement, here.parameters):
            seen += 1
            yield _customer_row(values)


def rank_of(listing: Listing, today: date, policy: VipPolicy, key: SortKey) -> int:
    """How many rows of the list stand before ``key``."""
    wanted = where(listing, today, policy)
    rank = 0
    for segment in segments(listing, today, policy)[: int(str(key[0])) + 1]:
        here = wanted & segment.where
        if segment.rank == key[0]:
            here = here & segment.beyond(key, backwards=True)
        rank += _count(here)
    return rank


def find_row(listing: Listing, today: date, policy: VipPolicy, customer_id: int) -> CustomerRow | None:
    """The customer's row if it is in the list, with the key of where it stands."""
    wanted = Where("c.id = ?", (customer_id,)) & where(listing, today, policy)
    for segment in segments(listing, today, policy):
        if rows := _rows(segment, wanted & segment.where):
            return rows[0]
    return None


def page_at(listing: Listing, today: date, policy: VipPolicy, *, index: int, size: int) -> Page:
    """The rows around an index that was not reached row by row (after a refresh); counts its way there."""
    total = count_customers(listing, today, policy)
    first = skip = max(0, min(index, total - size))
    wanted = where(listing, today, policy)
    rows: list[CustomerRow] = []
    for segment in segments(listing, today, policy):
        here = wanted & segment.where
        if skip and (count := _count(here)) <= skip:
            skip -= count
            continue
        rows += _rows(segment, here, limit=size - len(rows), skip=skip)
        skip = 0
        if len(rows) >= size:
            break
    return Page(rows=tuple(rows), first=first, total=total)


def _from(ordered: Sequence[Segment], start: SortKey | None, *, backwards: bool) -> Sequence[Segment]:
    """The segments in which rows may come, in the order in which they come."""
    if start is None:
        return ordered[::-1] if backwards else ordered
    at = int(str(start[0]))
    return ordered[at::-1] if backwards else ordered[at:]


def _rows(
    segment: Segment, here: Where, *, backwards: bool = False, limit: int | None = None, skip: int = 0
) -> list[CustomerRow]:
    statement = _select(segment, here, backwards=backwards)
    if limit is not None:
        statement += f" LIMIT {limit:d} OFFSET {skip:d}"
    return [_customer_row(values) for values in fetch(statement, here.parameters)]


def _select(segment: Segment, here: Where, *, backwards: bool = False) -> str:
    return (
        f"SELECT {_ROW_COLUMNS}, {segment.columns} FROM customer c {_JOIN}"
        f" WHERE {here.sql} ORDER BY {segment.clause(backwards=backwards)}"
    )


def _count(here: Where) -> int:
    (count,) = fetch(f"SELECT COUNT(*) FROM customer c WHERE {here.sql}", here.parameters)[0]
    return int(count)


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


def where(listing: Listing, today: date, policy: VipPolicy) -> Where:
    """The list's condition on ``customer c``."""
    wanted = _criteria_clause(criteria(listing.filter, today, policy))
    if listing.managed_by is not None:
        member = "c.managed_by_id = (SELECT id FROM team_member WHERE login_key = ?)"
        wanted = wanted & Where(member, (key_of(listing.managed_by),))
    sql, parameters = search_clause(listing.search)
    return wanted & Where(sql, tuple(parameters)) if sql else wanted


def _criteria_clause(wanted: Criteria) -> Where:
    clause = EVERYTHING
    if wanted.has_products is not None:
        clause = Where("c.has_products" if wanted.has_products else "NOT c.has_products")
    if not wanted.any_of:
        return clause
    ranges: list[str] = []
    parameters: list[str] = []
    for each in wanted.any_of:
        bounds = [f"c.{each.column} IS NOT NULL"]
        for operator, bound in ((">=", each.first), ("<=", each.last)):
            if bound is not None:
                bounds.append(f"c.{each.column} {operator} ?")
                parameters.append(bound.isoformat())
        ranges.append(" AND ".join(bounds))
    either = Where("(" + " OR ".join(f"({each})" for each in ranges) + ")", tuple(parameters))
    return either if clause is EVERYTHING else clause & either


_JOIN: Final = "LEFT JOIN team_member m ON m.id = c.managed_by_id"

_ROW_COLUMNS: Final = (
    "c.id, c.vip_id, c.organization_name, c.contact_email, c.market_segment, m.login, c.invitation_status, "
    "c.invited_on, c.anniversary_on, c.has_products, c.oldest_open_authorization_on, "
    "c.newest_open_authorization_on, c.open_licences, c.open_amount, c.open_currency, c.renewed_on, "
    "c.renewal_due_on, c.renewal_following_on, c.licences_due, c.licences_renewed"
)
_ROW_WIDTH: Final = _ROW_COLUMNS.count(",") + 1


def _customer_row(values: Sequence[Any]) -> CustomerRow:
    """A row from `_ROW_COLUMNS` and the columns of its order."""
    identifier, vip_id, name, email, segment, login, status, invited, anniversary, *rest = values[:_ROW_WIDTH]
    products, oldest, newest, licences, amount, currency, renewed, due, following, count, done = rest
    return CustomerRow(
        id=identifier,
        vip_id=vip_id,
        organization_name=name,
        contact_email=email,
        market_segment=segment,
        managed_by=login,
        invitation_status=status,
        invited_on=civil(invited),
        anniversary_on=civil(anniversary),
        facts=CustomerFacts(
            has_products=bool(products),
            oldest_open_authorization_on=civil(oldest),
            newest_open_authorization_on=civil(newest),
            open_licences=licences,
            open_amount=_MONEY.python_value(amount),
            open_currency=currency,
            renewed_on=civil(renewed),
            renewal_due_on=civil(due),
            renewal_following_on=civil(following),
            licences_due=count,
            licences_renewed=done,
        ),
        sort_key=tuple(values[_ROW_WIDTH:]),
    )


_MONEY: Final = MoneyField()
