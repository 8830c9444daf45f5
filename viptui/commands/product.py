"""Products: adding one, taking over a price list, no longer selling one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Final

from viptui.commands.act import Act, Outcome
from viptui.commands.records import reject_if
from viptui.data.facts import refresh_facts
from viptui.data.models import Authorization, AuthorizationLine, Product
from viptui.errors import NotFound, Violation
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.folding import key_of
from viptui.rules.offering import OfferingType
from viptui.rules.policy import MarketSegment
from viptui.rules.products import ListedProduct, has_authorizations, price_violations


@dataclass(frozen=True, slots=True, kw_only=True)
class AddProduct:
    """Add a product."""

    sku: str
    name: str
    market_segment: MarketSegment | None = None
    type: OfferingType | None = None
    price: Decimal | None = None
    currency: str | None = None
    pa_allowed: bool | None = None
    """None: as its name tells."""
    consumable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportProducts:
    """Take over products: those that there are become as they are given, in the fields that are given."""

    products: tuple[ListedProduct, ...]
    fields: tuple[str, ...]
    """Which fields of the products are given; a new product has the others by default."""
    source: str
    """Name of the file, for the history."""
    only_if_empty: bool = False
    """Whether it is refused where there are products."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeactivateProduct:
    """Note that a product is no longer sold."""

    sku: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivateProduct:
    """Note that a product is sold again."""

    sku: str


def add_product(command: AddProduct, _act: Act) -> Outcome:
    """Add the product."""
    known = _find(command.sku)
    violations = list(price_violations(command.price, command.currency))
    if known is not None:
        message = f"{known.sku} is there already, as {known.name}: 'viptui import-products' changes products."
        violations.append(Violation("product.known", message, "sku"))
    reject_if(violations)
    Product.create(**_columns(ListedProduct(**asdict(command)), _FIELDS))
    after = {key: value for key, value in asdict(command).items() if value is not None}
    return Outcome(summary=f"Added {command.name} ({command.sku}).", subject=command.sku, after=after)


def import_products(command: ImportProducts, _act: Act) -> Outcome:
    """Add what is new, change what is different; open Purchase Authorizations cost what their products cost."""
    known = {each.sku_key: each for each in Product.select()}
    if command.only_if_empty and known:
        message = f"There are {len(known):,} products already: import a price list to change them."
        reject_if([Violation("product.not_empty", message)])
    added = changed = 0
    repriced: list[int] = []
    for each in command.products:
        product = known.get(key_of(each.sku))
        if product is None:
            Product.create(**_columns(each, _FIELDS))
            added += 1
        elif different := _different(product, _columns(each, command.fields)):
            Product.update(**different).where(Product.id == product.id).execute()
            changed += 1
            repriced += [product.id] * bool(different.keys() & _PRICE)
    refresh_facts(_waiting_for(repriced))
    counts = {"added": added, "changed": changed, "unchanged": len(command.products) - added - changed}
    return Outcome(
        summary=f"Imported products from {command.source}: "
        f"{added:,} added, {changed:,} changed, {counts['unchanged']:,} unchanged.",
        subject=command.source,
        after=counts,
    )


def deactivate_product(command: DeactivateProduct, _act: Act) -> Outcome:
    """Keep it from being authorized or ordered any more."""
    return _switch(command.sku, active=False)


def activate_product(command: ActivateProduct, _act: Act) -> Outcome:
    """Let it be authorized and ordered again."""
    return _switch(command.sku, active=True)


def _switch(sku: str, *, active: bool) -> Outcome:
    product = _find(sku)
    if product is None:
        raise NotFound(f"There is no product {sku.strip()}: 'viptui products' lists them.")
    if product.active is active:
        message = f"{product.name} is {'on' if active else 'off'} sale already: leave it as it is."
        reject_if([Violation("product.unchanged", message, "sku")])
    product.active = active
    product.save(only=[Product.active])
    return Outcome(
        summary=f"{product.name} ({product.sku}) is {'sold again' if active else 'no longer sold'}.",
        subject=product.sku,
        before={"active": not active},
        after={"active": active},
    )


def _find(sku: str) -> Product | None:
    found: Product | None = Product.get_or_none(Product.sku_key == key_of(sku.strip()))
    return found


def _columns(product: ListedProduct, fields: Iterable[str]) -> dict[str, object]:
    """The columns that fields of a product are stored in."""
    allowed = has_authorizations(product.name) if product.pa_allowed is None else product.pa_allowed
    values = {
        "sku": product.sku,
        "name": product.name,
        "market_segment": product.market_segment,
        "offering_type": product.type,
        "unit_price": product.price,
        "currency": product.currency,
        "pa_allowed": allowed,
        "consumable": product.consumable,
    }
    columns: dict[str, object] = {_FIELDS[field]: values[_FIELDS[field]] for field in fields}
    return columns | {"sku_key": key_of(product.sku)}


def _different(product: Product, columns: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in columns.items() if getattr(product, name) != value}


def _waiting_for(products: Sequence[int]) -> list[int]:
    """The customers with open Purchase Authorizations for these products."""
    if not products:
        return []
    lines = (
        AuthorizationLine.select(Authorization.customer)
        .join(Authorization)
        .where(Authorization.status == AuthorizationStatus.OPEN.value, AuthorizationLine.product.in_(products))
        .distinct()
    )
    return [identifier for (identifier,) in lines.tuples().iterator()]


_FIELDS: Final = {
    "sku": "sku",
    "name": "name",
    "market_segment": "market_segment",
    "type": "offering_type",
    "price": "unit_price",
    "currency": "currency",
    "pa_allowed": "pa_allowed",
    "consumable": "consumable",
}
"""The column of each field."""

_PRICE: Final = frozenset({"unit_price", "currency"})
