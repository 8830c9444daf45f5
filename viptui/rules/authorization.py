"""Purchase Authorizations: how they age, whom they block, when they may be cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from viptui.errors import Violation
from viptui.rules.policy import VipPolicy


class AuthorizationStatus(StrEnum):
    """What has been done with a Purchase Authorization; only an open one has an age state."""

    OPEN = "open"
    ORDERED = "ordered"
    CANCELLED = "cancelled"


class AuthorizationState(StrEnum):
    """State by age of an open Purchase Authorization, mildest first."""

    PENDING = "pending"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"


class Creator(StrEnum):
    """Who created a Purchase Authorization."""

    RESELLER = "reseller"
    CUSTOMER = "customer"


class Authorization(NamedTuple):
    """What the rules need to know of one Purchase Authorization."""

    number: str
    created_on: date
    status: AuthorizationStatus
    assigned: int = 0
    """Licences of it that are assigned to users."""
    order: str = ""
    """Number of the order that has paid for it, where it is known."""


def age_in_days(created_on: date, today: date) -> int:
    """Age of an open Purchase Authorization; its creation day is day 0, a day in the future is negative."""
    return (today - created_on).days


def age_state(created_on: date, today: date, policy: VipPolicy) -> AuthorizationState:
    """State by age; one dated in the future (clock skew) is pending."""
    age = age_in_days(created_on, today)
    if age > policy.suspended_after:
        return AuthorizationState.SUSPENDED
    if age > policy.overdue_after:
        return AuthorizationState.OVERDUE
    return AuthorizationState.PENDING


def overdue_on(created_on: date, policy: VipPolicy) -> date:
    """First day on which it is overdue."""
    return created_on + timedelta(days=policy.overdue_after + 1)


def suspended_on(created_on: date, policy: VipPolicy) -> date:
    """First day on which it is suspended."""
    return created_on + timedelta(days=policy.suspended_after + 1)


def next_change(created_on: date, today: date, policy: VipPolicy) -> tuple[AuthorizationState, date] | None:
    """The state that age alone will bring next, and its first day; None once suspended."""
    match age_state(created_on, today, policy):
        case AuthorizationState.PENDING:
            return AuthorizationState.OVERDUE, overdue_on(created_on, policy)
        case AuthorizationState.OVERDUE:
            return AuthorizationState.SUSPENDED, suspended_on(created_on, policy)
        case AuthorizationState.SUSPENDED:
            return None


def open_authorizations(authorizations: Iterable[Authorization]) -> list[Authorization]:
    """Those that still wait for an order, oldest first."""
    return sorted(
        (each for each in authorizations if each.status is AuthorizationStatus.OPEN),
        key=lambda each: (each.created_on, each.number),
    )


def worst_state(authorizations: Iterable[Authorization], today: date, policy: VipPolicy) -> AuthorizationState | None:
    """A customer's state: that of the oldest open Purchase Authorization; None without one."""
    waiting = open_authorizations(authorizations)
    return age_state(waiting[0].created_on, today, policy) if waiting else None


def creation_violations(
    authorizations: Iterable[Authorization], today: date, policy: VipPolicy
) -> tuple[Violation, ...]:
    """Why no new Purchase Authorization may be created: a past due one stands in the way.

    Source: Reseller help, Past Due Requests.
    """
    return tuple(
        Violation(
            "authorization.past_due",
            f"{each.number} of {each.created_on} is {age_state(each.created_on, today, policy)}: "
            "place its order first ('viptui order'), then create a new Purchase Authorization.",
        )
        for each in open_authorizations(authorizations)
        if age_state(each.created_on, today, policy) is not AuthorizationState.PENDING
    )


def cancellation_violations(authorization: Authorization, today: date, policy: VipPolicy) -> tuple[Violation, ...]:
    """Why a Purchase Authorization may not be cancelled. Source: Reseller help, Cancel Purchase Authorization."""
    number = authorization.number
    if authorization.status is AuthorizationStatus.ORDERED:
        order, way = authorization.order, f"return-order {authorization.order}".strip()
        message = (
            f"{number} has been ordered{f' with {order}' if order else ''}: "
            f"request a return authorization instead ('viptui {way}')."
        )
        return (Violation("authorization.ordered", message),)
    if authorization.status is AuthorizationStatus.CANCELLED:
        return (Violation("authorization.cancelled", f"{number} is already cancelled: there is nothing to do."),)
    violations = []
    if authorization.assigned:
        assigned = "1 licence" if authorization.assigned == 1 else f"{authorization.assigned:,} licences"
        are = "is" if authorization.assigned == 1 else "are"
        message = (
            f"{assigned} of {number} {are} assigned to users: have that ended and noted first "
            "('viptui assign-licences'), or place the order and request a return authorization "
            "('viptui order', then 'viptui return-order')."
        )
        violations.append(Violation("authorization.assigned", message))
    state = age_state(authorization.created_on, today, policy)
    if state is not AuthorizationState.PENDING and not policy.cancel_overdue:
        message = (
            f"{number} is {state}: only a pending Purchase Authorization can be cancelled; "
            "place its order ('viptui order')."
        )
        violations.append(Violation("authorization.not_pending", message))
    return tuple(violations)
