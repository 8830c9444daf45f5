"""Assigned licences: noting how many of those that a customer holds are in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from viptui.commands.act import Act, Outcome
from viptui.commands.order_return import lines_left
from viptui.commands.records import changed, customer_of, reject_if
from viptui.data.details import customer_plans
from viptui.data.models import Authorization, AuthorizationLine, Customer, Order, OrderLine
from viptui.rules import licences as rules
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.folding import key_of
from viptui.rules.order import OrderKind
from viptui.rules.plans import Plan
from viptui.rules.products import AskedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignLicences:
    """Say how many licences of products are assigned to users; products that are not named stay as they are."""

    vip_id: str
    lines: tuple[AskedLine, ...]


def assign_licences(command: AssignLicences, act: Act) -> Outcome:
    """Store the numbers: first with the newest orders, the rest with open Purchase Authorizations."""
    customer = customer_of(command.vip_id)
    plans = {key_of(each.product.sku): each for each in customer_plans(customer.id, act.today, act.policy)}
    held = {key: each.total + each.pending for key, each in plans.items()}
    reject_if(rules.assignment_violations(command.lines, held))
    before = _assigned(customer)
    for line in command.lines:
        _assign(customer, plans[key_of(line.sku)], line.quantity)
    changed(customer, act.policy)
    skus = [plans[key_of(line.sku)].product for line in command.lines]
    told = ", ".join(f"{line.quantity:,} x {product.name}" for line, product in zip(command.lines, skus, strict=True))
    return Outcome(
        summary=f"Assigned to users of {customer.organization_name}: {told}.",
        subject=customer.vip_id,
        customer_id=customer.id,
        before={product.sku: before[product.sku] for product in skus},
        after={product.sku: line.quantity for line, product in zip(command.lines, skus, strict=True)},
    )


def _assign(customer: Customer, plan: Plan, quantity: int) -> None:
    """Spread the assigned licences of one product; on orders no more of them than the orders hold."""
    ordered = _ordered_places(customer, plan.product.sku)
    on_orders = min(quantity, plan.total)
    for (line, _), assigned in zip(ordered, rules.filled(on_orders, [room for _, room in ordered]), strict=True):
        line.assigned = assigned
        line.save(only=[OrderLine.assigned])
    waiting = list(_waiting_lines(customer, plan.product.sku))
    rest = rules.filled(quantity - on_orders, [line.quantity for line in waiting])
    for asked, assigned in zip(waiting, rest, strict=True):
        asked.assigned = assigned
        asked.save(only=[AuthorizationLine.assigned])


def _ordered_places(customer: Customer, sku: str) -> list[tuple[OrderLine, int]]:
    """The order lines of a product, newest first, with the licences of each that were not returned."""
    orders = customer.orders.where(Order.kind != OrderKind.RETURN).order_by(Order.ordered_on.desc(), Order.id.desc())
    return [(line, left) for order in orders for line, left in lines_left(order) if line.product.sku == sku]


def _waiting_lines(customer: Customer, sku: str) -> Sequence[AuthorizationLine]:
    """The lines of open Purchase Authorizations of a product, oldest first."""
    return [
        line
        for each in customer.authorizations.where(Authorization.status == AuthorizationStatus.OPEN).order_by(
            Authorization.created_on, Authorization.id
        )
        for line in each.lines.order_by(AuthorizationLine.id)
        if line.product.sku == sku
    ]


def _assigned(customer: Customer) -> Counter[str]:
    """Licences that were assigned of each SKU so far."""
    assigned = Counter[str]()
    for order in customer.orders:
        for line in order.lines:
            assigned[line.product.sku] += line.assigned
    for each in customer.authorizations.where(Authorization.status == AuthorizationStatus.OPEN):
        for line in each.lines:
            assigned[line.product.sku] += line.assigned
    return assigned
