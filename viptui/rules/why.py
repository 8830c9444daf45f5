"""Why a customer is in a filter or not: the rule, the dates and numbers it was decided by, and its source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from viptui.rules.authorization import (
    Authorization,
    age_in_days,
    age_state,
    open_authorizations,
    overdue_on,
    suspended_on,
)
from viptui.rules.filters import CustomerFilter, filters_of
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import (
    RenewalPhase,
    notice_opens_on,
    phase_towards,
    window_closes_on,
    window_opens_on,
)
from viptui.rules.situation import Case


class Verdict(NamedTuple):
    """What one filter says of a customer on one day."""

    filter: CustomerFilter
    is_in: bool
    because: str
    """The dates and numbers that decide."""
    rule: str
    """What is asked, in the numbers of the policy."""
    source: str


def verdicts(case: Case, today: date, policy: VipPolicy) -> tuple[Verdict, ...]:
    """What each filter says, in the order of the tabs."""
    found = filters_of(case.facts, today, policy)
    return tuple(
        Verdict(each, each in found, _BECAUSE[each](case, today, policy), _rule(each, policy), SOURCES[each])
        for each in CustomerFilter
    )


def authorization_words(each: Authorization, today: date, policy: VipPolicy) -> str:
    """By when its order is to be placed, from when it is overdue and suspended."""
    overdue, suspended = overdue_on(each.created_on, policy), suspended_on(each.created_on, policy)
    return f"order due by {overdue - _A_DAY}, overdue {_from(overdue, today)}, suspended {_from(suspended, today)}"


def anniversary_in_question(case: Case, today: date, policy: VipPolicy) -> date | None:
    """The anniversary whose renewal comes next or stands open; the lapsed one if there is no other."""
    due = [each for each in (case.facts.renewal_due_on, case.facts.renewal_following_on) if each is not None]
    going_on = [each for each in due if phase_towards(each, today, policy) is not RenewalPhase.LAPSED]
    return next(iter((*going_on, *due)), None)


def own_setting(policy: VipPolicy, name: str) -> str:
    """That a number of the policy is not the programme's; empty if it is."""
    usual = getattr(VipPolicy(), name)
    return "" if getattr(policy, name) == usual else f" (your setting; the programme says {usual})"


def _rule(wanted: CustomerFilter, policy: VipPolicy) -> str:
    overdue = f"{_days(policy.overdue_after)}{own_setting(policy, 'overdue_after')}"
    match wanted:
        case CustomerFilter.NO_PRODUCTS:
            return "no order yet, and no Purchase Authorization that was not cancelled"
        case CustomerFilter.PENDING_REQUESTS:
            return f"an open Purchase Authorization is at most {overdue} old"
        case CustomerFilter.PAST_DUE:
            return f"an open Purchase Authorization is more than {overdue} old"
        case CustomerFilter.UPCOMING_RENEWALS:
            first, last = policy.upcoming_first_day, policy.window_open_days + 1
            return f"licences fall due in {first} to {_days(last)}{own_setting(policy, 'upcoming_days')}"
        case CustomerFilter.READY_FOR_RENEWAL:
            opens = f"{_days(policy.window_open_days)}{own_setting(policy, 'window_open_days')}"
            grace = f"{_days(policy.grace_days)} of grace{own_setting(policy, 'grace_days')}"
            return f"licences fall due within {opens}, or fell due and have some of {grace} left"
        case CustomerFilter.ALL:
            return "every customer"


def _no_products(case: Case, _today: date, _policy: VipPolicy) -> str:
    if case.facts.has_products:
        return "There is an order or a Purchase Authorization that was not cancelled."
    return "There is no order, and no Purchase Authorization that was not cancelled."


def _pending(case: Case, today: date, policy: VipPolicy) -> str:
    waiting = open_authorizations(case.authorizations)
    if not waiting:
        return _NOTHING_WAITS
    newest = waiting[-1]
    overdue = overdue_on(newest.created_on, policy)
    if overdue > today:
        return f"{_aged(newest, today)}: pending until {overdue - _A_DAY}."
    return f"{_aged(newest, today)}, the newest that is open: {_past(newest, today, policy)}."


def _past_due(case: Case, today: date, policy: VipPolicy) -> str:
    waiting = open_authorizations(case.authorizations)
    if not waiting:
        return _NOTHING_WAITS
    oldest = waiting[0]
    overdue = overdue_on(oldest.created_on, policy)
    if overdue > today:
        return f"{_aged(oldest, today)}, the oldest that is open: overdue from {overdue}."
    past = [each for each in waiting if overdue_on(each.created_on, policy) <= today]
    more = f" So {'is' if len(past) == 2 else 'are'} {len(past) - 1:,} more." if len(past) > 1 else ""
    return f"{_aged(oldest, today)}: {_past(oldest, today, policy)}.{more}"


def _upcoming(case: Case, today: date, policy: VipPolicy) -> str:
    due_on = anniversary_in_question(case, today, policy)
    if due_on is None:
        return _NOTHING_DUE
    opens, last = notice_opens_on(due_on, policy), window_opens_on(due_on, policy) - _A_DAY
    if phase_towards(due_on, today, policy) is RenewalPhase.UPCOMING:
        return f"{_due(due_on, today)}: upcoming from {opens} to {last}."
    return f"{_due(due_on, today)}: {'upcoming' if today < opens else 'it was upcoming'} from {opens} to {last}."


def _ready(case: Case, today: date, policy: VipPolicy) -> str:
    due_on = anniversary_in_question(case, today, policy)
    if due_on is None:
        return _NOTHING_DUE
    opens, closes = window_opens_on(due_on, policy), window_closes_on(due_on, policy)
    match phase_towards(due_on, today, policy):
        case RenewalPhase.READY:
            return f"{_due(due_on, today)}: the renewal window is open from {opens} to {closes}."
        case RenewalPhase.LATE:
            return f"{_due(due_on, today)}: late, {_days((closes - today).days)} of grace left, to {closes}."
        case RenewalPhase.LAPSED:
            return f"{_due(due_on, today)}: lapsed, the renewal window closed on {closes}."
        case _:
            return f"{_due(due_on, today)}: the renewal window opens on {opens}."


def _all(_case: Case, _today: date, _policy: VipPolicy) -> str:
    return "Every customer is."


def _aged(each: Authorization, today: date) -> str:
    age = age_in_days(each.created_on, today)
    old = f"{_days(age)} old" if age >= 0 else "dated in the future"
    return f"{each.number} of {each.created_on} is {old}"


def _past(each: Authorization, today: date, policy: VipPolicy) -> str:
    since, state = overdue_on(each.created_on, policy), age_state(each.created_on, today, policy)
    suspended = suspended_on(each.created_on, policy)
    if suspended > today:
        return f"overdue since {since}"
    return f"overdue since {since}, {state} since {suspended}"


def _due(due_on: date, today: date) -> str:
    days = (due_on - today).days
    if days == 0:
        return f"The licences of {due_on} are due today"
    return f"The licences of {due_on} " + (f"are due in {_days(days)}" if days > 0 else f"were due {_days(-days)} ago")


def _days(number: int) -> str:
    return f"{number:,} {'day' if abs(number) == 1 else 'days'}"


def _from(day: date, today: date) -> str:
    return f"{'since' if day <= today else 'from'} {day}"


SOURCES: Final[Mapping[CustomerFilter, str]] = MappingProxyType(
    {
        CustomerFilter.NO_PRODUCTS: "Reseller help, No Products",
        CustomerFilter.PENDING_REQUESTS: "Reseller help, Pending Requests",
        CustomerFilter.PAST_DUE: "Reseller help, Past Due Requests",
        CustomerFilter.UPCOMING_RENEWALS: "Reseller help, Upcoming Renewals",
        CustomerFilter.READY_FOR_RENEWAL: "Program guide, Renewals; Adobe Japan guide for the days of grace",
        CustomerFilter.ALL: "Reseller help, All Customers",
    }
)
"""Where the rule of each filter is written; see `viptui.rules.policy` for how the sources are named."""

_BECAUSE: Final[Mapping[CustomerFilter, Callable[[Case, date, VipPolicy], str]]] = MappingProxyType(
    {
        CustomerFilter.NO_PRODUCTS: _no_products,
        CustomerFilter.PENDING_REQUESTS: _pending,
        CustomerFilter.PAST_DUE: _past_due,
        CustomerFilter.UPCOMING_RENEWALS: _upcoming,
        CustomerFilter.READY_FOR_RENEWAL: _ready,
        CustomerFilter.ALL: _all,
    }
)

_A_DAY: Final = timedelta(days=1)
_NOTHING_WAITS: Final = "No Purchase Authorization waits for an order."
_NOTHING_DUE: Final = "No licences fall due for renewal."
