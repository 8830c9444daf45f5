"""Everything about one customer, read on both engines."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.records import add_customer, add_member, authorize, order
from viptui.data.database import write_transaction
from viptui.data.details import customer_detail, customer_plans
from viptui.data.models import AuditEntry, Customer, Note
from viptui.data.proxy import database_proxy
from viptui.data.queries import list_customers
from viptui.detail_rows import CustomerDetail, LineRow
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

POLICY = VipPolicy()
ANNIVERSARY = date(2027, 1, 10)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def detail_of(customer: Customer) -> CustomerDetail:
    detail = customer_detail(customer.vip_id)
    assert detail is not None
    return detail


@pytest.fixture
def customer(database: str) -> Customer:
    """A customer with all its details."""
    return add_customer(
        "Łódź Widgets",
        organization_name_english="Lodz Widgets",
        vip_id="AB12cd",
        contact_name="Ada Nowak",
        contact_email="ada@widgets.example",
        address="1 Main Street",
        city="Łódź",
        region="LD",
        postal_code="90-001",
        country="PL",
        accepted_on=date(2025, 12, 3),
        anniversary_on=ANNIVERSARY,
        anniversary_given=True,
        term_months=13,
        managed_by=add_member("ana"),
        commitment_status="COMMITTED",
        commitment_quantity=10,
        commitment_start_on=date(2026, 1, 10),
        commitment_end_on=date(2029, 1, 9),
        select_level=2,
    )


@pytest.mark.parametrize("word", ["AB12cd", "ab12CD", "  AB12CD "])
def test_customer_is_found_by_its_vip_id_whatever_the_case(customer: Customer, word: str) -> None:
    detail = customer_detail(word)
    assert detail is not None
    assert detail.row.id == customer.id


def test_unknown_vip_id_finds_nobody(customer: Customer) -> None:
    assert customer_detail("AB12") is None
    assert customer_detail("") is None


def test_every_field_arrives(customer: Customer) -> None:
    detail = detail_of(customer)
    assert (detail.organization_name_english, detail.offering_type) == ("Lodz Widgets", "Team")
    assert (detail.contact_name, detail.row.contact_email) == ("Ada Nowak", "ada@widgets.example")
    assert (detail.address, detail.city, detail.region) == ("1 Main Street", "Łódź", "LD")
    assert (detail.postal_code, detail.country, detail.accepted_on) == ("90-001", "PL", date(2025, 12, 3))
    assert (detail.term_months, detail.anniversary_given, detail.version) == (13, True, 1)
    assert (detail.row.managed_by, detail.managed_by_name, detail.managed_by_email) == (
        "ana",
        "Ana",
        "ana@team.example",
    )
    assert (detail.commitment_status, detail.commitment_quantity, detail.select_level) == ("COMMITTED", 10, 2)
    assert (detail.commitment_start_on, detail.commitment_end_on) == (date(2026, 1, 10), date(2029, 1, 9))


def test_row_is_that_of_the_list(customer: Customer) -> None:
    assert (detail_of(customer).row,) == list_customers(Listing(), NOON.date(), POLICY)


def test_customer_without_anything_has_no_rows(database: str) -> None:
    detail = detail_of(add_customer("New"))
    assert (detail.authorizations, detail.orders, detail.notes, detail.history) == ((), (), (), ())
    assert (detail.managed_by_name, detail.managed_by_email) == ("", "")
    assert customer_plans(detail.row.id, NOON.date(), POLICY) == ()


def test_authorizations_come_newest_first_with_lines_and_order(customer: Customer) -> None:
    paid = order(customer, date(2026, 3, 1), {"Photoshop": 2}, number="ORD-1")
    authorize(customer, date(2026, 2, 1), {"Photoshop": 2}, number="PA-1", status="ordered", order=paid)
    authorize(customer, date(2026, 11, 1), {"Acrobat": 1, "Photoshop": 3}, number="PA-2", po_number="PO 7")
    newest, oldest = detail_of(customer).authorizations
    assert (newest.number, newest.status, newest.po_number, newest.order_number) == ("PA-2", "open", "PO 7", None)
    assert (newest.created_on, newest.created_by) == (date(2026, 11, 1), "reseller")
    assert (oldest.number, oldest.status, oldest.order_number) == ("PA-1", "ordered", "ORD-1")
    assert newest.lines == (
        LineRow(product="Acrobat", sku="SKU-Acrobat", quantity=1, unit_price=Decimal("10.5"), currency="EUR"),
        LineRow(product="Photoshop", sku="SKU-Photoshop", quantity=3, unit_price=Decimal("10.5"), currency="EUR"),
    )


def test_orders_come_newest_first(customer: Customer) -> None:
    order(customer, date(2026, 1, 10), {"Photoshop": 2}, number="ORD-1", assigned=1)
    order(customer, date(2026, 12, 20), {"Photoshop": 2}, number="ORD-2", kind="renewal")
    assert [(each.number, each.kind) for each in detail_of(customer).orders] == [
        ("ORD-2", "renewal"),
        ("ORD-1", "initial"),
    ]
    assert [line.assigned for line in detail_of(customer).orders[1].lines] == [1]


def test_others_rows_do_not_show(customer: Customer) -> None:
    other = add_customer("Other")
    order(other, date(2026, 1, 10), {"Photoshop": 2})
    authorize(other, date(2026, 1, 10), {"Photoshop": 2})
    detail = detail_of(customer)
    assert (detail.orders, detail.authorizations) == ((), ())
    assert customer_plans(customer.id, NOON.date(), POLICY) == ()


def test_notes_and_history_come_newest_first(customer: Customer) -> None:
    with write_transaction():
        for hours, text in ((0, "first"), (1, "second")):
            at = NOON + timedelta(hours=hours)
            Note.create(customer=customer, author="ana", body=text, written_at=at)
            AuditEntry.create(at=at, actor="ana", action=text, subject="PA-1", customer=customer)
    detail = detail_of(customer)
    assert [(note.body, note.written_at) for note in detail.notes] == [
        ("second", NOON + timedelta(hours=1)),
        ("first", NOON),
    ]
    assert [(each.action, each.at, each.detail) for each in detail.history] == [
        ("second", NOON + timedelta(hours=1), "PA-1"),
        ("first", NOON, "PA-1"),
    ]


CHANGES = {
    "a changed value": ("PA-1", {"status": "open"}, {"status": "ordered"}, "PA-1 (status: open → ordered)"),
    "an unchanged value": ("PA-1", {"status": "open", "n": 1}, {"status": "open", "n": 2}, "PA-1 (n: 1 → 2)"),
    "a new value": ("", {}, {"login": "ana", "level": None}, "login: ana, level: null"),
    "nothing that changed": ("PA-1", {"a": 1}, {"a": 1}, "PA-1"),
    "something else than an object": ("PA-1", [1], "text", "PA-1"),
}


@pytest.mark.parametrize(("subject", "before", "after", "told"), CHANGES.values(), ids=CHANGES)
def test_history_tells_what_changed(customer: Customer, subject: str, before: object, after: object, told: str) -> None:
    with write_transaction():
        AuditEntry.create(
            at=NOON,
            actor="ana",
            action="x",
            subject=subject,
            customer=customer,
            before=json.dumps(before),
            after=json.dumps(after),
        )
    assert [each.detail for each in detail_of(customer).history] == [told]


def test_history_without_json_tells_its_subject(customer: Customer) -> None:
    with write_transaction():
        AuditEntry.create(at=NOON, actor="ana", action="x", subject="PA-1", customer=customer, after="{not json")
    assert [each.detail for each in detail_of(customer).history] == ["PA-1"]


def test_plans_add_up_orders_returns_and_open_authorizations(customer: Customer) -> None:
    order(customer, date(2026, 1, 10), {"Photoshop": 5}, assigned=3)
    bought = order(customer, date(2026, 6, 1), {"Photoshop": 4, "Acrobat": 2}, kind="add-on", assigned=1)
    order(customer, date(2026, 6, 9), {"Photoshop": 4}, kind="return", returns=bought)
    authorize(customer, date(2026, 11, 1), {"Illustrator": 7, "Acrobat": 1})
    authorize(customer, date(2026, 11, 2), {"Acrobat": 2})
    authorize(customer, date(2026, 10, 1), {"Acrobat": 9}, status="cancelled")
    found = customer_plans(customer.id, NOON.date(), POLICY)
    assert [(each.product.name, each.total, each.active, each.available, each.pending) for each in found] == [
        ("Acrobat", 2, 1, 1, 3),
        ("Illustrator", 0, 0, 0, 7),
        ("Photoshop", 5, 4, 1, 0),
    ]


def test_details_look_at_nothing_that_is_not_the_customers(customer: Customer) -> None:
    """However many there are of others: every table is searched by what belongs to this customer."""
    connection = database_proxy.connection()
    if not isinstance(connection, sqlite3.Connection):
        pytest.skip("PostgreSQL plans by the number of rows, which are few here")
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    detail_of(customer)
    customer_plans(customer.id, ANNIVERSARY, POLICY)
    connection.set_trace_callback(None)
    assert len(statements) > 5
    steps = [step[3] for each in statements for step in connection.execute(f"EXPLAIN QUERY PLAN {each}")]
    through_many = [step for step in steps if step.startswith("SCAN ") or "_product_id" in step]
    assert [step for step in through_many if "subquery" not in step.casefold() and step != "SCAN back"] == []
