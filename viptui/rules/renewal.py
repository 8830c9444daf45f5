"""Renewals: which anniversary a customer's licences are due at, and what phase that puts it in.

What is stored is an outlook, a handful of dates that follow from the orders alone. Any day's phase is a
comparison with those dates, so nothing has to be rewritten because time passes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import Final, NamedTuple

from viptui.errors import Violation
from viptui.rules.civil import add_months
from viptui.rules.policy import VipPolicy

ORDER_COUNTS_AS_RENEWAL: Final = timedelta(days=30)
"""A renewal order belongs to the anniversary it lies within this distance of, either side, inclusive.

Source: Adobe Japan guide (the window is 30 days each side of the Anniversary Date).
"""


class RenewalPhase(StrEnum):
    """Where a customer stands towards its renewal."""

    NONE = "none"
    UPCOMING = "upcoming"
    READY = "ready"
    LATE = "late"
    LAPSED = "lapsed"
    RENEWED = "renewed"


class OrderFact(NamedTuple):
    """What the renewal rules need to know of one order line; made by the million, hence a tuple."""

    ordered_on: date
    quantity: int
    """Licences; negative for a return."""
    renewal: bool
    """Whether the line renews licences (a returned renewal is a negative renewal)."""


class RenewalOutlook(NamedTuple):
    """The dates that decide the phase on any day."""

    renewed_on: date | None = None
    """The anniversary that was renewed in full last, if it directly precedes ``due_on``."""

    due_on: date | None = None
    """The anniversary at which licences have to be renewed; None without licences."""

    following_on: date | None = None
    """The anniversary after ``due_on``, if licences go on past it (a part was renewed)."""

    licences: int = 0
    """Licences due at ``due_on``."""

    renewed_licences: int = 0
    """Licences already renewed for ``due_on``; more than none means partially renewed."""


NO_OUTLOOK: Final = RenewalOutlook()


class RenewalWindow(NamedTuple):
    """A day's phase and the anniversary it refers to."""

    phase: RenewalPhase
    anniversary_on: date | None = None


def outlook(anniversary_on: date | None, orders: Iterable[OrderFact]) -> RenewalOutlook:
    """The outlook that follows from the orders; ``anniversary_on`` is the stored date, never recomputed."""
    lines = sorted(orders, key=attrgetter("ordered_on"))
    if anniversary_on is None or not lines:
        return NO_OUTLOOK
    last_on = lines[-1].ordered_on
    renewals = [line for line in lines if line.renewal]
    licences = _licences_of_the_stored_term(anniversary_on, lines, renewals)
    renewed_on: date | None = None
    for term in range(_MOST_TERMS):
        due_on = add_months(anniversary_on, 12 * term)
        next_due_on = add_months(anniversary_on, 12 * (term + 1))
        renewed = max(0, _renewed(renewals, due_on))
        going_on = max(0, renewed + _added(lines, due_on, next_due_on)) if last_on > due_on else renewed
        if licences > 0 and renewed >= licences:
            renewed_on, licences = due_on, going_on
        elif last_on > due_on + ORDER_COUNTS_AS_RENEWAL:  # orders of later terms show that it went on
            renewed_on, licences = None, going_on
        elif licences > 0:
            return RenewalOutlook(
                renewed_on=renewed_on,
                due_on=due_on,
                following_on=next_due_on if going_on else None,
                licences=licences,
                renewed_licences=renewed,
            )
        elif going_on:
            renewed_on, licences = None, going_on
        else:
            break
    return NO_OUTLOOK


def window(outlook: RenewalOutlook, today: date, policy: VipPolicy) -> RenewalWindow:
    """The phase on ``today`` and the anniversary it refers to."""
    if outlook.renewed_on and today <= outlook.renewed_on + timedelta(days=policy.grace_days):
        return RenewalWindow(RenewalPhase.RENEWED, outlook.renewed_on)
    following = phase_towards(outlook.following_on, today, policy)
    if following is not RenewalPhase.NONE:
        return RenewalWindow(following, outlook.following_on)
    phase = phase_towards(outlook.due_on, today, policy)
    return RenewalWindow(phase, outlook.due_on)


def phase_towards(due_on: date | None, today: date, policy: VipPolicy) -> RenewalPhase:
    """The phase towards one anniversary whose licences are not all renewed."""
    if due_on is None:
        return RenewalPhase.NONE
    days = (due_on - today).days
    if days > policy.upcoming_first_day:
        return RenewalPhase.NONE
    if days > policy.window_open_days:
        return RenewalPhase.UPCOMING
    if days >= 0:
        return RenewalPhase.READY
    if days >= -policy.grace_days:
        return RenewalPhase.LATE
    return RenewalPhase.LAPSED


def window_opens_on(due_on: date, policy: VipPolicy) -> date:
    """First day of the renewal window: the first one of Ready. Source: Program guide, Renewals."""
    return due_on - timedelta(days=policy.window_open_days)


def window_closes_on(due_on: date, policy: VipPolicy) -> date:
    """Last day on which a late renewal is possible."""
    return due_on + timedelta(days=policy.grace_days)


def order_opens_on(due_on: date, policy: VipPolicy) -> date:
    """First day on which a renewal order is possible and counts for this anniversary."""
    return due_on - min(timedelta(days=policy.window_open_days), ORDER_COUNTS_AS_RENEWAL)


def order_closes_on(due_on: date, policy: VipPolicy) -> date:
    """Last day on which a renewal order is possible and counts for this anniversary."""
    return min(window_closes_on(due_on, policy), due_on + ORDER_COUNTS_AS_RENEWAL)


def renewed_anniversary(anniversary_on: date, ordered_on: date) -> date:
    """The anniversary that a renewal order of that day renews: the nearest; ``anniversary_on`` is the stored date."""
    years = ordered_on.year - anniversary_on.year
    near = [add_months(anniversary_on, 12 * max(0, years + more)) for more in (-1, 0, 1)]
    return min(near, key=lambda each: abs(each - ordered_on))


def renewed_until(anniversary_on: date, ordered_on: date) -> date:
    """The Anniversary Date with which licences end that a renewal order of that day renews: a year later."""
    terms = renewed_anniversary(anniversary_on, ordered_on).year - anniversary_on.year + 1
    return add_months(anniversary_on, 12 * terms)


def notice_opens_on(due_on: date, policy: VipPolicy) -> date:
    """First day on which the customer is told of its renewal: the first one of Upcoming."""
    return due_on - timedelta(days=policy.upcoming_first_day)


def notice_violations(outlook: RenewalOutlook, today: date, policy: VipPolicy) -> tuple[Violation, ...]:
    """Why the customer cannot be told of its renewal now. Source: Reseller help, Upcoming Renewals."""
    stands = window(outlook, today, policy)
    if stands.phase in (RenewalPhase.UPCOMING, RenewalPhase.READY, RenewalPhase.LATE):
        return ()
    if stands.phase is RenewalPhase.NONE and stands.anniversary_on is not None:
        message = (
            f"The licences are due on {stands.anniversary_on}: "
            f"the customer can be told from {notice_opens_on(stands.anniversary_on, policy)}."
        )
        return (Violation("renewal.too_early", message),)
    return _nothing_to_renew(outlook, stands, policy)


def placement_violations(
    outlook: RenewalOutlook, ordered_on: date, today: date, policy: VipPolicy
) -> tuple[Violation, ...]:
    """Why no renewal can be ordered on that day. Source: Program guide, Renewals; Adobe Japan guide."""
    if ordered_on > today:
        message = f"Ordered on: {ordered_on} is in the future: enter a day up to {today}."
        return (Violation("renewal.day", message, "ordered_on"),)
    stands = window(outlook, ordered_on, policy)
    due_on = stands.anniversary_on
    if stands.phase in (RenewalPhase.RENEWED, RenewalPhase.LAPSED) or due_on is None:
        return _nothing_to_renew(outlook, stands, policy)
    if ordered_on < order_opens_on(due_on, policy):
        message = f"The licences are due on {due_on}: they can be renewed from {order_opens_on(due_on, policy)}."
        return (Violation("renewal.too_early", message),)
    if ordered_on > order_closes_on(due_on, policy):
        message = (
            f"The licences of {due_on} could be renewed until {order_closes_on(due_on, policy)}: place a new order."
        )
        return (Violation("renewal.lapsed", message),)
    return ()


def commitment_violations(renewed: int, committed: int, due_on: date) -> tuple[Violation, ...]:
    """Why so few licences may not be renewed: a 3-year commit holds at its anniversaries.

    Args:
        renewed: licences that would be renewed for the anniversary, earlier renewal orders included.
        committed: what the 3-year commit binds to at that anniversary; 0 without one.
        due_on: the anniversary.
    """
    if renewed >= committed:
        return ()
    message = (
        f"{renewed:,} licences would be renewed, but the 3-year commit holds {committed:,} on {due_on}: "
        f"renew at least {committed:,}."
    )
    return (Violation("renewal.committed", message, "lines"),)


def _nothing_to_renew(outlook: RenewalOutlook, stands: RenewalWindow, policy: VipPolicy) -> tuple[Violation, ...]:
    due_on = stands.anniversary_on
    match stands.phase:
        case RenewalPhase.RENEWED:
            message = f"All licences of {due_on} are renewed."
            if outlook.due_on is not None:
                message = f"{message[:-1]}: the next renewal opens on {order_opens_on(outlook.due_on, policy)}."
            return (Violation("renewal.renewed", message),)
        case RenewalPhase.LAPSED if due_on is not None:
            message = (
                f"The licences of {due_on} lapsed after {window_closes_on(due_on, policy)}: "
                "they cannot be renewed; place a new order."
            )
            return (Violation("renewal.lapsed", message),)
    return (Violation("renewal.nothing", "The customer holds no licences that fall due: place an order first."),)


_MOST_TERMS: Final = 200
"""More years than any record spans; the walk over terms ends long before."""


def _licences_of_the_stored_term(
    anniversary_on: date, lines: Sequence[OrderFact], renewals: Sequence[OrderFact]
) -> int:
    """Licences due at the stored date: everything ordered, or what went on from the last earlier renewal."""
    earlier = [line.ordered_on for line in renewals if line.ordered_on < anniversary_on]
    if earlier:
        years = anniversary_on.year - earlier[-1].year + 1
        for back in range(1, years + 1):
            previous = add_months(anniversary_on, -12 * back)
            renewed = _renewed(renewals, previous)
            if renewed > 0:
                return max(0, renewed + _added(lines, previous, anniversary_on))
    return max(0, sum([line.quantity for line in lines if not line.renewal and line.ordered_on <= anniversary_on]))


def _renewed(renewals: Sequence[OrderFact], due_on: date) -> int:
    """Licences renewed for an anniversary."""
    return sum([line.quantity for line in renewals if _renews(line, due_on)])


def _renews(line: OrderFact, due_on: date) -> bool:
    return line.renewal and abs(line.ordered_on - due_on) <= ORDER_COUNTS_AS_RENEWAL


def _added(lines: Sequence[OrderFact], after: date, until: date) -> int:
    """Licences that came in during the term after ``after``, up to and with its last day ``until``.

    A renewal order too far from both anniversaries to renew either of them is an order like any other.
    """
    return sum(
        line.quantity
        for line in lines
        if after < line.ordered_on <= until and not (_renews(line, after) or _renews(line, until))
    )
