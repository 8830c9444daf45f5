"""Order sheets: what is typed into the ordering system, before an order is placed and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from viptui.rules.order import OrderDuration
from viptui.rules.products import amount_of

TITLES: Final = (
    "customer",
    "vip_id",
    "order_number",
    "kind",
    "ordered_on",
    "authorization_number",
    "po_number",
    "sku",
    "product",
    "quantity",
    "months",
    "unit_price",
    "amount",
    "currency",
    "anniversary_date",
    "duration",
)
"""Columns of a sheet as a table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """One product of an order sheet."""

    sku: str
    product: str
    quantity: int
    """Licences; what a return takes back is negative."""
    months: int | None = None
    """Whole months to be ordered; None where they are not known."""
    unit_price: Decimal | None = None
    """Price of a licence for a year."""
    currency: str | None = None
    authorization_number: str = ""
    po_number: str = ""
    anniversary_on: date | None = None
    """The Anniversary Date with which the licences end."""
    duration: str = ""
    """How the months were counted, for the operator."""
    amount: Decimal | None = field(init=False)
    """Price of the line; None where it is not known."""

    def __post_init__(self) -> None:
        known = self.unit_price is not None and self.currency is not None and self.months is not None
        amount = amount_of(self.unit_price or Decimal(0), self.quantity, self.months or 0) if known else None
        object.__setattr__(self, "amount", amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSheet:
    """An order as the ordering system wants it."""

    customer: str
    vip_id: str
    lines: tuple[SheetLine, ...]
    order_number: str = ""
    """Empty before the order is placed."""
    kind: str = ""
    ordered_on: date | None = None


def told_duration(months: int | None, counted: OrderDuration) -> str:
    """How the months of a stored order were counted, as far as they are known."""
    if months is None:
        return ""
    if months == counted.months:
        return counted.explanation
    return f"{_months(months)}: to the anniversary date {counted.anniversary_on}"


def renewal_duration(months: int | None, until: date) -> str:
    """The same for a renewal: it runs for a year."""
    return "" if months is None else f"{_months(months)}: to the anniversary date {until}"


def total(lines: Sequence[SheetLine]) -> str:
    """Price of the lines with its currency; empty where a price is not known or currencies differ."""
    currencies = {line.currency for line in lines}
    amounts = [line.amount for line in lines if line.amount is not None]
    if len(currencies) != 1 or len(amounts) != len(lines):
        return ""
    return f"{sum(amounts, Decimal(0)):f} {currencies.pop()}"


def table(sheet: OrderSheet) -> list[tuple[object, ...]]:
    """The sheet as rows under `TITLES`; each says everything, so that it can be taken out of the others."""
    return [
        (
            sheet.customer,
            sheet.vip_id,
            sheet.order_number,
            sheet.kind,
            sheet.ordered_on,
            line.authorization_number,
            line.po_number,
            line.sku,
            line.product,
            line.quantity,
            line.months,
            line.unit_price,
            line.amount,
            line.currency,
            line.anniversary_on,
            line.duration,
        )
        for line in sheet.lines
    ]


def text_lines(sheet: OrderSheet) -> Iterator[str]:
    """The sheet as lines to read and to copy from."""
    yield f"Customer: {sheet.customer}"
    yield f"VIP ID: {sheet.vip_id}"
    if sheet.order_number:
        yield f"Order: {sheet.order_number}, {sheet.ordered_on}, {sheet.kind}"
    else:
        yield "Order: not placed yet"
    heading = ""
    for line in sheet.lines:
        if (its := _heading(line)) != heading:
            heading = its
            yield ""
            yield heading
        yield from line_text(line)
    if sheet.lines and (amount := total(sheet.lines)):
        yield ""
        yield f"Total: {amount}"


def line_text(line: SheetLine) -> Iterator[str]:
    """One product as indented lines: what, how much of it, for how long, at what price."""
    yield f"  {line.quantity:,} x {line.product} ({line.sku})"
    if line.duration:
        yield f"    {line.duration}"
    if line.amount is not None and line.unit_price is not None:
        yield f"    {line.amount:f} {line.currency} ({_price(line.unit_price)} for a licence and year)"


def _months(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def _price(price: Decimal) -> str:
    cents = price.quantize(Decimal("0.01"))
    return f"{cents if cents == price else price:f}"


def _heading(line: SheetLine) -> str:
    parts = (
        line.authorization_number or "Ordered directly",
        f"PO number {line.po_number}" if line.po_number else "",
        f"anniversary date {line.anniversary_on}" if line.anniversary_on else "",
    )
    return ", ".join(filter(None, parts))
