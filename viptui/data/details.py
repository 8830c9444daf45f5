"""Reading everything about one customer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from viptui.data.audit import changed, told
from viptui.data.facts import order_fact
from viptui.data.fields import InstantField, MoneyField
from viptui.data.purchases import purchases_of
from viptui.data.queries import find_row
from viptui.data.snoozes import snoozes_of
from viptui.data.sql import civil, fetch
from viptui.detail_rows import AuthorizationRow, CustomerDetail, HistoryRow, LineRow, NoteRow, OrderRow
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.plans import DueProduct, OrderedLine, Plan, PlanProduct, due_products, plans
from viptui.rules.policy import VipPolicy


def customer_detail(vip_id: str, me: str = "") -> CustomerDetail | None:
    """The customer with this VIP ID, case ignored; with whether this login has snoozed it."""
    found = fetch(_CUSTOMER, (key_of(vip_id.strip()),))
    if not found:
        return None
    customer_id, name, email, accepted, given, commitment_start, commitment_end, *rest = found[0]
    row = find_row(Listing(), date.min, VipPolicy(), customer_id)  # everybody, by name: no day changes that
    if row is None:
        return None  # removed by somebody else since the line above
    return CustomerDetail(
        row=row,
        managed_by_name=name or "",
        managed_by_email=email or "",
        accepted_on=civil(accepted),
        anniversary_given=bool(given),
        commitment_start_on=civil(commitment_start),
        commitment_end_on=civil(commitment_end),
        authorizations=_authorizations(customer_id),
        orders=_orders(customer_id),
        notes=_notes(customer_id),
        history=_history(customer_id),
        purchases=purchases_of(customer_id),
        snoozes=snoozes_of(me, [customer_id]).get(customer_id, ()) if me else (),
        **dict(zip(_PLAIN_COLUMNS, rest, strict=True)),
    )


def customer_plans(customer_id: int, today: date, policy: VipPolicy) -> tuple[Plan, ...]:
    """Licences per product that the customer holds on ``today``, has in use, and is still to pay for."""
    requested = Counter[PlanProduct]()
    for sku, name, quantity in fetch(_REQUESTED, (customer_id,)):
        requested[PlanProduct(sku, name)] += quantity
    return plans(_stored_anniversary(customer_id), _ordered_lines(customer_id), requested, today, policy)


def customer_due(customer_id: int, due_on: date, policy: VipPolicy) -> tuple[DueProduct, ...]:
    """Licences per product that fall due at an anniversary of the customer, and what of them has been renewed."""
    anniversary_on = _stored_anniversary(customer_id)
    return () if anniversary_on is None else due_products(anniversary_on, _ordered_lines(customer_id), due_on, policy)


def _stored_anniversary(customer_id: int) -> date | None:
    found = fetch("SELECT anniversary_on FROM customer WHERE id = ?", (customer_id,))
    return civil(found[0][0]) if found else None


def _ordered_lines(customer_id: int) -> list[OrderedLine]:
    return [_ordered_line(*values) for values in fetch(_ORDERED, (customer_id,))]


def _ordered_line(
    sku: str, name: str, counted_on: Any, kind: str, returned_kind: str | None, quantity: int, assigned: int
) -> OrderedLine:
    fact = order_fact(_date(counted_on), kind, returned_kind, quantity)
    return OrderedLine(
        product=PlanProduct(sku, name),
        ordered_on=fact.ordered_on,
        quantity=fact.quantity,
        renewal=fact.renewal,
        assigned=assigned,
    )


def _authorizations(customer_id: int) -> tuple[AuthorizationRow, ...]:
    return tuple(
        AuthorizationRow(
            number=number,
            created_on=_date(created),
            created_by=creator,
            po_number=po_number,
            status=status,
            order_number=order_number,
            lines=_lines(lines),
        )
        for (_, number, created, creator, po_number, status, order_number), lines in _grouped(
            fetch(_AUTHORIZATIONS, (customer_id,)), 7
        )
    )


def _orders(customer_id: int) -> tuple[OrderRow, ...]:
    return tuple(
        OrderRow(number=number, kind=kind, ordered_on=_date(ordered), po_number=po_number, lines=_lines(lines))
        for (_, number, kind, ordered, po_number), lines in _grouped(fetch(_ORDERS, (customer_id,)), 5)
    )


def _grouped(rows: Iterable[Sequence[Any]], width: int) -> list[tuple[Sequence[Any], list[Sequence[Any]]]]:
    """Rows of a join as parents, told apart by their first column, each with the columns of its children."""
    parents = [list(group) for _, group in groupby(rows, key=itemgetter(0))]
    return [(group[0][:width], [row[width:] for row in group]) for group in parents]


def _lines(rows: Iterable[Sequence[Any]]) -> tuple[LineRow, ...]:
    return tuple(
        LineRow(
            product=name,
            sku=sku,
            quantity=quantity,
            assigned=assigned,
            unit_price=_MONEY.python_value(price),
            currency=currency,
        )
        for name, sku, quantity, assigned, price, currency in rows
        if sku is not None
    )


def _notes(customer_id: int) -> tuple[NoteRow, ...]:
    return tuple(
        NoteRow(number=number, author=author, body=body, written_at=_instant(written))
        for number, author, body, written in fetch(_NOTES, (customer_id,))
    )


def _history(customer_id: int) -> tuple[HistoryRow, ...]:
    return tuple(
        HistoryRow(
            at=_instant(at),
            actor=actor,
            action=action,
            detail=summary or told(subject, before, after),
            origin=origin,
            changes=changed(before, after) if summary else "",
        )
        for at, actor, origin, action, subject, before, after, summary in fetch(_HISTORY, (customer_id,))
    )


def _date(value: Any) -> date:
    day = civil(value)
    if day is None:
        raise ValueError("a date that must be there is missing")
    return day


def _instant(value: Any) -> datetime:
    moment = _INSTANT.python_value(value)
    if moment is None:
        raise ValueError("an instant that must be there is missing")
    return moment


_MONEY: Final = MoneyField()
_INSTANT: Final = InstantField()

_PLAIN_COLUMNS: Final = (
    "organization_name_english",
    "offering_type",
    "contact_name",
    "address",
    "city",
    "region",
    "postal_code",
    "country",
    "term_months",
    "commitment_status",
    "commitment_quantity",
    "commitment_consumables",
    "select_level",
    "version",
)
"""Columns that the details take over as they are."""

_CUSTOMER: Final = (
    "SELECT c.id, m.name, m.email, c.accepted_on, c.anniversary_given, c.commitment_start_on, c.commitment_end_on, "
    + ", ".join(f"c.{column}" for column in _PLAIN_COLUMNS)
    + " FROM customer c LEFT JOIN team_member m ON m.id = c.managed_by_id WHERE c.vip_key = ?"
)

_AUTHORIZATIONS: Final = (
    "SELECT a.id, a.number, a.created_on, a.created_by, a.po_number, a.status, o.number, "
    "p.name, p.sku, l.quantity, l.assigned, p.unit_price, p.currency FROM purchase_authorization a "
    "LEFT JOIN customer_order o ON o.id = a.order_id "
    "LEFT JOIN purchase_authorization_line l ON l.authorization_id = a.id LEFT JOIN product p ON p.id = l.product_id "
    "WHERE a.customer_id = ? ORDER BY a.created_on DESC, a.id DESC, l.id"
)

_ORDERS: Final = (
    "SELECT o.id, o.number, o.kind, o.ordered_on, o.po_number, "
    "p.name, p.sku, l.quantity, l.assigned, p.unit_price, p.currency FROM customer_order o "
    "LEFT JOIN order_line l ON l.order_id = o.id LEFT JOIN product p ON p.id = l.product_id "
    "WHERE o.customer_id = ? ORDER BY o.ordered_on DESC, o.id DESC, l.id"
)

_ORDERED: Final = (
    "SELECT p.sku, p.name, COALESCE(r.ordered_on, o.ordered_on), o.kind, r.kind, l.quantity, l.assigned "
    "FROM customer_order o "
    "JOIN order_line l ON l.order_id = o.id JOIN product p ON p.id = l.product_id "
    "LEFT JOIN customer_order r ON r.id = o.returns_id WHERE o.customer_id = ? ORDER BY 3, o.id, l.id"
)

_REQUESTED: Final = (
    "SELECT p.sku, p.name, l.quantity FROM purchase_authorization a "
    "JOIN purchase_authorization_line l ON l.authorization_id = a.id JOIN product p ON p.id = l.product_id "
    "WHERE a.customer_id = ? AND a.status = 'open' ORDER BY a.created_on, a.id, l.id"
)

_NOTES: Final = "SELECT id, author, body, written_at FROM note WHERE customer_id = ? ORDER BY written_at DESC, id DESC"

_HISTORY: Final = (
    "SELECT at, actor, origin, action, subject, before, after, summary FROM audit_entry WHERE customer_id = ? "
    "ORDER BY at DESC, id DESC"
)
