"""Reading: every function returns frozen rows or numbers and writes nothing."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from viptui.data import day_counts
from viptui.data.fields import MoneyField
from viptui.data.models import database_proxy
from viptui.data.search import search_clause
from viptui.data.sql import civil, fetch
from viptui.rows import CustomerRow, MemberRow, Page, SortKey
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import Criteria, CustomerFilter, criteria
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy


@dataclass(frozen=True, slots=True)
class _Where:
    """A condition and its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: _Where) -> _Where:
        return _Where(f"{self.sql} AND {other.sql}", self.parameters + other.parameters)


_EVERYTHING: Final = _Where("TRUE")


def count_filters(today: date, policy: VipPolicy, managed_by: str | None = None) -> dict[CustomerFilter, int]:
    """Customers in each filter on ``today``, of everybody or of one team member."""
    return {each: day_counts.count(criteria(each, today, policy), managed_by) for each in CustomerFilter}


def count_customers(listing: Listing, today: date, policy: VipPolicy) -> int:
    """Rows of a list."""
    if not listing.search:
        return day_counts.count(criteria(listing.filter, today, policy), listing.managed_by)
    wanted = where(listing, today, policy)
    (count,) = fetch(f"SELECT COUNT(*) FROM customer c WHERE {wanted.sql}", wanted.parameters)[0]
    return int(count)


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
    order = _Order.of(listing, today, policy)
    wanted = where(listing, today, policy)
    backwards = last or before is not None
    if after is not None:
        wanted = wanted & order.beyond(after)
    if before is not None:
        wanted = wanted & order.beyond(before, backwards=True)
    statement = (
        f"SELECT {_ROW_COLUMNS}, {order.columns} FROM customer c {_JOIN}"
        f" WHERE {wanted.sql} ORDER BY {order.clause(backwards=backwards)}"
    )
    parameters = wanted.parameters
    if limit is not None:
        statement += " LIMIT ?"
        parameters += (limit,)
    rows = [_customer_row(values) for values in fetch(statement, parameters)]
    return tuple(reversed(rows)) if backwards else tuple(rows)


def rank_of(listing: Listing, today: date, policy: VipPolicy, key: SortKey) -> int:
    """How many rows of the list stand before ``key``."""
    order = _Order.of(listing, today, policy)
    wanted = where(listing, today, policy) & order.beyond(key, backwards=True)
    (count,) = fetch(f"SELECT COUNT(*) FROM customer c {_JOIN} WHERE {wanted.sql}", wanted.parameters)[0]
    return int(count)


def find_row(listing: Listing, today: date, policy: VipPolicy, customer_id: int) -> CustomerRow | None:
    """The customer's row if it is in the list, with the key of where it stands."""
    order = _Order.of(listing, today, policy)
    wanted = where(listing, today, policy) & _Where("c.id = ?", (customer_id,))
    statement = f"SELECT {_ROW_COLUMNS}, {order.columns} FROM customer c {_JOIN} WHERE {wanted.sql}"
    rows = fetch(statement, wanted.parameters)
    return _customer_row(rows[0]) if rows else None


def page_at(listing: Listing, today: date, policy: VipPolicy, *, index: int, size: int) -> Page:
    """The rows around an index that was not reached row by row (after a refresh); counts its way there."""
    total = count_customers(listing, today, policy)
    first = max(0, min(index, total - size))
    order = _Order.of(listing, today, policy)
    wanted = where(listing, today, policy)
    statement = (
        f"SELECT {_ROW_COLUMNS}, {order.columns} FROM customer c {_JOIN}"
        f" WHERE {wanted.sql} ORDER BY {order.clause()} LIMIT ? OFFSET ?"
    )
    rows = tuple(_customer_row(values) for values in fetch(statement, (*wanted.parameters, size, first)))
    return Page(rows=rows, first=first, total=total)


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


def where(listing: Listing, today: date, policy: VipPolicy) -> _Where:
    """The list's condition on ``customer c``."""
    wanted = _criteria_clause(criteria(listing.filter, today, policy))
    if listing.managed_by is not None:
        member = "c.managed_by_id = (SELECT id FROM team_member WHERE login_key = ?)"
        wanted = wanted & _Where(member, (key_of(listing.managed_by),))
    sql, parameters = search_clause(listing.search)
    return wanted & _Where(sql, tuple(parameters)) if sql else wanted


def _criteria_clause(wanted: Criteria) -> _Where:
    clause = _EVERYTHING
    if wanted.has_products is not None:
        clause = _Where("c.has_products" if wanted.has_products else "NOT c.has_products")
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
    either = _Where("(" + " OR ".join(f"({each})" for each in ranges) + ")", tuple(parameters))
    return either if clause is _EVERYTHING else clause & either


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """An order without ties and without NULLs, so that a page can begin after any row."""

    expressions: tuple[str, ...]
    reverse: bool

    @classmethod
    def of(cls, listing: Listing, today: date, policy: VipPolicy) -> _Order:
        """The order of a list; absent values come last in either direction."""
        column = listing.sorted_by
        expressions: tuple[str, ...] = ("c.sort_name", "c.id")
        if column is not SortColumn.NAME:
            wanted = _SORT_EXPRESSIONS.get(column) or _anniversary_expression(today, policy)
            absent = _ABSENT_DATE if column in _DATES else _ABSENT_NUMBER
            wanted = wanted.replace("ABSENT", absent[listing.reverse])
            expressions = (wanted, *expressions)
        return cls(expressions=expressions, reverse=listing.reverse)

    @property
    def columns(self) -> str:
        """The select list that makes a row's sort key."""
        return ", ".join(self.expressions)

    def clause(self, *, backwards: bool = False) -> str:
        """The ORDER BY terms, from the other end if ``backwards``."""
        direction = " DESC" if self.reverse is not backwards else ""
        return ", ".join(f"{expression}{direction}" for expression in self.expressions)

    def beyond(self, key: SortKey, *, backwards: bool = False) -> _Where:
        """Rows that come after ``key``, or before it if ``backwards``."""
        operator = "<" if self.reverse is not backwards else ">"
        marks = ", ".join("?" for _ in key)
        return _Where(f"({self.columns}) {operator} ({marks})", tuple(key))


_ABSENT_DATE: Final = ("'9999-12-31'", "'0001-01-01'")
"""What an absent date sorts as, forwards and reversed."""
_ABSENT_NUMBER: Final = ("9000000000000000000", "-1")

_DATES: Final = frozenset({SortColumn.STATE, SortColumn.ANNIVERSARY, SortColumn.INVITATION, SortColumn.INVITED})

_SORT_EXPRESSIONS: Final[Mapping[SortColumn, str]] = {
    SortColumn.EMAIL: "c.contact_email",
    SortColumn.STATE: "COALESCE(c.oldest_open_authorization_on, ABSENT)",
    SortColumn.LICENCES: "c.open_licences",
    SortColumn.AMOUNT: "COALESCE(c.open_amount, ABSENT)",
    SortColumn.SEGMENT: "c.market_segment",
    SortColumn.MANAGED_BY: "COALESCE(m.login_key, '')",
    SortColumn.INVITATION: "COALESCE(CASE c.invitation_status WHEN 'Pending' THEN c.invited_on END, ABSENT)",
    SortColumn.INVITED: "COALESCE(c.invited_on, ABSENT)",
}


def _anniversary_expression(today: date, policy: VipPolicy) -> str:
    """The anniversary that counts on ``today``: the one just renewed, the one due, or the stored one, rolled on."""
    earliest = today - timedelta(days=policy.grace_days)
    near = today + timedelta(days=policy.upcoming_first_day)
    return (
        f"COALESCE(CASE WHEN c.renewed_on >= '{earliest}' THEN {_iso('c.renewed_on')} "
        f"WHEN c.renewal_following_on <= '{near}' THEN {_iso('c.renewal_following_on')} "
        f"WHEN c.renewal_due_on <= '{near}' THEN {_iso('c.renewal_due_on')} "
        f"WHEN c.anniversary_on >= '{earliest}' THEN {_iso('c.anniversary_on')} "
        f"ELSE {_rolled_on(earliest)} END, ABSENT)"
    )


def _rolled_on(earliest: date) -> str:
    """The first anniversary of the stored date at or after ``earliest``, which is after the stored date itself."""
    day = f"SUBSTR({_iso('c.anniversary_on')}, 5)"
    rolled = f"CASE WHEN {day} >= '{earliest:-%m-%d}' THEN '{earliest.year}' ELSE '{earliest.year + 1}' END || {day}"
    for year in (earliest.year, earliest.year + 1):
        if not isleap(year):
            rolled = f"REPLACE({rolled}, '{year}-02-29', '{year}-02-28')"
    return rolled


def _iso(column: str) -> str:
    """A date column as ISO text; on SQLite it is stored so."""
    return column if database_proxy.obj.param == "?" else f"TO_CHAR({column}, 'YYYY-MM-DD')"
