"""The counts behind the badges: true after any sequence of changes, on both engines."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.support.records import add_customer, add_member, authorize, order
from viptui.data.database import write_transaction
from viptui.data.day_counts import count, days, keeping_counts, recount
from viptui.data.facts import refresh_facts
from viptui.data.models import Authorization, Customer
from viptui.data.sql import fetch
from viptui.rules.filters import Criteria, DateRange, FactDate

TODAY = date(2026, 3, 1)


def stored() -> dict[tuple[str, int, str], int]:
    rows = fetch("SELECT kind, manager, day, customers FROM day_count")
    return {(kind, manager, str(day)): customers for kind, manager, day, customers in rows if customers}


def test_counts_follow_every_change_of_a_customer(database: str) -> None:
    chance = random.Random(4)
    members = [add_member(login) for login in ("ana", "ben")]
    customers = [add_customer(f"Customer {number}", managed_by=members[number % 2]) for number in range(8)]
    for _ in range(40):
        customer = chance.choice(customers)
        with write_transaction():
            chance.choice(CHANGES)(chance, customer)
            refresh_facts([customer.id])
        kept = stored()
        with write_transaction():
            recount()
        assert kept == stored()


def _authorize(chance: random.Random, customer: Customer) -> None:
    authorize(customer, TODAY - timedelta(days=chance.randrange(90)), {"Photoshop": 2})


def _order(chance: random.Random, customer: Customer) -> None:
    order(customer, TODAY - timedelta(days=chance.randrange(400)), {"Photoshop": 2})


def _cancel(chance: random.Random, customer: Customer) -> None:
    Authorization.update(status="cancelled").where(Authorization.customer == customer).execute()


def _reassign(chance: random.Random, customer: Customer) -> None:
    with keeping_counts([customer.id]):
        manager = chance.choice([1, 2, None])
        Customer.update(managed_by=manager).where(Customer.id == customer.id).execute()


CHANGES: tuple[Callable[[random.Random, Customer], None], ...] = (_authorize, _order, _cancel, _reassign)


def test_removed_customer_is_counted_no_more(database: str) -> None:
    customer = add_customer("Short-lived")
    with write_transaction(), keeping_counts([customer.id]):
        Customer.delete().where(Customer.id == customer.id).execute()
    assert stored() == {}


def test_new_customer_is_counted_once_it_is_there(database: str) -> None:
    add_customer("First")
    assert count(Criteria()) == 1
    assert count(Criteria(has_products=False)) == 1


def test_customers_with_products_are_not_counted_without_days(database: str) -> None:
    with pytest.raises(ValueError, match="without products"):
        count(Criteria(has_products=True))


def test_days_are_those_on_which_customers_have_the_fact(database: str) -> None:
    ana, ben = (add_member(login) for login in ("ana", "ben"))
    for created_on, member in ((TODAY, ana), (TODAY, ben), (TODAY - timedelta(days=3), ben)):
        customer = add_customer(f"{created_on} {member.login}", managed_by=member)
        authorize(customer, created_on, {"Photoshop": 1})
        with write_transaction():
            refresh_facts([customer.id])
    wanted = DateRange(FactDate.OLDEST_OPEN_AUTHORIZATION, TODAY - timedelta(days=3), TODAY)
    assert sorted(days(wanted)) == ["2026-02-26", "2026-03-01"]
    assert days(wanted, "ana") == ["2026-03-01"]
    assert days(wanted._replace(last=TODAY - timedelta(days=4))) == []
