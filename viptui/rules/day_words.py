"""Days as somebody types them: a date, so far from today, the end of the month, a weekday."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from viptui.rules.civil import add_months
from viptui.rules.parsing import FIRST_YEAR, LAST_YEAR, ParseError, parse_date

HINT: Final = "2026-03-20, +30d, +13m, eom, fri"
"""What can be typed."""

_FAR: Final = re.compile(r"([+-])([0-9]{1,4})([dwmy])")
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def resolve_day(text: str, today: date) -> date:
    """The day that is meant: ISO, ``+30d``, ``-2w``, ``+13m``, ``+1y``, ``today``, ``eom``, or the next weekday.

    Months and years are counted from today's own day and clamped to the end of a shorter month.

    Raises:
        ParseError: it is none of these, or lies outside the years 1990 to 2199.
    """
    word = text.strip().casefold()
    if found := _FAR.fullmatch(word):
        return _checked(word, today, int(found[1] + found[2]), found[3])
    if word == "today":
        return today
    if word == "eom":
        return add_months(today.replace(day=1), 1) - timedelta(days=1)
    if (name := word[:3]) in _WEEKDAYS and _is_weekday(word):
        return today + timedelta(days=(_WEEKDAYS.index(name) - today.weekday() - 1) % 7 + 1)
    try:
        return parse_date(word)
    except ParseError as error:
        if word[:1].isdigit():
            raise
        raise ParseError(f"Enter a date such as {HINT}.") from error


def _checked(word: str, today: date, number: int, unit: str) -> date:
    try:
        if unit in "dw":
            day = today + timedelta(days=number * (7 if unit == "w" else 1))
        else:
            day = add_months(today, number * (12 if unit == "y" else 1))
    except (ValueError, OverflowError):
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ParseError(f"{word} is outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return day


def _is_weekday(word: str) -> bool:
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return any(name.startswith(word) for name in names)
