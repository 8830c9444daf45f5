"""Why a customer is in a tab or not: the sentences, and that they never contradict the rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_situation import CANCELLED, OPEN, POLICIES, TODAY, ago, case, cases
from viptui.rules.filters import CustomerFilter, filters_of
from viptui.rules.policy import VipPolicy, policy_from
from viptui.rules.renewal import OrderFact
from viptui.rules.situation import Case
from viptui.rules.why import authorization_words, own_setting, verdicts

NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter
BOUGHT = [OrderFact(ago(350), 10, renewal=False)]


def due_in(days: int) -> Case:
    return case(TODAY + timedelta(days=days), [], BOUGHT)


REASONS = {
    "nothing yet": (case(), NO_PRODUCTS, True, "There is no order, and no Purchase Authorization that was not"),
    "only a cancelled one": (case(None, [(ago(3), CANCELLED)]), NO_PRODUCTS, True, "There is no order"),
    "an open one": (case(None, [(ago(3), OPEN)]), NO_PRODUCTS, False, "There is an order or a Purchase Authorization"),
    "30 days old": (
        case(None, [(ago(30), OPEN)]),
        PENDING,
        True,
        "PA1 of 2026-10-22 is 30 days old: pending until 2026-11-21.",
    ),
    "31 days old is not pending": (
        case(None, [(ago(31), OPEN)]),
        PENDING,
        False,
        "PA1 of 2026-10-21 is 31 days old, the newest that is open: overdue since 2026-11-21.",
    ),
    "30 days old is not past due": (
        case(None, [(ago(30), OPEN)]),
        PAST_DUE,
        False,
        "PA1 of 2026-10-22 is 30 days old, the oldest that is open: overdue from 2026-11-22.",
    ),
    "suspended, and two more overdue": (
        case(None, [(ago(31), OPEN), (ago(61), OPEN), (ago(40), OPEN), (ago(1), OPEN)]),
        PAST_DUE,
        True,
        "PA2 of 2026-09-21 is 61 days old: overdue since 2026-10-22, suspended since 2026-11-21. So are 2 more.",
    ),
    "46 days before": (
        due_in(46),
        UPCOMING,
        False,
        "The licences of 2027-01-06 are due in 46 days: upcoming from 2026-11-22 to 2026-12-06.",
    ),
    "45 days before": (
        due_in(45),
        UPCOMING,
        True,
        "The licences of 2027-01-05 are due in 45 days: upcoming from 2026-11-21 to 2026-12-05.",
    ),
    "30 days before is upcoming no more": (
        due_in(30),
        UPCOMING,
        False,
        "The licences of 2026-12-21 are due in 30 days: it was upcoming from 2026-11-06 to 2026-11-20.",
    ),
    "31 days before is not ready": (
        due_in(31),
        READY,
        False,
        "The licences of 2026-12-22 are due in 31 days: the renewal window opens on 2026-11-22.",
    ),
    "the anniversary itself": (
        due_in(0),
        READY,
        True,
        "The licences of 2026-11-21 are due today: the renewal window is open from 2026-10-22 to 2026-12-21.",
    ),
    "the day after": (
        due_in(-1),
        READY,
        True,
        "The licences of 2026-11-20 were due 1 day ago: late, 29 days of grace left, to 2026-12-20.",
    ),
    "31 days after": (
        due_in(-31),
        READY,
        False,
        "The licences of 2026-10-21 were due 31 days ago: lapsed, the renewal window closed on 2026-11-20.",
    ),
    "no licences": (case(TODAY), READY, False, "No licences fall due for renewal."),
    "everybody": (case(), ALL, True, "Every customer is."),
}


@pytest.mark.parametrize(("customer", "tab", "is_in", "because"), REASONS.values(), ids=REASONS)
def test_reasons(customer: Case, tab: CustomerFilter, is_in: bool, because: str) -> None:
    (found,) = [each for each in verdicts(customer, TODAY, VipPolicy()) if each.filter is tab]
    assert (found.is_in, found.because[: len(because)]) == (is_in, because)
    assert found.source


WORDS_OF_IN = {
    PENDING: "pending until",
    PAST_DUE: ": overdue since",
    UPCOMING: ": upcoming from",
    READY: ("window is open from", ": late,"),
}


@settings(derandomize=True, deadline=None, max_examples=150)
@given(customer=cases, policy=st.sampled_from(POLICIES), days=st.integers(-60, 400))
def test_reasons_never_contradict_the_filters(customer: Case, policy: VipPolicy, days: int) -> None:
    today = TODAY + timedelta(days=days)
    found = verdicts(customer, today, policy)
    assert tuple(each.filter for each in found if each.is_in) == filters_of(customer.facts, today, policy)
    for each in found:
        if each.filter in (PENDING, PAST_DUE, READY):
            signs = WORDS_OF_IN[each.filter]
            told = any(sign in each.because for sign in ((signs,) if isinstance(signs, str) else signs))
            is_newest = "the newest that is open" in each.because
            assert (told and not is_newest) == each.is_in, each
        elif each.filter is UPCOMING and each.is_in:
            assert ": upcoming from" in each.because


def test_a_number_of_ones_own_is_told_beside_the_programmes() -> None:
    strict = policy_from({"preset": "vip-14-60"})
    (pending,) = [each for each in verdicts(case(), TODAY, strict) if each.filter is PENDING]
    assert pending.rule == (
        "an open Purchase Authorization is at most 14 days (your setting; the programme says 30) old"
    )
    assert own_setting(strict, "suspended_after") == ""


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (0, "order due by 2026-12-21, overdue from 2026-12-22, suspended from 2027-01-21"),
        (31, "order due by 2026-11-20, overdue since 2026-11-21, suspended from 2026-12-21"),
        (61, "order due by 2026-10-21, overdue since 2026-10-22, suspended since 2026-11-21"),
    ],
)
def test_deadlines_of_an_authorization(age: int, words: str) -> None:
    (each,) = case(None, [(ago(age), OPEN)]).authorizations
    assert authorization_words(each, TODAY, VipPolicy()) == words


def test_a_day_in_the_singular() -> None:
    _, pending, *_ = verdicts(case(None, [(date(2026, 11, 20), OPEN)]), TODAY, VipPolicy())
    assert pending.because == "PA1 of 2026-11-20 is 1 day old: pending until 2026-12-20."
