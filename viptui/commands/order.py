"""Orders: placing one for Purchase Authorizations and for products ordered directly."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date

from viptui.commands.act import Act, Outcome
from viptui.commands.ordering import (
    NewLine,
    amount_words,
    counted,
    in_words,
    letters_about,
    number_violations,
    past_due_advice,
    priced,
    store_order,
)
from viptui.commands.records import (
    as_rule,
    authorizations_of,
    changed,
    customer_of,
    known,
    products_of,
    reject_if,
)
from viptui.data.models import AuditEntry, Authorization, AuthorizationLine, Customer, Order
from viptui.data.order_sheets import anniversary_with, duration_of
from viptui.errors import Violation
from viptui.rules import order as rules
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.folding import key_of
from viptui.rules.order import OrderDuration, OrderKind
from viptui.rules.products import AskedLine, line_violations


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder:
    """Pay for Purchase Authorizations, or buy products directly, or both."""

    vip_id: str
    authorizations: tuple[str, ...] = ()
    """Their numbers. None and no lines: all that wait for an order."""
    lines: tuple[AskedLine, ...] = ()
    """What is ordered directly."""
    number: str | None = None
    """None: one is given."""
    po_number: str | None = None
    """None: that of the Purchase Authorizations, if they have one."""
    ordered_on: date | None = None
    """None: today."""


def place_order(command: PlaceOrder, act: Act) -> Outcome:
    """Store the order; its Purchase Authorizations are ordered from then on, and never a second time."""
    customer = customer_of(command.vip_id)
    ordered_on = command.ordered_on or act.today
    paid, faults = _chosen(command, customer, act)
    anniversary_on = anniversary_with(customer, ordered_on, act.policy)
    duration = rules.order_duration(ordered_on, anniversary_on, act.policy, term_months=customer.term_months)
    products = products_of(command.lines)
    reject_if(
        [
            *faults,
            *(line_violations(command.lines, known(products), for_authorization=False) if command.lines else ()),
            *number_violations(command.number),
            *rules.placement_violations(
                ordered_on,
                act.today,
                paid=[as_rule(each) for each in paid],
                invited_on=customer.invited_on,
                duration=duration,
            ),
        ]
    )
    is_first = not customer.orders.where(Order.kind != OrderKind.RETURN).exists()
    durations = [duration_of(each, ordered_on, anniversary_on, act.policy) for each in paid]
    lines = [
        *(line for each, its in zip(paid, durations, strict=True) for line in _lines_of(each, its.months)),
        *(priced(products[key_of(each.sku)], each.quantity, duration.months) for each in command.lines),
    ]
    order = store_order(
        customer,
        OrderKind.INITIAL if is_first else OrderKind.ADD_ON,
        lines,
        ordered_on=ordered_on,
        number=command.number,
        po_number=command.po_number if command.po_number is not None else _po_number(paid),
    )
    for each in paid:
        _pay(each, order)
    stored = customer.anniversary_on
    changed(customer, act.policy)
    return _outcome(order, customer, paid, lines, stored, [*durations, *([duration] if command.lines else ())], act)


def _outcome(
    order: Order,
    customer: Customer,
    paid: Sequence[Authorization],
    lines: Sequence[NewLine],
    anniversary_on: date | None,
    durations: Sequence[OrderDuration],
    act: Act,
) -> Outcome:
    numbers = [each.number for each in paid]
    cleared = f" for {', '.join(numbers)}" if numbers else ""
    letters = letters_about("order_confirmation", order, customer, act.policy)
    advice = [f"{text[0].upper()}{text[1:]}." for text in dict.fromkeys(each.explanation for each in durations)]
    if anniversary_on is None:
        advice.append(f"The first purchase sets the anniversary date: {customer.anniversary_on}.")
    if not letters:
        advice.append("There is no e-mail address for the confirmation: no mail was written.")
    return Outcome(
        summary=f"Ordered {order.number} of {customer.organization_name}{cleared}: {in_words(lines)}"
        f"{amount_words(order, act.policy)}.",
        subject=order.number,
        customer_id=customer.id,
        before={"authorizations": dict.fromkeys(numbers, AuthorizationStatus.OPEN.value)} if numbers else {},
        after={
            "kind": order.kind,
            "ordered_on": order.ordered_on,
            "po_number": order.po_number,
            "lines": counted(lines),
            "authorizations": dict.fromkeys(numbers, AuthorizationStatus.ORDERED.value),
            "anniversary_on": customer.anniversary_on,
        },
        letters=letters,
        advice=(*advice, *past_due_advice(authorizations_of(customer), act.today, act.policy)),
    )


def _chosen(command: PlaceOrder, customer: Customer, act: Act) -> tuple[list[Authorization], list[Violation]]:
    """The Purchase Authorizations that the order is for, oldest first, and what stands in the way."""
    if not command.authorizations:
        return ([], []) if command.lines else _all_open(customer, act)
    found: dict[str, Authorization] = {}
    faults = []
    for place, number in enumerate(command.authorizations):
        authorization: Authorization | None = Authorization.get_or_none(Authorization.number_key == key_of(number))
        message = _refusal(authorization, number, customer, found, act)
        if message is not None:
            faults.append(Violation("order.authorization", message, f"authorizations.{place}"))
        elif authorization is not None:
            found[authorization.number] = authorization
    return sorted(found.values(), key=_by_age), faults


def _all_open(customer: Customer, act: Act) -> tuple[list[Authorization], list[Violation]]:
    waiting = list(customer.authorizations.where(Authorization.status == AuthorizationStatus.OPEN))
    if waiting:
        return sorted(waiting, key=_by_age), []
    last = (
        customer.authorizations.where(Authorization.status == AuthorizationStatus.ORDERED)
        .order_by(Authorization.order.desc(), Authorization.id.desc())
        .first()
    )
    message = "No Purchase Authorization waits for an order: name the products that are ordered directly."
    if last is not None:
        message += f" {_ordered_by(last, act)}"
    return [], [Violation("order.nothing", message, "authorizations")]


def _refusal(
    authorization: Authorization | None, number: str, customer: Customer, found: Container[str], act: Act
) -> str | None:
    """Why this one cannot be ordered; ``found`` are the numbers before it."""
    if authorization is None:
        return f"There is no Purchase Authorization {number}: the customer's details list its numbers."
    if authorization.customer_id != customer.id:
        other = authorization.customer.organization_name
        return f"{authorization.number} belongs to {other}: name one of {customer.organization_name}."
    match AuthorizationStatus(authorization.status):
        case AuthorizationStatus.ORDERED:
            return _ordered_by(authorization, act)
        case AuthorizationStatus.CANCELLED:
            return (
                f"{authorization.number} was cancelled: create a new one ('viptui authorize'), "
                "or order its products directly."
            )
    return f"{authorization.number} is named twice: name it once." if authorization.number in found else None


def _ordered_by(authorization: Authorization, act: Act) -> str:
    """Who has ordered it and when, as far as it is known; an order that was imported has no history."""
    order = authorization.order
    if order is None:
        return f"{authorization.number} has been ordered already."
    entry = AuditEntry.get_or_none(
        AuditEntry.customer == order.customer_id, AuditEntry.action == "order.place", AuditEntry.subject == order.number
    )
    if entry is None:
        return f"{authorization.number} was ordered on {order.ordered_on} with {order.number}."
    at = entry.at.astimezone(act.zone)
    return f"{authorization.number} was ordered by {entry.actor} at {at:%Y-%m-%d %H:%M} with {order.number}."


def _lines_of(authorization: Authorization, months: int) -> list[NewLine]:
    """Its lines with their assigned licences."""
    lines = authorization.lines.order_by(AuthorizationLine.id)
    return [priced(line.product, line.quantity, months, line.assigned) for line in lines]


def _pay(authorization: Authorization, order: Order) -> None:
    """From now on the order has the licences, the assigned ones too."""
    authorization.status = AuthorizationStatus.ORDERED.value
    authorization.order = order
    authorization.version += 1
    authorization.save(only=[Authorization.status, Authorization.order, Authorization.version])
    AuthorizationLine.update(assigned=0).where(AuthorizationLine.authorization == authorization).execute()


def _po_number(paid: Sequence[Authorization]) -> str:
    """The PO number that all of them share; the sheet shows others beside each."""
    numbers = {each.po_number for each in paid}
    return numbers.pop() if len(numbers) == 1 else ""


def _by_age(authorization: Authorization) -> tuple[date, int]:
    return authorization.created_on, authorization.id
