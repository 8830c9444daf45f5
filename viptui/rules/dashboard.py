"""What the dashboard counts on a day: ages of Purchase Authorizations, weeks with renewals, days looked back at.

And which list has the customers of a bar: the one that it counts, or the nearest to it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from viptui.rules.authorization import AuthorizationState
from viptui.rules.filters import CustomerFilter, DateRange, FactDate
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy

WEEKS: Final = 13
"""Weeks that are looked ahead and back: a quarter."""

_WEEK: Final = timedelta(days=7)


class AgeBand(NamedTuple):
    """Ages in days, both inclusive, that make one state of a Purchase Authorization."""

    state: AuthorizationState
    youngest: int
    oldest: int | None
    """None: there is no end."""

    @property
    def words(self) -> str:
        """``31-60``, ``61+``."""
        return f"{self.youngest}+" if self.oldest is None else f"{self.youngest}-{self.oldest}"


class Way(NamedTuple):
    """The list that has the customers of a bar."""

    listing: Listing
    begins_at: tuple[DateRange, ...] = ()
    """The cursor belongs to the first customer whose dates lie in one of these; nothing: to the first of the list."""
    remark: str = ""
    """What else is in that list, if it has more than the bar counts."""


def age_bands(policy: VipPolicy) -> tuple[AgeBand, ...]:
    """The ages of pending, overdue and suspended Purchase Authorizations."""
    overdue, suspended = policy.overdue_after, policy.suspended_after
    return (
        AgeBand(AuthorizationState.PENDING, 0, overdue),
        AgeBand(AuthorizationState.OVERDUE, overdue + 1, suspended),
        AgeBand(AuthorizationState.SUSPENDED, suspended + 1, None),
    )


def weeks_ahead(today: date) -> tuple[tuple[date, date], ...]:
    """First and last day of each of the weeks that begin today."""
    starts = (today + number * _WEEK for number in range(WEEKS))
    return tuple((first, first + _WEEK - timedelta(days=1)) for first in starts)


def days_back(today: date) -> tuple[date, ...]:
    """Today, and the same weekday of the weeks before; the earliest first."""
    return tuple(today - number * _WEEK for number in reversed(range(WEEKS)))


def due_in(first: date, last: date) -> tuple[DateRange, ...]:
    """That licences are to be renewed at an anniversary from ``first`` to ``last``."""
    return DateRange(FactDate.RENEWAL_DUE, first, last), DateRange(FactDate.RENEWAL_FOLLOWING, first, last)


def way_to_age(band: AgeBand, today: date) -> Way:
    """The list with the Purchase Authorizations of one age."""
    match band.state:
        case AuthorizationState.PENDING:
            return Way(Listing(filter=CustomerFilter.PENDING_REQUESTS))
        case AuthorizationState.SUSPENDED:
            return Way(Listing(filter=CustomerFilter.PAST_DUE), remark="The overdue ones follow the suspended ones.")
    oldest = None if band.oldest is None else today - timedelta(days=band.oldest)
    begins = DateRange(FactDate.OLDEST_OPEN_AUTHORIZATION, oldest, today - timedelta(days=band.youngest))
    return Way(
        Listing(filter=CustomerFilter.PAST_DUE),
        (begins,),
        "They begin here; the suspended ones stand above.",
    )


def way_to_week(first: date, last: date, today: date, policy: VipPolicy) -> Way:
    """The list with the renewals of a week, the cursor on its first customer."""
    window = today + timedelta(days=policy.window_open_days)
    upcoming = today + timedelta(days=policy.upcoming_first_day)
    if first <= window:
        more = f" Those after {window} are among Upcoming Renewals." if last > window else ""
        listing = Listing(filter=CustomerFilter.READY_FOR_RENEWAL)
        return Way(listing, due_in(first, min(last, window)), f"The week begins here.{more}")
    if first <= upcoming:
        more = f" Those after {upcoming} are not upcoming yet." if last > upcoming else ""
        listing = Listing(filter=CustomerFilter.UPCOMING_RENEWALS)
        return Way(listing, due_in(first, min(last, upcoming)), f"The week begins here.{more}")
    listing = Listing(filter=CustomerFilter.ALL, sort=SortColumn.ANNIVERSARY)
    return Way(listing, due_in(first, last), "The week begins here, among all customers of these anniversaries.")


def way_to_load(login: str | None, tab: CustomerFilter) -> Way:
    """The list with what a team member has to do."""
    if login is None:
        listing = Listing(filter=tab, sort=SortColumn.MANAGED_BY)
        return Way(listing, remark="Customers that nobody manages come first.")
    return Way(Listing(filter=tab, managed_by=login))


def way_to_past_due(day: date, today: date) -> Way:
    """The list of who is past due."""
    remark = "" if day == today else f"This is the list of today; --as-of {day} shows what is open still as it stood."
    return Way(Listing(filter=CustomerFilter.PAST_DUE), remark=remark)
