"""Terms: to which one an order belongs, on the days around an anniversary."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from viptui.rules.anniversary import nth_anniversary
from viptui.rules.terms import Terms, ending_term, renewed_term

AD = date(2027, 1, 10)


def on(days: int, *, years: int = 0) -> date:
    """A day so many days after an anniversary."""
    return nth_anniversary(AD, years) + timedelta(days=days)


# day, the term whose licences a renewal of that day renews, the term with which other licences end
DAYS = {
    "in the term before the stored date": (on(-200), -1, 0),
    "91 days before": (on(-91), -1, 0),
    "90 days before: early": (on(-90), 0, 0),
    "the day before": (on(-1), 0, 0),
    "the anniversary itself": (on(0), 0, 1),
    "the day after": (on(1), 0, 1),
    "half a year after": (on(183), 0, 1),
    "90 days before the next": (on(-90, years=1), 1, 1),
    "the day before the next": (on(-1, years=1), 1, 1),
    "the next": (on(0, years=1), 1, 2),
    "years before": (on(-5, years=-3), -3, -3),
}


@pytest.mark.parametrize(("day", "renewed", "ending"), DAYS.values(), ids=DAYS)
def test_the_terms_of_a_day(day: date, renewed: int, ending: int) -> None:
    assert renewed_term(AD, day) == renewed
    assert ending_term(AD, day) == ending


LEAP = date(2028, 2, 29)
LEAP_DAYS = {
    "28 February of a common year is the anniversary": (date(2029, 2, 28), 1, 2),
    "the day before it": (date(2029, 2, 27), 1, 1),
    "28 February of a leap year is the day before": (date(2032, 2, 28), 4, 4),
    "29 February": (date(2032, 2, 29), 4, 5),
}


@pytest.mark.parametrize(("day", "renewed", "ending"), LEAP_DAYS.values(), ids=LEAP_DAYS)
def test_the_terms_of_a_day_around_29_february(day: date, renewed: int, ending: int) -> None:
    assert renewed_term(LEAP, day) == renewed
    assert ending_term(LEAP, day) == ending


class Line(NamedTuple):
    ordered_on: date
    renewal: bool


WENT_ON = {
    "nothing ordered since": (Line(on(0), renewal=False), False),
    "an order in the 30 days after": (Line(on(30), renewal=False), False),
    "an order after them": (Line(on(31), renewal=False), True),
    "a late renewal is none of the sort": (Line(on(200), renewal=True), False),
    "the next renewal": (Line(on(-90, years=1), renewal=True), True),
}


@pytest.mark.parametrize(("line", "expected"), WENT_ON.values(), ids=WENT_ON)
def test_what_shows_that_a_customer_goes_on(line: Line, expected: bool) -> None:
    assert Terms(AD, [line]).went_on(0) is expected
