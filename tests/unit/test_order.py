"""Orders: their duration, and until when they can be returned."""

from __future__ import annotations

from datetime import date

import pytest

from viptui.rules.authorization import Authorization, AuthorizationStatus
from viptui.rules.order import (
    AskedReturn,
    OrderKind,
    OrderLine,
    last_return_day,
    order_duration,
    placement_violations,
    return_violations,
    returnable_violations,
)
from viptui.rules.policy import PartialMonth, VipPolicy

ROUND_UP = VipPolicy(partial_month=PartialMonth.ROUND_UP)
FREE_STUB = VipPolicy(partial_month=PartialMonth.FREE_STUB)

JAN_15, JAN_31, LEAP = date(2027, 1, 15), date(2027, 1, 31), date(2028, 2, 29)

DURATIONS = {
    "the first day of the term": (date(2026, 1, 15), JAN_15, date(2026, 1, 15), 12, 12, 365),
    "the second day of the term": (date(2026, 1, 16), JAN_15, date(2026, 1, 15), 12, 11, 364),
    "the day before a proration date": (date(2026, 7, 14), JAN_15, date(2026, 6, 15), 7, 6, 185),
    "a proration date": (date(2026, 7, 15), JAN_15, date(2026, 7, 15), 6, 6, 184),
    "the day after a proration date": (date(2026, 7, 16), JAN_15, date(2026, 7, 15), 6, 5, 183),
    "the day before the last month": (date(2026, 12, 14), JAN_15, date(2026, 11, 15), 2, 1, 32),
    "the first day of the last month": (date(2026, 12, 15), JAN_15, date(2026, 12, 15), 1, 1, 31),
    "the last day, of which no month is left but one is ordered": (
        date(2027, 1, 14),
        JAN_15,
        date(2026, 12, 15),
        1,
        1,
        1,
    ),
    "the day before a mark clamped to 28 February": (
        date(2026, 2, 27),
        JAN_31,
        date(2026, 1, 31),
        12,
        11,
        338,
    ),
    "a mark clamped to 28 February": (date(2026, 2, 28), JAN_31, date(2026, 2, 28), 11, 11, 337),
    "the day before a mark on the 31st": (date(2026, 3, 30), JAN_31, date(2026, 2, 28), 11, 10, 307),
    "a mark on the 31st": (date(2026, 3, 31), JAN_31, date(2026, 3, 31), 10, 10, 306),
    "the day before a mark clamped to 29 February": (
        date(2028, 2, 28),
        date(2029, 1, 31),
        date(2028, 1, 31),
        12,
        11,
        338,
    ),
    "a mark clamped to 29 February": (
        date(2028, 2, 29),
        date(2029, 1, 31),
        date(2028, 2, 29),
        11,
        11,
        337,
    ),
    "a mark clamped to 30 April": (date(2026, 4, 30), JAN_31, date(2026, 4, 30), 9, 9, 276),
    "across the turn of the year": (date(2024, 12, 10), date(2025, 4, 1), date(2024, 12, 1), 4, 3, 112),
    "the day before a leap day's term begins": (date(2027, 2, 27), LEAP, date(2027, 1, 29), 13, 12, 367),
    "the day a leap day's term begins": (date(2027, 2, 28), LEAP, date(2027, 2, 28), 12, 12, 366),
}


@pytest.mark.parametrize(
    ("added", "anniversary", "period_start", "rounded", "stub", "days"), DURATIONS.values(), ids=DURATIONS
)
def test_order_duration(added: date, anniversary: date, period_start: date, rounded: int, stub: int, days: int) -> None:
    round_up = order_duration(added, anniversary, ROUND_UP)
    free_stub = order_duration(added, anniversary, FREE_STUB)
    assert (round_up.months, free_stub.months) == (rounded, stub)
    assert round_up.period_start == free_stub.period_start == period_start
    assert round_up.exact_days == free_stub.exact_days == days
    assert round_up.anniversary_on == free_stub.anniversary_on == anniversary


@pytest.mark.parametrize(("added", "anniversary"), [row[:2] for row in DURATIONS.values()], ids=DURATIONS)
def test_only_a_begun_month_makes_an_estimate(added: date, anniversary: date) -> None:
    duration = order_duration(added, anniversary, ROUND_UP)
    assert duration.is_estimate is (duration.period_start != added)
    assert duration.explanation.endswith("(estimate)") is duration.is_estimate


BEFORE_TERM = {
    "the day before the term begins": (date(2027, 2, 27), LEAP, 12, True),
    "the day the term begins": (date(2027, 2, 28), LEAP, 12, False),
    "the day after": (date(2027, 3, 1), LEAP, 12, False),
    "the 14th month of an extended term is inside it": (date(2025, 12, 1), JAN_15, 36, False),
    "the day before an extended term begins": (date(2024, 1, 14), JAN_15, 36, True),
}


@pytest.mark.parametrize(("added", "anniversary", "term", "before"), BEFORE_TERM.values(), ids=BEFORE_TERM)
def test_a_day_before_the_term_is_recognised(added: date, anniversary: date, term: int, before: bool) -> None:
    assert order_duration(added, anniversary, ROUND_UP, term_months=term).is_before_term is before


OVER = {
    "the day before the anniversary still counts towards it": (date(2027, 1, 14), JAN_15, 1),
    "on the anniversary a new year begins": (date(2027, 1, 15), date(2028, 1, 15), 12),
    "a day later the new year has begun": (date(2027, 1, 16), date(2028, 1, 15), 12),
    "two years later the count is still to the next anniversary": (
        date(2029, 7, 15),
        date(2030, 1, 15),
        6,
    ),
}


@pytest.mark.parametrize(("added", "counted_to", "months"), OVER.values(), ids=OVER)
def test_an_anniversary_that_is_over_gives_way_to_the_next(added: date, counted_to: date, months: int) -> None:
    duration = order_duration(added, JAN_15, ROUND_UP)
    assert (duration.anniversary_on, duration.months) == (counted_to, months)
    assert not duration.is_before_term


EXPLANATIONS = {
    "a begun month that counts": (
        date(2026, 8, 20),
        ROUND_UP,
        "5 months: the month from 2026-08-15 counts in full, to the anniversary date 2027-01-15 (estimate)",
    ),
    "a begun month that is free": (
        date(2026, 8, 20),
        FREE_STUB,
        "4 months: from 2026-09-15, the days before it are free, to the anniversary date 2027-01-15 (estimate)",
    ),
    "a proration date": (
        date(2026, 7, 15),
        FREE_STUB,
        "6 months: from 2026-07-15 to the anniversary date 2027-01-15",
    ),
    "one month": (
        date(2026, 12, 20),
        ROUND_UP,
        "1 month: the month from 2026-12-15 counts in full, to the anniversary date 2027-01-15 (estimate)",
    ),
    "the least": (
        date(2026, 12, 20),
        FREE_STUB,
        "1 month: the least that can be ordered, to the anniversary date 2027-01-15 (estimate)",
    ),
}


@pytest.mark.parametrize(("added", "policy", "expected"), EXPLANATIONS.values(), ids=EXPLANATIONS)
def test_the_explanation_says_how_the_months_were_counted(added: date, policy: VipPolicy, expected: str) -> None:
    assert order_duration(added, JAN_15, policy).explanation == expected


def test_order_kinds_are_the_words_of_the_files() -> None:
    assert [str(each) for each in OrderKind] == ["initial", "add-on", "renewal", "return"]


RETURNS = {
    "two weeks into March": (date(2026, 3, 1), date(2026, 3, 15), date(2026, 3, 16)),
    "from February into March": (date(2026, 2, 20), date(2026, 3, 6), date(2026, 3, 7)),
    "from February into March of a leap year": (date(2028, 2, 20), date(2028, 3, 5), date(2028, 3, 6)),
    "across the turn of the year": (date(2026, 12, 20), date(2027, 1, 3), date(2027, 1, 4)),
}


def line(ordered_on: date, kind: OrderKind = OrderKind.ADD_ON, returned: int = 0) -> OrderLine:
    return OrderLine(number="ORD00000007", kind=kind, ordered_on=ordered_on, quantity=5, returned=returned)


@pytest.mark.parametrize(("ordered", "last", "too_late"), RETURNS.values(), ids=RETURNS)
def test_a_return_is_possible_through_its_last_day(ordered: date, last: date, too_late: date) -> None:
    assert last_return_day(ordered, VipPolicy()) == last
    assert return_violations(line(ordered), ordered, VipPolicy()) == ()
    assert return_violations(line(ordered), last, VipPolicy()) == ()
    (violation,) = return_violations(line(ordered), too_late, VipPolicy())
    assert violation.code == "order.return_window"
    assert f"through {last}" in violation.message


def test_the_return_window_follows_the_policy() -> None:
    assert last_return_day(date(2026, 3, 1), VipPolicy(return_days=30)) == date(2026, 3, 31)


def test_a_returned_order_cannot_be_returned_again() -> None:
    day = date(2026, 3, 1)
    one = OrderLine(number="ORD00000008", kind=OrderKind.INITIAL, ordered_on=day, quantity=1)
    assert return_violations(one, day, VipPolicy()) == ()
    assert return_violations(line(day, returned=4), day, VipPolicy()) == ()
    found = return_violations(line(day, returned=5), day, VipPolicy())
    assert [each.code for each in found] == ["order.returned"]


def test_a_return_cannot_be_returned() -> None:
    day = date(2026, 3, 1)
    found = return_violations(line(day, OrderKind.RETURN), day, VipPolicy())
    assert [each.code for each in found] == ["order.is_return"]


TODAY = date(2026, 3, 20)

# day of the order, creation of its Purchase Authorization, invitation, Anniversary Date, is it allowed
ORDER_DAYS = {
    "today": (TODAY, None, None, JAN_15, True),
    "tomorrow": (date(2026, 3, 21), None, None, JAN_15, False),
    "the day of the Purchase Authorization": (date(2026, 3, 1), date(2026, 3, 1), None, JAN_15, True),
    "the day before the Purchase Authorization": (date(2026, 2, 28), date(2026, 3, 1), None, JAN_15, False),
    "a Purchase Authorization of tomorrow (clock skew)": (TODAY, date(2026, 3, 21), None, JAN_15, True),
    "the day of the invitation": (date(2026, 3, 1), None, date(2026, 3, 1), JAN_15, True),
    "the day before the invitation": (date(2026, 2, 28), None, date(2026, 3, 1), JAN_15, False),
    "an invitation of tomorrow (clock skew)": (TODAY, None, date(2026, 3, 21), JAN_15, True),
    "the first day of the term": (date(2026, 1, 15), None, None, JAN_15, True),
    "the day before the term": (date(2026, 1, 14), None, None, JAN_15, False),
    "terms after the stored one": (TODAY, None, None, date(2020, 1, 15), True),
}


@pytest.mark.parametrize(
    ("ordered", "created", "invited", "anniversary", "is_allowed"), ORDER_DAYS.values(), ids=ORDER_DAYS
)
def test_the_day_of_an_order(
    ordered: date, created: date | None, invited: date | None, anniversary: date, is_allowed: bool
) -> None:
    paid = [Authorization("PA1", created, AuthorizationStatus.OPEN)] if created else []
    duration = order_duration(ordered, anniversary, VipPolicy())
    found = placement_violations(ordered, TODAY, paid=paid, invited_on=invited, duration=duration)
    assert (found == ()) is is_allowed
    assert {each.field for each in found} <= {"ordered_on"}


def test_more_than_is_left_cannot_be_returned() -> None:
    whole = line(TODAY, returned=2)
    asked = [AskedReturn("A", 3, 5, 2), AskedReturn("B", 4, 5, 2), AskedReturn("C", 1, 0, 0)]
    found = returnable_violations(whole, asked, TODAY, VipPolicy())
    assert [(each.field, each.message) for each in found] == [
        ("lines.1", "3 x B of ORD00000007 can be returned, 2 of 5 have been returned already: enter at most 3."),
        ("lines.2", "ORD00000007 has no C: name products of this order."),
    ]
    assert [each.code for each in returnable_violations(line(TODAY, OrderKind.RETURN), asked, TODAY, VipPolicy())] == [
        "order.is_return"
    ]


# added on, ordered on, months, until: the order of a Purchase Authorization
LATER = {
    "in the same term": (date(2026, 12, 20), date(2027, 1, 14), 1, JAN_15),
    "on the anniversary": (date(2026, 12, 20), JAN_15, 13, date(2028, 1, 15)),
    "late": (date(2026, 12, 20), date(2027, 2, 10), 13, date(2028, 1, 15)),
    "two anniversaries later": (date(2026, 12, 20), date(2028, 1, 15), 25, date(2029, 1, 15)),
    "before it was added (clock skew)": (date(2026, 12, 20), date(2026, 12, 1), 1, JAN_15),
}


@pytest.mark.parametrize(("added", "ordered", "months", "until"), LATER.values(), ids=LATER)
def test_an_order_that_comes_later_reaches_the_end_of_its_own_term(
    added: date, ordered: date, months: int, until: date
) -> None:
    duration = order_duration(added, JAN_15, ROUND_UP, ordered_on=ordered)
    assert (duration.months, duration.anniversary_on) == (months, until)
    assert duration.explanation.endswith(f"to the anniversary date {until} (estimate)")
