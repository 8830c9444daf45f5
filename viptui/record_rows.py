"""Frozen rows of the history, the team, change codes and products. Text in them is data, not markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple


class ActivityKey(NamedTuple):
    """Where an entry stands in the history; the next page begins behind it."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityRow:
    """One entry of the history."""

    key: ActivityKey
    actor: str
    origin: str
    """The door: ``tui``, ``cli`` or ``worker``."""
    action: str
    subject: str
    vip_id: str | None
    """Of the customer that it was about; None without one, or if it has been removed since."""
    organization_name: str | None
    summary: str
    """One sentence."""
    before: Mapping[str, object]
    after: Mapping[str, object]
    """What changed."""
    part_of: int | None = None
    """Number of the entry of the whole, where this is what one customer has had of it."""
    undoes: int | None = None
    """Number of the entry that it has taken back."""
    undone_by: int | None = None
    """Number of the entry that has taken it back."""

    @property
    def number(self) -> int:
        """By which it can be named."""
        return self.key.id

    @property
    def at(self) -> datetime:
        """When it happened, in UTC."""
        return self.key.at


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCodeRow:
    """One reseller change code."""

    code: str
    vip_id: str
    admin_email: str
    state: str
    issued_at: datetime
    expires_at: datetime
    seconds_left: int
    """Until it expires; 0 once it has, or has been used."""
    used_at: datetime | None
    requested_by: str | None
    """Login of the team member who sent it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    """One product."""

    sku: str
    name: str
    market_segment: str | None
    """None where every segment can buy it."""
    type: str | None
    """Team or Enterprise; None for both."""
    price: Decimal | None
    """Of a licence for a year."""
    currency: str | None
    pa_allowed: bool
    """Whether a Purchase Authorization may name it; otherwise it is ordered directly."""
    consumable: bool
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """One team member with the number of customers that it manages."""

    login: str
    name: str
    email: str
    role: str
    status: str
    customers: int
