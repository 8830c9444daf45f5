"""Returns: undoing an order, or a part of it, within its days."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viptui.commands.act import Act, Outcome
from viptui.commands.ordering import (
    NewLine,
    amount_words,
    committed_on,
    counted,
    in_words,
    letters_about,
    licences_held,
    licences_renewed,
    number_violations,
    store_order,
    used_up,
)
from viptui.commands.records import changed, order_of, reject_if
from viptui.data.models import AuditEntry, Customer, Order, OrderLine
from viptui.errors import Violation
from viptui.rules import order as rules
from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.commitment import holding_violations
from viptui.rules.folding import key_of
from viptui.rules.order import OrderKind
from viptui.rules.products import AskedLine
from viptui.rules.renewal import renewed_anniversary


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnOrder:
    """Give licences of an order back."""

    number: str
    lines: tuple[AskedLine, ...] = ()
    """None: everything that the order still has."""
    return_number: str | None = None
    """None: one is given."""


def return_order(command: ReturnOrder, act: Act) -> Outcome:
    """Store the return; Purchase Authorizations that the order paid for stay ordered."""
    order = order_of(command.number)
    customer = order.customer
    left = lines_left(order)
    wanted = _wanted(command, left)
    reject_if(
        [
            *rules.returnable_violations(_whole(order, left), _asked(wanted, command, left), act.today, act.policy),
            *number_violations(command.return_number, "return_number"),
        ]
    )
    lines = _taken(wanted, left)
    reject_if(_commitment_violations(order, lines, act))
    made = store_order(
        customer,
        OrderKind.RETURN,
        lines,
        ordered_on=act.today,
        number=command.return_number,
        po_number=order.po_number,
        returns=order,
    )
    _unassign(lines_left(order))
    term_months = _term_before(order)
    if term_months is not None:
        customer.term_months = term_months
        customer.save(only=[Customer.term_months])
    changed(customer, act.policy)
    term = {} if term_months is None else {"term_months": term_months}
    return Outcome(
        summary=f"Returned {in_words(lines)} of {order.number} of {customer.organization_name} with {made.number}"
        f"{amount_words(made, act.policy)}.",
        subject=made.number,
        customer_id=customer.id,
        before={"term_months": ANNUAL_MONTHS} if term else {},
        after={"returns": order.number, "lines": counted(lines), **term},
        letters=letters_about("order_returned", made, customer, act.policy),
    )


def lines_left(order: Order) -> list[tuple[OrderLine, int]]:
    """The lines of an order, each with how many licences of it were not returned."""
    returned = Counter[int]()
    for line in OrderLine.select(OrderLine.product, OrderLine.quantity).join(Order).where(Order.returns == order):
        returned[line.product_id] += line.quantity
    left = []
    for line in order.lines.order_by(OrderLine.id):
        gone = min(returned[line.product_id], line.quantity)
        returned[line.product_id] -= gone
        left.append((line, line.quantity - gone))
    return left


def _wanted(command: ReturnOrder, left: Sequence[tuple[OrderLine, int]]) -> Counter[str]:
    """What is to be returned of each product, by the key of its SKU."""
    wanted = Counter[str]()
    for asked in command.lines:
        wanted[key_of(asked.sku)] += asked.quantity
    if not command.lines:
        for line, quantity in left:
            wanted[line.product.sku_key] += quantity
    return wanted


def _whole(order: Order, left: Sequence[tuple[OrderLine, int]]) -> rules.OrderLine:
    """The order as one line."""
    quantity = sum(line.quantity for line, _ in left)
    return rules.OrderLine(
        number=order.number,
        kind=OrderKind(order.kind),
        ordered_on=order.ordered_on,
        quantity=quantity,
        returned=quantity - sum(still for _, still in left),
    )


def _asked(
    wanted: Mapping[str, int], command: ReturnOrder, left: Sequence[tuple[OrderLine, int]]
) -> list[rules.AskedReturn]:
    typed = {key_of(line.sku): line.sku for line in command.lines}
    asked = []
    for key, quantity in wanted.items():
        its = [(line, still) for line, still in left if line.product.sku_key == key]
        ordered = sum(line.quantity for line, _ in its)
        returned = ordered - sum(still for _, still in its)
        asked.append(rules.AskedReturn(its[0][0].product.name if its else typed[key], quantity, ordered, returned))
    return asked


def _taken(wanted: Mapping[str, int], left: Sequence[tuple[OrderLine, int]]) -> list[NewLine]:
    """The lines of the return: at the price and for the months of the lines that they undo."""
    open_ = Counter(wanted)
    lines = []
    for line, still in left:
        quantity = min(still, open_[line.product.sku_key])
        open_[line.product.sku_key] -= quantity
        if quantity:
            lines.append(
                NewLine(line.product, quantity, line.months, unit_price=line.unit_price, currency=line.currency)
            )
    return lines


def _commitment_violations(order: Order, lines: Sequence[NewLine], act: Act) -> tuple[Violation, ...]:
    """What a 3-year commit says; a renewal counts at its anniversary, everything else now."""
    customer = order.customer
    committed = committed_on(customer, act.today)
    if not committed:
        return ()
    given_back = sum(counted(lines).values()) - used_up(lines)
    if order.kind == OrderKind.RENEWAL:
        due_on = renewed_anniversary(customer.anniversary_on, order.ordered_on)
        return holding_violations(licences_renewed(customer, due_on, act.policy) - given_back, committed)
    return holding_violations(licences_held(customer, act.today, act.policy) - given_back, committed)


def _unassign(left: Sequence[tuple[OrderLine, int]]) -> None:
    """Licences that were given back are nobody's."""
    for line, still in left:
        if line.assigned > still:
            line.assigned = still
            line.save(only=[OrderLine.assigned])


def _term_before(order: Order) -> int | None:
    """The extended term that the renewal ended, once nothing of any renewal is left; None otherwise."""
    renewals = order.customer.orders.where(Order.kind == OrderKind.RENEWAL)
    if any(still for each in renewals for _, still in lines_left(each)):
        return None
    entry = AuditEntry.get_or_none(
        AuditEntry.customer == order.customer_id,
        AuditEntry.action == "renewal.place",
        AuditEntry.subject == order.number,
    )
    months: int | None = json.loads(entry.before or "{}").get("term_months") if entry else None
    return months
