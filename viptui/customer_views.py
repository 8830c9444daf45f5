"""What the command line tells of a customer in a list, in the order in which JSON and CSV show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from viptui.rows import CustomerRow
from viptui.rules.facts import CustomerFacts
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


class Views:
    """Customers as they stand on one day; those of the same dates stand alike, and that is worked out once."""

    def __init__(self, today: date, policy: VipPolicy, form: Callable[[Any], Any] = lambda value: value) -> None:
        """Views on ``today``; `values` gives each value as ``form`` makes it."""
        self._today = today
        self._policy = policy
        self._form = form
        self._form_again = lru_cache(_DIFFERENT_VALUES, typed=True)(form)
        self._standing = lru_cache(_DIFFERENT_STANDINGS)(self._work_out)

    def view(self, row: CustomerRow) -> CustomerView:
        """The customer as it stands on the day."""
        return CustomerView(**dict(zip(CUSTOMER_FIELDS, self.values(row), strict=True)))

    def values(self, row: CustomerRow) -> list[Any]:
        """The same as values in the order of `CUSTOMER_FIELDS`; what comes again and again is formed once."""
        facts, again = row.facts, self._form_again
        state, renewal = self._standing(row.anniversary_on, _DATES_OF(facts), facts.licences_renewed > 0)
        own = map(self._form, _NAMES_OF(row))
        return [*own, *map(again, _RELATION_OF(row)), *state, *map(again, _WAITING_OF(facts)), *renewal]

    def _work_out(
        self, anniversary_on: date | None, dates: tuple[Any, ...], is_renewed: bool
    ) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        facts = CustomerFacts(**dict(zip(_DATES, dates, strict=True)), licences_renewed=int(is_renewed))
        stands = standing(anniversary_on, facts, self._today, self._policy)
        filters = filters_of(facts, self._today, self._policy)
        again = self._form_again
        return tuple(map(again, _STATE_OF(stands))), tuple(map(again, (*_RENEWAL_OF(stands), filters)))


_DIFFERENT_VALUES: Final = 65_536
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

_NAMES_OF: Final = attrgetter(*CUSTOMER_FIELDS[:3])
"""Fields of a row that hardly two have in common, and those that many have."""
_RELATION_OF: Final = attrgetter(*CUSTOMER_FIELDS[3:7])

_STATE_OF: Final = attrgetter("anniversary_on", *CUSTOMER_FIELDS[8:12])
"""Fields of a standing, before and after the fields of what waits for an order."""
_RENEWAL_OF: Final = attrgetter(*CUSTOMER_FIELDS[15:18])

_WAITING_OF: Final = attrgetter("open_licences", "open_amount", "open_currency")
