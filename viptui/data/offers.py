"""The products that a form offers."""

from __future__ import annotations

from typing import Final

from viptui.data.fields import MoneyField
from viptui.data.sql import fetch
from viptui.rules.products import KnownProduct


def offered_products() -> tuple[KnownProduct, ...]:
    """All products that are sold, by name."""
    rows = fetch("SELECT sku, name, pa_allowed, unit_price, currency FROM product WHERE active ORDER BY name, sku")
    return tuple(
        KnownProduct(sku, name, bool(allowed), True, _MONEY.python_value(price), currency)
        for sku, name, allowed, price, currency in rows
    )


_MONEY: Final = MoneyField()
