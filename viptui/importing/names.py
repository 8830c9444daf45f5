"""Team members and products that files name and the database does not know yet."""

from __future__ import annotations

from viptui.data.sql import execute_many, fetch
from viptui.importing.derived import Names
from viptui.rules.products import has_authorizations


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
