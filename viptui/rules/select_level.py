"""VIP Select: which discount level a quantity or a term's orders reach, and when they are added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

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


def level_of(quantity: int) -> int | None:
    """The level that a number of licences reaches; None without any."""
    return max((level for level, start in LEVEL_STARTS.items() if quantity >= start), default=None)


def next_threshold(quantity: int) -> int | None:
    """Licences at which the next level begins; None once the highest is reached."""
    return min((start for start in LEVEL_STARTS.values() if start > quantity), default=None)


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


def _is_purchase(line: OrderLine) -> bool:
    return line.kind is not OrderKind.RETURN and line.returned < line.quantity


def _counted(line: OrderLine) -> int:
    return line.quantity - line.returned if line.counts_for_select else 0
