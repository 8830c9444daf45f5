"""The demonstration's rows, collected table by table and written in bulk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from viptui.data.demo.customers import DemoCommitment, DemoCustomer
from viptui.data.demo.dice import between, one
from viptui.data.demo.history import DemoAuthorization, DemoOrder
from viptui.data.fields import InstantField
from viptui.data.history import history_text
from viptui.data.search import search_text
from viptui.data.sql import execute_many
from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.folding import fold, key_of
from viptui.rules.order import OrderKind

INSTANT: Final = InstantField()

_BY_CUSTOMERS: Final = 0.5

_Row = tuple[Any, ...]

_NO_COMMITMENT: Final = (None, None, None, None)


class Rows:
    """Rows of the next customers; ids go on from one batch to the next."""

    def __init__(self, rng: Random, logins: Sequence[str], today: date) -> None:
        self._rng = rng
        self._logins = logins
        self._today = today
        self._customer = self._order = self._authorization = 0
        self._tables: dict[str, list[_Row]] = {table: [] for table in _COLUMNS}

    def add(self, customer: DemoCustomer) -> None:
        """Put a customer and all that belongs to it in the rows."""
        self._customer += 1
        self._tables["customer"].append(_customer_row(self._customer, customer, self._member(customer)))
        first_order = self._order + 1
        for order in customer.history.orders:
            self._add_order(order, first_order, customer.history.orders)
        for authorization in customer.history.authorizations:
            self._add_authorization(authorization, first_order)
        if customer.situation.has_notes:
            self._add_notes(customer)

    def write(self) -> None:
        """Insert what has been collected; inside a transaction."""
        for table, rows in self._tables.items():
            execute_many(insert(table, _COLUMNS[table]), rows)
            rows.clear()

    @property
    def last_ids(self) -> dict[str, int]:
        """The highest id given in each table whose ids are given here."""
        return {
            "customer": self._customer,
            "customer_order": self._order,
            "purchase_authorization": self._authorization,
        }

    @staticmethod
    def _member(customer: DemoCustomer) -> int | None:
        return None if customer.manager is None else customer.manager + 1

    def _add_order(self, order: DemoOrder, first: int, orders: Sequence[DemoOrder]) -> None:
        self._order += 1
        number = f"ORD{20_000_000 + self._order}"
        day = order.ordered_on.isoformat()
        returned = None if order.returns is None else first + order.returns
        row = (self._order, number, key_of(number), self._customer, order.kind, day, self._po_number(), returned)
        self._tables["customer_order"].append(row)
        place = self._order - first
        is_given_back = any(each.returns == place for each in orders)
        in_use = order.kind is not OrderKind.RETURN and not is_given_back
        self._tables["order_line"] += [
            (self._order, product, quantity, between(self._rng, 0, quantity) if in_use else 0)
            for product, quantity in order.lines.items()
        ]

    def _add_authorization(self, authorization: DemoAuthorization, first_order: int) -> None:
        self._authorization += 1
        number = f"PA{10_000_000 + self._authorization}"
        self._tables["purchase_authorization"].append(
            (
                self._authorization,
                number,
                key_of(number),
                self._customer,
                authorization.created_on.isoformat(),
                "customer" if self._rng.random() < _BY_CUSTOMERS else "reseller",
                self._po_number(),
                authorization.status,
                None if authorization.order is None else first_order + authorization.order,
                1,
            )
        )
        self._tables["purchase_authorization_line"] += [
            (self._authorization, product, quantity) for product, quantity in authorization.lines.items()
        ]

    def _po_number(self) -> str:
        """The customer's own number; not everybody has one."""
        draw = between(self._rng, 1_000, 999_999)
        return "" if draw % 5 < 2 else f"PO-{draw}" if draw % 5 < 4 else f"45{draw:08}"

    def _add_notes(self, customer: DemoCustomer) -> None:
        rng = self._rng
        for body in rng.sample(_NOTES, between(rng, 1, 3)):
            self._tables["note"].append((self._customer, one(rng, self._logins), body, self._recently()))
        if customer.manager is not None:
            self._add_reassignment(customer, self._logins[customer.manager])

    def _add_reassignment(self, customer: DemoCustomer, manager: str) -> None:
        entry = {
            "actor": self._logins[0],
            "action": "customer.reassign",
            "subject": customer.vip_id,
            "summary": f"{manager} now manages {customer.organization.name}.",
        }
        after = json.dumps({"managed_by": manager})
        row = self._recently(), "tui", self._customer, "", after, history_text(entry), *entry.values()
        self._tables["audit_entry"].append(row)

    def _recently(self) -> str | None:
        """An instant of the last weeks, during office hours."""
        day = self._today - timedelta(days=between(self._rng, 2, 40))
        at = time(between(self._rng, 7, 15), between(self._rng, 0, 59), tzinfo=UTC)
        return INSTANT.db_value(datetime.combine(day, at))


def insert(table: str, columns: Sequence[str]) -> str:
    """The statement that inserts one row."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' for _ in columns)})"


def _customer_row(number: int, customer: DemoCustomer, member: int | None) -> _Row:
    who, history = customer.organization, customer.history
    sort_name = fold(who.name)
    searchable = (sort_name, who.name_english, who.contact_name, who.contact_email, customer.vip_id, who.city)
    return (
        number, customer.vip_id, key_of(customer.vip_id), who.name, who.name_english,
        customer.segment, customer.offering_type, who.contact_name, who.contact_email,
        who.address, who.city, who.region, who.postal_code, who.country,
        "Pending" if customer.accepted_on is None else "Accepted",
        customer.invited_on.isoformat(), _iso(customer.accepted_on),
        _iso(history.anniversary_on), history.is_anniversary_given,
        customer.situation.term_months if history.is_anniversary_given else ANNUAL_MONTHS,
        member, *_commitment_values(customer.commitment), customer.select_level, 1,
        sort_name, search_text(searchable), False, 0, 0, 0,
    )  # fmt: skip


def _commitment_values(commitment: DemoCommitment | None) -> _Row:
    if commitment is None:
        return _NO_COMMITMENT
    return commitment.status, commitment.quantity, _iso(commitment.start_on), _iso(commitment.end_on)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


_COLUMNS: Final = {
    table: tuple(columns.split())
    for table, columns in {
        "customer": "id vip_id vip_key organization_name organization_name_english market_segment offering_type "
        "contact_name contact_email address city region postal_code country invitation_status invited_on accepted_on "
        "anniversary_on anniversary_given term_months managed_by_id commitment_status commitment_quantity "
        "commitment_start_on commitment_end_on select_level version sort_name search_text has_products "
        "open_licences licences_due licences_renewed",
        "customer_order": "id number number_key customer_id kind ordered_on po_number returns_id",
        "order_line": "order_id product_id quantity assigned",
        "purchase_authorization": "id number number_key customer_id created_on created_by po_number status order_id "
        "version",
        "purchase_authorization_line": "authorization_id product_id quantity",
        "note": "customer_id author body written_at",
        "audit_entry": "at origin customer_id before after search_text actor action subject summary",
    }.items()
}
"""In an order in which they can be written."""

_NOTES: Final = (
    "Called twice, the purchase order is with their finance department.",
    "Wants one anniversary date for all departments.",
    "Prefers mail to the phone; answers within a day.",
    "Ruft nächste Woche zurück: die Bestellung muss erst durch den Stadtrat.",
    "Budget is free again in the new year [sic]; ask in January.",
    "担当者が変わりました。次回は新しい担当者に連絡すること。",
    "La directrice veut moitié moins de licences au renouvellement.",
    "Interested in a 3-year commit once they have 10 licences.",
    "Asked whether students may use the licences at home: yes, named users only.",
)
