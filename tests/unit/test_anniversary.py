"""Anniversary Dates: the first one, those that follow, and extended terms."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from viptui.rules import anniversary
from viptui.rules.authorization import Authorization, AuthorizationStatus
from viptui.rules.policy import AnniversaryBase, MarketSegment, VipPolicy

POLICY = VipPolicy()
COMMERCIAL, EDUCATION, GOVERNMENT = (
    MarketSegment.COMMERCIAL,
    MarketSegment.EDUCATION,
    MarketSegment.GOVERNMENT,
)

RECURRENCE = {
    "an ordinary day stays": (date(2024, 1, 16), date(2025, 1, 16), date(2026, 1, 16), date(2028, 1, 16)),
    "a leap day clamps and comes back": (
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 2, 28),
        date(2028, 2, 29),
    ),
    "28 February does not become a leap day": (
        date(2023, 2, 28),
        date(2024, 2, 28),
        date(2025, 2, 28),
        date(2027, 2, 28),
    ),
    "the end of January stays": (date(2026, 1, 31), date(2027, 1, 31), date(2028, 1, 31), date(2030, 1, 31)),
    "the end of the year stays": (
        date(2026, 12, 31),
        date(2027, 12, 31),
        date(2028, 12, 31),
        date(2030, 12, 31),
    ),
}


@pytest.mark.parametrize(("base", "first", "second", "fourth"), RECURRENCE.values(), ids=RECURRENCE)
def test_anniversaries_recur_on_the_day_of_the_base(base: date, first: date, second: date, fourth: date) -> None:
    assert anniversary.first_anniversary(base) == first
    assert [anniversary.nth_anniversary(base, n) for n in (0, 1, 2, 4)] == [base, first, second, fourth]


def test_anniversaries_count_backwards_from_the_same_anchor() -> None:
    leap_day = date(2028, 2, 29)
    assert anniversary.nth_anniversary(leap_day, -1) == date(2027, 2, 28)
    assert anniversary.nth_anniversary(leap_day, -4) == date(2024, 2, 29)


def pa(created_on: date, status: AuthorizationStatus = AuthorizationStatus.ORDERED) -> Authorization:
    return Authorization(number="PA00000001", created_on=created_on, status=status)


JAN_5, JAN_10, JAN_25 = date(2026, 1, 5), date(2026, 1, 10), date(2026, 1, 25)
CANCELLED = AuthorizationStatus.CANCELLED

BASES = {
    "an earlier Purchase Authorization wins": ([pa(JAN_10)], JAN_25, JAN_10, JAN_25),
    "an order without a Purchase Authorization counts": ([], JAN_5, JAN_5, JAN_5),
    "an earlier order wins over a later Purchase Authorization": ([pa(JAN_10)], JAN_5, JAN_5, JAN_5),
    "both on one day are one day": ([pa(JAN_10)], JAN_10, JAN_10, JAN_10),
    "a cancelled Purchase Authorization sets nothing": ([pa(JAN_10, CANCELLED)], JAN_25, JAN_25, JAN_25),
    "the next one counts after a cancelled one": ([pa(JAN_5, CANCELLED), pa(JAN_10)], JAN_25, JAN_10, JAN_25),
    "an open Purchase Authorization counts before any order": (
        [pa(JAN_10, AuthorizationStatus.OPEN)],
        None,
        JAN_10,
        None,
    ),
    "the earliest of several counts, whatever their order": (
        [pa(JAN_25), pa(JAN_10)],
        None,
        JAN_10,
        None,
    ),
    "nothing sets nothing": ([], None, None, None),
}


@pytest.mark.parametrize(("authorizations", "ordered_on", "earlier", "order"), BASES.values(), ids=BASES)
def test_base_date_by_policy(
    authorizations: list[Authorization], ordered_on: date | None, earlier: date | None, order: date | None
) -> None:
    by_order = VipPolicy(anniversary_base=AnniversaryBase.ORDER)
    assert anniversary.base_date(authorizations, ordered_on, POLICY) == earlier
    assert anniversary.base_date(authorizations, ordered_on, by_order) == order


def test_first_purchase_sets_the_anniversary_a_year_later() -> None:
    base = anniversary.base_date([pa(JAN_10)], JAN_25, POLICY)
    assert base is not None
    assert anniversary.first_anniversary(base) == date(2027, 1, 10)


def test_first_anniversary_of_an_extended_term_follows_its_months() -> None:
    assert anniversary.first_anniversary(date(2026, 1, 31), 13) == date(2027, 2, 28)


LAST_LICENSED_DAYS = {
    "29 February before 1 March of a leap year": (date(2028, 3, 1), date(2028, 2, 29)),
    "28 February before 1 March of a common year": (date(2027, 3, 1), date(2027, 2, 28)),
    "New Year's Eve before New Year": (date(2027, 1, 1), date(2026, 12, 31)),
}


@pytest.mark.parametrize(("anniversary_on", "last"), LAST_LICENSED_DAYS.values(), ids=LAST_LICENSED_DAYS)
def test_last_licensed_day_is_the_day_before(anniversary_on: date, last: date) -> None:
    assert anniversary.last_licensed_day(anniversary_on) == last


JUNE, LEAP = date(2026, 6, 15), date(2028, 2, 29)

DISPLAYED = {
    "long before": (JUNE, date(2025, 1, 1), JUNE),
    "years before": (JUNE, date(2020, 1, 1), JUNE),
    "the day before": (JUNE, date(2026, 6, 14), JUNE),
    "the day itself": (JUNE, date(2026, 6, 15), JUNE),
    "the day after": (JUNE, date(2026, 6, 16), JUNE),
    "the 30th day after is the last": (JUNE, date(2026, 7, 15), JUNE),
    "the 31st day after shows next year": (JUNE, date(2026, 7, 16), date(2027, 6, 15)),
    "the last day of grace a year later": (JUNE, date(2027, 7, 15), date(2027, 6, 15)),
    "the day after that": (JUNE, date(2027, 7, 16), date(2028, 6, 15)),
    "five years later": (JUNE, date(2031, 7, 16), date(2032, 6, 15)),
    "grace that ends next year": (date(2026, 12, 31), date(2027, 1, 30), date(2026, 12, 31)),
    "grace that ended next year": (date(2026, 12, 31), date(2027, 1, 31), date(2027, 12, 31)),
    "New Year shows itself on New Year's Eve": (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)),
    "a leap day on its last day": (LEAP, date(2028, 3, 30), LEAP),
    "a leap day clamps in the next year": (LEAP, date(2028, 3, 31), date(2029, 2, 28)),
    "a clamped leap day on its last day": (LEAP, date(2029, 3, 30), date(2029, 2, 28)),
    "a leap day comes back": (LEAP, date(2031, 3, 31), LEAP.replace(year=2032)),
}


@pytest.mark.parametrize(("stored", "today", "shown"), DISPLAYED.values(), ids=DISPLAYED)
def test_displayed_anniversary(stored: date, today: date, shown: date) -> None:
    assert anniversary.displayed_anniversary(stored, today, POLICY) == shown


def test_displayed_anniversary_follows_the_days_of_grace() -> None:
    fourteen, none = VipPolicy(grace_days=14), VipPolicy(grace_days=0)
    assert anniversary.displayed_anniversary(JUNE, date(2026, 6, 29), fourteen) == JUNE
    assert anniversary.displayed_anniversary(JUNE, date(2026, 6, 30), fourteen) == date(2027, 6, 15)
    assert anniversary.displayed_anniversary(JUNE, date(2026, 6, 15), none) == JUNE
    assert anniversary.displayed_anniversary(JUNE, date(2026, 6, 16), none) == date(2027, 6, 15)


@pytest.mark.parametrize("stored", [LEAP, date(2026, 1, 1), date(2026, 12, 31)], ids=str)
@pytest.mark.parametrize("grace", [0, 30, 274])
def test_displayed_anniversary_is_the_first_one_within_grace_on_every_day(stored: date, grace: int) -> None:
    policy = VipPolicy(grace_days=grace)
    every = [anniversary.nth_anniversary(stored, n) for n in range(8)]
    for offset in range(-400, 1900, 23):
        today = stored + timedelta(days=offset)
        expected = next(each for each in every if each + timedelta(days=grace) >= today)
        assert anniversary.displayed_anniversary(stored, today, policy) == expected


ENDS_OF_TERM = {
    "before the anniversary it is the anniversary": (JUNE, date(2026, 6, 14), JUNE),
    "on the anniversary the next term has begun": (JUNE, date(2026, 6, 15), date(2027, 6, 15)),
    "after the anniversary it is the next one": (JUNE, date(2026, 6, 16), date(2027, 6, 15)),
    "on a clamped leap day the next term has begun": (LEAP, date(2029, 2, 28), date(2030, 2, 28)),
    "before a leap day that came back": (LEAP, date(2032, 2, 28), date(2032, 2, 29)),
}


@pytest.mark.parametrize(("stored", "on", "expected"), ENDS_OF_TERM.values(), ids=ENDS_OF_TERM)
def test_end_of_term(stored: date, on: date, expected: date) -> None:
    assert anniversary.end_of_term(stored, on) == expected


def test_a_stored_anniversary_cannot_be_changed() -> None:
    (violation,) = anniversary.change_violations(date(2027, 4, 10), date(2027, 5, 10))
    assert violation.code == "anniversary.immutable"
    assert violation.field == "anniversary_on"
    assert "2027-04-10 cannot be changed" in violation.message


def test_a_stored_anniversary_cannot_be_taken_away() -> None:
    assert anniversary.change_violations(date(2027, 4, 10), None)


def test_an_anniversary_may_be_set_once_and_saved_unchanged() -> None:
    assert anniversary.change_violations(None, date(2027, 4, 10)) == ()
    assert anniversary.change_violations(date(2027, 4, 10), date(2027, 4, 10)) == ()


START = date(2026, 3, 10)
EVERYONE, PUBLIC, NOBODY = set(MarketSegment), {EDUCATION, GOVERNMENT}, set[MarketSegment]()

EXTENDED_TERMS = {
    "12 months are annual, not extended": (START, date(2027, 3, 10), 12, NOBODY),
    "13 months suit everybody": (START, date(2027, 4, 10), 13, EVERYONE),
    "36 months suit everybody": (START, date(2029, 3, 10), 36, EVERYONE),
    "37 months are too long for Commercial": (START, date(2029, 4, 10), 37, PUBLIC),
    "48 months suit Education and Government": (START, date(2030, 3, 10), 48, PUBLIC),
    "49 months are too long for everybody": (START, date(2030, 4, 10), 49, NOBODY),
    "13 months from 31 January clamp": (date(2026, 1, 31), date(2027, 2, 28), 13, EVERYONE),
    "36 months from a leap day clamp": (date(2024, 2, 29), date(2027, 2, 28), 36, EVERYONE),
    "48 months from a leap day end on one": (date(2024, 2, 29), date(2028, 2, 29), 48, PUBLIC),
    "the day before 13 months is below them": (START, date(2027, 4, 9), None, NOBODY),
    "the day after 13 months lies between two marks": (START, date(2027, 4, 11), None, NOBODY),
    "the day before 36 months lies between two marks": (START, date(2029, 3, 9), None, NOBODY),
    "the day after 48 months is above them": (START, date(2030, 3, 11), None, NOBODY),
    "28 February is no mark of 31 March": (date(2026, 3, 31), date(2027, 4, 29), None, NOBODY),
    "the start itself is no term": (START, START, 0, NOBODY),
    "a day before the start is no term": (START, date(2026, 2, 10), -1, NOBODY),
}


@pytest.mark.parametrize(("start", "end", "months", "allowed"), EXTENDED_TERMS.values(), ids=EXTENDED_TERMS)
def test_extended_term(start: date, end: date, months: int | None, allowed: set[MarketSegment]) -> None:
    assert anniversary.extended_term_months(start, end) == months
    for segment in MarketSegment:
        found = anniversary.extended_term_violations(start, end, segment, False, POLICY)
        assert (not found) is (segment in allowed), segment
        assert (end in anniversary.extended_term_ends(start, segment, POLICY)) is (segment in allowed)


@pytest.mark.parametrize(("segment", "count"), [(COMMERCIAL, 24), (EDUCATION, 36), (GOVERNMENT, 36)])
def test_every_month_of_the_range_is_offered(segment: MarketSegment, count: int) -> None:
    ends = anniversary.extended_term_ends(date(2026, 1, 31), segment, POLICY)
    assert len(set(ends)) == count
    assert list(ends) == sorted(ends)
    assert (ends[0], ends[1]) == (date(2027, 2, 28), date(2027, 3, 31))


REFUSALS = {
    "an annual date": (
        date(2027, 3, 10),
        "anniversary.annual",
        (
            "2027-03-10 ends an annual term: leave the date out, "
            "or choose a date from 2027-04-10 to 2029-03-10 to extend it."
        ),
    ),
    "a date outside the range": (
        date(2029, 4, 10),
        "anniversary.out_of_range",
        "An extended term has 13 to 36 months for Commercial: choose a date from 2027-04-10 to 2029-03-10.",
    ),
    "a date between the last two marks": (
        date(2029, 3, 9),
        "anniversary.not_whole_months",
        "2029-03-09 is not a whole number of months after 2026-03-10: choose 2029-02-10 or 2029-03-10.",
    ),
    "a date between two marks": (
        date(2027, 5, 1),
        "anniversary.not_whole_months",
        "2027-05-01 is not a whole number of months after 2026-03-10: choose 2027-04-10 or 2027-05-10.",
    ),
}


@pytest.mark.parametrize(("end", "code", "message"), REFUSALS.values(), ids=REFUSALS)
def test_a_refused_term_says_which_dates_would_do(end: date, code: str, message: str) -> None:
    (violation,) = anniversary.extended_term_violations(START, end, COMMERCIAL, False, POLICY)
    assert (violation.code, violation.message) == (code, message)
    assert violation.field == "anniversary_on"


def test_an_existing_member_gets_no_extended_term() -> None:
    found = anniversary.extended_term_violations(START, date(2027, 4, 10), COMMERCIAL, True, POLICY)
    assert [each.code for each in found] == ["anniversary.existing_member"]


def test_an_extended_term_renews_into_twelve_months() -> None:
    assert anniversary.end_of_term(date(2029, 3, 10), date(2029, 3, 10)) == date(2030, 3, 10)
