"""Customers with their Purchase Authorizations and orders, written into the open database in a few words.

Days are given relative to the portfolio's today: ``days_ago`` in the past, ``anniversary_in`` in the future.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count

from tests.support.clock import TODAY
from viptui.data.database import write_transaction
from viptui.data.day_counts import recount
from viptui.data.facts import refresh_facts
from viptui.data.models import (
    AuditEntry,
    Authorization,
    AuthorizationLine,
    Customer,
    Note,
    Order,
    OrderLine,
    Product,
    TeamMember,
)
from viptui.data.search import search_text
from viptui.rules.folding import fold, key_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Requested:
    """A Purchase Authorization."""

    days_ago: int
    quantity: int = 1
    status: str = "open"
    po_number: str = ""
    number: str = ""
    product: str = "Acrobat Pro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """An order."""

    days_ago: int
    quantity: int = 1
    kind: str = "initial"
    po_number: str = ""
    number: str = ""
    product: str = "Acrobat Pro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A note."""

    author: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An entry of the history."""

    actor: str
    action: str
    subject: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who and where a customer is; what a test does not care about."""

    name: str = "Kim Example"
    email: str = ""
    """Empty: made from the customer's number."""
    address: str = "1 Main Street"
    city: str = "Springfield"
    region: str = ""
    postal_code: str = "12345"
    country: str = "DE"
    english: str = ""
    """US-English name of the organisation."""


class Portfolio:
    """Writes customers into the database that is open; ids and numbers count up from 1."""

    def __init__(self, today: date = TODAY) -> None:
        self.today = today
        self._numbers = count(1)
        self._products: dict[str, Product] = {}
        self._members: dict[str, TeamMember] = {}

    def member(self, login: str, name: str = "", *, role: str = "member") -> TeamMember:
        """The team member with this login, made where there is none yet."""
        if login not in self._members:
            self._members[login] = TeamMember.create(
                login=login, login_key=key_of(login), name=name, email=f"{login}@reseller.example", role=role
            )
        return self._members[login]

    def product(self, name: str, *, sku: str = "", price: Decimal | None = None) -> Product:
        """The product with this name, made where there is none yet."""
        if name not in self._products:
            sku = sku or f"SKU-{len(self._products) + 1:04}"
            self._products[name] = Product.create(
                sku=sku,
                sku_key=key_of(sku),
                name=name,
                unit_price=price,
                currency=None if price is None else "EUR",
            )
        return self._products[name]

    def customer(
        self,
        name: str,
        *,
        requested: Sequence[Requested] = (),
        ordered: Sequence[Ordered] = (),
        anniversary_in: int | None = None,
        managed_by: str | None = None,
        segment: str = "Commercial",
        invited_days_ago: int | None = 400,
        accepted: bool = True,
        vip_id: str = "",
        contact: Contact | None = None,
        notes: Sequence[Said] = (),
        history: Sequence[Happened] = (),
    ) -> int:
        """A customer with all that belongs to it, in one transaction; its id."""
        number = next(self._numbers)
        who = contact or Contact()
        email = who.email or f"contact{number}@customer.example"
        vip_id = vip_id or f"{number:020X}"
        with write_transaction():
            customer = Customer.create(
                vip_id=vip_id,
                vip_key=key_of(vip_id),
                organization_name=name,
                organization_name_english=who.english,
                market_segment=segment,
                offering_type="Team",
                contact_name=who.name,
                contact_email=email,
                address=who.address,
                city=who.city,
                region=who.region,
                postal_code=who.postal_code,
                country=who.country,
                invitation_status="Accepted" if accepted else "Pending",
                invited_on=self._ago(invited_days_ago),
                accepted_on=self._ago(invited_days_ago) if accepted else None,
                anniversary_on=None if anniversary_in is None else self.today + timedelta(days=anniversary_in),
                managed_by=None if managed_by is None else self.member(managed_by),
                sort_name=fold(name),
                search_text=search_text([name, who.english, email, who.name, vip_id]),
            )
            for each in requested:
                self._request(customer, each)
            for each in ordered:
                self._order(customer, each)
            self._write_notes(customer, notes)
            self._write_history(customer, history)
            refresh_facts([customer.id])
            recount()
        identifier: int = customer.id
        return identifier

    def _ago(self, days: int | None) -> date | None:
        return None if days is None else self.today - timedelta(days=days)

    def _request(self, customer: Customer, each: Requested) -> None:
        number = each.number or f"PA{next(self._numbers):08}"
        authorization = Authorization.create(
            number=number,
            number_key=key_of(number),
            customer=customer,
            created_on=self._ago(each.days_ago),
            created_by="reseller",
            po_number=each.po_number,
            status=each.status,
        )
        product = self.product(each.product)
        AuthorizationLine.create(authorization=authorization, product=product, quantity=each.quantity)

    def _order(self, customer: Customer, each: Ordered) -> None:
        number = each.number or f"OR{next(self._numbers):08}"
        order = Order.create(
            number=number,
            number_key=key_of(number),
            customer=customer,
            kind=each.kind,
            ordered_on=self._ago(each.days_ago),
            po_number=each.po_number,
        )
        OrderLine.create(order=order, product=self.product(each.product), quantity=each.quantity)

    def _write_notes(self, customer: Customer, notes: Sequence[Said]) -> None:
        for note in notes:
            Note.create(customer=customer, author=note.author, body=note.body, written_at=self._noon)

    def _write_history(self, customer: Customer, history: Sequence[Happened]) -> None:
        for each in history:
            AuditEntry.create(
                at=self._noon,
                actor=each.actor,
                origin="tui",
                action=each.action,
                subject=each.subject,
                customer=customer,
                after=each.after,
            )

    @property
    def _noon(self) -> datetime:
        return datetime.combine(self.today, time(12), UTC)


def one_of_each(portfolio: Portfolio) -> None:
    """A small portfolio with every state: names say what the customer is there for. Ana manages half of them."""
    mine, other = "ana.kovac", "ben.adler"
    portfolio.member(mine, "Ana Kovac", role="primary_admin")
    portfolio.member(other, "Ben Adler")
    portfolio.product("Acrobat Pro", price=Decimal("19.95"))
    portfolio.product("Creative Cloud All Apps")
    new = portfolio.customer
    new("Aster Clinic", managed_by=mine, invited_days_ago=12, accepted=False)
    new("Birch Council", managed_by=other, segment="Government", invited_days_ago=40)
    new("Cedar School", requested=[Requested(days_ago=3, quantity=5)], managed_by=mine, segment="Education")
    new("Dahlia Media", requested=[Requested(days_ago=30, quantity=7)], managed_by=other)
    new("Elm Overdue", requested=[Requested(days_ago=31, quantity=2, po_number="4711")], managed_by=mine)
    new("Fir Suspended", requested=[Requested(days_ago=61, quantity=12)], managed_by=other, segment="Education")
    new("Ginkgo Upcoming", ordered=[Ordered(days_ago=325, quantity=20)], anniversary_in=40, managed_by=mine)
    new("Hazel Ready", ordered=[Ordered(days_ago=353, quantity=9)], anniversary_in=12, managed_by=other)
    new("Ivy Late", ordered=[Ordered(days_ago=370, quantity=4)], anniversary_in=-5, managed_by=mine)
    new("Juniper Lapsed", ordered=[Ordered(days_ago=425, quantity=3)], anniversary_in=-60, managed_by=other)
    new(
        "Kauri Renewed",
        ordered=[Ordered(days_ago=360, quantity=6), Ordered(days_ago=2, quantity=6, kind="renewal")],
        anniversary_in=5,
        managed_by=mine,
    )
    new(
        "Larch Partly",
        ordered=[Ordered(days_ago=355, quantity=10), Ordered(days_ago=1, quantity=4, kind="renewal")],
        anniversary_in=10,
        managed_by=other,
    )
    new("Mimosa Quiet", ordered=[Ordered(days_ago=100, quantity=8, product="Creative Cloud All Apps")])


def crowd(portfolio: Portfolio, size: int) -> None:
    """Many customers with few distinct dates, prices and managers, so that every order has ties."""
    managers = [portfolio.member(login).id for login in ("ana.kovac", "ben.adler", "eva.lind")]
    products = [portfolio.product(f"Product {price}", price=Decimal(price)) for price in (10, 25)]
    today = portfolio.today
    with write_transaction():
        for start in range(1, size + 1, 50):
            Customer.insert_many(
                [_one_of_many(number, managers, today) for number in range(start, min(start + 50, size + 1))]
            ).execute()
        ids = [identifier for (identifier,) in Customer.select(Customer.id).order_by(Customer.id).tuples()]
        requested = [each for each in ids if each % 3 == 0]
        for batch in (requested[start : start + 100] for start in range(0, len(requested), 100)):
            Authorization.insert_many(
                [
                    {
                        "number": f"PA{each:08}",
                        "number_key": f"pa{each:08}",
                        "customer": each,
                        "created_on": today - timedelta(days=each % 90),
                        "created_by": "reseller",
                        "status": "open",
                    }
                    for each in batch
                ]
            ).execute()
        lines = Authorization.select(Authorization.id, Authorization.customer_id).tuples()
        rows = [
            {"authorization": identifier, "product": products[customer % 2], "quantity": customer % 7 + 1}
            for identifier, customer in lines
        ]
        for start in range(0, len(rows), 100):
            AuthorizationLine.insert_many(rows[start : start + 100]).execute()
        refresh_facts(ids)
        recount()


def _one_of_many(number: int, managers: Sequence[int], today: date) -> dict[str, object]:
    name = f"Company {number * 7919 % 10007:05}"
    return {
        "vip_id": f"{number:020X}",
        "vip_key": key_of(f"{number:020X}"),
        "organization_name": name,
        "market_segment": ("Commercial", "Education", "Government")[number % 3],
        "offering_type": "Team",
        "contact_email": f"contact{number % 40}@customer.example",
        "invitation_status": "Pending" if number % 5 == 0 else "Accepted",
        "invited_on": None if number % 11 == 0 else today - timedelta(days=number % 17),
        "anniversary_on": None if number % 4 == 0 else today + timedelta(days=number % 200),
        "managed_by": managers[number % 4] if number % 4 < len(managers) else None,
        "sort_name": fold(name),
        "search_text": search_text([name]),
    }
