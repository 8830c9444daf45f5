"""What has happened, as facts that screens listen to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from viptui.rules.filters import CustomerFilter


class CrossingKind(StrEnum):
    """The lines that a customer can cross because a day has passed."""

    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    UPCOMING = "upcoming"
    READY = "ready"
    LATE = "late"
    LAPSED = "lapsed"


class MailDelivered(NamedTuple):
    """A round of delivering the outbox is done."""

    sent: int = 0
    postponed: int = 0
    """To be tried again later."""
    failed: int = 0
    unknown: int = 0
    """Perhaps sent."""
    unsettled: int = 0
    """Mails in the outbox that have not arrived for certain."""
    problem: str = ""
    """What went wrong last, if anything did."""

    @property
    def is_quiet(self) -> bool:
        """Whether nothing has changed."""
        return not (self.sent or self.postponed or self.failed or self.unknown)


class Reevaluated(NamedTuple):
    """A round of the re-evaluation is done."""

    evaluated_on: date
    counts: Mapping[CustomerFilter, int]
    crossings: Mapping[CrossingKind, int]
    """Crossings that this round was the first to record."""


class LinkChanged(NamedTuple):
    """The line to the terminal has turned out to be slow, or somebody has said how fast it is."""

    is_slow: bool


class DayChosen(NamedTuple):
    """Somebody looks at another day, or at today again."""

    day: date


class Performed(NamedTuple):
    """An action was carried out."""

    action: str
    """Its id."""
    customer_id: int | None
    """Whom it was about, where it was one customer that is still there."""
