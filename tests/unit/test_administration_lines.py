"""What the administration shows as text: columns that fit, rows in words, time that is left."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from tests.support.clock import NOON
from viptui.record_rows import ChangeCodeRow, ProductRow
from viptui.rules.policy import VipPolicy
from viptui.rules.reseller_change import time_left
from viptui.screens import administration_lines as lines
from viptui.widgets.paint import span_width


def product(**values: object) -> ProductRow:
    given = {
        "sku": "65304521CA01A12",
        "name": "Acrobat Pro",
        "market_segment": "Education",
        "type": "Enterprise",
        "price": Decimal("1234.5"),
        "currency": "EUR",
        "pa_allowed": True,
        "consumable": False,
        "active": True,
    }
    return ProductRow(**(given | values))  # type: ignore[arg-type]


@pytest.mark.parametrize("room", range(60, 220, 7))
@pytest.mark.parametrize("tab", lines.TABS, ids=lambda tab: tab.title)
def test_columns_fill_the_room_as_far_as_they_are_of_use(tab: lines.Tab, room: int) -> None:
    fitting = lines.widths(tab.columns, room)
    shown = [(column, width) for column, width in zip(tab.columns, fitting, strict=True) if width]
    assert all(column.least <= width <= column.most for column, width in shown)
    taken = span_width(lines.heading(tab.columns, fitting))
    if all(column.least == width for column, width in shown):
        assert taken >= room or len(shown) < len(tab.columns)
    else:
        assert taken == room or all(width == column.most for column, width in shown)


@pytest.mark.parametrize("tab", lines.TABS, ids=lambda tab: tab.title)
def test_80_columns_are_enough(tab: lines.Tab) -> None:
    assert span_width(lines.heading(tab.columns, lines.widths(tab.columns, 79))) <= 79


def test_only_the_type_of_a_product_gives_way_at_80_columns_and_nothing_at_120() -> None:
    dropped = {room: lines.widths(lines.PRODUCTS.columns, room).count(0) for room in (79, 119)}
    assert dropped == {79: 1, 119: 0}


PRODUCTS = {
    "a price has its currency": (product(), "65304521CA01A12 Acrobat Pro Education Enterprise 1,234.50 EUR"),
    "no price is left blank": (product(price=None, currency=None), "65304521CA01A12 Acrobat Pro Education Enterprise"),
    "all can buy it": (product(market_segment=None, type=None), "65304521CA01A12 Acrobat Pro all all 1,234.50 EUR"),
}


@pytest.mark.parametrize(("row", "expected"), PRODUCTS.values(), ids=PRODUCTS)
def test_a_product_as_a_line(row: ProductRow, expected: str) -> None:
    columns = lines.PRODUCTS.columns
    ((text, style),) = lines.row_line(columns, lines.widths(columns, 200), lines.product_row(row).cells(NOON))
    assert " ".join(text.split()) == f"{expected} PA allowed yes"
    assert style == "plain"


def test_a_product_in_words() -> None:
    row = lines.product_row(product(pa_allowed=False, active=False, market_segment=None))
    cells = row.cells(NOON)
    assert lines.told(lines.PRODUCTS.columns, cells) == (
        "65304521CA01A12, Acrobat Pro, segment all, Enterprise, price 1,234.50 EUR, order directly, sold no"
    )
    assert cells.style == "dim"


SECOND = timedelta(seconds=1)

CODES = {
    "when it was sent": (timedelta(0), "valid 72 h 00 min"),
    "a second later": (SECOND, "valid 71 h 59 min"),
    "a minute before the end": (timedelta(hours=72) - 60 * SECOND, "valid 0 h 01 min"),
    "a second before the end": (timedelta(hours=72) - SECOND, "valid 0 h 00 min"),
    "at the end": (timedelta(hours=72), "expired"),
}


@pytest.mark.parametrize(("age", "expected"), CODES.values(), ids=CODES)
def test_a_code_as_it_stands_at_an_instant(age: timedelta, expected: str) -> None:
    code = ChangeCodeRow(
        code="1A2B",
        vip_id="4F00",
        admin_email="kim@birch.example",
        state="valid",  # as it was when it was read
        issued_at=NOON,
        expires_at=NOON + timedelta(hours=72),
        seconds_left=1,
        used_at=None,
        requested_by=None,
    )
    cells = lines.code_row(code, VipPolicy()).cells(NOON + age)
    assert " ".join(cells.texts[-2:]).strip() == expected


LEFT = {"none": (0, ""), "seconds": (59, "0 h 00 min"), "hours": (71 * 3600 + 59 * 60 + 59, "71 h 59 min")}


@pytest.mark.parametrize(("seconds", "expected"), LEFT.values(), ids=LEFT)
def test_time_left(seconds: int, expected: str) -> None:
    assert time_left(seconds) == expected
