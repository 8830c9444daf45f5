"""Filling an empty database: its indexes are made once, in the end, instead of kept true row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from viptui.data.sql import fetch
from viptui.importing.staging import is_sqlite, run


@contextmanager
def customer_indexes_last() -> Iterator[None]:
    """Put the customers' indexes off if there are no customers yet; inside a write transaction."""
    is_empty = not fetch("SELECT 1 FROM customer LIMIT 1")
    put_off = fetch(_SQLITE if is_sqlite() else _POSTGRES) if is_empty else []
    for kind, name, _ in put_off:
        run(f"DROP {kind} {name}")
    yield  # after an error the transaction brings them back
    for _, _, definition in put_off:
        run(definition)
    if is_empty and is_sqlite():
        run("INSERT INTO customer_search (customer_search) VALUES ('rebuild')")


_SQLITE: Final = (
    "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'customer' "
    "AND (type = 'trigger' OR type = 'index' AND sql LIKE 'CREATE INDEX %')"
)
"""The triggers keep the search's index."""

_POSTGRES: Final = (
    "SELECT 'INDEX', indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
    "AND tablename = 'customer' AND indexdef LIKE 'CREATE INDEX %'"
)
