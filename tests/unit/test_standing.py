"""A customer's standing: everything that a list row says on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from viptui.rules.authorization import AuthorizationState
from viptui.rules.facts import NO_FACTS, CustomerFacts
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import Standing, standing

AD = date(2027, 1, 10)
DEFAULT = VipPolicy()


def on(days: int) -> date:
    """A day so many days after the Anniversary Date."""
    return AD + timedelta(days=days)


def stands(facts: CustomerFacts, today: date, anniversary_on: date | None = AD) -> Standing:
    return standing(anniversary_on, facts, today, DEFAULT)


def test_invited_customer_without_anything_stands_nowhere() -> None:
    assert stands(NO_FACTS, AD, None) == Standing(
        authorization_state=None,
        authorization_age=None,
        days_past_due=None,
        renewal_phase=RenewalPhase.NONE,
        partially_renewed=False,
        anniversary_on=None,
        days_to_anniversary=None,
        grace_days_left=None,
    )


PENDING, OVERDUE, SUSPENDED = AuthorizationState
AGES = {
    "created tomorrow": ((-1,), PENDING, -1, None),
    "created today": ((0,), PENDING, 0, None),
    "30 days old": ((30,), PENDING, 30, None),
    "31 days old: one day past due": ((31,), OVERDUE, 31, 1),
    "60 days old": ((60,), OVERDUE, 60, 30),
    "61 days old": ((61,), SUSPENDED, 61, 31),
    "10 and 61 days old: the worst counts": ((10, 61), SUSPENDED, 61, 31),
}


@pytest.mark.parametrize(("ages", "state", "age", "past_due"), AGES.values(), ids=AGES)
def test_open_authorizations(ages: tuple[int, ...], state: AuthorizationState, age: int, past_due: int | None) -> None:
    facts = CustomerFacts(
        has_products=True,
        oldest_open_authorization_on=AD - timedelta(days=max(ages)),
        newest_open_authorization_on=AD - timedelta(days=min(ages)),
    )
    seen = stands(facts, AD)
    assert (seen.authorization_state, seen.authorization_age, seen.days_past_due) == (state, age, past_due)


DUE = CustomerFacts(has_products=True, renewal_due_on=AD, licences_due=10)
HALF = CustomerFacts(
    has_products=True,
    renewal_due_on=AD,
    renewal_following_on=date(2028, 1, 10),
    licences_due=10,
    licences_renewed=5,
)
FULL = CustomerFacts(has_products=True, renewed_on=AD, renewal_due_on=date(2028, 1, 10), licences_due=10)

NONE, UPCOMING, READY = RenewalPhase.NONE, RenewalPhase.UPCOMING, RenewalPhase.READY
LATE, LAPSED, RENEWED = RenewalPhase.LATE, RenewalPhase.LAPSED, RenewalPhase.RENEWED
NEXT = date(2028, 1, 10)

# facts, today, phase, partly renewed, Anniversary Date that counts, days to it, days of grace left
RENEWALS = {
    "long before": (DUE, on(-100), NONE, False, AD, 100, None),
    "upcoming": (DUE, on(-45), UPCOMING, False, AD, 45, None),
    "on the day": (DUE, on(0), READY, False, AD, 0, None),
    "the first late day": (DUE, on(1), LATE, False, AD, -1, 29),
    "the last late day": (DUE, on(30), LATE, False, AD, -30, 0),
    "lapsed: the date that was missed stays": (DUE, on(31), LAPSED, False, AD, -31, None),
    "lapsed for years": (DUE, on(800), LAPSED, False, AD, -800, None),
    "half renewed before the day": (HALF, on(-10), READY, True, AD, 10, None),
    "half renewed and late": (HALF, on(10), LATE, True, AD, -10, 20),
    "half renewed, the rest lapsed": (HALF, on(31), LAPSED, True, AD, -31, None),
    "a year on, only the renewed half counts": (HALF, NEXT, READY, False, NEXT, 0, None),
    "renewed before the day": (FULL, on(-10), RENEWED, False, AD, 10, None),
    "renewed: the date stays for the days of grace": (FULL, on(30), RENEWED, False, AD, -30, None),
    "then the next one counts": (FULL, on(31), NONE, False, NEXT, 334, None),
}


@pytest.mark.parametrize(
    ("facts", "today", "phase", "partly", "counts_on", "days", "grace"), RENEWALS.values(), ids=RENEWALS
)
def test_renewal(
    facts: CustomerFacts,
    today: date,
    phase: RenewalPhase,
    partly: bool,
    counts_on: date,
    days: int,
    grace: int | None,
) -> None:
    seen = stands(facts, today)
    assert (seen.renewal_phase, seen.partially_renewed) == (phase, partly)
    assert (seen.anniversary_on, seen.days_to_anniversary, seen.grace_days_left) == (counts_on, days, grace)


SHOWN = {
    "before it": (on(-400), AD),
    "through the last day of grace": (on(30), AD),
    "the next year's from the day after": (on(31), NEXT),
    "years later": (date(2030, 2, 9), date(2030, 1, 10)),
    "years later, the grace over": (date(2030, 2, 10), date(2031, 1, 10)),
}


@pytest.mark.parametrize(("today", "expected"), SHOWN.values(), ids=SHOWN)
def test_date_without_licences_rolls_on_after_the_days_of_grace(today: date, expected: date) -> None:
    seen = stands(NO_FACTS, today)
    assert seen.anniversary_on == expected
    assert seen.days_to_anniversary == (expected - today).days
    assert seen.grace_days_left is None
