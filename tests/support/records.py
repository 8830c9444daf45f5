"""Making customers, Purchase Authorizations and orders in a test's database, facts included."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from viptui.data.database import write_transaction
from viptui.data.day_counts import keeping_counts
from viptui.data.facts import refresh_facts
from viptui.data.models import Authorization, AuthorizationLine, Customer, Order, OrderLine, Product, TeamMember
from viptui.data.search import search_text
from viptui.rules.folding import fold, key_of

_serial = count(1)

SEARCHABLE = ("organization_name", "organization_name_english", "contact_name", "contact_email", "vip_id")


def columns_of(name: str, **columns: Any) -> dict[str, Any]:
    """The columns of a customer, with what follows from the given ones."""
    vip_id = columns.pop("vip_id", f"VIP{next(_serial):06}")
    given = {
        "vip_id": vip_id,
        "vip_key": key_of(vip_id),
        "organization_name": name,
        "sort_name": fold(name),
        "market_segment": "Commercial",
        "offering_type": "Team",
        "invitation_status": "Accepted",
    } | columns
    return given | {"search_text": search_text(str(given.get(field, "")) for field in SEARCHABLE)}


def add_customer(name: str, **columns: Any) -> Customer:
    with write_transaction(), keeping_counts() as counted:
        made = Customer.create(**columns_of(name, **columns))
        counted.append(made.id)
    return made


def add_member(login: str) -> TeamMember:
    with write_transaction():
        return TeamMember.create(
            login=login, login_key=key_of(login), name=login.title(), email=f"{login}@team.example"
        )


def product(name: str, price: str | None = "10.50") -> Product:
    """The product with this name, made at its first mention."""
    found = Product.get_or_none(Product.name == name)
    if found is not None:
        return found
    amount = None if price is None else Decimal(price)
    currency = None if price is None else "EUR"
    return Product.create(
        sku=f"SKU-{name}", sku_key=key_of(f"SKU-{name}"), name=name, unit_price=amount, currency=currency
    )


def authorize(
    customer: Customer, day: date, quantities: Mapping[str, int], *, status: str = "open", **columns: Any
) -> Authorization:
    number = columns.pop("number", f"PA{next(_serial):06}")
    with write_transaction():
        made = Authorization.create(
            number=number,
            number_key=key_of(number),
            customer=customer,
            created_on=day,
            created_by="reseller",
            status=status,
            **columns,
        )
        for name, quantity in quantities.items():
            AuthorizationLine.create(authorization=made, product=product(name), quantity=quantity)
        refresh_facts([customer.id])
    return made


def order(
    customer: Customer,
    day: date,
    quantities: Mapping[str, int],
    *,
    kind: str = "initial",
    assigned: int = 0,
    **columns: Any,
) -> Order:
    number = columns.pop("number", f"ORD{next(_serial):06}")
    with write_transaction():
        made = Order.create(
            number=number, number_key=key_of(number), customer=customer, kind=kind, ordered_on=day, **columns
        )
        for name, quantity in quantities.items():
            OrderLine.create(order=made, product=product(name), quantity=quantity, assigned=assigned)
        refresh_facts([customer.id])
    return made
