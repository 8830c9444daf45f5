"""The demonstration's price list and the reseller's team."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from viptui.rules.folding import key_of
from viptui.rules.managed_by import MemberStatus, Role
from viptui.rules.offering import OfferingType

RESELLER: Final = "Lindwurm Software Trading"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoProduct:
    """One line of the price list."""

    sku: str
    name: str
    offering_type: OfferingType | None
    unit_price: Decimal | None
    currency: str | None
    pa_allowed: bool = True
    consumable: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMember:
    """One member of the reseller's team."""

    login: str
    name: str
    email: str
    role: Role
    status: MemberStatus
    share: int
    """How many of the customers are this member's, relative to the others."""


def price_list() -> tuple[DemoProduct, ...]:
    """Every product, in euros and in US dollars."""
    licences = tuple(
        _licence(name, Decimal(price), offering, currency)
        for currency in ("EUR", "USD")
        for offering in OfferingType
        for name, price in _PRICES.items()
    )
    return licences + _WITHOUT_AUTHORIZATION + (_WITHOUT_PRICE, _WITHDRAWN)


def _licence(name: str, price: Decimal, offering: OfferingType, currency: str) -> DemoProduct:
    enterprise = offering is OfferingType.ENTERPRISE
    number = 70_100_000 + 37 * list(_PRICES).index(name) + (5_000 if enterprise else 0)
    if enterprise:
        price += 96
    if currency == "USD":
        price += 24
    return DemoProduct(
        sku=f"{number}{_PRICE_REGIONS[currency]}01A12",
        name=f"{name} for {'Enterprise' if enterprise else 'Teams'}{' (US$)' if currency == 'USD' else ''}",
        offering_type=offering,
        unit_price=price,
        currency=currency,
    )


_PRICE_REGIONS: Final = {"EUR": "WE", "USD": "NA"}

_PRICES: Final = {
    "Creative Cloud All Apps": "839.88",
    "Photoshop": "431.88",
    "Illustrator": "431.88",
    "InDesign": "431.88",
    "Premiere Pro": "431.88",
    "After Effects": "431.88",
    "Lightroom with Classic": "347.88",
    "Acrobat Pro": "214.56",
    "Audition": "431.88",
    "Dreamweaver": "347.88",
    "InCopy": "71.88",
}
"""A year of one licence for Teams, in euros; made up."""

_WITHOUT_AUTHORIZATION: Final = (
    DemoProduct(
        sku="70190011WE01A12", name="Stock Credits, pack of 40", offering_type=None,
        unit_price=Decimal("311.88"), currency="EUR", pa_allowed=False, consumable=True,
    ),
    DemoProduct(
        sku="70190012NA01A12", name="Sign Transactions, pack of 100 (US$)", offering_type=None,
        unit_price=Decimal("249.5"), currency="USD", pa_allowed=False, consumable=True,
    ),
)  # fmt: skip
"""They are ordered at once."""

_WITHOUT_PRICE: Final = DemoProduct(
    sku="70190020WE01A12", name="Font Library for Teams", offering_type=None, unit_price=None, currency=None
)

_WITHDRAWN: Final = DemoProduct(
    sku="70190030WE01A12", name="Web Sketch for Teams", offering_type=None,
    unit_price=Decimal("119.88"), currency="EUR", active=False,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Ids of the products that one kind of customer buys."""

    authorizable: tuple[int, ...]
    direct: tuple[int, ...]
    """Those without a Purchase Authorization; all of them are consumables."""


def shelves(products: tuple[DemoProduct, ...], first_id: int = 1) -> dict[tuple[OfferingType, str], Shelf]:
    """The shelf for each offering and currency; a product's id is its place in the list."""
    active = [(number, product) for number, product in enumerate(products, first_id) if product.active]
    return {
        (offering, currency): Shelf(
            authorizable=tuple(
                number
                for number, product in active
                if product.pa_allowed
                and product.offering_type in (offering, None)
                and product.currency in (currency, None)
            ),
            direct=tuple(number for number, product in active if not product.pa_allowed),
        )
        for offering in OfferingType
        for currency in ("EUR", "USD")
    }


_MADE_UP: Final = (
    ("greta.holm", "Greta Holm", Role.PRIMARY_ADMIN, MemberStatus.ACTIVE, 6),
    ("idris.kone", "Idris Koné", Role.ADMIN, MemberStatus.ACTIVE, 5),
    ("magda.zielony", "Magda Zielony", Role.MEMBER, MemberStatus.ACTIVE, 5),
    ("pablo.nieves", "Pablo Nieves", Role.MEMBER, MemberStatus.ACTIVE, 4),
    ("suki.tanabe", "Suki Tanabe", Role.MEMBER, MemberStatus.ACTIVE, 3),
    ("walt.oduya", "Walt Oduya", Role.MEMBER, MemberStatus.INACTIVE, 1),
)

_SHARE_OF_ME: Final = 8


def team(me: str | None) -> tuple[DemoMember, ...]:
    """Six made-up members, and ``me`` as the primary admin, so that everything can be tried."""
    wanted = me and key_of(me)
    others = tuple(_others(with_admin=wanted is None, without=wanted))
    if me is None:
        return others
    email = f"{''.join(c for c in me.lower() if c.isascii() and c.isalnum()) or 'me'}@lindwurm.example"
    return (
        DemoMember(
            login=me, name=me, email=email, role=Role.PRIMARY_ADMIN, status=MemberStatus.ACTIVE, share=_SHARE_OF_ME
        ),
        *others,
    )


def _others(*, with_admin: bool, without: str | None) -> Iterator[DemoMember]:
    for login, name, role, status, share in _MADE_UP:
        if login != without:
            kept = role if with_admin or role is not Role.PRIMARY_ADMIN else Role.ADMIN
            yield DemoMember(
                login=login, name=name, email=f"{login}@lindwurm.example", role=kept, status=status, share=share
            )
