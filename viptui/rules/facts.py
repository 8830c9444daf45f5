"""What follows from a customer's Purchase Authorizations and orders alone, whatever day it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.renewal import OrderFact, RenewalOutlook, outlook


class CustomerFacts(NamedTuple):
    """What follows from a customer's Purchase Authorizations and orders, whatever day it is.

    The orders of lists rely on what the facts are to each other: without products there is none of the others; an
    oldest open Purchase Authorization comes with a newest one, not before it, and with open licences; the renewed
    anniversary is a year before the one that is due and the following one a year after it, both only with that one.
    """

    has_products: bool = False
    """Whether there ever was an order or a Purchase Authorization that was not cancelled."""
    oldest_open_authorization_on: date | None = None
    newest_open_authorization_on: date | None = None
    open_licences: int = 0
    """Licences on open Purchase Authorizations."""
    open_amount: Decimal | None = None
    """Their price; None where a price is unknown or currencies are mixed."""
    open_currency: str | None = None
    renewed_on: date | None = None
    renewal_due_on: date | None = None
    renewal_following_on: date | None = None
    licences_due: int = 0
    licences_renewed: int = 0

    @property
    def outlook(self) -> RenewalOutlook:
        """The renewal outlook as the renewal rules want it."""
        return RenewalOutlook(
            renewed_on=self.renewed_on,
            due_on=self.renewal_due_on,
            following_on=self.renewal_following_on,
            licences=self.licences_due,
            renewed_licences=self.licences_renewed,
        )


NO_FACTS: Final = CustomerFacts()


class AuthorizationFact(NamedTuple):
    """What the facts need to know of one line of a Purchase Authorization; made by the million, hence a tuple."""

    created_on: date
    status: AuthorizationStatus
    quantity: int
    unit_price: Decimal | None = None
    currency: str | None = None


def derive_facts(
    anniversary_on: date | None, authorizations: Sequence[AuthorizationFact], orders: Sequence[OrderFact]
) -> CustomerFacts:
    """The facts of one customer; ``anniversary_on`` is the stored Anniversary Date."""
    waiting = [line for line in authorizations if line.status is AuthorizationStatus.OPEN]
    renewal = outlook(anniversary_on, orders)
    amount, currency = _total(waiting)
    days = [line.created_on for line in waiting]
    return CustomerFacts(
        has_products=bool(orders) or any(line.status is not AuthorizationStatus.CANCELLED for line in authorizations),
        oldest_open_authorization_on=min(days, default=None),
        newest_open_authorization_on=max(days, default=None),
        open_licences=sum([line.quantity for line in waiting]),
        open_amount=amount,
        open_currency=currency,
        renewed_on=renewal.renewed_on,
        renewal_due_on=renewal.due_on,
        renewal_following_on=renewal.following_on,
        licences_due=renewal.licences,
        licences_renewed=renewal.renewed_licences,
    )


def _total(lines: Sequence[AuthorizationFact]) -> tuple[Decimal | None, str | None]:
    """Price of the lines and its currency; unknown if a price is missing or currencies differ."""
    if not lines:
        return None, None
    currencies = {line.currency for line in lines}
    if len(currencies) != 1 or None in currencies:
        return None, None
    prices = [line.unit_price * line.quantity for line in lines if line.unit_price is not None]
    if len(prices) != len(lines):
        return None, None
    return sum(prices, Decimal(0)), currencies.pop()
