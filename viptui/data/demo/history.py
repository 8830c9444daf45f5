"""A customer's Purchase Authorizations and orders, made to fit the situation that it has to show."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from viptui.data.demo.catalogue import Shelf
from viptui.data.demo.story import Renewal, Situation
from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.civil import add_months
from viptui.rules.order import OrderKind
from viptui.rules.policy import VipPolicy

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


def tell(situation: Situation, rng: Random, shelf: Shelf, today: date, policy: VipPolicy) -> History:
    """The history of a customer who stands on ``today`` as the situation says."""
    situation = _with_room(situation, today)
    history = _Historian(situation, rng, shelf, today, policy).write()
    history.orders.sort(key=lambda order: order.ordered_on) if not _has_returns(history) else None
    return history
