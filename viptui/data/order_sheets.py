"""Reading order sheets: of an order that was placed, or of a Purchase Authorization that waits for one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from viptui.data.models import Authorization, AuthorizationLine, Customer, Order, OrderLine
from viptui.errors import NotFound
from viptui.rules import authorization as rules
from viptui.rules.anniversary import base_date, first_anniversary
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.folding import key_of
from viptui.rules.order import OrderDuration, OrderKind, order_duration
from viptui.rules.order_sheet import OrderSheet, SheetLine, renewal_duration, told_duration
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import renewed_until


def order_sheet(number: str, today: date, policy: VipPolicy) -> OrderSheet:
    """The sheet of the order or the Purchase Authorization with a number, case ignored.

    An ordered Purchase Authorization shows the order that paid for it.

    Raises:
        NotFound: there is neither, or nothing is to be ordered for that Purchase Authorization.
    """
    key = key_of(number.strip())
    order = Order.get_or_none(Order.number_key == key)
    if order is not None:
        return sheet_of_order(order, policy)
    authorization = Authorization.get_or_none(Authorization.number_key == key)
    if authorization is None:
        where = "the customer's details list the numbers"
        raise NotFound(f"There is no order and no Purchase Authorization {number.strip()}: {where}.")
    if authorization.order is not None:
        return sheet_of_order(authorization.order, policy)
    if authorization.status != AuthorizationStatus.OPEN:
        raise NotFound(f"{authorization.number} is {authorization.status}: there is nothing to order.")
    return sheet_of_authorization(authorization, today, policy)


def customer_of_order(number: str) -> tuple[str, str] | None:
    """Name and VIP ID of whose order it is; None if there is none with that number."""
    order = Order.get_or_none(Order.number_key == key_of(number))
    return None if order is None else (order.customer.organization_name, order.customer.vip_id)


def sheet_of_authorization(authorization: Authorization, today: date, policy: VipPolicy) -> OrderSheet:
    """What to order for a Purchase Authorization, if it were ordered today."""
    customer = authorization.customer
    duration = duration_of(authorization, today, anniversary_with(customer, today, policy), policy)
    return OrderSheet(
        customer=customer.organization_name,
        vip_id=customer.vip_id,
        lines=tuple(
            SheetLine(
                sku=line.product.sku,
                product=line.product.name,
                quantity=line.quantity,
                months=duration.months,
                unit_price=line.product.unit_price,
                currency=line.product.currency,
                authorization_number=authorization.number,
                po_number=authorization.po_number,
                anniversary_on=duration.anniversary_on,
                duration=duration.explanation,
            )
            for line in authorization.lines.order_by(AuthorizationLine.id)
        ),
    )


def sheet_of_order(order: Order, policy: VipPolicy) -> OrderSheet:
    """What was ordered; prices and months as they were stored."""
    return OrderSheet(
        customer=order.customer.organization_name,
        vip_id=order.customer.vip_id,
        order_number=order.number,
        kind=order.kind,
        ordered_on=order.ordered_on,
        lines=tuple(_ordered(line, paid, order, policy) for line, paid in _with_authorizations(order)),
    )


def duration_of(
    authorization: Authorization, ordered_on: date, anniversary_on: date, policy: VipPolicy
) -> OrderDuration:
    """How long the order of a Purchase Authorization runs: its licences were added on the day of its creation."""
    return order_duration(
        authorization.created_on,
        anniversary_on,
        policy,
        term_months=authorization.customer.term_months,
        ordered_on=ordered_on,
    )


def anniversary_of(customer: Customer, policy: VipPolicy) -> date | None:
    """The Anniversary Date of a customer: the stored one, or the first one that follows from what it has bought."""
    return customer.anniversary_on or _first(customer, _order_days(customer), policy)


def anniversary_with(customer: Customer, ordered_on: date, policy: VipPolicy) -> date:
    """The same with one more order."""
    found = customer.anniversary_on or _first(customer, [*_order_days(customer), ordered_on], policy)
    if found is None:
        raise AssertionError("an order always sets an Anniversary Date")
    return found


def _first(customer: Customer, ordered: Iterable[date], policy: VipPolicy) -> date | None:
    authorizations = [
        rules.Authorization(each.number, each.created_on, AuthorizationStatus(each.status))
        for each in customer.authorizations
    ]
    base_on = base_date(authorizations, min(ordered, default=None), policy)
    return None if base_on is None else first_anniversary(base_on, customer.term_months)


def _order_days(customer: Customer) -> list[date]:
    return [each.ordered_on for each in customer.orders.where(Order.kind != OrderKind.RETURN)]


def _with_authorizations(order: Order) -> Iterator[tuple[OrderLine, Authorization | None]]:
    """The lines of an order, each with the Purchase Authorization that asked for the same product and quantity."""
    asked = [
        (line.product_id, line.quantity, each)
        for each in order.authorizations.order_by(Authorization.created_on, Authorization.id)
        for line in each.lines.order_by(AuthorizationLine.id)
    ]
    for line in order.lines.order_by(OrderLine.id):
        found = next((one for one in asked if one[:2] == (line.product_id, line.quantity)), None)
        if found is not None:
            asked.remove(found)
        yield line, None if found is None else found[2]


def _ordered(line: OrderLine, paid: Authorization | None, order: Order, policy: VipPolicy) -> SheetLine:
    until, duration = _until(order.returns or order, paid, line.months, policy)
    return SheetLine(
        sku=line.product.sku,
        product=line.product.name,
        quantity=-line.quantity if order.kind == OrderKind.RETURN else line.quantity,
        months=line.months,
        unit_price=line.unit_price,
        currency=line.currency,
        authorization_number="" if paid is None else paid.number,
        po_number=order.po_number or ("" if paid is None else paid.po_number),
        anniversary_on=until,
        duration=duration,
    )


def _until(order: Order, paid: Authorization | None, months: int | None, policy: VipPolicy) -> tuple[date | None, str]:
    """The Anniversary Date with which licences of an order end, and how its months were counted."""
    anniversary_on = order.customer.anniversary_on
    if anniversary_on is None:
        return None, ""
    if order.kind == OrderKind.RENEWAL:
        until = renewed_until(anniversary_on, order.ordered_on)
        return until, renewal_duration(months, until)
    added_on = order.ordered_on if paid is None else paid.created_on
    term_months = order.customer.term_months
    counted = order_duration(added_on, anniversary_on, policy, term_months=term_months, ordered_on=order.ordered_on)
    return counted.anniversary_on, told_duration(months, counted)
