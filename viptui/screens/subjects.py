"""What an action can act on at a customer: itself, one of its Purchase Authorizations, orders or notes.

And which order sheets there are.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from viptui.actions import Action
from viptui.data.details import customer_detail
from viptui.data.order_sheets import customer_of_order
from viptui.detail_rows import AuthorizationRow, CustomerDetail, LineRow
from viptui.rules.authorization import age_state
from viptui.rules.order import OrderKind
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import standing
from viptui.screens.acting import CUSTOMER


class Choice(NamedTuple):
    """An action and one thing that it can act on."""

    action: Action
    subject: str | None
    text: str


class Sheet(NamedTuple):
    """An order sheet that can be shown."""

    number: str
    """Of the Purchase Authorization or the order."""
    text: str
    vip_id: str


_RENEWALS: Final[Mapping[str, Container[RenewalPhase]]] = {
    "renewal.notify": (RenewalPhase.UPCOMING,),
    "renewal.place": (RenewalPhase.READY, RenewalPhase.LATE),
}
"""When an action is meant by a key that it shares; by its name in the palette it can be asked for at any time."""


def choices(actions: Sequence[Action], vip_id: str, today: date, policy: VipPolicy) -> list[Choice]:
    """Everything that these actions can act on at a customer; the customer as a whole comes late, others last."""
    detail = customer_detail(vip_id)
    if detail is None:
        return []
    now = standing(detail.row.anniversary_on, detail.row.facts, today, policy)
    possible = [each for each in actions if now.renewal_phase in _RENEWALS.get(each.id, RenewalPhase)]
    found = [each for action in possible for each in _of(action, detail, today, policy)]
    return sorted(found, key=lambda each: (each.subject is None, each.subject == vip_id))


def sheets(vip_id: str, placed: str, today: date, policy: VipPolicy) -> list[Sheet]:
    """The sheets of a customer: of what waits for an order, then of its orders, newest first.

    The order with the number ``placed`` stands before them, if that is of another customer: it has just been placed,
    and the cursor may have gone on since.
    """
    detail = customer_detail(vip_id) if vip_id else None
    found = [] if detail is None else list(_sheets_of(detail, today, policy))
    known = any(each.number == placed for each in found)
    customer = None if known or not placed else customer_of_order(placed)
    if customer is not None:
        name, its_id = customer
        found.insert(0, Sheet(placed, f"{placed} of {name}, just placed", its_id))
    return found


def _sheets_of(detail: CustomerDetail, today: date, policy: VipPolicy) -> Iterator[Sheet]:
    vip_id = detail.row.vip_id
    for waiting in detail.authorizations:
        if waiting.status == "open":
            yield Sheet(waiting.number, f"{_waiting(waiting, today, policy)}, {_summary(waiting.lines)}", vip_id)
    for order in detail.orders:
        kind = "" if order.kind in ("initial", "add-on") else f" {order.kind}"
        yield Sheet(order.number, f"{order.number}{kind} of {order.ordered_on}, {_summary(order.lines)}", vip_id)


def _of(action: Action, detail: CustomerDetail, today: date, policy: VipPolicy) -> list[Choice]:
    if action.subject in CUSTOMER:
        return [Choice(action, detail.row.vip_id, action.title)]
    if action.subject == "note":
        return [
            Choice(action, str(each.number), f"{action.title} #{each.number}, {_first_line(each.body)}")
            for each in detail.notes
        ]
    if action.subject != "number":
        return [Choice(action, None, action.title)]
    if action.id.startswith("order."):
        return [
            Choice(action, each.number, f"{action.title} {each.number} of {each.ordered_on}, {_summary(each.lines)}")
            for each in detail.orders
            if each.kind != OrderKind.RETURN
        ]
    return [
        Choice(
            action,
            each.number,
            f"{action.title} {_waiting(each, today, policy)}, {_summary(each.lines)}",
        )
        for each in detail.authorizations
        if each.status == "open"
    ]


def _waiting(each: AuthorizationRow, today: date, policy: VipPolicy) -> str:
    return f"{each.number}, {age_state(each.created_on, today, policy)} {(today - each.created_on).days}d"


def _first_line(body: str) -> str:
    return body.strip().partition("\n")[0]


def _summary(lines: Sequence[LineRow]) -> str:
    return ", ".join(f"{line.quantity:,} x {line.product}" for line in lines)
