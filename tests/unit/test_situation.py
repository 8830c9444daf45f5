"""What a passing day changes: the day that is named is the first one on which the rules say something else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viptui.rules.authorization import Authorization, AuthorizationStatus
from viptui.rules.facts import AuthorizationFact, derive_facts
from viptui.rules.policy import PRESETS, VipPolicy, policy_from
from viptui.rules.renewal import OrderFact
from viptui.rules.situation import Case, change_words, changes, next_change, situation

POLICIES = (
    VipPolicy(),
    *(policy_from({"preset": preset}) for preset in PRESETS),
    VipPolicy(grace_days=14),
    VipPolicy(grace_days=0),
)
DEFAULT = POLICIES[0]
TODAY = date(2026, 11, 21)
A_DAY = timedelta(days=1)

OPEN, ORDERED, CANCELLED = AuthorizationStatus.OPEN, AuthorizationStatus.ORDERED, AuthorizationStatus.CANCELLED


def case(
    anniversary_on: date | None = None,
    requested: Sequence[tuple[date, AuthorizationStatus]] = (),
    ordered: Sequence[OrderFact] = (),
) -> Case:
    """A customer with Purchase Authorizations and orders, its facts as the program derives them."""
    return Case(
        anniversary_on,
        derive_facts(anniversary_on, [AuthorizationFact(on, status, 1) for on, status in requested], ordered),
        tuple(Authorization(f"PA{number}", on, status) for number, (on, status) in enumerate(requested, start=1)),
    )


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


BOUGHT = OrderFact(ago(350), 10, renewal=False)

# the customer, the days from today on which something changes, and what
CHANGES = {
    "a customer without anything stays as it is": (case(), []),
    "an ordered and a cancelled authorization age no more": (
        case(None, [(ago(10), ORDERED), (ago(40), CANCELLED)]),
        [],
    ),
    "an open authorization becomes overdue, then suspended": (
        case(None, [(ago(17), OPEN)]),
        [
            (14, "PA1 becomes overdue; leaves Pending Requests; comes into Past Due Requests"),
            (44, "PA1 becomes suspended"),
        ],
    ),
    "the younger of two leaves pending later": (
        case(None, [(ago(30), OPEN), (ago(10), OPEN)]),
        [
            (1, "PA1 becomes overdue; comes into Past Due Requests"),
            (21, "PA2 becomes overdue; leaves Pending Requests"),
            (31, "PA1 becomes suspended"),
            (51, "PA2 becomes suspended"),
        ],
    ),
    "licences that fall due are upcoming, ready, late, lapsed": (
        case(TODAY + timedelta(days=50), [], [BOUGHT]),
        [
            (5, "the renewal of 2027-01-10 becomes upcoming; comes into Upcoming Renewals"),
            (
                20,
                "the renewal window of 2027-01-10 opens; leaves Upcoming Renewals; comes into Ready for Renewal",
            ),
            (51, "the renewal of 2027-01-10 is late"),
            (81, "the licences of 2027-01-10 lapse; leaves Ready for Renewal"),
        ],
    ),
    "what is renewed in full counts for the next year after the days of grace": (
        case(ago(5), [], [BOUGHT, OrderFact(ago(7), 10, renewal=True)]),
        [(26, "the renewal of 2026-11-16 is behind, the next Anniversary Date is 2027-11-16")],
    ),
}


@pytest.mark.parametrize(("customer", "wanted"), CHANGES.values(), ids=CHANGES)
def test_changes(customer: Case, wanted: Sequence[tuple[int, str]]) -> None:
    found = changes(customer, TODAY, DEFAULT, max(1, len(wanted)))
    assert [((each.day - TODAY).days, change_words(each)) for each in found] == wanted


def test_a_shorter_deadline_comes_earlier() -> None:
    change = next_change(case(None, [(TODAY, OPEN)]), TODAY, policy_from({"preset": "vip-14-60"}))
    assert change is not None
    assert change.day == TODAY + timedelta(days=15)


days_near = st.integers(-500, 60).map(lambda offset: TODAY + timedelta(days=offset))
cases = st.builds(
    case,
    st.none() | st.integers(-500, 400).map(lambda offset: TODAY + timedelta(days=offset)) | st.just(date(2028, 2, 29)),
    st.lists(st.tuples(days_near, st.sampled_from([OPEN, OPEN, ORDERED, CANCELLED])), max_size=3),
    st.lists(st.builds(OrderFact, days_near, st.integers(-2, 5), st.booleans()), max_size=4),
)


@settings(derandomize=True, deadline=None, max_examples=75)
@given(customer=cases, policy=st.sampled_from(POLICIES))
def test_nothing_changes_before_the_day_that_is_named_and_something_does_on_it(
    customer: Case, policy: VipPolicy
) -> None:
    now = situation(customer, TODAY, policy)
    change = next_change(customer, TODAY, policy)
    end = TODAY + timedelta(days=430) if change is None else change.day - A_DAY
    day = TODAY
    while day < end:
        day += A_DAY
        assert situation(customer, day, policy) == now, day
    if change is not None:
        assert situation(customer, change.day, policy) != now
        assert change_words(change)
