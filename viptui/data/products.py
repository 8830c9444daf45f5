"""Reading products."""

from __future__ import annotations

from typing import Final

from viptui.data.fields import MoneyField
from viptui.data.sql import fetch
from viptui.record_rows import ProductRow
from viptui.rules.folding import fold


def list_products(search: str = "", *, inactive: bool = False) -> tuple[ProductRow, ...]:
    """Products by name whose name or SKU has this text in it; those that are no longer sold only if asked for."""
    wanted = fold(search)
    rows = (
        ProductRow(
            sku=sku,
            name=name,
            market_segment=segment,
            type=offering,
            price=_MONEY.python_value(price),
            currency=currency,
            pa_allowed=bool(pa_allowed),
            consumable=bool(consumable),
            active=bool(active),
        )
        for sku, name, segment, offering, price, currency, pa_allowed, consumable, active in fetch(_PRODUCTS)
    )
    found = [row for row in rows if (inactive or row.active) and wanted in f"{fold(row.name)}\n{fold(row.sku)}"]
    return tuple(sorted(found, key=lambda row: (fold(row.name), row.sku)))


_MONEY: Final = MoneyField()

_PRODUCTS: Final = (
    "SELECT sku, name, market_segment, offering_type, unit_price, currency, pa_allowed, consumable, active FROM product"
)
