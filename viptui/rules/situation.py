"""A customer's situation: all that a passing day can change, and the day on which it changes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Final, NamedTuple

from viptui.rules.authorization import (
    Authorization,
    AuthorizationState,
    age_state,
    open_authorizations,
    overdue_on,
    suspended_on,
)
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import TITLES, CustomerFilter, filters_of
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase, notice_opens_on, window_closes_on, window_opens_on
from viptui.rules.standing import standing


class Case(NamedTuple):
    """What is known of a customer, whatever day it is."""

    anniversary_on: date | None
    """As stored."""
    facts: CustomerFacts
    authorizations: tuple[Authorization, ...] = ()


class Situation(NamedTuple):
    """What rules say of a customer on one day, without what merely counts days."""

    filters: tuple[CustomerFilter, ...]
    authorizations: tuple[tuple[str, AuthorizationState], ...]
    """Number and state of each open Purchase Authorization, oldest first."""
    renewal_phase: RenewalPhase
    partially_renewed: bool
    anniversary_on: date | None
    """The Anniversary Date that counts on the day."""


class Change(NamedTuple):
    """The first day of another situation, if nothing is done until then."""

    day: date
    before: Situation
    after: Situation


def situation(case: Case, day: date, policy: VipPolicy) -> Situation:
    """The customer's situation on a day."""
    stands = standing(case.anniversary_on, case.facts, day, policy)
    return Situation(
        filters=filters_of(case.facts, day, policy),
        authorizations=tuple(
            (each.number, age_state(each.created_on, day, policy)) for each in open_authorizations(case.authorizations)
        ),
        renewal_phase=stands.renewal_phase,
        partially_renewed=stands.partially_renewed,
        anniversary_on=stands.anniversary_on,
    )


def next_change(case: Case, today: date, policy: VipPolicy) -> Change | None:
    """What changes next, if nothing is done; None if no passing day changes anything any more."""
    before = situation(case, today, policy)
    for day in sorted({day for day in _days(case, today, policy) if day > today}):
        after = situation(case, day, policy)
        if after != before:
            return Change(day, before, after)
    return None


def changes(case: Case, today: date, policy: VipPolicy, most: int) -> tuple[Change, ...]:
    """The next few changes, in their order."""
    return tuple(islice(_changes(case, today, policy), most))


def change_words(change: Change) -> str:
    """What the change is: ``PA00000012 becomes overdue; comes into Past Due Requests``."""
    before, after = change.before, change.after
    old = dict(before.authorizations)
    parts = [f"{number} becomes {state}" for number, state in after.authorizations if old.get(number) is not state]
    if after.renewal_phase is not before.renewal_phase:
        parts.append(_phase_words(before, after))
    elif after.anniversary_on != before.anniversary_on:
        parts.append(f"the Anniversary Date that counts becomes {after.anniversary_on}")
    parts += [f"leaves {TITLES[each]}" for each in before.filters if each not in after.filters]
    parts += [f"comes into {TITLES[each]}" for each in after.filters if each not in before.filters]
    return "; ".join(parts)


def _changes(case: Case, today: date, policy: VipPolicy) -> Iterator[Change]:
    while (change := next_change(case, today, policy)) is not None:
        yield change
        today = change.day


def _days(case: Case, today: date, policy: VipPolicy) -> Iterator[date]:
    """Every day from which on a rule may say something else, and others."""
    facts = case.facts
    created = {each.created_on for each in open_authorizations(case.authorizations)}
    created |= {each for each in (facts.oldest_open_authorization_on, facts.newest_open_authorization_on) if each}
    for each in created:
        yield overdue_on(each, policy)
        yield suspended_on(each, policy)
    for due_on in filter(None, (facts.renewal_due_on, facts.renewal_following_on)):
        yield notice_opens_on(due_on, policy)
        yield window_opens_on(due_on, policy)
        yield due_on + _A_DAY
        yield window_closes_on(due_on, policy) + _A_DAY
    counts_on = standing(case.anniversary_on, facts, today, policy).anniversary_on
    for ends_on in filter(None, (facts.renewed_on, counts_on)):
        yield window_closes_on(ends_on, policy) + _A_DAY


def _phase_words(before: Situation, after: Situation) -> str:
    due_on = after.anniversary_on
    match after.renewal_phase:
        case RenewalPhase.UPCOMING:
            return f"the renewal of {due_on} becomes upcoming"
        case RenewalPhase.READY:
            return f"the renewal window of {due_on} opens"
        case RenewalPhase.LATE:
            return f"the renewal of {due_on} is late"
        case RenewalPhase.LAPSED:
            return f"the licences of {due_on} lapse"
        case _:
            return f"the renewal of {before.anniversary_on} is behind, the next Anniversary Date is {due_on}"


_A_DAY: Final = timedelta(days=1)
