"""VIP Select: which discount level a quantity or a term's orders reach, and when they are added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.civil import add_months
from viptui.rules.order import OrderKind, OrderLine
from viptui.rules.policy import VipPolicy

LEVEL_STARTS: Final = {1: 1, 2: 10, 3: 50, 4: 100}
"""Licences at which each level begins. Source: Program guide, VIP Select."""

LOOKBACK_DAYS: Final = 31
"""Days before the Anniversary Date on which purchases are added up. Source: Program guide, VIP Select."""

LOWEST_SELECT_LEVEL: Final = 2
"""Level 1 is plain VIP; membership of VIP Select begins here."""


class SelectStanding(NamedTuple):
    """Where a customer stands in VIP Select on a day, and what the next level takes."""

    level: int | None = None
    """None before the first purchase of the term."""
    licences: int = 0
    """Bought in the term so far, consumables and returns left out."""
    next_level: int | None = None
    """None at the highest."""
    next_start: int | None = None
    """Licences at which the next level begins."""
    missing: int | None = None
    """Licences still to be bought for it: in all until the look-back, in one order after it."""
    lookback_on: date | None = None
    """The day on which the term's purchases are added up, while it lies ahead."""


def level_of(quantity: int) -> int | None:
    """The level that a number of licences reaches; None without any."""
    return max((level for level, start in LEVEL_STARTS.items() if quantity >= start), default=None)


def is_select(level: int | None) -> bool:
    """Whether a level makes its customer a member of VIP Select."""
    return level is not None and level >= LOWEST_SELECT_LEVEL


def lookback_on(anniversary_on: date) -> date:
    """The day on which the term's purchases are added up."""
    return anniversary_on - timedelta(days=LOOKBACK_DAYS)


def lines_of_term(
    lines: Iterable[OrderLine], anniversary_on: date, policy: VipPolicy, *, term_months: int = ANNUAL_MONTHS
) -> list[OrderLine]:
    """The lines bought for the term that ends on an Anniversary Date.

    A renewal belongs to the term that it pays for, so one ordered in the window before the
    anniversary counts for the next term.
    """
    starts_on = add_months(anniversary_on, -term_months)
    early = timedelta(days=policy.window_open_days)

    def is_inside(line: OrderLine) -> bool:
        lead = early if line.kind is OrderKind.RENEWAL else timedelta()
        return starts_on - lead <= line.ordered_on < anniversary_on - lead

    return [line for line in lines if is_inside(line)]


def level_in_term(lines: Iterable[OrderLine], anniversary_on: date, today: date) -> int | None:
    """The level that a term's lines give today; None before its first order.

    One order counts by its own size at once. Smaller ones are added up on the look-back day,
    inclusive, and not before. Source: Program guide, VIP Select.
    """
    bought = [line for line in lines if line.ordered_on <= today and _is_purchase(line)]
    if not bought:
        return None
    orders = Counter[str]()
    for line in bought:
        orders[line.number] += _counted(line)
    quantities = list(orders.values())
    if today >= lookback_on(anniversary_on):
        quantities.append(sum(_counted(line) for line in bought if line.ordered_on <= lookback_on(anniversary_on)))
    return max(level_of(quantity) or 1 for quantity in quantities)


def select_standing(
    lines: Iterable[OrderLine], anniversary_on: date | None, today: date, recorded: int | None = None
) -> SelectStanding:
    """The level on a day by the lines of its term, or the one that Adobe has given, and the way to the next one."""
    bought = [line for line in lines if line.ordered_on <= today and _is_purchase(line)]
    level = recorded
    if level is None and anniversary_on is not None:
        level = level_in_term(bought, anniversary_on, today)
    next_level = min((each for each in LEVEL_STARTS if each > max(level or 0, 1)), default=None)
    licences = sum(_counted(line) for line in bought)
    ahead = None if anniversary_on is None or today > (on := lookback_on(anniversary_on)) else on
    if next_level is None:
        return SelectStanding(level, licences, lookback_on=ahead)
    start = LEVEL_STARTS[next_level]
    missing = max(0, start - licences) if ahead else start
    return SelectStanding(level, licences, next_level, start, missing, ahead)


def in_words(standing: SelectStanding) -> str:
    """A standing as details tell it: ``level 1 (VIP); level 2 needs 6 more by 2026-05-15``."""
    if standing.level is None:
        return "no level yet"
    level = f"level {standing.level}{'' if is_select(standing.level) else ' (VIP)'}"
    if standing.next_level is None:
        return level
    if standing.lookback_on is None:
        return f"{level}; level {standing.next_level} needs one order of {standing.next_start}"
    if not standing.missing:
        return f"{level}; level {standing.next_level} from {standing.lookback_on} on"
    return f"{level}; level {standing.next_level} needs {standing.missing} more by {standing.lookback_on}"


def _is_purchase(line: OrderLine) -> bool:
    return line.kind is not OrderKind.RETURN and line.returned < line.quantity


def _counted(line: OrderLine) -> int:
    return line.quantity - line.returned if line.counts_for_select else 0
