"""The filter tabs: one definition for the list, the badges and a single customer.

`criteria` turns a filter into ranges of dates over fact columns for a given day. `matches` reads those ranges
in Python, the data layer turns the same object into SQL; a property test holds both equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

from viptui.rules.facts import CustomerFacts
from viptui.rules.policy import VipPolicy


class CustomerFilter(StrEnum):
    """The tabs in the order in which they are shown; the value is the key used in commands and JSON."""

    NO_PRODUCTS = "no-products"
    PENDING_REQUESTS = "pending-requests"
    PAST_DUE = "past-due"
    UPCOMING_RENEWALS = "upcoming-renewals"
    READY_FOR_RENEWAL = "ready-for-renewal"
    ALL = "all"


TITLES: Final[Mapping[CustomerFilter, str]] = MappingProxyType(
    {
        CustomerFilter.NO_PRODUCTS: "No Products",
        CustomerFilter.PENDING_REQUESTS: "Pending Requests",
        CustomerFilter.PAST_DUE: "Past Due Requests",
        CustomerFilter.UPCOMING_RENEWALS: "Upcoming Renewals",
        CustomerFilter.READY_FOR_RENEWAL: "Ready for Renewal",
        CustomerFilter.ALL: "All Customers",
    }
)
"""Names as the Reseller Console shows them. Source: Reseller help."""

RENEWAL_TABS: Final = frozenset({CustomerFilter.UPCOMING_RENEWALS, CustomerFilter.READY_FOR_RENEWAL})
"""The tabs that are about renewals: their lists tell what is due, not what waits for an order."""


class FactDate(StrEnum):
    """The dates that a filter may compare; each names a column of the customer and a field of the facts."""

    OLDEST_OPEN_AUTHORIZATION = "oldest_open_authorization_on"
    NEWEST_OPEN_AUTHORIZATION = "newest_open_authorization_on"
    RENEWAL_DUE = "renewal_due_on"
    RENEWAL_FOLLOWING = "renewal_following_on"


class DateRange(NamedTuple):
    """A fact date that lies from ``first`` to ``last``, both inclusive; None is an open end."""

    column: FactDate
    first: date | None = None
    last: date | None = None

    def holds(self, value: date | None) -> bool:
        """Whether ``value`` lies in the range; an absent date never does."""
        if value is None:
            return False
        return (self.first is None or self.first <= value) and (self.last is None or value <= self.last)


class Criteria(NamedTuple):
    """What a customer must fulfil: all that is set here, and any one of the ranges if there are some."""

    any_of: tuple[DateRange, ...] = ()
    has_products: bool | None = None


@lru_cache(maxsize=128)
def criteria(customer_filter: CustomerFilter, today: date, policy: VipPolicy) -> Criteria:
    """The filter as ranges of dates around ``today``."""
    return _CRITERIA[customer_filter](today, policy)


def matches(wanted: Criteria, facts: CustomerFacts) -> bool:
    """Whether a customer with these facts fulfils the criteria."""
    if wanted.has_products is not None and wanted.has_products != facts.has_products:
        return False
    return not wanted.any_of or any(each.holds(getattr(facts, each.column)) for each in wanted.any_of)


def filters_of(facts: CustomerFacts, today: date, policy: VipPolicy) -> tuple[CustomerFilter, ...]:
    """Every filter that a customer is in, in the order of the tabs; they do not exclude each other."""
    return tuple([each for each, wanted in _all_criteria(today, policy) if matches(wanted, facts)])


@lru_cache(maxsize=16)
def _all_criteria(today: date, policy: VipPolicy) -> tuple[tuple[CustomerFilter, Criteria], ...]:
    return tuple((each, criteria(each, today, policy)) for each in CustomerFilter)


def _no_products(_today: date, _policy: VipPolicy) -> Criteria:
    return Criteria(has_products=False)


def _pending_requests(today: date, policy: VipPolicy) -> Criteria:
    first = today - timedelta(days=policy.overdue_after)
    return Criteria(any_of=(DateRange(FactDate.NEWEST_OPEN_AUTHORIZATION, first=first),))


def _past_due(today: date, policy: VipPolicy) -> Criteria:
    last = today - timedelta(days=policy.overdue_after + 1)
    return Criteria(any_of=(DateRange(FactDate.OLDEST_OPEN_AUTHORIZATION, last=last),))


def _upcoming_renewals(today: date, policy: VipPolicy) -> Criteria:
    first = today + timedelta(days=policy.window_open_days + 1)
    return _due_between(first, today + timedelta(days=policy.upcoming_first_day))


def _ready_for_renewal(today: date, policy: VipPolicy) -> Criteria:
    first = today - timedelta(days=policy.grace_days)
    return _due_between(first, today + timedelta(days=policy.window_open_days))


def _all(_today: date, _policy: VipPolicy) -> Criteria:
    return Criteria()


def _due_between(first: date, last: date) -> Criteria:
    return Criteria(
        any_of=(
            DateRange(FactDate.RENEWAL_DUE, first, last),
            DateRange(FactDate.RENEWAL_FOLLOWING, first, last),
        )
    )


_CRITERIA: Final[Mapping[CustomerFilter, Callable[[date, VipPolicy], Criteria]]] = MappingProxyType(
    {
        CustomerFilter.NO_PRODUCTS: _no_products,
        CustomerFilter.PENDING_REQUESTS: _pending_requests,
        CustomerFilter.PAST_DUE: _past_due,
        CustomerFilter.UPCOMING_RENEWALS: _upcoming_renewals,
        CustomerFilter.READY_FOR_RENEWAL: _ready_for_renewal,
        CustomerFilter.ALL: _all,
    }
)
