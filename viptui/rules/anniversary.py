"""Anniversary Dates: how the first one comes about, how they recur, which ones an extended term allows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from viptui.errors import Violation
from viptui.rules.authorization import Authorization, AuthorizationStatus
from viptui.rules.civil import add_months
from viptui.rules.policy import AnniversaryBase, MarketSegment, VipPolicy

ANNUAL_MONTHS: Final = 12
"""Length of every term that is not extended. Source: Program guide, Subscription term options."""


def base_date(authorizations: Iterable[Authorization], first_order_on: date | None, policy: VipPolicy) -> date | None:
    """The day from which the first term runs, or None as long as nothing has set it.

    A cancelled Purchase Authorization sets nothing. Source: Reseller help, Anniversary Date.
    """
    if policy.anniversary_base is AnniversaryBase.ORDER:
        return first_order_on
    days = [each.created_on for each in authorizations if each.status is not AuthorizationStatus.CANCELLED]
    if first_order_on is not None:
        days.append(first_order_on)
    return min(days, default=None)


def first_anniversary(base_on: date, term_months: int = ANNUAL_MONTHS) -> date:
    """The Anniversary Date that ends the first term."""
    return add_months(base_on, term_months)


def nth_anniversary(anniversary_on: date, n: int) -> date:
    """The anniversary ``n`` years after a date (before it, if negative), counted from that date's own day.

    Leap days clamp and come back: four years after 29 February is 29 February.
    """
    return add_months(anniversary_on, ANNUAL_MONTHS * n)


def years_until(anniversary_on: date, earliest: date) -> int:
    """Years from a date to its first anniversary at or after a day; negative where that lies before it."""
    years = earliest.year - anniversary_on.year
    return years if nth_anniversary(anniversary_on, years) >= earliest else years + 1


def displayed_anniversary(anniversary_on: date, today: date, policy: VipPolicy) -> date:
    """The Anniversary Date to show: the stored one through its last day of grace, then the next year's.

    Source: Adobe Japan guide.
    """
    return _first_anniversary_from(anniversary_on, today - timedelta(days=policy.grace_days))


def end_of_term(anniversary_on: date, on: date) -> date:
    """The first anniversary after a day: the one with which licences that start that day end."""
    return _first_anniversary_from(anniversary_on, on + timedelta(days=1))


def last_licensed_day(anniversary_on: date) -> date:
    """The last day on which the term's licences work: the day before. Source: Program guide, Dates."""
    return anniversary_on - timedelta(days=1)


def change_violations(stored_on: date | None, wanted_on: date | None) -> tuple[Violation, ...]:
    """Why an Anniversary Date may not be changed: once set, it stays. Source: Reseller help, invitations."""
    if stored_on is None or wanted_on == stored_on:
        return ()
    message = (
        f"The anniversary date {stored_on} cannot be changed: keep it, "
        "or remove the invitation and invite again if nothing has been ordered yet."
    )
    return (Violation("anniversary.immutable", message, "anniversary_on"),)


def extended_term_months(start_on: date, anniversary_on: date) -> int | None:
    """Whole months from the start to the Anniversary Date, or None when it falls between two month marks.

    Negative when it lies before the start.
    """
    months = (anniversary_on.year - start_on.year) * 12 + anniversary_on.month - start_on.month
    return months if add_months(start_on, months) == anniversary_on else None


def extended_term_ends(start_on: date, segment: MarketSegment, policy: VipPolicy) -> tuple[date, ...]:
    """Every Anniversary Date that an extended term may have, earliest first. Source: Reseller help."""
    longest = policy.extended_term_max_months(segment)
    return tuple(add_months(start_on, months) for months in range(policy.extended_term_min_months, longest + 1))


def extended_term_violations(
    start_on: date, anniversary_on: date, segment: MarketSegment, existing_member: bool, policy: VipPolicy
) -> tuple[Violation, ...]:
    """Why a chosen Anniversary Date makes no extended term. Source: Reseller help, extended term options."""
    if existing_member:
        message = "An extended term is for new members only: leave the anniversary date as it is."
        return (Violation("anniversary.existing_member", message, "anniversary_on"),)
    ends = extended_term_ends(start_on, segment, policy)
    if anniversary_on in ends:
        return ()
    if ends[0] < anniversary_on < ends[-1]:
        return (_between_marks(start_on, anniversary_on, ends),)
    return (_out_of_range(start_on, anniversary_on, segment, policy),)


def _first_anniversary_from(anniversary_on: date, earliest: date) -> date:
    """The first anniversary at or after a day, never earlier than the stored one."""
    return nth_anniversary(anniversary_on, max(0, years_until(anniversary_on, earliest)))


def _between_marks(start_on: date, anniversary_on: date, ends: tuple[date, ...]) -> Violation:
    before = max(each for each in ends if each < anniversary_on)
    after = min(each for each in ends if each > anniversary_on)
    message = f"{anniversary_on} is not a whole number of months after {start_on}: choose {before} or {after}."
    return Violation("anniversary.not_whole_months", message, "anniversary_on")


def _out_of_range(start_on: date, anniversary_on: date, segment: MarketSegment, policy: VipPolicy) -> Violation:
    ends = extended_term_ends(start_on, segment, policy)
    advice = f"choose a date from {ends[0]} to {ends[-1]}"
    if extended_term_months(start_on, anniversary_on) == ANNUAL_MONTHS:
        message = f"{anniversary_on} ends an annual term: leave the date out, or {advice} to extend it."
        return Violation("anniversary.annual", message, "anniversary_on")
    shortest, longest = policy.extended_term_min_months, policy.extended_term_max_months(segment)
    message = f"An extended term has {shortest} to {longest} months for {segment}: {advice}."
    return Violation("anniversary.out_of_range", message, "anniversary_on")
