"""Orders: their kinds, how many months one covers, until when one can be returned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from viptui.errors import Violation
from viptui.rules.anniversary import ANNUAL_MONTHS, end_of_term
from viptui.rules.authorization import Authorization
from viptui.rules.civil import add_months
from viptui.rules.policy import PartialMonth, VipPolicy

SHORTEST_MONTHS: Final = 1
"""Nothing can be ordered for no months at all, not even on the day before the Anniversary Date."""


class OrderKind(StrEnum):
    """Why an order was placed."""

    INITIAL = "initial"
    ADD_ON = "add-on"
    RENEWAL = "renewal"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """What the rules need to know of one line of an order; lines of one order share its number."""

    number: str
    kind: OrderKind
    ordered_on: date
    quantity: int
    counts_for_select: bool = True
    """Whether its product counts towards VIP Select; consumables do not."""
    returned: int = 0
    """How much of the quantity has been returned already."""


class AskedReturn(NamedTuple):
    """A product of an order that somebody wants to give back."""

    product: str
    quantity: int
    ordered: int
    """What the order had of it; 0 if it had none."""
    returned: int
    """What has been returned of that already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDuration:
    """How long an order has to run, so that its licences end with all the others."""

    months: int
    """Whole months to order; at least one."""

    exact_days: int
    """Days from the day of adding, inclusive, to the Anniversary Date, exclusive."""

    period_start: date
    """First day of the proration month in which the licences are added."""

    anniversary_on: date
    """The Anniversary Date up to which the months were counted."""

    is_estimate: bool
    """Whether a month that had already begun had to be rounded."""

    is_before_term: bool
    """Whether the day of adding lies before the term that ends on the Anniversary Date."""

    explanation: str
    """One sentence for the operator."""


def order_duration(
    added_on: date,
    anniversary_on: date,
    policy: VipPolicy,
    *,
    term_months: int = ANNUAL_MONTHS,
    ordered_on: date | None = None,
) -> OrderDuration:
    """Months to order for licences added on a day; an anniversary that is over by then gives way to the next.

    An order that comes later, for a Purchase Authorization, reaches the end of the term in which it is placed: that
    is how long its licences go on. Source: Program guide, Dates (whole months only); the rounding of a begun month
    is an estimate.
    """
    ends_on = end_of_term(anniversary_on, max(added_on, ordered_on or added_on))
    begun = _months_begun(added_on, ends_on)
    period_start = add_months(ends_on, -begun)
    is_begun = period_start < added_on
    charged = begun - 1 if is_begun and policy.partial_month is PartialMonth.FREE_STUB else begun
    return OrderDuration(
        months=max(charged, SHORTEST_MONTHS),
        exact_days=(ends_on - added_on).days,
        period_start=period_start,
        anniversary_on=ends_on,
        is_estimate=is_begun,
        is_before_term=added_on < add_months(ends_on, -term_months),
        explanation=_explanation(begun, charged, ends_on, is_begun),
    )


def placement_violations(
    ordered_on: date,
    today: date,
    *,
    paid: Iterable[Authorization],
    invited_on: date | None,
    duration: OrderDuration,
) -> tuple[Violation, ...]:
    """Why an order cannot be of that day; the first reason that there is.

    Args:
        ordered_on: the day of the order.
        today: the day on which it is written down.
        paid: the Purchase Authorizations that it pays for.
        invited_on: since when the customer has a VIP ID, where it is known.
        duration: of licences that are added on that day.
    """
    youngest = max(paid, key=lambda each: each.created_on, default=None)
    if ordered_on > today:
        return (_day_refused(f"{ordered_on} is in the future: enter a day up to {today}."),)
    if youngest is not None and ordered_on < youngest.created_on <= today:
        message = f"{youngest.number} was created on {youngest.created_on}: enter a day from then to {today}."
        return (_day_refused(message),)
    if invited_on is not None and ordered_on < invited_on <= today:
        message = f"The customer was invited on {invited_on}: enter a day from then to {today}."
        return (_day_refused(message),)
    if duration.is_before_term:
        message = f"{ordered_on} lies before the term that ends on {duration.anniversary_on}: enter a later day."
        return (_day_refused(message),)
    return ()


def last_return_day(ordered_on: date, policy: VipPolicy) -> date:
    """Last day on which a return authorization can be requested. Source: Program guide."""
    return ordered_on + timedelta(days=policy.return_days)


def return_violations(line: OrderLine, today: date, policy: VipPolicy) -> tuple[Violation, ...]:
    """Why a line may not be returned. Source: Program guide; that its last day is inside is our reading."""
    if line.kind is OrderKind.RETURN:
        message = f"{line.number} is itself a return: choose the order that is to be returned."
        return (Violation("order.is_return", message),)
    if line.returned >= line.quantity:
        message = f"{line.number} has already been returned: choose another order."
        return (Violation("order.returned", message),)
    last_day = last_return_day(line.ordered_on, policy)
    if today > last_day:
        message = f"{line.number} could be returned through {last_day}: renew fewer licences instead ('viptui renew')."
        return (Violation("order.return_window", message),)
    return ()


def returnable_violations(
    order: OrderLine, asked: Iterable[AskedReturn], today: date, policy: VipPolicy
) -> tuple[Violation, ...]:
    """Why parts of an order may not be returned; ``order`` stands for all of its lines together."""
    if refused := return_violations(order, today, policy):
        return refused
    return tuple(
        Violation("order.return_quantity", message, f"lines.{number}")
        for number, each in enumerate(asked)
        if (message := _return_refusal(each, order.number)) is not None
    )


def _return_refusal(asked: AskedReturn, number: str) -> str | None:
    if not asked.ordered:
        return f"{number} has no {asked.product}: name products of this order."
    left = asked.ordered - asked.returned
    if asked.quantity <= left:
        return None
    had = f", {asked.returned:,} of {asked.ordered:,} have been returned already" if asked.returned else ""
    return f"{left:,} x {asked.product} of {number} can be returned{had}: enter at most {left:,}."


def _day_refused(message: str) -> Violation:
    return Violation("order.day", f"Ordered on: {message}", "ordered_on")


def _months_begun(added_on: date, ends_on: date) -> int:
    """Proration months from the one that holds ``added_on``, that one included, to the Anniversary Date."""
    months = (ends_on.year - added_on.year) * 12 + ends_on.month - added_on.month
    return months if add_months(ends_on, -months) <= added_on else months + 1


def _explanation(begun: int, charged: int, ends_on: date, is_begun: bool) -> str:
    months = max(charged, SHORTEST_MONTHS)
    label = "1 month" if months == 1 else f"{months} months"
    first_on, until = add_months(ends_on, -charged), f"to the anniversary date {ends_on}"
    if not is_begun:
        return f"{label}: from {first_on} {until}"
    if charged == begun:
        return f"{label}: the month from {first_on} counts in full, {until} (estimate)"
    if charged < SHORTEST_MONTHS:
        return f"{label}: the least that can be ordered, {until} (estimate)"
    return f"{label}: from {first_on}, the days before it are free, {until} (estimate)"
