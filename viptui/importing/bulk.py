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
    indexes = [] if fetch("SELECT 1 FROM customer LIMIT 1") else fetch(_SQLITE if is_sqlite() else _POSTGRES)
    for name, _ in indexes:
        run(f"DROP INDEX {name}")
    yield  # after an error the transaction brings them back
    for _, definition in indexes:
        run(definition)


_SQLITE: Final = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'customer' AND sql LIKE 'CREATE INDEX %'"
)

_POSTGRES: Final = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'customer' "
    "AND indexdef LIKE 'CREATE INDEX %'"
)
