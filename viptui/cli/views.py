"""What the command line tells of a customer in a list, in the order in which JSON and CSV show it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Final

from viptui.rows import CustomerRow
from viptui.rules.filters import filters_of
from viptui.rules.policy import VipPolicy
from viptui.rules.standing import standing


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerView:
    """One customer with its standing on a day."""

    vip_id: str
    organization_name: str
    contact_email: str
    market_segment: str
    managed_by: str | None
    invitation_status: str
    invited_on: date | None
    anniversary_date: date | None
    """The one that counts on the day."""
    days_to_anniversary: int | None
    authorization_state: str | None
    authorization_age: int | None
    days_past_due: int | None
    licences_waiting: int
    amount_waiting: Decimal | None
    currency: str | None
    renewal_phase: str
    partially_renewed: bool
    grace_days_left: int | None
    filters: tuple[str, ...]


CUSTOMER_FIELDS: Final = tuple(field.name for field in fields(CustomerView))


def customer_view(row: CustomerRow, today: date, policy: VipPolicy) -> CustomerView:
    """The customer as it stands on ``today``."""
    stands = standing(row.anniversary_on, row.facts, today, policy)
    return CustomerView(
        vip_id=row.vip_id,
        organization_name=row.organization_name,
        contact_email=row.contact_email,
        market_segment=row.market_segment,
        managed_by=row.managed_by,
        invitation_status=row.invitation_status,
        invited_on=row.invited_on,
        anniversary_date=stands.anniversary_on,
        days_to_anniversary=stands.days_to_anniversary,
        authorization_state=stands.authorization_state,
        authorization_age=stands.authorization_age,
        days_past_due=stands.days_past_due,
        licences_waiting=row.facts.open_licences,
        amount_waiting=row.facts.open_amount,
        currency=row.facts.open_currency,
        renewal_phase=stands.renewal_phase,
        partially_renewed=stands.partially_renewed,
        grace_days_left=stands.grace_days_left,
        filters=filters_of(row.facts, today, policy),
    )
