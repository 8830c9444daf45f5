"""Days as somebody types them."""

from __future__ import annotations

from datetime import date

import pytest

from viptui.rules.day_words import resolve_day
from viptui.rules.parsing import ParseError

FRIDAY = date(2026, 3, 20)

DAYS = {
    "a date stands for itself": ("2027-01-31", date(2027, 1, 31)),
    "days from today": ("+30d", date(2026, 4, 19)),
    "days back": ("-2d", date(2026, 3, 18)),
    "weeks": ("+2w", date(2026, 4, 3)),
    "months keep the day": ("+13m", date(2027, 4, 20)),
    "years": ("+1y", date(2027, 3, 20)),
    "today": ("today", FRIDAY),
    "the last day of the month": ("eom", date(2026, 3, 31)),
    "a weekday is the next one": ("mon", date(2026, 3, 23)),
    "today's weekday is a week away": ("fri", date(2026, 3, 27)),
    "a weekday in full, whatever its case": (" Thursday ", date(2026, 3, 26)),
}


@pytest.mark.parametrize(("text", "expected"), DAYS.values(), ids=DAYS)
def test_a_day_is_understood(text: str, expected: date) -> None:
    assert resolve_day(text, FRIDAY) == expected


def test_months_are_clamped_to_the_end_of_a_shorter_one() -> None:
    assert resolve_day("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert resolve_day("eom", date(2028, 2, 3)) == date(2028, 2, 29)


REFUSED = {
    "a word": ("soon", "Enter a date such as"),
    "a misspelt weekday": ("frj", "Enter a date such as"),
    "a day that no calendar has": ("2026-02-29", "The calendar has no 2026-02-29"),
    "another order": ("20.03.2026", "Enter a date such as 2026-03-20."),
    "too far": ("+999y", "outside the years"),
    "nothing": ("", "Enter a date such as"),
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused_with_what_can_be_typed(text: str, sentence: str) -> None:
    with pytest.raises(ParseError, match=sentence):
        resolve_day(text, FRIDAY)
