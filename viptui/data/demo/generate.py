"""Writing the demonstration into an empty database, in one transaction and in batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from viptui.data import triples
from viptui.data.database import update_statistics, write_transaction
from viptui.data.day_counts import recount
from viptui.data.demo.catalogue import RESELLER, DemoMember, DemoProduct, price_list, shelves, team
from viptui.data.demo.customers import Inventor
from viptui.data.demo.rows import Rows, insert
from viptui.data.facts import store_facts
from viptui.data.fields import MoneyField
from viptui.data.history import write_history
from viptui.data.proxy import database_proxy
from viptui.data.sql import execute_many, fetch
from viptui.errors import ViptuiError
from viptui.rules.folding import key_of
from viptui.rules.policy import VipPolicy

CUSTOMERS_AT_ONCE: Final = 2_000

Progress = Callable[[int, int], None]
"""Is told how many customers are done and how many there will be."""


def generate_demo(
    customers: int,
    seed: int,
    today: date,
    now: datetime,
    policy: VipPolicy,
    *,
    me: str | None = None,
    progress: Progress | None = None,
) -> None:
    """Fill the open, empty database with made-up customers; the same arguments make the same ones.

    Args:
        customers: how many.
        seed: chooses among the portfolios.
        today: the day on which the customers stand as their story wants it.
        now: when it is written.
        policy: the programme's numbers.
        me: login of a team member who manages a part of the customers.
        progress: is called after every batch.

    Raises:
        ViptuiError: the database is not empty; nothing was written.
    """
    with write_transaction():
        _refuse_others_data()
        members, products = team(me), price_list()
        _write_reseller(members, products)
        inventor = Inventor(seed, today, policy, members, shelves(products))
        rows = Rows(inventor.rng, [member.login for member in members], today)
        for first in range(0, customers, CUSTOMERS_AT_ONCE):
            until = min(first + CUSTOMERS_AT_ONCE, customers)
            _write_batch(inventor, rows, range(first, until))
            if progress:
                progress(until, customers)
        recount()
        triples.make_if_outgrown()
        _write_origin(customers, seed, members[0].login, now)
        _advance_sequences({**rows.last_ids, "team_member": len(members), "product": len(products)})
    update_statistics()


def _refuse_others_data() -> None:
    for table in ("customer", "product", "team_member"):
        if fetch(f"SELECT 1 FROM {table} LIMIT 1"):
            raise ViptuiError("This database is in use already: choose a new one for made-up customers.")


def _write_batch(inventor: Inventor, rows: Rows, numbers: range) -> None:
    for number in numbers:
        rows.add(inventor.customer(number))
    rows.write()
    store_facts(range(numbers.start + 1, numbers.stop + 1))


def _write_reseller(members: tuple[DemoMember, ...], products: tuple[DemoProduct, ...]) -> None:
    if not fetch("SELECT 1 FROM reseller LIMIT 1"):
        execute_many(insert("reseller", ("name",)), [(RESELLER,)])
    execute_many(
        insert("team_member", ("id", "login", "login_key", "name", "email", "role", "status")),
        [
            (number, member.login, key_of(member.login), member.name, member.email, member.role, member.status)
            for number, member in enumerate(members, 1)
        ],
    )
    execute_many(
        insert("product", _PRODUCT_COLUMNS),
        [(number, *_product_values(product)) for number, product in enumerate(products, 1)],
    )


_PRODUCT_COLUMNS: Final = (
    "id", "sku", "sku_key", "name", "offering_type", "pa_allowed", "consumable", "active", "unit_price", "currency",
)  # fmt: skip


def _product_values(product: DemoProduct) -> tuple[object, ...]:
    price = MoneyField().db_value(product.unit_price)
    return (
        product.sku, key_of(product.sku), product.name, product.offering_type,
        product.pa_allowed, product.consumable, product.active, price, product.currency,
    )  # fmt: skip


def _write_origin(customers: int, seed: int, actor: str, now: datetime) -> None:
    """Leave a trace in the history of where all this comes from."""
    summary = f"Made {customers:,} customers up, seed {seed}."
    write_history([{"at": now, "actor": actor, "origin": "cli", "action": "demo.generated", "summary": summary}])


def _advance_sequences(last_ids: Mapping[str, int]) -> None:
    """PostgreSQL gives ids from sequences, which do not notice ids that were given here."""
    if database_proxy.obj.param == "?":
        return
    for table, last in last_ids.items():
        if last:
            fetch("SELECT setval(pg_get_serial_sequence(?, 'id'), ?)", (table, last))
