"""A customer's standing on a day: everything a list row says, from facts that do not change with the day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from viptui.rules.anniversary import displayed_anniversary
from viptui.rules.authorization import AuthorizationState, age_in_days, age_state
from viptui.rules.facts import CustomerFacts
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase, RenewalWindow, window


class Standing(NamedTuple):
    """Where a customer stands on one day. Days are civil days."""

    authorization_state: AuthorizationState | None
    """The worst of its open Purchase Authorizations."""
    authorization_age: int | None
    """Age in days of the oldest open Purchase Authorization."""
    days_past_due: int | None
    """Days past the limit, 1 on the first overdue day; None unless past due."""
    renewal_phase: RenewalPhase
    partially_renewed: bool
    anniversary_on: date | None
    """The Anniversary Date that counts on this day."""
    days_to_anniversary: int | None
    """Negative after the Anniversary Date."""
    grace_days_left: int | None
    """Days on which a late renewal is still possible, 0 on the last one; None unless late."""


def standing(anniversary_on: date | None, facts: CustomerFacts, today: date, policy: VipPolicy) -> Standing:
    """The standing on ``today``; ``anniversary_on`` is the stored Anniversary Date."""
    oldest = facts.oldest_open_authorization_on
    age = None if oldest is None else age_in_days(oldest, today)
    renewal = window(facts.outlook, today, policy)
    counts_on = _counting_anniversary(anniversary_on, renewal, today, policy)
    days = None if counts_on is None else (counts_on - today).days
    late = renewal.phase is RenewalPhase.LATE and days is not None
    return Standing(
        authorization_state=None if oldest is None else age_state(oldest, today, policy),
        authorization_age=age,
        days_past_due=None if age is None or age <= policy.overdue_after else age - policy.overdue_after,
        renewal_phase=renewal.phase,
        partially_renewed=facts.licences_renewed > 0 and renewal.anniversary_on == facts.renewal_due_on,
        anniversary_on=counts_on,
        days_to_anniversary=days,
        grace_days_left=policy.grace_days + days if late and days is not None else None,
    )


def _counting_anniversary(
    anniversary_on: date | None, renewal: RenewalWindow, today: date, policy: VipPolicy
) -> date | None:
    """A lapsed customer keeps the date it missed; for all others the date rolls on after the grace days."""
    if renewal.phase is not RenewalPhase.NONE and renewal.anniversary_on is not None:
        return renewal.anniversary_on
    if anniversary_on is None:
        return None
    return displayed_anniversary(anniversary_on, today, policy)
