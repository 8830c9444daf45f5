"""Order sheets: amounts, the table, the text."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from viptui.cli.output import print_csv
from viptui.csv_cells import csv_cell
from viptui.rules.order_sheet import TITLES, OrderSheet, SheetLine, table, text_lines, total
from viptui.rules.products import amount_of

NEXT = date(2027, 1, 15)


def line(quantity: int = 2, price: str | None = "19.95", months: int | None = 11, **columns: object) -> SheetLine:
    known = {
        "sku": "65304521CA",
        "product": "Acrobat Pro",
        "currency": "EUR" if price else None,
        "authorization_number": "PA1",
        "po_number": "4711",
        "anniversary_on": NEXT,
        "duration": "11 months: to the anniversary date 2027-01-15",
    }
    unit_price = Decimal(price) if price else None
    return SheetLine(quantity=quantity, unit_price=unit_price, months=months, **(known | columns))  # type: ignore[arg-type]


AMOUNTS = {
    "a year": ("19.95", 2, 12, "39.90"),
    "a part of a year": ("19.95", 2, 11, "36.58"),
    "a month": ("120", 1, 1, "10.00"),
    "half a cent goes up": ("0.06", 1, 1, "0.01"),
    "less goes down": ("0.05", 1, 1, "0.00"),
    "four decimals": ("0.1234", 1_000, 12, "123.40"),
    "two years": ("100", 1, 24, "200.00"),
    "a return": ("19.95", -2, 11, "-36.58"),
}


@pytest.mark.parametrize(("price", "quantity", "months", "expected"), AMOUNTS.values(), ids=AMOUNTS)
def test_the_amount_follows_quantity_and_months(price: str, quantity: int, months: int, expected: str) -> None:
    assert f"{amount_of(Decimal(price), quantity, months)}" == expected
    assert f"{line(quantity, price, months).amount}" == expected


@pytest.mark.parametrize("unknown", [{"price": None}, {"months": None}], ids=["no price", "no months"])
def test_what_is_not_known_has_no_amount(unknown: dict[str, None]) -> None:
    one = line(**unknown)  # type: ignore[arg-type]
    assert one.amount is None
    assert total([line(), one]) == ""


def test_amounts_of_one_currency_are_added_up() -> None:
    assert total([line(), line(1, "10")]) == "45.75 EUR"
    assert total([line(), line(1, "10", currency="USD")]) == ""
    assert total([]) == ""


def sheet(*lines: SheetLine, **columns: object) -> OrderSheet:
    return OrderSheet(customer="Elm", vip_id="V1", lines=lines, **columns)  # type: ignore[arg-type]


def test_the_text_before_an_order() -> None:
    assert list(text_lines(sheet(line(), line(3, None, 11, sku="X", product="InCopy")))) == [
        "Customer: Elm",
        "VIP ID: V1",
        "Order: not placed yet",
        "",
        "PA1, PO number 4711, anniversary date 2027-01-15",
        "  2 x Acrobat Pro (65304521CA)",
        "    11 months: to the anniversary date 2027-01-15",
        "    36.58 EUR (19.95 for a licence and year)",
        "  3 x InCopy (X)",
        "    11 months: to the anniversary date 2027-01-15",
    ]


def test_the_text_of_an_order_keeps_its_purchase_authorizations_apart() -> None:
    placed = sheet(
        line(months=None, duration=""),
        line(1, "10", 12, authorization_number="", po_number=""),
        order_number="A-1",
        ordered_on=date(2026, 3, 20),
        kind="add-on",
    )
    assert list(text_lines(placed))[2:6] == [
        "Order: A-1, 2026-03-20, add-on",
        "",
        "PA1, PO number 4711, anniversary date 2027-01-15",
        "  2 x Acrobat Pro (65304521CA)",
    ]
    assert list(text_lines(placed))[6:8] == ["", "Ordered directly, anniversary date 2027-01-15"]
    assert "Total: 10.00 EUR" not in list(text_lines(placed))


def test_the_table_says_everything_in_each_row_and_no_cell_is_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = OrderSheet(customer="=1+1", vip_id="@SUM(A1)", lines=(line(po_number="+4", product="-x"),))
    print_csv(TITLES, (map(csv_cell, row) for row in table(hostile)))
    titles, row = capsys.readouterr().out.splitlines()
    assert titles == ",".join(TITLES)
    assert row == (
        "'=1+1,'@SUM(A1),,,,PA1,'+4,65304521CA,'-x,2,11,19.95,36.58,EUR,2027-01-15,"
        "11 months: to the anniversary date 2027-01-15"
    )
