"""Team members and products that files name and the database does not know yet."""

from __future__ import annotations

import re
from typing import Final

from viptui.data.sql import execute_many, fetch
from viptui.importing.derived import Names

_ORDERED_DIRECTLY: Final = re.compile(
    r"(acrobat|creative cloud)\b.*\benterprise\b|(?=.*\bdevice\b).*\b(edu|education|k-?12|higher ed)\b", re.IGNORECASE
)
"""Products without Purchase Authorizations. Source: Reseller help, older page."""


def add_members(names: Names) -> int:
    """Make the unknown logins active team members; their number."""
    known = {key for (key,) in fetch("SELECT login_key FROM team_member")}
    new = [(login, key, login) for key, login in names.members.items() if key not in known]
    execute_many(
        "INSERT INTO team_member (login, login_key, name, email, role, status) "
        "VALUES (?, ?, ?, '', 'member', 'active')",
        new,
    )
    return len(new)


def add_products(names: Names) -> int:
    """Make products of the unknown SKUs; their number."""
    known = {key for (key,) in fetch("SELECT sku_key FROM product")}
    new = [
        (sku, key, name, has_authorizations(name)) for key, (sku, name) in names.products.items() if key not in known
    ]
    execute_many(
        "INSERT INTO product (sku, sku_key, name, pa_allowed, consumable, active) VALUES (?, ?, ?, ?, FALSE, TRUE)", new
    )
    return len(new)


def has_authorizations(product: str) -> bool:
    """Whether a product of that name can have Purchase Authorizations, as far as its name tells."""
    return not _ORDERED_DIRECTLY.search(product)
