"""Plans: how many licences of each product a customer holds on a day, and how many are still to come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from viptui.rules.policy import VipPolicy
from viptui.rules.terms import Terms


@dataclass(frozen=True, slots=True)
class PlanProduct:
    """A product as it is told apart and shown."""

    sku: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedLine:
    """What the plans need to know of one order line."""

    product: PlanProduct
    ordered_on: date
    quantity: int
    """Licences; negative for a return."""
    renewal: bool
    """Whether the line renews licences (a returned renewal is a negative renewal)."""
    assigned: int = 0
    """Licences of the line that are assigned to users."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Licences of one product. Source: Reseller help, Plans tab."""

    product: PlanProduct
    total: int
    """Licences held."""
    active: int
    """Held and assigned to users."""
    pending: int
    """Licences on open Purchase Authorizations."""

    @property
    def available(self) -> int:
        """Held, but not assigned to anybody."""
        return self.total - self.active


def plans(
    anniversary_on: date | None,
    ordered: Iterable[OrderedLine],
    requested: Mapping[PlanProduct, int],
    today: date,
    policy: VipPolicy,
) -> tuple[Plan, ...]:
    """The plans on ``today``, by product name; ``requested`` are licences on open Purchase Authorizations."""
    lines = list(ordered)
    held = _by_product(lines_in_force(anniversary_on, lines, today, policy))
    assigned = {product: sum(line.assigned for line in its) for product, its in _by_product(lines).items()}
    every = (
        _plan(product, _licences(held.get(product, ())), assigned.get(product, 0), requested.get(product, 0))
        for product in {**held, **requested}
    )
    return tuple(sorted((plan for plan in every if plan.total or plan.pending), key=_by_name))


@dataclass(frozen=True, slots=True, kw_only=True)
class DueProduct:
    """Licences of one product at one anniversary."""

    product: PlanProduct
    due: int
    renewed: int

    @property
    def left(self) -> int:
        """Still to be renewed."""
        return max(0, self.due - self.renewed)


def is_left_certain(due: Iterable[DueProduct]) -> bool:
    """Whether what is left of each product is all that is left: not once more of another one has been renewed."""
    return all(each.renewed <= each.due for each in due)


def due_products(
    anniversary_on: date, ordered: Iterable[OrderedLine], due_on: date, policy: VipPolicy
) -> tuple[DueProduct, ...]:
    """What falls due at an anniversary and what of it has been renewed, by product name.

    Args:
        anniversary_on: the stored Anniversary Date.
        ordered: all order lines of the customer.
        due_on: the anniversary, this date or one some years later.
        policy: the programme's numbers.
    """
    lines = list(ordered)
    last_day = due_on - timedelta(days=1)
    due = _by_product(lines_in_force(anniversary_on, lines, last_day, policy))
    renewed = _by_product(Terms(anniversary_on, lines).renewing(due_on.year - anniversary_on.year))
    every = (
        DueProduct(product=product, due=_licences(due.get(product, ())), renewed=_licences(renewed.get(product, ())))
        for product in {**due, **renewed}
    )
    return tuple(sorted((each for each in every if each.due or each.renewed), key=_by_name))


def lines_in_force(
    anniversary_on: date | None, ordered: Iterable[OrderedLine], today: date, policy: VipPolicy
) -> list[OrderedLine]:
    """The order lines that licences are held by on ``today``; ``anniversary_on`` is the stored date.

    From an anniversary on the renewal takes over: the licences of the old term go once everything is renewed, or with
    the last day of grace. Until then those that were not renewed are still there.
    """
    lines = sorted((line for line in ordered if line.ordered_on <= today), key=lambda line: line.ordered_on)
    if anniversary_on is None:
        return lines
    terms = Terms(anniversary_on, lines)
    held = _lines_of_the_stored_term(terms)
    for term in count():
        due_on, renewed, added = terms.due_on(term), terms.renewing(term), terms.added(term + 1)
        if today < due_on:
            return held
        if _is_waiting(held, renewed, due_on, today, policy) and not terms.went_on(term):
            return [*_more_of_each(held, renewed), *added]
        held = [*renewed, *added]
    raise AssertionError("the terms never end")


def _lines_of_the_stored_term(terms: Terms[OrderedLine]) -> list[OrderedLine]:
    """What is due at the stored date: everything ordered, or what went on from the last earlier renewal."""
    for previous in terms.renewed_before:
        renewed = terms.renewing(previous)
        if _licences(renewed) > 0:
            return [*renewed, *terms.added_between(previous, 0)]
    return terms.added_between(None, 0)


def _is_waiting(
    held: Sequence[OrderedLine], renewed: Sequence[OrderedLine], due_on: date, today: date, policy: VipPolicy
) -> bool:
    """Whether licences are left that can still be renewed late."""
    return _licences(renewed) < _licences(held) and today <= due_on + timedelta(days=policy.grace_days)


def _more_of_each(held: Sequence[OrderedLine], renewed: Sequence[OrderedLine]) -> list[OrderedLine]:
    """Of each product the old or the renewed lines, whichever give more licences."""
    old, new = _by_product(held), _by_product(renewed)
    products = {**old, **new}
    return [line for product in products for line in max(old.get(product, ()), new.get(product, ()), key=_licences)]


def _plan(product: PlanProduct, total: int, assigned: int, pending: int) -> Plan:
    """Licences stay with their users through a renewal, whichever order they were assigned from."""
    return Plan(product=product, total=total, active=min(assigned, total), pending=pending)


def _licences(lines: Iterable[OrderedLine]) -> int:
    return max(0, sum(line.quantity for line in lines))


def _by_product(lines: Iterable[OrderedLine]) -> dict[PlanProduct, Sequence[OrderedLine]]:
    grouped: defaultdict[PlanProduct, list[OrderedLine]] = defaultdict(list)
    for line in lines:
        grouped[line.product].append(line)
    return dict(grouped)


def _by_name(plan: Plan | DueProduct) -> tuple[str, str]:
    return plan.product.name.casefold(), plan.product.sku
