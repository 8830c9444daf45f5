"""The filter tabs: who is in which, on the day before a limit, on it, and on the day after."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from viptui.errors import SettingsError
from viptui.rules.facts import NO_FACTS, CustomerFacts
from viptui.rules.filters import TITLES, Criteria, CustomerFilter, DateRange, FactDate, criteria, filters_of, matches
from viptui.rules.policy import VipPolicy, policy_from

TODAY = date(2028, 2, 29)
DEFAULT = VipPolicy()
LEGACY = policy_from({"preset": "legacy-60"})
FOURTEEN = policy_from({"preset": "vip-14-60"})
GRACE_14 = VipPolicy(grace_days=14)

NO_PRODUCTS, PENDING, PAST_DUE = (
    CustomerFilter.NO_PRODUCTS,
    CustomerFilter.PENDING_REQUESTS,
    CustomerFilter.PAST_DUE,
)
UPCOMING, READY, ALL = CustomerFilter.UPCOMING_RENEWALS, CustomerFilter.READY_FOR_RENEWAL, CustomerFilter.ALL


def waiting(*ages: int) -> CustomerFacts:
    """A customer with open Purchase Authorizations of these ages in days."""
    return CustomerFacts(
        has_products=True,
        oldest_open_authorization_on=TODAY - timedelta(days=max(ages)),
        newest_open_authorization_on=TODAY - timedelta(days=min(ages)),
    )


def due_in(days: int, *, following_in: int | None = None) -> CustomerFacts:
    """A customer whose licences are due in so many days."""
    return CustomerFacts(
        has_products=True,
        renewal_due_on=TODAY + timedelta(days=days),
        renewal_following_on=None if following_in is None else TODAY + timedelta(days=following_in),
    )


AUTHORIZATIONS = {
    "created tomorrow: pending": (waiting(-1), {PENDING}, {PENDING}),
    "created today": (waiting(0), {PENDING}, {PENDING}),
    "14 days old": (waiting(14), {PENDING}, {PENDING}),
    "15 days old": (waiting(15), {PENDING}, {PAST_DUE}),
    "30 days old": (waiting(30), {PENDING}, {PAST_DUE}),
    "31 days old": (waiting(31), {PAST_DUE}, {PAST_DUE}),
    "60 days old": (waiting(60), {PAST_DUE}, {PAST_DUE}),
    "61 days old": (waiting(61), {PAST_DUE}, {PAST_DUE}),
    "10 and 61 days old: in both": (waiting(10, 61), {PENDING, PAST_DUE}, {PENDING, PAST_DUE}),
    "30 and 31 days old: in both": (waiting(30, 31), {PENDING, PAST_DUE}, {PAST_DUE}),
    "two that are pending": (waiting(1, 2), {PENDING}, {PENDING}),
}


@pytest.mark.parametrize(("facts", "default", "fourteen"), AUTHORIZATIONS.values(), ids=AUTHORIZATIONS)
def test_open_authorizations(facts: CustomerFacts, default: set[CustomerFilter], fourteen: set[CustomerFilter]) -> None:
    assert set(filters_of(facts, TODAY, DEFAULT)) == default | {ALL}
    assert set(filters_of(facts, TODAY, FOURTEEN)) == fourteen | {ALL}


RENEWALS = {
    "90 days before": (due_in(90), set(), set(), set()),
    "89 days before": (due_in(89), set(), {UPCOMING}, set()),
    "46 days before": (due_in(46), set(), {UPCOMING}, set()),
    "45 days before": (due_in(45), {UPCOMING}, {UPCOMING}, {UPCOMING}),
    "31 days before": (due_in(31), {UPCOMING}, {UPCOMING}, {UPCOMING}),
    "30 days before": (due_in(30), {READY}, {READY}, {READY}),
    "on the anniversary": (due_in(0), {READY}, {READY}, {READY}),
    "14 days after": (due_in(-14), {READY}, {READY}, {READY}),
    "15 days after": (due_in(-15), {READY}, {READY}, set()),
    "30 days after": (due_in(-30), {READY}, {READY}, set()),
    "31 days after: lapsed": (due_in(-31), set(), set(), set()),
    "lapsed, and the renewed part upcoming": (due_in(-321, following_in=45), {UPCOMING}, {UPCOMING}, {UPCOMING}),
    "lapsed, and the renewed part ready": (due_in(-366, following_in=0), {READY}, {READY}, {READY}),
}


@pytest.mark.parametrize(("facts", "default", "legacy", "grace_14"), RENEWALS.values(), ids=RENEWALS)
def test_renewals(
    facts: CustomerFacts,
    default: set[CustomerFilter],
    legacy: set[CustomerFilter],
    grace_14: set[CustomerFilter],
) -> None:
    assert set(filters_of(facts, TODAY, DEFAULT)) == default | {ALL}
    assert set(filters_of(facts, TODAY, LEGACY)) == legacy | {ALL}
    assert set(filters_of(facts, TODAY, GRACE_14)) == grace_14 | {ALL}


def test_customer_without_anything_has_no_products_and_is_never_upcoming() -> None:
    assert filters_of(NO_FACTS, TODAY, DEFAULT) == (NO_PRODUCTS, ALL)


def test_everything_ordered_and_nothing_due_is_in_no_work_list() -> None:
    assert filters_of(CustomerFacts(has_products=True), TODAY, DEFAULT) == (ALL,)


def test_filters_do_not_exclude_each_other() -> None:
    facts = CustomerFacts(
        has_products=True,
        oldest_open_authorization_on=TODAY - timedelta(days=100),
        newest_open_authorization_on=TODAY,
        renewal_due_on=TODAY,
    )
    assert filters_of(facts, TODAY, DEFAULT) == (PENDING, PAST_DUE, READY, ALL)


RANGES = {
    "before the first day": (date(2026, 1, 1), False),
    "the first day": (date(2026, 1, 2), True),
    "the last day": (date(2026, 1, 4), True),
    "after the last day": (date(2026, 1, 5), False),
    "no day": (None, False),
}


@pytest.mark.parametrize(("day", "expected"), RANGES.values(), ids=RANGES)
def test_range_includes_both_ends(day: date | None, expected: bool) -> None:
    held = DateRange(FactDate.RENEWAL_DUE, date(2026, 1, 2), date(2026, 1, 4))
    assert held.holds(day) is expected


def test_range_without_ends_holds_every_day_but_not_none() -> None:
    assert DateRange(FactDate.RENEWAL_DUE).holds(date.min)
    assert not DateRange(FactDate.RENEWAL_DUE).holds(None)


def test_criteria_without_conditions_match_everybody() -> None:
    assert matches(Criteria(), NO_FACTS)
    assert not matches(Criteria(has_products=True), NO_FACTS)


def test_every_filter_has_criteria_and_a_title() -> None:
    assert list(TITLES) == list(CustomerFilter)
    for each in CustomerFilter:
        criteria(each, TODAY, DEFAULT)


EMPTY_UPCOMING = {
    "upcoming begins when the window opens": {"upcoming_days": 30},
    "upcoming begins after the window opens": {"upcoming_days": 29},
    "the window opens as early as upcoming": {"window_open_days": 45},
    "no day before the window opens": {"upcoming_basis": "window_open", "upcoming_days": 1},
}


@pytest.mark.parametrize("table", EMPTY_UPCOMING.values(), ids=EMPTY_UPCOMING)
def test_setting_that_leaves_upcoming_empty_is_refused(table: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="upcoming_days"):
        policy_from(table)


def test_one_day_of_upcoming_is_enough() -> None:
    policy = policy_from({"upcoming_days": 31})
    assert filters_of(due_in(31), TODAY, policy) == (UPCOMING, ALL)
    assert filters_of(due_in(32), TODAY, policy) == (ALL,)
