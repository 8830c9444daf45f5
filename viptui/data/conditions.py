"""What a list asks of a customer, as conditions: its filter, its team member, its search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from viptui.data.search import contains
from viptui.data.sql import civil, fetch
from viptui.data.where import EVERYTHING, NOTHING, Where
from viptui.rules.filters import Criteria, CustomerFilter, FactDate, criteria
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


def where(listing: Listing, today: date, policy: VipPolicy) -> Where:
    """Everything that a list asks."""
    here = asked(listing, today, policy) & contains(listing.search) & queried(listing, today, policy)
    return here & awake(listing, today)


def asked(listing: Listing, today: date, policy: VipPolicy) -> Where:
    """Everything that a list asks but its search, its query and that nobody has snoozed it."""
    return fulfils(criteria(listing.filter, today, policy)) & managed(listing.managed_by)


def queried(listing: Listing, today: date, policy: VipPolicy) -> Where:
    """What its query asks."""
    if listing.query is None:
        return EVERYTHING
    from viptui.data.query_conditions import asks  # few lists have one

    return asks(listing.query, today, policy)


def awake(listing: Listing, today: date) -> Where:
    """That whoever looks has not snoozed the customer in the list's tab."""
    if listing.awake_for is None or listing.filter is CustomerFilter.ALL:
        return EVERYTHING
    here = snoozed(key_of(listing.awake_for), listing.filter, today)
    return Where(f"NOT {here.sql}", here.parameters)


def asleep(listing: Listing, today: date) -> Where:
    """That whoever looks has; they are few, and looked up before anything else is asked."""
    if listing.awake_for is None or listing.filter is CustomerFilter.ALL:
        return NOTHING
    return Where(f"c.id IN ({_SNOOZED} AND s.tab = ?)", (key_of(listing.awake_for), today.isoformat(), listing.filter))


def snoozed(login_key: str, tab: CustomerFilter | None, day: date) -> Where:
    """That a login has snoozed the customer in a tab, or with None in some tab, until after a day."""
    if tab is None:  # from these few rows to their customers
        return Where(f"c.id IN ({_SNOOZED})", (login_key, day.isoformat()))
    return Where(
        "EXISTS (SELECT 1 FROM snooze s WHERE s.login = ? AND s.tab = ? AND s.customer_id = c.id AND s.until_on > ?)",
        (login_key, tab, day.isoformat()),
    )


_SNOOZED: Final = "SELECT s.customer_id FROM snooze s WHERE s.login = ? AND s.until_on > ?"
"""Whom a login has snoozed."""


class Snoozed(NamedTuple):
    """What a login has snoozed, as far as everybody pays for asking."""

    holds: bool
    """Somebody is left out on the day."""
    is_over: bool
    """Somebody is back by then, who may be news."""


def has_snoozed(login: str, day: date) -> Snoozed:
    """Whether a login has snoozed anybody until after a day, or until one that has come."""
    first, last = (civil(each) for each in fetch(_ENDS, (key_of(login),))[0])
    return Snoozed(holds=last is not None and last > day, is_over=first is not None and first <= day)


NONE_SNOOZED: Final = Snoozed(holds=False, is_over=False)

_ENDS: Final = "SELECT MIN(until_on), MAX(until_on) FROM snooze WHERE login = ?"


def managed(login: str | None) -> Where:
    """That a team member is in charge; None asks nothing."""
    if login is None:
        return EVERYTHING
    return Where("c.managed_by_id = (SELECT id FROM team_member WHERE login_key = ?)", (key_of(login),))


def ids_of(wanted: Criteria, login: str | None) -> Where:
    """SQLite's statement for the ids of all customers that fulfil the criteria, each once.

    Each range is read from the index that has it and nothing else: left to itself, the planner prefers other ones
    where there is a team member or more than one range, and they cost a hundred times as much.
    """
    parts = list(_parts_of(wanted, login))
    statement = " UNION ALL ".join(
        f"SELECT c.id FROM customer c INDEXED BY {index} WHERE {here.sql}" for index, here in parts
    )
    return Where(statement, tuple(value for _, here in parts for value in here.parameters))


def _parts_of(wanted: Criteria, login: str | None) -> Iterator[tuple[str, Where]]:
    """Indexes and what to read from them; the ranges of a filter exclude each other for any one customer."""
    whose = "customer_by_" if login is None else "customer_by_managed_by_"
    if wanted.has_products is not None or not wanted.any_of:
        name = "managed_by" if wanted.has_products is None else "managed_by_no_products"
        yield f"customer_by_{name}", fulfils(wanted) & managed(login)
    for each in wanted.any_of:
        yield f"{whose}{INDEX_OF[each.column]}", fulfils(Criteria(any_of=(each,))) & managed(login)


INDEX_OF: Final[Mapping[FactDate, str]] = {
    FactDate.OLDEST_OPEN_AUTHORIZATION: "oldest_open",
    FactDate.NEWEST_OPEN_AUTHORIZATION: "newest_open",
    FactDate.RENEWAL_DUE: "renewal_due",
    FactDate.RENEWAL_FOLLOWING: "renewal_following",
}
"""Which index has a fact date, without ``customer_by_``; with a team member it is called ``managed_by_`` and that."""


def fulfils(wanted: Criteria) -> Where:
    """That the criteria of a filter are met."""
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
    if len(ranges) == 1:
        return clause & Where(ranges[0], tuple(parameters))
    return clause & Where("(" + " OR ".join(f"({each})" for each in ranges) + ")", tuple(parameters))
