"""What the command line tells of a customer in a list, in the order in which JSON and CSV show it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from viptui.rows import CustomerRow
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import CustomerFilter, filters_of
from viptui.rules.policy import VipPolicy
from viptui.rules.standing import Standing, standing


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


class Views:
    """Rows as they stand on one day; rows of the same dates stand alike, and that is worked out once."""

    def __init__(self, today: date, policy: VipPolicy) -> None:
        self._today = today
        self._policy = policy
        self._standing = lru_cache(_DIFFERENT_STANDINGS)(self._work_out)

    def view(self, row: CustomerRow) -> CustomerView:
        """The customer as it stands on the day."""
        facts = row.facts
        stands, filters = self._standing(row.anniversary_on, _DATES_OF(facts), facts.licences_renewed > 0)
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
            licences_waiting=facts.open_licences,
            amount_waiting=facts.open_amount,
            currency=facts.open_currency,
            renewal_phase=stands.renewal_phase,
            partially_renewed=stands.partially_renewed,
            grace_days_left=stands.grace_days_left,
            filters=filters,
        )

    def _work_out(
        self, anniversary_on: date | None, dates: tuple[Any, ...], is_renewed: bool
    ) -> tuple[Standing, tuple[CustomerFilter, ...]]:
        facts = CustomerFacts(**dict(zip(_DATES, dates, strict=True)), licences_renewed=int(is_renewed))
        stands = standing(anniversary_on, facts, self._today, self._policy)
        return stands, filters_of(facts, self._today, self._policy)


_DIFFERENT_STANDINGS: Final = 65_536

_DATES: Final = (
    "has_products",
    "oldest_open_authorization_on",
    "newest_open_authorization_on",
    "renewed_on",
    "renewal_due_on",
    "renewal_following_on",
)
"""The facts that decide a standing, with whether any licences are renewed already."""

_DATES_OF: Final = attrgetter(*_DATES)
