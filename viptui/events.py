"""What has happened, as facts that screens listen to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from viptui.rules.filters import CustomerFilter


class CrossingKind(StrEnum):
    """The lines that a customer can cross because a day has passed."""

    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    UPCOMING = "upcoming"
    READY = "ready"
    LATE = "late"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reevaluated:
    """A round of the re-evaluation is done."""

    evaluated_on: date
    counts: Mapping[CustomerFilter, int]
    crossings: Mapping[CrossingKind, int]
    """Crossings that this round was the first to record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """An action was carried out."""

    action: str
    """Its id."""
    customer_id: int | None
    """Whom it was about, where it was one customer that is still there."""
