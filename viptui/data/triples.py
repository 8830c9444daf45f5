"""SQLite's index of all triples of characters in the search texts, in the order of the customers' names.

What it has for a text it gives by the numbers of its entries. Such a number is the customer's id behind the number of
a range of names, so that customers come range by range, and the first page of a list by name costs what is on it. The
ranges are made for the names that there are, and stay as long as the index: an entry is found again by its number. A
database that has outgrown them is searched as correctly, in other ways.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import Final, NamedTuple

from viptui.data.sql import data_version, execute, fetch, is_sqlite
from viptui.data.where import EVERYTHING, Where
from viptui.rules.folding import fold

TRIPLE: Final = 3

LONGEST: Final = 10_000
"""No field is longer; SQLite refuses a pattern of more than 50,000 bytes."""

MOST_IN_A_RANGE: Final = 5_000
"""Customers with a text that a list may have to sort because they stand in one range."""

EACH: Final = 16
"""Every sixteenth name of one customer in sixteen begins a range: 256 customers in each. With fewer the index grows,
and with more a page has to sort more of them."""

_SPREAD: Final = 2_654_435_761
"""Times an id, it tells which customers those are: files often have something at intervals."""

OUTGROWN: Final = 16
"""How many times as many customers in a range, on average, make the index worth being made anew."""

WORTH_IT: Final = 20_000
"""Customers from which the ranges matter at all."""


class Start(NamedTuple):
    """Where a stretch begins: beside the customer with this name and id, on either side."""

    sort_name: str
    id: int
    """0 is in front of all customers of that name."""


class Stretch(NamedTuple):
    """What the index has for a text in a few neighbouring ranges."""

    ids: tuple[int, ...]
    """The customers."""
    end: Start | None
    """Where to go on; None at the end. All names in it are below that one, or not below it if it was gone backwards."""


class Found:
    """What SQLite's index of triples has for a text."""

    def __init__(self, text: str) -> None:
        self._matched = _matched(fold(text))

    @property
    def ids(self) -> Where:
        """The statement for the customers' ids."""
        if self._matched is None:
            return Where("SELECT 0 WHERE FALSE")
        return Where(f"SELECT rowid & {_ID:d}{_MATCHING}", (self._matched,))

    @property
    def among(self) -> Where:
        """That a customer is one of them."""
        return Where(f"c.id IN ({self.ids.sql})", self.ids.parameters)

    def count(self, at_most: int | None = None) -> int:
        """How many customers those are; counting stops at ``at_most``."""
        return 0 if self._matched is None else _count(Where(_MATCHING, (self._matched,)), at_most)

    def stretch(self, start: Start | None, at_most: int, *, backwards: bool) -> Stretch | None:
        """The ranges from that of ``start`` on, until ``at_most`` customers were met and then to the end of the range.

        None if very many stand in one range; then there is no way to have them in order but to sort them.
        """
        if self._matched is None:
            return Stretch((), None)
        order = "rowid DESC" if backwards else "rowid"
        here = Where(_MATCHING, (self._matched,)) & _from(start, backwards=backwards)
        numbers = _numbers(here, order, at_most)
        end = None
        if len(numbers) == at_most:
            number = numbers[-1] >> _BITS
            if backwards:
                rest = Where("rowid BETWEEN ? AND ?", (number << _BITS, numbers[-1] - 1))
                end = _beginning("=", number)
            else:
                rest = Where("rowid BETWEEN ? AND ?", (numbers[-1] + 1, number << _BITS | _ID))
                end = _beginning(">", number)
            numbers += _numbers(Where(_MATCHING, (self._matched,)) & rest, order, MOST_IN_A_RANGE)
            if len(numbers) == at_most + MOST_IN_A_RANGE:
                return None
        return Stretch(tuple(number & _ID for number in numbers), end)


def is_triple(text: str) -> bool:
    """Whether a text is long enough for an index of triples to have it as it is."""
    return len(fold(text)) >= TRIPLE


def is_short(text: str) -> bool:
    """Whether very many triples may begin like a text."""
    return len(fold(text)) == 1


def is_nowhere(wanted: str) -> bool:
    """Whether no field can hold a folded text: a field has one line and no end of a text."""
    return len(wanted) > LONGEST or "\0" in wanted


def divide() -> None:
    """Make the ranges for the customers that are stored; the index is to be made anew then."""
    execute("DELETE FROM customer_search_range")
    execute(
        f"""INSERT OR IGNORE INTO customer_search_range (first, number)
        SELECT sort_name, place / {EACH:d} FROM (
            SELECT sort_name, ROW_NUMBER() OVER (ORDER BY sort_name) AS place FROM customer
            WHERE (id * {_SPREAD:d} >> 16) % {EACH:d} = 0
        ) WHERE place % {EACH:d} = 0"""
    )


def make() -> None:
    """Make the index anew."""
    execute("INSERT INTO customer_search (customer_search) VALUES ('rebuild')")


def make_if_outgrown() -> None:
    """Make ranges and index anew where many more customers have come than there were when they were made.

    Inside a write transaction; PostgreSQL has no ranges.
    """
    if not is_sqlite():
        return
    ((customers, ranges),) = fetch(
        "SELECT (SELECT COUNT(*) FROM customer), (SELECT COUNT(*) + 1 FROM customer_search_range)"
    )
    if customers > max(WORTH_IT, ranges * EACH * EACH * OUTGROWN):
        # Dividing changes the numbers by which the entries that are there would be found again, so all of them go.
        divide()
        make()


def _matched(wanted: str) -> str | None:
    """What the full-text table is asked; None if no field can hold it, or no triple begins like that."""
    if is_nowhere(wanted):
        return None
    if len(wanted) >= TRIPLE:
        return _quoted(wanted)
    return " OR ".join(map(_quoted, _triples_from(wanted, data_version()))) or None


@lru_cache(maxsize=8)
def _triples_from(beginning: str, _version: object) -> tuple[str, ...]:
    """All triples with a beginning; the same as long as the data."""
    rows = fetch(_TRIPLES, (beginning, beginning + chr(sys.maxunicode)))
    return tuple(triple for (triple,) in rows)


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _count(here: Where, at_most: int | None) -> int:
    some = "" if at_most is None else f" LIMIT {at_most:d}"
    ((count,),) = fetch(f"SELECT COUNT(*) FROM (SELECT 1{here.sql}{some})", here.parameters)
    return int(count)


def _from(start: Start | None, *, backwards: bool) -> Where:
    """The entries from the first range on that has any on that side."""
    if start is None:
        return EVERYTHING
    below = "<" if backwards and not start.id else "<="
    ((number,),) = fetch(
        f"SELECT COALESCE(MAX(number), 0) FROM customer_search_range WHERE first {below} ?", (start.sort_name,)
    )
    return Where("rowid < ?", (number + 1 << _BITS,)) if backwards else Where("rowid >= ?", (number << _BITS,))


def _numbers(here: Where, order: str, at_most: int) -> list[int]:
    rows = fetch(f"SELECT rowid{here.sql} ORDER BY {order} LIMIT {at_most:d}", here.parameters)
    return [number for (number,) in rows]


def _beginning(range_: str, number: int) -> Start | None:
    """Where a range begins; nothing begins the first one."""
    rows = fetch(f"SELECT first FROM customer_search_range WHERE number {range_} ? ORDER BY number LIMIT 1", (number,))
    return Start(str(rows[0][0]), 0) if rows else None


_BITS: Final = 32
"""Of an entry's number, that are the customer's id."""

_ID: Final = (1 << _BITS) - 1

_MATCHING: Final = " FROM customer_search WHERE customer_search MATCH ?"

_TRIPLES: Final = """
    WITH RECURSIVE found (triple) AS (
        SELECT (SELECT term FROM customer_search_triple WHERE term >= ?1 LIMIT 1)
        UNION ALL
        SELECT (SELECT term FROM customer_search_triple WHERE term >= triple || char(1) LIMIT 1)
        FROM found WHERE triple <= ?2
    )
    SELECT triple FROM found WHERE triple <= ?2
"""
"""From one triple to the next, whatever stands between them: nothing does that begins with it and goes on."""
