"""What orders, returns and renewals have in common: storing one, its number, the mails about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from viptui.commands.act import Letter
from viptui.commands.records import next_number
from viptui.data.details import customer_due, customer_plans
from viptui.data.models import Customer, Order, OrderLine, Product
from viptui.data.order_sheets import sheet_of_order
from viptui.errors import Violation
from viptui.rules import authorization as rules
from viptui.rules.authorization import AuthorizationState
from viptui.rules.commitment import committed_quantity
from viptui.rules.folding import key_of
from viptui.rules.order import OrderKind
from viptui.rules.order_sheet import line_text, total
from viptui.rules.policy import VipPolicy

ORDER_PREFIX: Final = "ORD"
"""Of the numbers of orders that are given here."""

RETURN_PREFIX: Final = "RET"
"""Of the numbers of returns that are given here."""


class NewLine(NamedTuple):
    """One line of an order that is about to be stored."""

    product: Product
    quantity: int
    months: int | None
    assigned: int = 0
    unit_price: Decimal | None = None
    currency: str | None = None


def priced(product: Product, quantity: int, months: int, assigned: int = 0) -> NewLine:
    """A line at the price that the product has now."""
    return NewLine(product, quantity, months, assigned, product.unit_price, product.currency)


def number_violations(number: str | None, field: str = "number") -> list[Violation]:
    """Why an order cannot have this number: another one has it."""
    other = Order.get_or_none(Order.number_key == key_of(number)) if number else None
    if other is None:
        return []
    message = f"{other.number} is an order of {other.customer.organization_name} of {other.ordered_on}: enter another."
    return [Violation("order.number", message, field)]


def store_order(
    customer: Customer,
    kind: OrderKind,
    lines: Iterable[NewLine],
    *,
    ordered_on: date,
    number: str | None,
    po_number: str,
    returns: Order | None = None,
) -> Order:
    """Write an order with its lines; a number is given where there is none."""
    number = number or next_number(Order, RETURN_PREFIX if kind is OrderKind.RETURN else ORDER_PREFIX)
    made: Order = Order.create(
        number=number,
        number_key=key_of(number),
        customer=customer,
        kind=kind.value,
        ordered_on=ordered_on,
        po_number=po_number,
        returns=returns,
    )
    for line in lines:
        OrderLine.create(order=made, **line._asdict())
    return made


def letters_about(template: str, order: Order, customer: Customer, policy: VipPolicy) -> tuple[Letter, ...]:
    """The mail about an order to the customer's contact, and the same to whoever manages the customer."""
    sheet = sheet_of_order(order, policy)
    until = max((line.anniversary_on for line in sheet.lines if line.anniversary_on), default=None)
    values = {
        "customer": customer.organization_name,
        "contact": customer.contact_name,
        "vip_id": customer.vip_id,
        "number": order.number,
        "returned": "-" if order.returns is None else order.returns.number,
        "ordered_on": str(order.ordered_on),
        "po_number": order.po_number or "-",
        "products": "\n".join(text for line in sheet.lines for text in line_text(line)),
        "amount": total(sheet.lines) or "-",
        "anniversary_on": str(until or customer.anniversary_on or "-"),
    }
    manager = "" if customer.managed_by is None else customer.managed_by.email
    addresses = dict.fromkeys(filter(None, (customer.contact_email, manager)))
    return tuple(Letter(template=template, to=each, values=values) for each in addresses)


def amount_words(order: Order, policy: VipPolicy) -> str:
    """``, 36.58 EUR`` where the price of an order is known."""
    amount = total(sheet_of_order(order, policy).lines)
    return f", {amount}" if amount else ""


def counted(lines: Iterable[NewLine]) -> dict[str, int]:
    """Quantity of each SKU, as the history keeps it."""
    quantities = Counter[str]()
    for line in lines:
        quantities[line.product.sku] += line.quantity
    return dict(quantities)


def in_words(lines: Sequence[NewLine]) -> str:
    """The lines as they are told: ``5 x Acrobat Pro, 1 x InCopy``."""
    names = {line.product.sku: line.product.name for line in lines}
    return ", ".join(f"{quantity:,} x {names[sku]}" for sku, quantity in counted(lines).items())


def licences_in_words(number: int) -> str:
    """``1 licence``, ``20 licences``."""
    return "1 licence" if number == 1 else f"{number:,} licences"


def past_due_advice(authorizations: Iterable[rules.Authorization], today: date, policy: VipPolicy) -> tuple[str, ...]:
    """Which Purchase Authorizations still keep the customer from getting more."""
    waiting = [
        f"{each.number} ({state})"
        for each in rules.open_authorizations(authorizations)
        if (state := rules.age_state(each.created_on, today, policy)) is not AuthorizationState.PENDING
    ]
    return (f"Past due until it is ordered: {', '.join(waiting)}.",) if waiting else ()


def committed_on(customer: Customer, day: date) -> int:
    """Licences that a 3-year commit binds the customer to on a day; 0 without one."""
    return committed_quantity(customer.commitment_status, customer.commitment_quantity, customer.commitment_end_on, day)


def licences_held(customer: Customer, today: date, policy: VipPolicy) -> int:
    """Licences that a customer holds and that count for a 3-year commit; consumables do not."""
    plans = customer_plans(customer.id, today, policy)
    return _licences({plan.product.sku: plan.total for plan in plans})


def licences_renewed(customer: Customer, due_on: date, policy: VipPolicy) -> int:
    """The same for what has been renewed for an anniversary."""
    due = customer_due(customer.id, due_on, policy)
    return _licences({each.product.sku: each.renewed for each in due})


def used_up(lines: Iterable[NewLine]) -> int:
    """How much of the lines is consumables, which no 3-year commit counts."""
    return sum(line.quantity for line in lines if line.product.consumable)


def _licences(quantities: Mapping[str, int]) -> int:
    keys = [key_of(sku) for sku in quantities]
    consumables = {each.sku for each in Product.select().where(Product.sku_key.in_(keys), Product.consumable)}
    return sum(quantity for sku, quantity in quantities.items() if sku not in consumables)
