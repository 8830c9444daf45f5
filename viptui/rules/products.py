"""Products on a Purchase Authorization or an order: which ones, how many, and which may be where."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from viptui.errors import Violation
from viptui.rules.folding import key_of
from viptui.rules.offering import OfferingType
from viptui.rules.parsing import LONGEST_NAME, ParseError, parse_quantity, required_text
from viptui.rules.policy import MarketSegment


class AskedLine(NamedTuple):
    """A product that somebody wants, and how many licences of it."""

    sku: str
    quantity: int


class KnownProduct(NamedTuple):
    """What the rules need to know of a product."""

    sku: str
    name: str
    pa_allowed: bool
    active: bool
    unit_price: Decimal | None = None
    currency: str | None = None


class ListedProduct(NamedTuple):
    """A product as a price list has it."""

    sku: str
    name: str
    market_segment: MarketSegment | None = None
    """None: every segment can buy it."""
    type: OfferingType | None = None
    """None: both."""
    price: Decimal | None = None
    """Of a licence for a year."""
    currency: str | None = None
    pa_allowed: bool | None = None
    """None: as its name tells."""
    consumable: bool = False


def has_authorizations(name: str) -> bool:
    """Whether a product of that name can have Purchase Authorizations, as far as its name tells."""
    return not _ORDERED_DIRECTLY.search(name)


_ORDERED_DIRECTLY: Final = re.compile(
    r"(acrobat|creative cloud)\b.*\benterprise\b|(?=.*\bdevice\b).*\b(edu|education|k-?12|higher ed)\b", re.IGNORECASE
)
"""Products without Purchase Authorizations. Source: Reseller help, older page."""


def parse_line(text: str) -> AskedLine:
    """A product and a quantity written as ``SKU=QUANTITY``."""
    return parse_counted_line(text, least=1)


def parse_counted_line(text: str, *, least: int) -> AskedLine:
    """The same with a quantity from ``least`` on, which is 0 or 1."""
    sku, separator, quantity = required_text(text, maximum=2 * LONGEST_NAME).rpartition("=")
    if not separator or not sku.strip():
        raise ParseError("Write a product as SKU=QUANTITY, for example 65304521CA01A12=5.")
    if not quantity.strip():
        raise ParseError(f"Enter how many of {sku.strip()}.")
    is_none = least == 0 and quantity.strip() == "0"
    return AskedLine(sku.strip(), 0 if is_none else parse_quantity(quantity))


def line_violations(
    lines: Sequence[AskedLine], products: Mapping[str, KnownProduct], *, for_authorization: bool
) -> list[Violation]:
    """Why these products cannot be asked for; ``products`` are known by the key of their SKU.

    Source: Reseller help, Create Purchase Authorization (products that have to be ordered directly).
    """
    violations = []
    if not lines:
        violations.append(Violation("products.missing", "Products: Enter at least one.", "lines"))
    times = Counter(key_of(line.sku) for line in lines)
    for number, line in enumerate(lines):
        message = _refusal(line, products.get(key_of(line.sku)), for_authorization=for_authorization)
        if message is None and times[key_of(line.sku)] > 1:
            message = f"{products[key_of(line.sku)].name} is named twice: put the quantities on one line."
        if message is not None:
            violations.append(Violation("products.refused", message, f"lines.{number}"))
    return violations


def price_violations(price: Decimal | None, currency: str | None) -> tuple[Violation, ...]:
    """Why a price makes no sense: it and its currency come together."""
    if price is not None and currency is None:
        return (Violation("product.currency", "Currency: Enter the currency of the price.", "currency"),)
    if currency is not None and price is None:
        return (Violation("product.price", "Price: Enter the price, or leave the currency out.", "price"),)
    return ()


def in_words(lines: Sequence[AskedLine], products: Mapping[str, KnownProduct]) -> str:
    """The lines as they are told: ``5 x Acrobat Pro, 1 x InCopy``."""
    return ", ".join(f"{line.quantity:,} x {products[key_of(line.sku)].name}" for line in lines)


def amount_of(unit_price: Decimal, quantity: int, months: int) -> Decimal:
    """What licences cost for so many months, to the cent.

    A price is that of a licence for a year; a part of a year costs its months. Source: Program guide, Dates.
    """
    return (unit_price * quantity * months / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)


def total(lines: Sequence[AskedLine], products: Mapping[str, KnownProduct], months: int | None) -> str:
    """Price of the lines for so many months as text, with its currency; empty where a price is not known."""
    chosen = [(products[key_of(line.sku)], line.quantity) for line in lines]
    currencies = {product.currency for product, _ in chosen}
    if months is None or len(currencies) != 1 or None in currencies:
        return ""
    amounts = [
        amount_of(product.unit_price, quantity, months)
        for product, quantity in chosen
        if product.unit_price is not None
    ]
    if len(amounts) != len(chosen):
        return ""
    return f"{sum(amounts, Decimal(0)):f} {currencies.pop()}"


def _refusal(line: AskedLine, product: KnownProduct | None, *, for_authorization: bool) -> str | None:
    if product is None:
        return f"There is no product {line.sku}: 'viptui products' lists them."
    if not product.active:
        return f"{product.name} is no longer sold: choose another product."
    if for_authorization and not product.pa_allowed:
        return f"{product.name} cannot be on a Purchase Authorization: order it directly ('viptui order')."
    return None
