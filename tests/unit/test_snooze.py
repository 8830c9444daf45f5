"""Snoozing: which days there are to choose from, and what a customer's snoozes come to on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy
from viptui.rules.snooze import Asleep, Snooze, asleep, in_words, until_violations, usual_day

TODAY = date(2026, 3, 20)
NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, _ALL = CustomerFilter
BACK = date(2026, 3, 27)

UNTIL = {
    "yesterday": (date(2026, 3, 19), "2026-03-19 is not ahead: choose a day from tomorrow on."),
    "today": (TODAY, "2026-03-20 is not ahead: choose a day from tomorrow on."),
    "tomorrow": (date(2026, 3, 21), ""),
    "the day before a year": (date(2027, 3, 19), ""),
    "a year": (date(2027, 3, 20), ""),
    "the day after a year": (date(2027, 3, 21), "2027-03-21 is more than a year ahead: choose 2027-03-20 or before."),
}


@pytest.mark.parametrize(("until_on", "message"), UNTIL.values(), ids=UNTIL)
def test_days_to_come_back_on(until_on: date, message: str) -> None:
    found = until_violations(until_on, TODAY)
    assert "".join(each.message for each in found) == message
    assert {each.field for each in found} <= {"until"}


def test_a_year_from_a_leap_day_ends_with_february() -> None:
    leap_day = date(2028, 2, 29)
    assert until_violations(date(2029, 2, 28), leap_day) == ()
    assert until_violations(date(2029, 3, 1), leap_day) != ()


def test_without_a_word_it_is_a_week() -> None:
    assert usual_day(TODAY) == BACK
    assert until_violations(usual_day(TODAY), TODAY) == ()


OVERDUE = CustomerFacts(has_products=True, oldest_open_authorization_on=TODAY - timedelta(days=31))
"""Since today."""

ASLEEP = {
    "on the day before it is back": ([Snooze(PAST_DUE, BACK)], date(2026, 3, 26), Asleep((PAST_DUE,), BACK)),
    "on the day on which it is back": ([Snooze(PAST_DUE, BACK)], BACK, Asleep()),
    "on the day after": ([Snooze(PAST_DUE, BACK)], date(2026, 3, 28), Asleep()),
    "in a tab that it is not in": ([Snooze(PENDING, BACK)], TODAY, Asleep()),
    "before it is in the tab": ([Snooze(PAST_DUE, BACK)], date(2026, 3, 19), Asleep()),
    "never": ([], TODAY, Asleep()),
}


@pytest.mark.parametrize(("snoozes", "day", "expected"), ASLEEP.values(), ids=ASLEEP)
def test_what_snoozes_come_to(snoozes: list[Snooze], day: date, expected: Asleep) -> None:
    assert asleep(snoozes, OVERDUE, day, VipPolicy()) == expected


def test_several_tabs_stand_in_their_order() -> None:
    facts = OVERDUE._replace(newest_open_authorization_on=TODAY)
    what = asleep([Snooze(PAST_DUE, BACK), Snooze(PENDING, BACK)], facts, TODAY, VipPolicy())
    assert in_words(what) == "snoozed until 2026-03-27 in Pending Requests and Past Due Requests"
    assert in_words(Asleep()) == ""
