"""Storing what the files say: customers, then orders, then Purchase Authorizations, then what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final

from viptui.data import triples
from viptui.data.day_counts import recount
from viptui.data.facts import Mapped, store_facts
from viptui.data.search import SEARCHED
from viptui.data.sql import execute_many, fetch
from viptui.importing.anniversaries import set_anniversaries
from viptui.importing.bulk import customer_indexes_last
from viptui.importing.columns import AUTHORIZATIONS, CUSTOMERS, ORDERS, Kind
from viptui.importing.derived import Names, customer_texts
from viptui.importing.layout import Layout
from viptui.importing.links import link_orders
from viptui.importing.merge import (
    Column,
    Counts,
    Target,
    count,
    find_changed_lines,
    insert_lines,
    insert_new,
    plain_columns,
    touch_customers,
    update_changed,
)
from viptui.importing.names import add_members, add_products
from viptui.importing.processes import mapping_apart
from viptui.importing.reader import Step
from viptui.importing.returns import link_named, link_others
from viptui.importing.staging import run, touched_customers
from viptui.rules.policy import VipPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What an import did, or would do."""

    customers: Counts
    authorizations: Counts
    orders: Counts
    products_added: int
    team_members_added: int
    anniversaries_set: int
    """Anniversary Dates that followed from a first order or Purchase Authorization."""

    def __bool__(self) -> bool:
        kinds = (self.customers, self.authorizations, self.orders)
        added = self.products_added + self.team_members_added + self.anniversaries_set
        return bool(added or any(each.added or each.changed for each in kinds))


def apply_records(layouts: Sequence[Layout], names: Names, policy: VipPolicy, step: Step) -> Changes:
    """Store the records, inside a write transaction; ``step`` is told what is being done."""
    members, products = add_members(names), add_products(names)
    with customer_indexes_last(step) as search:
        step("storing customers")
        customers = _apply_customers(layouts)
        if search is not None:
            search.begin()
        step("storing orders")
        orders = _apply_orders(layouts)
        step("storing Purchase Authorizations")
        authorizations = _apply_authorizations(layouts)
        step("working out renewals")
        anniversaries = set_anniversaries(policy)
        with _mapped_by() as mapped:
            store_facts(_told(touched_customers(), step), mapped)
        if search is None:
            triples.make_if_outgrown()
    recount()
    return Changes(
        customers=customers,
        authorizations=authorizations,
        orders=orders,
        products_added=products,
        team_members_added=members,
        anniversaries_set=anniversaries,
    )


def _apply_customers(layouts: Sequence[Layout]) -> Counts:
    update_changed(_CUSTOMER, layouts)
    run("INSERT INTO import_touched (customer_id) SELECT DISTINCT id FROM import_changed WHERE kind = 'customers'")
    for batch in _batches(touched_customers()):
        _store_texts(batch)
    return count(CUSTOMERS, insert_new(_CUSTOMER))


def _apply_orders(layouts: Sequence[Layout]) -> Counts:
    _keep_assigned(ORDERS, layouts)
    update_changed(_ORDER, layouts)
    find_changed_lines(_ORDER)
    added = insert_new(_ORDER)
    insert_lines(ORDERS)
    link_named(layouts)
    touch_customers(ORDERS)
    link_others()
    return count(ORDERS, added)


def _apply_authorizations(layouts: Sequence[Layout]) -> Counts:
    link_orders()
    _keep_assigned(AUTHORIZATIONS, layouts)
    run(_ONLY_OPEN_ONES_ASSIGN)
    update_changed(_AUTHORIZATION, layouts)
    find_changed_lines(_AUTHORIZATION)
    added = insert_new(_AUTHORIZATION)
    insert_lines(AUTHORIZATIONS)
    touch_customers(AUTHORIZATIONS)
    return count(AUTHORIZATIONS, added)


def _keep_assigned(kind: Kind, layouts: Sequence[Layout]) -> None:
    """A file without that column leaves the assigned licences as they are; of an order, those of what it pays for."""
    is_missing = any(each.kind is kind and "assigned" not in each.indexes for each in layouts)
    if is_missing and fetch(_HAS_ASSIGNED[kind.name]):
        run(_KEEP_ASSIGNED[kind.name])


def _store_texts(customers: Sequence[int]) -> None:
    """Renew what the list sorts by and a search looks in, after some of it has changed."""
    marks = ", ".join("?" for _ in customers)
    rows = fetch(f"SELECT {', '.join(SEARCHED)}, id FROM customer WHERE id IN ({marks})", customers)
    *columns, ids = zip(*rows, strict=True)
    execute_many(
        "UPDATE customer SET sort_name = ?, search_text = ? WHERE id = ?",
        zip(*customer_texts(columns), ids, strict=True),
    )


@contextmanager
def _mapped_by() -> Iterator[Mapped]:
    """Another process where so many customers are touched that it pays, and this one else."""
    ((touched,),) = fetch("SELECT COUNT(*) FROM import_touched")
    if touched < WORTH_A_PROCESS:
        yield map
    else:
        with mapping_apart(name="viptui-facts") as mapped:
            yield mapped


def _told(customers: Iterator[int], step: Step) -> Iterator[int]:
    """The same customers, while ``step`` is told how many there have been."""
    for number, customer in enumerate(customers):
        if number and number % _CUSTOMERS_BETWEEN_STEPS == 0:
            step(f"working out renewals: {number:,} customers")
        yield customer


def _batches(ids: Iterator[int]) -> Iterator[tuple[int, ...]]:
    while batch := tuple(islice(ids, 500)):
        yield batch


WORTH_A_PROCESS: Final = 50_000
"""Touched customers from which it pays to have another process work out what follows; it begins in half a second."""

_CUSTOMERS_BETWEEN_STEPS: Final = 5_000
"""That take a fraction of a second."""

_PLAIN: Final = tuple(each.name for each in CUSTOMERS.fields if each.name not in ("anniversary_date", "managed_by"))

_CUSTOMER: Final = Target(
    kind=CUSTOMERS,
    columns=(
        *plain_columns(CUSTOMERS, *_PLAIN),
        Column(name="managed_by_id", field="managed_by", value="m.id", new="m.id"),
        Column(
            name="anniversary_on",
            field="anniversary_date",
            value="COALESCE(s.anniversary_on, t.anniversary_on)",  # once set, a blank cell does not take it away
            new="s.anniversary_on",
        ),
        Column(
            name="anniversary_given",
            field="anniversary_date",
            value="CASE WHEN s.anniversary_on IS NULL THEN t.anniversary_given ELSE TRUE END",
            new="s.anniversary_on IS NOT NULL",
            is_compared=False,
        ),
    ),
    fixed={
        **{each: f"s.{each}" for each in ("vip_key", "sort_name", "search_text")},
        **dict.fromkeys(("open_licences", "licences_due", "licences_renewed"), "0"),
        "has_products": "FALSE",
        "version": "1",
    },
    joins="LEFT JOIN team_member m ON m.login_key = s.login_key",
    is_versioned=True,
)

_ORDER: Final = Target(
    kind=ORDERS,
    columns=plain_columns(ORDERS, "order_number", "kind", "ordered_on", "po_number"),
    fixed={"number_key": "s.number_key", "customer_id": "c.id"},
    new_joins="JOIN customer c ON c.vip_key = s.vip_key",
)

_AUTHORIZATION: Final = Target(
    kind=AUTHORIZATIONS,
    columns=(
        *plain_columns(AUTHORIZATIONS, "authorization_number", "created_on", "created_by", "po_number"),
        Column(
            name="status",
            field="status",
            value="CASE WHEN s.status = 'open' AND t.order_id IS NOT NULL THEN 'ordered' ELSE s.status END",
            new="CASE WHEN s.status = 'open' AND k.order_id IS NOT NULL THEN 'ordered' ELSE s.status END",
        ),
    ),
    fixed={"number_key": "s.number_key", "customer_id": "c.id", "order_id": "k.order_id", "version": "1"},
    new_joins="JOIN customer c ON c.vip_key = s.vip_key LEFT JOIN import_link k ON k.key = s.number_key",
    is_versioned=True,
)


def _assigned(stage: str, source: str, record: str) -> str:
    """Licences that a stored record has assigned of the product of a staged row; no more than that row has."""
    return (
        f"(SELECT MAX(CASE WHEN l.assigned < {stage}.quantity THEN l.assigned ELSE {stage}.quantity END) "
        f"FROM {source} JOIN product p ON p.id = l.product_id WHERE {record} AND p.sku_key = {stage}.sku_key)"
    )


_OF_ORDER: Final = _assigned(
    "import_order",
    "customer_order o JOIN order_line l ON l.order_id = o.id",
    "o.number_key = import_order.number_key",
)

_OF_PAID: Final = _assigned(
    "import_order",
    "purchase_authorization a JOIN purchase_authorization_line l ON l.authorization_id = a.id",
    "a.number_key = import_order.authorization_key AND a.status = 'open'",
)

_OF_AUTHORIZATION: Final = _assigned(
    "import_authorization",
    "purchase_authorization a JOIN purchase_authorization_line l ON l.authorization_id = a.id",
    "a.number_key = import_authorization.number_key",
)

_KEEP_ASSIGNED: Final = {
    ORDERS.name: f"UPDATE import_order SET assigned = COALESCE({_OF_ORDER}, {_OF_PAID}, 0) WHERE assigned IS NULL",
    AUTHORIZATIONS.name: (
        f"UPDATE import_authorization SET assigned = COALESCE({_OF_AUTHORIZATION}, 0) WHERE assigned IS NULL"
    ),
}

_HAS_ASSIGNED: Final = {
    ORDERS.name: "SELECT 1 FROM customer_order UNION ALL SELECT 1 FROM purchase_authorization LIMIT 1",
    AUTHORIZATIONS.name: "SELECT 1 FROM purchase_authorization LIMIT 1",
}
"""Whether there is anything to be kept; a first import need not look."""

_ONLY_OPEN_ONES_ASSIGN: Final = (
    "UPDATE import_authorization SET assigned = 0 WHERE assigned > 0 AND (status <> 'open' "
    "OR EXISTS (SELECT 1 FROM import_link k WHERE k.key = import_authorization.number_key) "
    "OR EXISTS (SELECT 1 FROM purchase_authorization a WHERE a.number_key = import_authorization.number_key "
    "AND a.order_id IS NOT NULL))"
)
"""Once a Purchase Authorization is ordered, its order has the licences."""
