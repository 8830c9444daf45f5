"""Finding customers by a part of what they are called.

Both engines keep an index of all triples of characters in the search texts: SQLite in a full-text table
(`viptui.data.triples`), PostgreSQL in an inverted index. A text of one or two characters is found as the beginning of
triples; that is why every search text counts as ending with two line ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from viptui.data.sql import fetch, is_sqlite
from viptui.data.triples import TRIPLE, Found, is_nowhere, is_triple
from viptui.data.where import EVERYTHING, NOTHING, Where
from viptui.rules.folding import fold

SEARCHED: Final = ("organization_name", "organization_name_english", "contact_name", "contact_email", "vip_id", "city")
"""The columns of a customer that a search looks in."""

_SAMPLE: Final = 200
"""Customers that are looked at to estimate how many have a text."""

_STRIDE: Final = 2_654_435_761
"""From one of them to the next, around all ids: a prime, so that nothing that comes at intervals is met too often."""


def search_text(fields: Iterable[str]) -> str:
    """What is stored for searching: the fields folded, one a line."""
    return "\n".join(filter(None, (fold(field) for field in fields)))


def contains(text: str) -> Where:
    """That one of the fields contains this text; PostgreSQL may use its index for it."""
    looked_at = has_text(text)
    if is_sqlite() or looked_at in (EVERYTHING, NOTHING):
        return looked_at
    return Where("customer_search_vector(c.search_text) @@ CAST(? AS tsquery)", (_query(fold(text)),)) & looked_at


def has_text(text: str) -> Where:
    """The same, looked for in each row."""
    wanted = fold(text)
    if not wanted:
        return EVERYTHING
    if is_nowhere(wanted):
        return NOTHING
    literal = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return Where("c.search_text LIKE ? ESCAPE '\\'", (f"%{literal}%",))


def who_has(address: str) -> list[tuple[str, str, str]]:
    """VIP ID, name and e-mail address of the customers that have a text which hardly any have, such as an address."""
    here = contains(address)
    if here not in (EVERYTHING, NOTHING) and is_sqlite() and is_triple(address):
        here = Found(_without_ending(address)).among & here
    columns = "c.sort_name, c.id, c.vip_id, c.organization_name, c.contact_email"
    rows = fetch(f"SELECT {columns} FROM customer c WHERE {here.sql}", here.parameters)
    return [(vip_id, name, email) for _, _, vip_id, name, email in sorted(rows)]


def _without_ending(address: str) -> str:
    """An address without the last part of its domain, whose triples nearly everybody has: they take long to look up."""
    beginning = address.rpartition(".")[0]
    return beginning if is_triple(beginning) else address


def share_found(text: str) -> float:
    """Which share of the customers has a text, by a sample of them."""
    ((last,),) = fetch("SELECT COALESCE(MAX(id), 0) FROM customer")
    ids = ", ".join(str(1 + turn * _STRIDE % max(last, 1)) for turn in range(_SAMPLE))
    searched = contains(text)
    ((some, found),) = fetch(
        f"SELECT COUNT(*), COUNT(CASE WHEN {searched.sql} THEN 1 END) FROM customer c WHERE c.id IN ({ids})",
        searched.parameters,
    )
    return float(found / some) if some else 1.0


def _query(wanted: str) -> str:
    if len(wanted) < TRIPLE:
        return f"{_lexeme(wanted)}:*"
    return " & ".join(_lexeme(wanted[at : at + TRIPLE]) for at in range(len(wanted) - TRIPLE + 1))


def _lexeme(text: str) -> str:
    doubled = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
