"""What a customer's details mean on a day; one reading for the screen and the command line."""

from __future__ import annotations

from datetime import date

from viptui.detail_rows import CustomerDetail
from viptui.rules.order import OrderKind, OrderLine
from viptui.rules.policy import VipPolicy
from viptui.rules.select_level import level_in_term, lines_of_term
from viptui.rules.standing import standing


def select_level_on(detail: CustomerDetail, today: date, policy: VipPolicy) -> int | None:
    """The VIP Select level: the recorded one, or what the purchases of the term give; None before the first."""
    if detail.select_level is not None:
        return detail.select_level
    ends_on = standing(detail.row.anniversary_on, detail.row.facts, today, policy).anniversary_on
    if ends_on is None:
        return None
    lines = [
        OrderLine(number=order.number, kind=OrderKind(order.kind), ordered_on=order.ordered_on, quantity=line.quantity)
        for order in detail.orders
        for line in order.lines
    ]
    return level_in_term(lines_of_term(lines, ends_on, policy), ends_on, today)
