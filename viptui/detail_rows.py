"""Frozen rows of a customer's details; lists need none of them. Text in them is data, not markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from viptui.rows import CustomerRow
from viptui.rules.order import OrderLine
from viptui.rules.policy import VipPolicy
from viptui.rules.snooze import Asleep, Snooze, asleep


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One product of a Purchase Authorization or an order."""

    product: str
    sku: str
    quantity: int
    assigned: int = 0
    unit_price: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationRow:
    """One Purchase Authorization with its lines."""

    number: str
    created_on: date
    created_by: str
    po_number: str
    status: str
    order_number: str | None
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One order with its lines."""

    number: str
    kind: str
    ordered_on: date
    po_number: str
    lines: tuple[LineRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """Something a team member wrote."""

    number: int
    author: str
    body: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """One thing that happened to the customer."""

    at: datetime
    actor: str
    action: str
    detail: str
    origin: str = ""
    """The door it came through, and where the person sat."""
    changes: str = ""
    """What changed, from what to what; empty where the detail says so already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerDetail:
    """Everything that is known of one customer."""

    row: CustomerRow
    organization_name_english: str
    offering_type: str
    contact_name: str
    address: str
    city: str
    region: str
    postal_code: str
    country: str
    accepted_on: date | None
    term_months: int
    anniversary_given: bool
    managed_by_name: str
    managed_by_email: str
    commitment_status: str | None
    commitment_quantity: int | None
    commitment_start_on: date | None
    commitment_end_on: date | None
    select_level: int | None
    version: int
    authorizations: tuple[AuthorizationRow, ...]
    """Newest first."""
    orders: tuple[OrderRow, ...]
    """Newest first."""
    notes: tuple[NoteRow, ...]
    history: tuple[HistoryRow, ...]
    """Newest first."""
    commitment_consumables: int | None = None
    purchases: tuple[OrderLine, ...] = ()
    """The lines of its orders as the rules of VIP Select want them."""
    snoozes: Sequence[Snooze] = ()
    """All of whoever looks, past ones too."""

    def asleep(self, day: date, policy: VipPolicy) -> Asleep:
        """What whoever looks does without on a day because of them."""
        return asleep(self.snoozes, self.row.facts, day, policy)
