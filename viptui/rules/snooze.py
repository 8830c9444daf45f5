"""Snoozing: a customer leaves somebody's work tabs, and comes back on a day.

A snooze is a person's own and holds for the tabs in which the customer stood on the day of snoozing: into another one
it comes as ever, so that no news are hidden. The list of all customers has everybody at any time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from viptui.errors import Violation
from viptui.rules.civil import add_months
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import TITLES, CustomerFilter, filters_of
from viptui.rules.policy import VipPolicy

USUAL_DAYS: Final = 7
"""For so long somebody snoozes who does not say until when."""

LONGEST_MONTHS: Final = 12
"""Nobody remembers for longer why."""

AWAKE: Final = "awake"
"""In the history: until when somebody is snoozed who is not."""

WORK_TABS: Final = tuple(each for each in CustomerFilter if each is not CustomerFilter.ALL)
"""The tabs that a customer can be left out of."""


class Snooze(NamedTuple):
    """That somebody does not want to see a customer in a tab."""

    tab: CustomerFilter
    until_on: date
    """The first day on which it is there again."""


class Asleep(NamedTuple):
    """What a customer's snoozes come to on a day."""

    tabs: tuple[CustomerFilter, ...] = ()
    """The tabs that it is left out of, although it is in them by its facts."""
    until_on: date | None = None
    """When it is back in all of them."""


def asleep(snoozes: Sequence[Snooze], facts: CustomerFacts, day: date, policy: VipPolicy) -> Asleep:
    """Which tabs a customer with these facts is left out of on a day."""
    if not snoozes:
        return Asleep()
    tabs = filters_of(facts, day, policy)
    holding = [each for each in snoozes if each.until_on > day and each.tab in tabs]
    return Asleep(_in_order(each.tab for each in holding), max((each.until_on for each in holding), default=None))


def in_words(what: Asleep) -> str:
    """The same for people: ``snoozed until 2026-12-01 in Past Due Requests``; empty for who is awake."""
    if what.until_on is None:
        return ""
    return f"snoozed until {what.until_on} in {' and '.join(TITLES[each] for each in what.tabs)}"


def usual_day(today: date) -> date:
    """Until when somebody snoozes who does not say it."""
    return today + timedelta(days=USUAL_DAYS)


def until_violations(until_on: date, today: date) -> tuple[Violation, ...]:
    """What speaks against a day of coming back."""
    if until_on <= today:
        return (Violation("snooze.past", f"{until_on} is not ahead: choose a day from tomorrow on.", "until"),)
    last = add_months(today, LONGEST_MONTHS)
    if until_on > last:
        return (Violation("snooze.far", f"{until_on} is more than a year ahead: choose {last} or before.", "until"),)
    return ()


def _in_order(tabs: Iterable[CustomerFilter]) -> tuple[CustomerFilter, ...]:
    found = set(tabs)
    return tuple(each for each in WORK_TABS if each in found)
