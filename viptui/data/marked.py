"""Reading customers by their ids, and stretches of a list: what marks are made of and what they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from viptui.data.conditions import where
from viptui.data.customer_rows import ROW_COLUMNS, TEAM, customer_row
from viptui.data.queries import list_customers
from viptui.data.sql import fetch
from viptui.rows import CustomerRow, SortKey
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


class Among(NamedTuple):
    """What became of some customers."""

    there: dict[int, str]
    """The VIP IDs of those that there are, by their ids."""
    shown: frozenset[int]
    """Those of them that a list has."""


def look_up(ids: Sequence[int], listing: Listing, today: date, policy: VipPolicy) -> Among:
    """Which of these customers there are still, and which of them a list has on ``today``."""
    wanted = where(listing, today, policy)
    rows: list[tuple[int, str, int]] = []
    for some in _batches(ids):
        rows += fetch(
            f"SELECT c.id, c.vip_id, CASE WHEN {wanted.sql} THEN 1 ELSE 0 END "
            f"FROM customer c WHERE c.id IN ({_places(some)})",
            (*wanted.parameters, *some),
        )
    return Among({each: vip_id for each, vip_id, _ in rows}, frozenset(each for each, _, is_shown in rows if is_shown))


def rows_of(ids: Sequence[int]) -> tuple[CustomerRow, ...]:
    """The rows of these customers in the order of their ids as given, without those that are gone."""
    found: dict[int, CustomerRow] = {}
    for some in _batches(ids):
        statement = f"SELECT {ROW_COLUMNS} FROM customer c {TEAM} WHERE c.id IN ({_places(some)})"
        found |= {row.id: row for row in map(customer_row, fetch(statement, some))}
    return tuple(found[each] for each in ids if each in found)


def rows_with(vip_ids: Sequence[str]) -> tuple[CustomerRow, ...]:
    """The rows of the customers with these VIP IDs, case ignored, each once, without those that are not there."""
    keys = list(dict.fromkeys(map(key_of, vip_ids)))
    found: dict[str, CustomerRow] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        statement = f"SELECT {ROW_COLUMNS} FROM customer c {TEAM} WHERE c.vip_key IN ({', '.join('?' * len(some))})"
        found |= {key_of(row.vip_id): row for row in map(customer_row, fetch(statement, some))}
    return tuple(found[key] for key in keys if key in found)


def stretch(
    listing: Listing, today: date, policy: VipPolicy, number: int, *, after: SortKey | None = None
) -> list[CustomerRow]:
    """The first ``number`` rows of a list, or those after a key; read in pages, as they are when somebody scrolls."""
    rows: list[CustomerRow] = []
    while len(rows) < number:
        size = min(_PAGE, number - len(rows))
        page = list_customers(listing, today, policy, limit=size, after=after)
        rows += page
        if len(page) < size:
            break
        after = page[-1].sort_key
    return rows


_AT_ONCE: Final = 500
"""Ids in one statement: every database takes as many."""

_PAGE: Final = 1_000
"""Rows that are read in one go."""


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _places(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))
