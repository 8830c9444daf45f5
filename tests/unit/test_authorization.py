"""Purchase Authorizations: how they age, whom they block, when they may be cancelled."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from viptui.rules import authorization
from viptui.rules.authorization import Authorization, AuthorizationState, AuthorizationStatus
from viptui.rules.policy import VipPolicy, policy_from

DEFAULT, FOURTEEN = VipPolicy(), policy_from({"preset": "vip-14-60"})
PENDING, OVERDUE, SUSPENDED = AuthorizationState
OPEN, ORDERED, CANCELLED = AuthorizationStatus

NEW_YEAR, LEAP, DECEMBER = date(2026, 1, 1), date(2028, 1, 30), date(2026, 12, 1)

AGES = {
    "day 0": (NEW_YEAR, date(2026, 1, 1), 0, PENDING, PENDING),
    "day 14 is the last pending one of 14": (NEW_YEAR, date(2026, 1, 15), 14, PENDING, PENDING),
    "day 15 is the first overdue one of 14": (NEW_YEAR, date(2026, 1, 16), 15, PENDING, OVERDUE),
    "day 30 is the last pending one": (NEW_YEAR, date(2026, 1, 31), 30, PENDING, OVERDUE),
    "day 31 is the first overdue one": (NEW_YEAR, date(2026, 2, 1), 31, OVERDUE, OVERDUE),
    "day 60 is the last overdue one": (NEW_YEAR, date(2026, 3, 2), 60, OVERDUE, OVERDUE),
    "day 61 is the first suspended one": (NEW_YEAR, date(2026, 3, 3), 61, SUSPENDED, SUSPENDED),
    "day 30 is a leap day": (LEAP, date(2028, 2, 29), 30, PENDING, OVERDUE),
    "day 31 follows a leap day": (LEAP, date(2028, 3, 1), 31, OVERDUE, OVERDUE),
    "day 60 across a leap day": (LEAP, date(2028, 3, 30), 60, OVERDUE, OVERDUE),
    "day 61 across a leap day": (LEAP, date(2028, 3, 31), 61, SUSPENDED, SUSPENDED),
    "day 30 is New Year's Eve": (DECEMBER, date(2026, 12, 31), 30, PENDING, OVERDUE),
    "day 31 is New Year": (DECEMBER, date(2027, 1, 1), 31, OVERDUE, OVERDUE),
    "day 60 in the next year": (DECEMBER, date(2027, 1, 30), 60, OVERDUE, OVERDUE),
    "day 61 in the next year": (DECEMBER, date(2027, 1, 31), 61, SUSPENDED, SUSPENDED),
    "years later": (NEW_YEAR, date(2030, 1, 1), 1461, SUSPENDED, SUSPENDED),
    "the day before its creation, as clocks differ": (
        NEW_YEAR,
        date(2025, 12, 31),
        -1,
        PENDING,
        PENDING,
    ),
}


@pytest.mark.parametrize(("created", "today", "age", "default", "fourteen"), AGES.values(), ids=AGES)
def test_age_state(
    created: date, today: date, age: int, default: AuthorizationState, fourteen: AuthorizationState
) -> None:
    assert authorization.age_in_days(created, today) == age
    assert authorization.age_state(created, today, DEFAULT) is default
    assert authorization.age_state(created, today, FOURTEEN) is fourteen


@pytest.mark.parametrize("policy", [DEFAULT, FOURTEEN], ids=["30/60", "14/60"])
@pytest.mark.parametrize("created", [NEW_YEAR, LEAP, DECEMBER], ids=str)
def test_the_first_days_of_a_state_agree_with_the_state(created: date, policy: VipPolicy) -> None:
    day = timedelta(days=1)
    overdue, suspended = (
        authorization.overdue_on(created, policy),
        authorization.suspended_on(created, policy),
    )
    states = [authorization.age_state(created, each, policy) for each in (overdue - day, overdue)]
    assert states == [PENDING, OVERDUE]
    states = [authorization.age_state(created, each, policy) for each in (suspended - day, suspended)]
    assert states == [OVERDUE, SUSPENDED]


NEXT_CHANGES = {
    "pending": (date(2026, 1, 31), (OVERDUE, date(2026, 2, 1))),
    "overdue": (date(2026, 2, 1), (SUSPENDED, date(2026, 3, 3))),
    "the last overdue day": (date(2026, 3, 2), (SUSPENDED, date(2026, 3, 3))),
    "suspended": (date(2026, 3, 3), None),
}


@pytest.mark.parametrize(("today", "change"), NEXT_CHANGES.values(), ids=NEXT_CHANGES)
def test_next_change(today: date, change: tuple[AuthorizationState, date] | None) -> None:
    assert authorization.next_change(NEW_YEAR, today, DEFAULT) == change


TODAY = date(2026, 3, 3)


def aged(days: int, status: AuthorizationStatus = OPEN, *, number: str = "", assigned: int = 0) -> Authorization:
    return Authorization(
        number=number or f"PA-{days}",
        created_on=TODAY - timedelta(days=days),
        status=status,
        assigned=assigned,
    )


WORST = {
    "none at all": ([], None),
    "one of 10 days and one of 61": ([aged(10), aged(61)], SUSPENDED),
    "one of 31 days and one of 0": ([aged(31), aged(0)], OVERDUE),
    "an ordered one has no age state": ([aged(61, ORDERED)], None),
    "a cancelled one has no age state": ([aged(61, CANCELLED)], None),
    "an ordered one does not worsen an open one": ([aged(61, ORDERED), aged(10)], PENDING),
}


@pytest.mark.parametrize(("authorizations", "state"), WORST.values(), ids=WORST)
def test_a_customer_is_as_bad_as_its_oldest_open_authorization(
    authorizations: list[Authorization], state: AuthorizationState | None
) -> None:
    assert authorization.worst_state(authorizations, TODAY, DEFAULT) is state


def test_open_authorizations_come_oldest_first_and_then_by_number() -> None:
    given = [aged(5, number="B"), aged(61, ORDERED), aged(5, number="A"), aged(9, number="C")]
    assert [each.number for each in authorization.open_authorizations(given)] == ["C", "A", "B"]


CREATION = {
    "nothing open": ([], 0),
    "one of 30 days": ([aged(30)], 0),
    "one of 31 days": ([aged(31)], 1),
    "one of 61 days": ([aged(61)], 1),
    "one of 31 days whose order is recorded": ([aged(31, ORDERED)], 0),
    "one of 31 days that was cancelled": ([aged(31, CANCELLED)], 0),
    "one past due among pending ones": ([aged(0), aged(45), aged(10)], 1),
    "two past due": ([aged(31), aged(61)], 2),
}


@pytest.mark.parametrize(("authorizations", "count"), CREATION.values(), ids=CREATION)
def test_past_due_authorizations_stand_in_the_way_of_a_new_one(authorizations: list[Authorization], count: int) -> None:
    found = authorization.creation_violations(authorizations, TODAY, DEFAULT)
    assert [each.code for each in found] == ["authorization.past_due"] * count


def test_a_refused_authorization_names_what_stands_in_the_way() -> None:
    (violation,) = authorization.creation_violations([aged(61, number="PA00000042")], TODAY, DEFAULT)
    assert "PA00000042 of 2026-01-01 is suspended" in violation.message


GENEROUS = VipPolicy(cancel_overdue=True)

CANCELLATIONS = {
    "pending and unassigned": (aged(0), DEFAULT, []),
    "pending on its last day": (aged(30), DEFAULT, []),
    "pending but assigned": (aged(0, assigned=2), DEFAULT, ["authorization.assigned"]),
    "overdue": (aged(31), DEFAULT, ["authorization.not_pending"]),
    "suspended": (aged(61), DEFAULT, ["authorization.not_pending"]),
    "overdue by a shorter limit": (aged(15), FOURTEEN, ["authorization.not_pending"]),
    "overdue where that is allowed": (aged(31), GENEROUS, []),
    "suspended where that is allowed": (aged(61), GENEROUS, []),
    "overdue and assigned where overdue is allowed": (
        aged(31, assigned=1),
        GENEROUS,
        ["authorization.assigned"],
    ),
    "overdue and assigned": (
        aged(31, assigned=1),
        DEFAULT,
        ["authorization.assigned", "authorization.not_pending"],
    ),
    "ordered": (aged(0, ORDERED), DEFAULT, ["authorization.ordered"]),
    "ordered, whatever is allowed": (aged(0, ORDERED, assigned=1), GENEROUS, ["authorization.ordered"]),
    "cancelled already": (aged(0, CANCELLED), DEFAULT, ["authorization.cancelled"]),
}


@pytest.mark.parametrize(("given", "policy", "codes"), CANCELLATIONS.values(), ids=CANCELLATIONS)
def test_cancelling(given: Authorization, policy: VipPolicy, codes: list[str]) -> None:
    found = authorization.cancellation_violations(given, TODAY, policy)
    assert [each.code for each in found] == codes


def test_an_ordered_authorization_points_to_the_return_authorization() -> None:
    (violation,) = authorization.cancellation_violations(aged(0, ORDERED), TODAY, DEFAULT)
    assert "request a return authorization" in violation.message
