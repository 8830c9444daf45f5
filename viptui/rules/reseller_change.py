"""Reseller change codes: how long one is valid, that it works once, how many a day allows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from viptui.errors import Violation
from viptui.rules.civil import civil_date
from viptui.rules.policy import VipPolicy


class CodeState(StrEnum):
    """What can still be done with a reseller change code."""

    VALID = "valid"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResellerChangeCode:
    """What the rules need to know of one code; both instants are aware."""

    issued_at: datetime
    used_at: datetime | None = None


def valid_until(issued_at: datetime, policy: VipPolicy) -> datetime:
    """The UTC instant at which a code expires: elapsed hours, whatever the clocks do meanwhile.

    Source: Reseller help, reseller change.
    """
    if issued_at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    utc = issued_at.astimezone(UTC)
    plain = datetime.combine(utc.date(), utc.time(), UTC)  # pendulum's own addition would lose this zone
    return plain + timedelta(hours=policy.reseller_change_hours)


def code_state(code: ResellerChangeCode, now: datetime, policy: VipPolicy) -> CodeState:
    """State at an instant; at the very end of its time a code is expired already."""
    if code.used_at is not None:
        return CodeState.USED
    return CodeState.EXPIRED if now >= valid_until(code.issued_at, policy) else CodeState.VALID


def use_violations(code: ResellerChangeCode, now: datetime, policy: VipPolicy) -> tuple[Violation, ...]:
    """Why a code cannot be used: it works once, and only in time. Source: Reseller help, reseller change."""
    match code_state(code, now, policy):
        case CodeState.USED:
            message = "This reseller change code has been used: send a new one if the change is still needed."
            return (Violation("reseller_change.used", message),)
        case CodeState.EXPIRED:
            ended = f"{valid_until(code.issued_at, policy):%Y-%m-%d %H:%M} UTC"
            message = f"This reseller change code expired at {ended}: send a new one."
            return (Violation("reseller_change.expired", message),)
        case CodeState.VALID:
            return ()


def issue_violations(
    issued_at: Iterable[datetime], now: datetime, zone: tzinfo, policy: VipPolicy
) -> tuple[Violation, ...]:
    """Why no further code may be sent today, given when this reseller's codes were sent.

    A day is one of the business zone. Source: Reseller help; Adobe partner news 2022.
    """
    today = civil_date(now, zone)
    sent = sum(civil_date(instant, zone) == today for instant in issued_at)
    if sent < policy.reseller_change_per_day:
        return ()
    next_day = today + timedelta(days=1)
    message = f"{sent} reseller change codes were sent on {today}: send the next one on {next_day}."
    return (Violation("reseller_change.per_day", message),)
