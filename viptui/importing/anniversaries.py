"""Anniversary Dates that no file gives: they follow from the first order or Purchase Authorization."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from viptui.data.sql import civil, execute_many, fetch
from viptui.rules.anniversary import base_date, first_anniversary
from viptui.rules.authorization import Authorization, AuthorizationStatus
from viptui.rules.policy import VipPolicy

_CUSTOMERS_AT_ONCE: Final = 500


def set_anniversaries(policy: VipPolicy) -> int:
    """Store the Anniversary Date of touched customers that have none but have bought; their number."""
    total = 0
    for batch in _without_anniversary():
        found = [
            (first_anniversary(base_on, term_months).isoformat(), customer)
            for customer, term_months, base_on in _bases(batch, policy)
        ]
        execute_many("UPDATE customer SET anniversary_on = ?, version = version + 1 WHERE id = ?", found)
        total += len(found)
    return total


def _without_anniversary() -> Iterator[list[tuple[int, int]]]:
    """Customers and their terms in months, in batches."""
    last = 0
    while batch := fetch(_WITHOUT, (last,)):
        yield [(customer, term_months) for customer, term_months in batch]
        last = batch[-1][0]


def _bases(batch: Sequence[tuple[int, int]], policy: VipPolicy) -> Iterator[tuple[int, int, date]]:
    customers = [customer for customer, _ in batch]
    marks = ", ".join("?" for _ in customers)
    authorizations: defaultdict[int, list[Authorization]] = defaultdict(list)
    for customer, number, created, status in fetch(_AUTHORIZATIONS.format(marks), customers):
        authorizations[customer].append(_authorization(number, created, status))
    first_orders = {customer: civil(first) for customer, first in fetch(_FIRST_ORDERS.format(marks), customers)}
    for customer, term_months in batch:
        base_on = base_date(authorizations[customer], first_orders.get(customer), policy)
        if base_on is not None:
            yield customer, term_months, base_on


def _authorization(number: str, created: Any, status: str) -> Authorization:
    created_on = civil(created)
    if created_on is None:
        raise ValueError("a date that must be there is missing")
    return Authorization(number=number, created_on=created_on, status=AuthorizationStatus(status))


_WITHOUT: Final = (
    "SELECT c.id, c.term_months FROM import_touched i JOIN customer c ON c.id = i.customer_id "
    f"WHERE c.id > ? AND c.anniversary_on IS NULL ORDER BY c.id LIMIT {_CUSTOMERS_AT_ONCE}"
)

_AUTHORIZATIONS: Final = (
    "SELECT customer_id, number, created_on, status FROM purchase_authorization WHERE customer_id IN ({})"
)

_FIRST_ORDERS: Final = (
    "SELECT customer_id, MIN(ordered_on) FROM customer_order "
    "WHERE kind <> 'return' AND customer_id IN ({}) GROUP BY customer_id"
)
