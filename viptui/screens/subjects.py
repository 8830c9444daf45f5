"""What an action can act on at a customer: itself, one of its Purchase Authorizations, orders or notes."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from viptui.actions import Action
from viptui.data.details import customer_detail
from viptui.detail_rows import CustomerDetail, LineRow
from viptui.rules.authorization import age_state
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import standing
from viptui.screens.acting import CUSTOMER


class Choice(NamedTuple):
    """An action and one thing that it can act on."""

    action: Action
    subject: str | None
    text: str


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
        ]
    return [
        Choice(
            action,
            each.number,
            f"{action.title} {each.number}, "
            f"{age_state(each.created_on, today, policy)} {(today - each.created_on).days}d, {_summary(each.lines)}",
        )
        for each in detail.authorizations
        if each.status == "open"
    ]


def _first_line(body: str) -> str:
    return body.strip().partition("\n")[0]


def _summary(lines: Sequence[LineRow]) -> str:
    return ", ".join(f"{line.quantity:,} x {line.product}" for line in lines)
