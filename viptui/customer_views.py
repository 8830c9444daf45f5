"""What the command line tells of a customer in a list, in the order in which JSON and CSV show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from viptui.rows import CustomerRow
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import RENEWAL_TABS, CustomerFilter, filters_of
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

_TO_RENEW: Final = "licences_to_renew"
_ALL_FIELDS: Final = (*CUSTOMER_FIELDS, _TO_RENEW)


def licences_to_renew(row: CustomerRow) -> int:
    """Licences that are due, without those that are renewed already."""
    return row.facts.licences_due - row.facts.licences_renewed


def fields_of(columns: Sequence[str], tab: CustomerFilter) -> tuple[str, ...]:
    """The fields that say what columns of a tab's list show; without columns all fields but what only a tab shows."""
    if not columns:
        return CUSTOMER_FIELDS
    found = dict.fromkeys(name for word in columns for name in _FIELDS_OF[word])
    return tuple(_TO_RENEW if tab in RENEWAL_TABS and name == "licences_waiting" else name for name in found)


_FIELDS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("organization_name",),
    "email": ("contact_email",),
    "state": ("authorization_state", "authorization_age", "renewal_phase"),
    "licences": ("licences_waiting",),
    "amount": ("amount_waiting", "currency"),
    "anniversary": ("anniversary_date", "days_to_anniversary"),
    "segment": ("market_segment",),
    "managed-by": ("managed_by",),
    "invitation": ("invitation_status",),
    "vip-id": ("vip_id",),
    "renewal": ("renewal_phase", "partially_renewed", "grace_days_left"),
    "invited": ("invited_on",),
}


class Views:
    """Customers as they stand on one day; those of the same dates stand alike, and that is worked out once."""

    def __init__(
        self,
        today: date,
        policy: VipPolicy,
        form: Callable[[Any], Any] = lambda value: value,
        chosen: Sequence[str] = CUSTOMER_FIELDS,
    ) -> None:
        """Views on ``today``; `values` and `chosen` give each value as ``form`` makes it."""
        self._today = today
        self._policy = policy
        self._form = form
        self._form_again = lru_cache(_DIFFERENT_VALUES, typed=True)(form)
        self._chosen = None if chosen == CUSTOMER_FIELDS else [_ALL_FIELDS.index(each) for each in chosen]
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

    def chosen(self, row: CustomerRow) -> list[Any]:
        """The same for the fields that are wanted, in their order."""
        values = self.values(row)
        if self._chosen is None:
            return values
        values.append(self._form_again(licences_to_renew(row)))
        return [values[at] for at in self._chosen]

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
