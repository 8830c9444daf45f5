"""Reseller change codes: how long one is valid, that it works once, how many a day allows; who joins with one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from viptui.errors import Violation
from viptui.rules.civil import add_months, civil_date
from viptui.rules.invitation import TEXT_RULES, parse_field
from viptui.rules.parsing import ParseError
from viptui.rules.policy import MarketSegment, VipPolicy

SECONDS_PER_HOUR: Final = 3_600


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
    expires_at: datetime | None = None
    """As its mail promised; None: as the policy says now."""


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
    return CodeState.EXPIRED if now >= ends_at(code, policy) else CodeState.VALID


def ends_at(code: ResellerChangeCode, policy: VipPolicy) -> datetime:
    """The UTC instant at which a code expires."""
    return code.expires_at or valid_until(code.issued_at, policy)


def time_left(seconds: int) -> str:
    """How long a code can still be used: ``71 h 59 min``, in whole minutes; empty once it cannot."""
    hours, rest = divmod(seconds, SECONDS_PER_HOUR)
    return f"{hours} h {rest // 60:02} min" if seconds else ""


def use_violations(code: ResellerChangeCode, now: datetime, policy: VipPolicy) -> tuple[Violation, ...]:
    """Why a code cannot be used: it works once, and only in time. Source: Reseller help, reseller change."""
    match code_state(code, now, policy):
        case CodeState.USED:
            message = "This reseller change code has been used: send a new one if the change is still needed."
            return (Violation("reseller_change.used", message, "code"),)
        case CodeState.EXPIRED:
            ended = f"{ends_at(code, policy):%Y-%m-%d %H:%M} UTC"
            message = f"This reseller change code expired at {ended}: send a new one."
            return (Violation("reseller_change.expired", message, "code"),)
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


REQUIRED: Final = ("organization_name", "contact_name", "contact_email")
"""What has to be known of a customer that joins; its other texts may be missing."""


def joining_violations(
    texts: Mapping[str, str], segment: MarketSegment | None, anniversary_on: date | None, today: date, policy: VipPolicy
) -> tuple[Violation, ...]:
    """Why a customer cannot join the list with these texts and this Anniversary Date.

    The date exists already with Adobe, so it may lie in the past; further ahead than the longest term ends, it is a
    slip. Source: Reseller help, extended term options (longest term).
    """
    violations = [
        Violation(f"reseller_change.{field}", f"{TEXT_RULES[field].label}: {fault}", field)
        for field, text in texts.items()
        if (fault := _fault(field, text))
    ]
    longest = policy.extended_term_max_months(segment or MarketSegment.EDUCATION)
    if anniversary_on is not None and anniversary_on > (latest := add_months(today, longest)):
        message = f"Anniversary date: no term ends after {latest}; enter the next date as the customer sees it."
        violations.append(Violation("reseller_change.anniversary_on", message, "anniversary_on"))
    return tuple(violations)


def tidy_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The same texts as they are to be stored; of a customer without violations."""
    return {field: parse_field(field, text) if text.strip() else "" for field, text in texts.items()}


def _fault(field: str, text: str) -> str:
    if not text.strip() and field not in REQUIRED:
        return ""
    try:
        parse_field(field, text)
    except ParseError as error:
        return str(error)
    return ""
