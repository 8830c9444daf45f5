"""Keeping the fact columns of customers true to their Purchase Authorizations and orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from viptui.data.day_counts import keeping_counts
from viptui.data.fields import MoneyField
from viptui.data.sql import civil, execute_many, fetch
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.facts import AuthorizationFact, CustomerFacts, derive_facts
from viptui.rules.renewal import OrderFact

_CUSTOMERS_AT_ONCE: Final = 500
_MONEY: Final = MoneyField()
_STATUS: Final = {each.value: each for each in AuthorizationStatus}

Rows = tuple[list[Any], list[Any], list[Any]]
"""What facts follow from, of some customers: lines of Purchase Authorizations, lines of orders, Anniversary Dates."""

Values = list[tuple[Any, ...]]
"""What is to be stored of some customers, in the order of the statement that does it."""

Mapped = Callable[[Callable[[Rows], Values], Iterable[Rows]], Iterable[Values]]
"""Calls a function for each of many, as `map` does."""


def refresh_facts(customer_ids: Iterable[int]) -> None:
    """Recompute and store the facts of these customers; inside the transaction that changed their rows."""
    for batch in _batches(customer_ids):
        with keeping_counts(batch):
            store_facts(batch)


def store_facts(customer_ids: Iterable[int], mapped: Mapped = map) -> None:
    """The same for a change of so many customers that it ends with a `viptui.data.day_counts.recount`.

    ``mapped`` works facts out from rows: as `map` does, or elsewhere.
    """
    for values in mapped(fact_values, (_rows(batch) for batch in _batches(customer_ids))):
        execute_many(_UPDATE, values)


def recomputed_facts(customer_ids: Iterable[int]) -> dict[int, CustomerFacts]:
    """The facts as they follow from the rows, without storing them."""
    return {customer: facts for batch in _batches(customer_ids) for customer, facts in _derive(_rows(batch))}


def fact_values(rows: Rows) -> Values:
    """What is to be stored of some customers; needs no database."""
    return [(*_values(facts), customer) for customer, facts in _derive(rows)]


def _rows(batch: Sequence[int]) -> Rows:
    marks = ", ".join("?" for _ in batch)
    authorizations, orders, anniversaries = (
        fetch(query.format(marks), batch) for query in (_AUTHORIZATIONS, _ORDERS, _ANNIVERSARIES)
    )
    return authorizations, orders, anniversaries


def _derive(rows: Rows) -> Iterator[tuple[int, CustomerFacts]]:
    of_authorizations, of_orders, anniversaries = rows
    authorizations: defaultdict[int, list[AuthorizationFact]] = defaultdict(list)
    for customer, created, status, quantity, price, currency in of_authorizations:
        authorizations[customer].append(
            AuthorizationFact(_date(created), _STATUS[status], quantity, _money(price), currency)
        )
    orders: defaultdict[int, list[OrderFact]] = defaultdict(list)
    for customer, counted_on, kind, returned_kind, quantity in of_orders:
        orders[customer].append(order_fact(_date(counted_on), kind, returned_kind, quantity))
    for customer, anniversary in anniversaries:
        anniversary_on = None if anniversary is None else _date(anniversary)
        yield customer, derive_facts(anniversary_on, authorizations.get(customer, ()), orders.get(customer, ()))


def order_fact(counted_on: date, kind: str, returned_kind: str | None, quantity: int) -> OrderFact:
    """An order line as the renewal rules want it: a return takes away from the kind that it undoes.

    It does so on the day of that order, where it is known: what has been returned was never due, and a return after
    the renewal's time does not show that the customer went on.
    """
    if kind == "return":
        return OrderFact(counted_on, -quantity, returned_kind == "renewal")
    return OrderFact(counted_on, quantity, kind == "renewal")


@lru_cache(maxsize=4_096)
def _money(value: Any) -> Decimal | None:
    """A price; there are as many as products."""
    return _MONEY.python_value(value)


@lru_cache(maxsize=32_768)
def _date(value: Any) -> date:
    """A date column that is never empty; the same days come again and again."""
    day = civil(value)
    if day is None:
        raise ValueError("a date that must be there is missing")
    return day


def _values(facts: CustomerFacts) -> tuple[Any, ...]:
    dates = (
        facts.oldest_open_authorization_on,
        facts.newest_open_authorization_on,
        facts.renewed_on,
        facts.renewal_due_on,
        facts.renewal_following_on,
    )
    return (
        facts.has_products,
        *[None if day is None else day.isoformat() for day in dates],
        facts.open_licences,
        _MONEY.db_value(facts.open_amount),
        facts.open_currency,
        facts.licences_due,
        facts.licences_renewed,
    )


def _batches(customer_ids: Iterable[int]) -> Iterator[tuple[int, ...]]:
    ids = iter(customer_ids)
    while batch := tuple(islice(ids, _CUSTOMERS_AT_ONCE)):
        yield batch


_UPDATE: Final = (
    "UPDATE customer SET has_products = ?, oldest_open_authorization_on = ?, newest_open_authorization_on = ?, "
    "renewed_on = ?, renewal_due_on = ?, renewal_following_on = ?, open_licences = ?, open_amount = ?, "
    "open_currency = ?, licences_due = ?, licences_renewed = ? WHERE id = ?"
)

_AUTHORIZATIONS: Final = (
    "SELECT a.customer_id, a.created_on, a.status, l.quantity, p.unit_price, p.currency "
    "FROM purchase_authorization a JOIN purchase_authorization_line l ON l.authorization_id = a.id "
    "JOIN product p ON p.id = l.product_id WHERE a.customer_id IN ({})"
)

_ORDERS: Final = (
    "SELECT o.customer_id, COALESCE(r.ordered_on, o.ordered_on), o.kind, r.kind, l.quantity "
    "FROM customer_order o JOIN order_line l ON l.order_id = o.id "
    "LEFT JOIN customer_order r ON r.id = o.returns_id WHERE o.customer_id IN ({})"
)

_ANNIVERSARIES: Final = "SELECT id, anniversary_on FROM customer WHERE id IN ({})"
