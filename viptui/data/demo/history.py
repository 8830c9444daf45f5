"""A customer's Purchase Authorizations and orders, made to fit the situation that it has to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Final

from viptui.data.demo.catalogue import Shelf
from viptui.data.demo.dice import between, one
from viptui.data.demo.story import Renewal, Situation
from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.civil import add_months
from viptui.rules.order import OrderKind

Lines = dict[int, int]
"""Quantity of each product, by its id."""


@dataclass(slots=True, kw_only=True)
class DemoOrder:
    """One order; ``returns`` is the place of the order that it undoes."""

    kind: OrderKind
    ordered_on: date
    lines: Lines
    returns: int | None = None


@dataclass(slots=True, kw_only=True)
class DemoAuthorization:
    """One Purchase Authorization; ``order`` is the place of the order that paid for it."""

    created_on: date
    status: AuthorizationStatus
    lines: Lines
    order: int | None = None


@dataclass(slots=True, kw_only=True)
class History:
    """Everything that a customer has bought or asked for, and the dates that follow from it."""

    base_on: date | None
    """Start of the first term."""
    anniversary_on: date | None
    """The Anniversary Date that ends the first term."""
    is_anniversary_given: bool = False
    orders: list[DemoOrder] = field(default_factory=list)
    authorizations: list[DemoAuthorization] = field(default_factory=list)


def tell(situation: Situation, rng: Random, shelf: Shelf, today: date) -> History:
    """The history of a customer who stands on ``today`` as the situation says."""
    if situation.has_orders:
        history = _Buyer(situation, rng, shelf, today).history()
    else:
        history = _without_orders(situation, today)
    for status, ages in (
        (AuthorizationStatus.OPEN, situation.open_ages),
        (AuthorizationStatus.CANCELLED, situation.cancelled_ages),
    ):
        history.authorizations += [
            DemoAuthorization(created_on=today - timedelta(days=age), status=status, lines=pick(rng, shelf))
            for age in ages
        ]
    history.authorizations.sort(key=lambda each: each.created_on)
    return history


def pick(rng: Random, shelf: Shelf, products: int | None = None, licences: int | None = None) -> Lines:
    """Some products and how many licences of each."""
    count = products or one(rng, _PRODUCTS)
    chosen = [one(rng, shelf.authorizable)] if count == 1 else rng.sample(shelf.authorizable, count)
    lines = {product: one(rng, _QUANTITIES) for product in chosen}
    if licences is not None:
        lines[chosen[0]] = licences
    return lines


_PRODUCTS: Final = (1, 1, 1, 1, 1, 2, 2, 3)
_QUANTITIES: Final = (1, 1, 2, 2, 3, 4, 5, 5, 8, 10, 12, 15, 25, 50, 120)


def _without_orders(situation: Situation, today: date) -> History:
    """The first term runs from the first Purchase Authorization that was not cancelled."""
    if not situation.open_ages:
        return History(base_on=None, anniversary_on=None)
    base_on = today - timedelta(days=max(situation.open_ages))
    return History(base_on=base_on, anniversary_on=add_months(base_on, situation.term_months))


class _Buyer:
    """Writes the orders of one customer in the order of their days."""

    def __init__(self, situation: Situation, rng: Random, shelf: Shelf, today: date) -> None:
        self._situation = situation
        self._rng = rng
        self._shelf = shelf
        self._today = today
        self._base_on, self._anniversary_on, self._terms = _dates(situation, today)
        self._due_on = add_months(self._anniversary_on, ANNUAL_MONTHS * (self._terms - 1))
        self._holds: Lines = {}
        self._orders: list[DemoOrder] = []
        self._authorizations: list[DemoAuthorization] = []

    def history(self) -> History:
        """Everything up to today."""
        self._buy_first()
        for term in range(self._terms - 1):
            self._renew(add_months(self._anniversary_on, ANNUAL_MONTHS * term), Renewal.EVERYTHING)
        self._add_licences()
        self._give_back()
        self._renew(self._due_on, self._situation.renewal)
        return History(
            base_on=self._base_on,
            anniversary_on=self._anniversary_on,
            is_anniversary_given=self._situation.term_months != ANNUAL_MONTHS,
            orders=self._orders,
            authorizations=self._authorizations,
        )

    def _buy_first(self) -> None:
        situation, rng = self._situation, self._rng
        lines = pick(rng, self._shelf, situation.products, situation.licences)
        if situation.renewal is Renewal.A_PART or situation.returned is Renewal.A_PART:
            first = next(iter(lines))
            lines[first] = max(lines[first], _DIVISIBLE)
        ordered_on = self._base_on
        if rng.random() < _AUTHORIZED:
            ordered_on = min(self._base_on + timedelta(days=between(rng, 1, 25)), self._today)
            self._authorize(self._base_on, dict(lines))
        elif rng.random() < _WITH_CONSUMABLES:
            lines[one(rng, self._shelf.direct)] = between(rng, 1, 5)
        self._order(OrderKind.INITIAL, ordered_on, lines)

    def _add_licences(self) -> None:
        """Add-on orders within the last term, well before its renewal window."""
        starts_on = self._orders[-1].ordered_on + _APART
        days = (min(self._today, self._due_on - _BEFORE_DUE) - starts_on).days
        if days < 0:
            return
        for offset in sorted(between(self._rng, 0, days) for _ in range(self._situation.add_ons)):
            ordered_on, lines = starts_on + timedelta(days=offset), pick(self._rng, self._shelf)
            if self._rng.random() < _AUTHORIZED:
                self._authorize(ordered_on - timedelta(days=between(self._rng, 1, 28)), lines)
            self._order(OrderKind.ADD_ON, ordered_on, lines)

    def _give_back(self) -> None:
        last = self._orders[-1]
        if self._situation.returned is Renewal.NOTHING or last.kind is OrderKind.RENEWAL:
            return
        lines = dict(last.lines) if self._situation.returned is Renewal.EVERYTHING else _half(last.lines)
        returned_on = min(last.ordered_on + timedelta(days=between(self._rng, 1, 14)), self._today)
        place = len(self._orders) - 1
        self._orders.append(DemoOrder(kind=OrderKind.RETURN, ordered_on=returned_on, lines=lines, returns=place))
        for product, quantity in lines.items():
            self._holds[product] -= quantity

    def _renew(self, due_on: date, renewal: Renewal) -> None:
        lines = {product: quantity for product, quantity in self._holds.items() if quantity}
        if renewal is Renewal.NOTHING or not lines:
            return
        ordered_on = min(due_on + timedelta(days=between(self._rng, *_RENEWED_AROUND)), self._today)
        self._holds.clear()
        self._order(OrderKind.RENEWAL, ordered_on, _half(lines) if renewal is Renewal.A_PART else lines)

    def _authorize(self, created_on: date, lines: Lines) -> None:
        """Write the Purchase Authorization that the next order pays for."""
        self._authorizations.append(
            DemoAuthorization(
                created_on=created_on, status=AuthorizationStatus.ORDERED, lines=lines, order=len(self._orders)
            )
        )

    def _order(self, kind: OrderKind, ordered_on: date, lines: Lines) -> None:
        self._orders.append(DemoOrder(kind=kind, ordered_on=ordered_on, lines=lines))
        for product, quantity in lines.items():
            self._holds[product] = self._holds.get(product, 0) + quantity


_AUTHORIZED: Final = 0.2
"""Share of the orders that a Purchase Authorization came before."""
_WITH_CONSUMABLES: Final = 0.1
_DIVISIBLE: Final = 4
"""Licences of a product of which a part can be renewed or returned."""
_APART: Final = timedelta(days=35)
_BEFORE_DUE: Final = timedelta(days=46)
_RENEWED_AROUND: Final = (-28, -1)
"""Days from the anniversary at which it is renewed."""


def _half(lines: Lines) -> Lines:
    """One half of the product of which there is most."""
    product = max(lines, key=lambda each: lines[each])
    return {product: max(1, lines[product] // 2)}


def _dates(situation: Situation, today: date) -> tuple[date, date, int]:
    """Start of the first term, its Anniversary Date, and the terms needed for all of the situation to fit in."""
    wanted_on = today + timedelta(days=situation.days_to_due)
    oldest = today - timedelta(days=max((*situation.open_ages, *situation.cancelled_ages), default=0))
    terms = situation.terms
    while True:
        base_on = add_months(wanted_on, -situation.term_months - ANNUAL_MONTHS * (terms - 1))
        if base_on <= oldest:
            return base_on, add_months(base_on, situation.term_months), terms
        terms += 1
