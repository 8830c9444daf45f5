"""How many customers have a fact on a day, so that a badge is a sum over days and not over customers.

Every fact date that a filter reads has a count for each day and team member; a badge for any day adds up the
counts of a range. The counts are kept in step inside the transactions that change customers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Final

from viptui.data.sql import execute, execute_many, fetch
from viptui.rules.filters import Criteria, DateRange, FactDate
from viptui.rules.folding import key_of

EVERY: Final = "every"
"""Counts all customers, whatever their facts."""

NO_PRODUCTS: Final = "no_products"
"""Counts the customers without products."""

_ANY_DAY: Final = date.min.isoformat()
"""The day of what is counted without regard to days."""

_IDS_AT_ONCE: Final = 500

Counted = tuple[str, int, str]
"""What is counted, the id of the team member in charge (0 for nobody), and the day."""


def count(wanted: Criteria, managed_by: str | None = None) -> int:
    """Customers that fulfil the criteria, of everybody or of one team member.

    The ranges of one criteria must exclude each other for any one customer, as those of every filter do.
    """
    whose, manager = _whose(managed_by)
    statement = f"SELECT COALESCE(SUM(customers), 0) FROM day_count WHERE kind = ? AND day BETWEEN ? AND ?{whose}"
    return sum(int(fetch(statement, (*each, *manager))[0][0]) for each in _ranges(wanted))


def days(wanted: DateRange, managed_by: str | None = None) -> list[str]:
    """The days of a range, in ISO form, on which customers have that fact, of everybody or of one team member."""
    ((kind, first, last),) = _ranges(Criteria(any_of=(wanted,)))
    whose, manager = _whose(managed_by)
    statement = (
        f"SELECT day FROM day_count WHERE kind = ? AND day BETWEEN ? AND ?{whose} AND customers > 0 GROUP BY day"
    )
    return [str(day) for (day,) in fetch(statement, (kind, first, last, *manager))]


def managed() -> dict[int, int]:
    """Customers of every team member, by the member's id; under 0 those of nobody."""
    rows = fetch("SELECT manager, customers FROM day_count WHERE kind = ?", (EVERY,))
    return {int(manager): int(customers) for manager, customers in rows}


def by_member(wanted: Criteria) -> dict[int, int]:
    """Customers that fulfil the criteria, by the id of the team member in charge; under 0 those of nobody."""
    counted: Counter[int] = Counter()
    for each in _ranges(wanted):
        for manager, customers in fetch(_BY_MEMBER, each):
            counted[int(manager)] += int(customers)
    return dict(counted)


def recount() -> None:
    """Count all customers anew; inside the transaction that added or changed many of them."""
    execute("DELETE FROM day_count")
    for kind, day, condition in _KINDS:
        execute(
            "INSERT INTO day_count (kind, manager, day, customers) "
            f"SELECT '{kind}', COALESCE(managed_by_id, 0), {day}, COUNT(*) FROM customer WHERE {condition} "
            f"GROUP BY managed_by_id, {day}"
        )


@contextmanager
def keeping_counts(customer_ids: Iterable[int] = ()) -> Iterator[list[int]]:
    """Keep the counts true while these customers change, inside one transaction.

    The value is the list of them: ids of customers that are added meanwhile belong into it.
    """
    ids = list(customer_ids)
    before = _counted(ids)
    yield ids
    change = _counted(ids)
    change.subtract(before)
    rows = sorted((*key, difference) for key, difference in change.items() if difference)
    execute_many(_ADD, rows)  # sorted: two transactions that meet here cannot wait for each other


def _ranges(wanted: Criteria) -> Iterator[tuple[str, str, str]]:
    """What to add up, from which day to which."""
    if wanted.has_products is not None:
        if wanted.has_products or wanted.any_of:
            raise ValueError("only customers without products are counted without regard to days")
        yield NO_PRODUCTS, _ANY_DAY, _ANY_DAY
    elif not wanted.any_of:
        yield EVERY, _ANY_DAY, _ANY_DAY
    for each in wanted.any_of:
        yield each.column, (each.first or date.min).isoformat(), (each.last or date.max).isoformat()


def _whose(managed_by: str | None) -> tuple[str, tuple[str, ...]]:
    """The condition for a team member, with its parameter; for everybody, all of them by name."""
    if managed_by is None:
        return _ANYBODYS, ()
    return " AND manager = (SELECT id FROM team_member WHERE login_key = ?)", (key_of(managed_by),)


def _counted(customer_ids: Sequence[int]) -> Counter[Counted]:
    """What these customers add to the counts."""
    counted: Counter[Counted] = Counter()
    ids = iter(customer_ids)
    while batch := tuple(islice(ids, _IDS_AT_ONCE)):
        marks = ", ".join("?" for _ in batch)
        for manager, has_products, *days in fetch(f"{_FACTS} WHERE id IN ({marks})", batch):
            counted[EVERY, manager or 0, _ANY_DAY] += 1
            if not has_products:
                counted[NO_PRODUCTS, manager or 0, _ANY_DAY] += 1
            for kind, day in zip(FactDate, days, strict=True):
                if day is not None:
                    counted[kind, manager or 0, str(day)] += 1
    return counted


_KINDS: Final[tuple[tuple[str, str, str], ...]] = (
    (EVERY, f"date('{_ANY_DAY}')", "TRUE"),
    (NO_PRODUCTS, f"date('{_ANY_DAY}')", "NOT has_products"),
    *((each.value, each.value, f"{each.value} IS NOT NULL") for each in FactDate),
)
"""What is counted: its name, its day, and for which customers."""

_ANYBODYS: Final = f" AND manager IN (SELECT manager FROM day_count WHERE kind = '{EVERY}')"
"""True of every count. It has the engine look up a range of days for each manager instead of reading all days."""

_BY_MEMBER: Final = (
    f"SELECT manager, SUM(customers) FROM day_count WHERE kind = ? AND day BETWEEN ? AND ?{_ANYBODYS} GROUP BY manager"
)

_FACTS: Final = f"SELECT managed_by_id, has_products, {', '.join(FactDate)} FROM customer"

_ADD: Final = (
    "INSERT INTO day_count (kind, manager, day, customers) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (kind, manager, day) DO UPDATE SET customers = day_count.customers + excluded.customers"
)
