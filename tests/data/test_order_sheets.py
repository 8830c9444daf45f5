"""Reading order sheets: before an order is placed, and after it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.acting import do
from tests.support.clock import TODAY
from tests.support.records import add_customer, authorize, order, product
from viptui.data.order_sheets import order_sheet
from viptui.errors import NotFound
from viptui.rules.order_sheet import OrderSheet, total
from viptui.rules.policy import AnniversaryBase, VipPolicy

pytestmark = pytest.mark.usefixtures("database")


def sheet(number: str, policy: VipPolicy | None = None) -> OrderSheet:
    return order_sheet(number, TODAY, policy or VipPolicy())


def told(number: str) -> list[tuple[str, str, str, int, int | None, date | None]]:
    return [
        (each.authorization_number, each.po_number, each.product, each.quantity, each.months, each.anniversary_on)
        for each in sheet(number).lines
    ]


def test_a_purchase_authorization_shows_what_is_to_be_ordered() -> None:
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=date(2027, 1, 15))
    authorize(elm, date(2026, 3, 10), {"Photoshop": 2, "Acrobat": 1}, number="PA1", po_number="4711")
    assert told(" pa1 ") == [
        ("PA1", "4711", "Photoshop", 2, 11, date(2027, 1, 15)),
        ("PA1", "4711", "Acrobat", 1, 11, date(2027, 1, 15)),
    ]
    found = sheet("PA1")
    assert (found.order_number, found.kind, found.ordered_on) == ("", "", None)
    assert total(found.lines) == "28.88 EUR"
    assert found.lines[0].duration.endswith("(estimate)")


def test_before_the_first_purchase_the_anniversary_is_the_one_that_the_order_would_set() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    authorize(elm, TODAY - timedelta(days=10), {"Photoshop": 2}, number="PA1")
    assert sheet("PA1").lines[0].anniversary_on == date(2027, 3, 10)
    by_order = VipPolicy(anniversary_base=AnniversaryBase.ORDER)
    assert sheet("PA1", by_order).lines[0].anniversary_on == date(2027, 3, 20)


def test_after_the_order_the_sheet_keeps_its_prices_and_months() -> None:
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=date(2027, 1, 15))
    authorize(elm, date(2026, 3, 10), {"Photoshop": 2}, number="PA1", po_number="4711")
    before = sheet("PA1").lines[0]
    do("order.place", "ELM", number="A-1", authorizations=["PA1"], lines=["SKU-Photoshop=2", "SKU-Photoshop=2"][:1])
    changed = product("Photoshop")
    changed.unit_price = Decimal(99)
    changed.save()
    assert sheet("PA1") == sheet("A-1")
    assert sheet("a-1").lines[0] == before
    assert told("A-1") == [
        ("PA1", "4711", "Photoshop", 2, 11, date(2027, 1, 15)),
        ("", "4711", "Photoshop", 2, 10, date(2027, 1, 15)),
    ]


def test_a_renewal_runs_to_the_next_anniversary_and_a_return_takes_away() -> None:
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=date(2026, 4, 1))
    order(elm, date(2025, 4, 1), {"Photoshop": 5})
    do("renewal.place", "ELM", number="A-2")
    assert told("A-2") == [("", "", "Photoshop", 5, 12, date(2027, 4, 1))]
    assert sheet("A-2").lines[0].duration == "12 months: to the anniversary date 2027-04-01"
    do("order.return", "A-2", return_number="RMA-1", lines=["SKU-Photoshop=2"])
    assert told("RMA-1") == [("", "", "Photoshop", -2, 12, date(2027, 4, 1))]
    assert total(sheet("RMA-1").lines) == "-21.00 EUR"


def test_an_imported_order_shows_what_is_known() -> None:
    elm = add_customer("Elm", vip_id="ELM", anniversary_on=date(2027, 1, 15))
    placed = order(elm, date(2026, 1, 20), {"Photoshop": 5}, number="A-1")
    authorize(elm, date(2026, 1, 15), {"Photoshop": 5}, number="PA1", status="ordered", order=placed)
    assert told("A-1") == [("PA1", "", "Photoshop", 5, None, date(2027, 1, 15))]
    assert (sheet("A-1").lines[0].duration, sheet("A-1").lines[0].amount) == ("", None)


def test_a_number_that_nothing_has_is_named() -> None:
    authorize(add_customer("Elm"), TODAY, {"Photoshop": 1}, number="PA1", status="cancelled")
    with pytest.raises(NotFound, match="PA1 is cancelled: there is nothing to order"):
        sheet("PA1")
    with pytest.raises(NotFound, match="no order and no Purchase Authorization 4711"):
        sheet("4711")
