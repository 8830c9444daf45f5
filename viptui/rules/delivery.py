"""When a mail is tried again, and when no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType
from typing import Final


class MailStatus(StrEnum):
    """How far a mail has come."""

    WAITING = "waiting"
    SENDING = "sending"
    """Somebody is sending it at this moment."""
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """It was handed over, or was about to be, and nobody knows what became of it."""
    DISCARDED = "discarded"


IN_WORDS: Final[Mapping[MailStatus, str]] = MappingProxyType(
    {
        MailStatus.WAITING: "waiting",
        MailStatus.SENDING: "being sent",
        MailStatus.SENT: "sent",
        MailStatus.FAILED: "failed",
        MailStatus.UNKNOWN: "perhaps sent",
        MailStatus.DISCARDED: "discarded",
    }
)

FIRST_PAUSE: Final = timedelta(minutes=1)
"""Before the second attempt; every further pause is twice as long. Source: RFC 5321, 4.5.4.1 asks for a growing one."""

LONGEST_PAUSE: Final = timedelta(hours=4)

SPREAD: Final = 0.2
"""Share of a pause by which it may be longer, so that mails that failed together do not come back together."""

GIVE_UP_AFTER: Final = timedelta(days=3)
"""Since the first attempt. Source: RFC 5321, 4.5.4.1 names four to five days; an invitation should not be that old."""

LONGEST_SENDING: Final = timedelta(minutes=15)
"""Whoever has not told by then what came of a mail is gone; far more than the time limits of a transport."""


def pause_after(attempts: int, message_id: str) -> timedelta:
    """How long to wait after so many attempts, at least one; the same for the same mail, whoever asks."""
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(attempts - 1, 16)))
    digest = sha256(f"{message_id}:{attempts}".encode()).digest()
    share: float = int.from_bytes(digest[:4], "big") / 2**32
    return pause + SPREAD * share * pause


def is_given_up(first_attempt_at: datetime, now: datetime) -> bool:
    """Whether a mail that still does not get through has been tried for long enough."""
    return now - first_attempt_at >= GIVE_UP_AFTER


def age_in_words(age: timedelta) -> str:
    """A duration in its largest whole unit, for example ``5 m``, ``3 h`` or ``12 d``; never negative."""
    minutes = max(0, int(age.total_seconds() // 60))
    if minutes < 60:
        return f"{minutes} m"
    return f"{minutes // 60} h" if minutes < 24 * 60 else f"{minutes // (24 * 60)} d"
