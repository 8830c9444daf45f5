"""Filling an empty database: its indexes are made once, in the end, instead of kept true row by row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Final

from peewee import OperationalError

from viptui.data.failures import tidied_up
from viptui.data.sql import fetch, is_sqlite
from viptui.importing.reader import Step
from viptui.importing.search_apart import SearchIndex, search_index
from viptui.importing.staging import run, sqlite_set

SORTED_KIB: Final = 8_192
"""Of keys that SQLite hands to its other thread at a time. With 4 to 16 MB the indexes of a million customers take 24
to 27 s, with the 128 MB of an import 33 and no second core is used."""


@contextmanager
def straight_into_the_file() -> Iterator[None]:
    """Fill an empty SQLite database without its log, which would hold all of it once more; outside of transactions.

    What was there, next to nothing, goes into a journal, so that it is still all or nothing. Nobody else can read
    meanwhile; where somebody does already, the log is used.
    """
    if not (is_sqlite() and _is_empty() and _use_journal("DELETE") == "delete"):
        yield
        return
    with tidied_up(partial(_use_journal, "WAL")):
        yield


@contextmanager
def customer_indexes_last(step: Step) -> Iterator[SearchIndex | None]:
    """Put the customers' indexes off if there are no customers yet; inside a write transaction.

    The value is the search's index, if it is one of them: to be begun once the customers are stored.
    """
    if not _is_empty():
        yield None
        return
    put_off = fetch(_SQLITE if is_sqlite() else _POSTGRES)
    for kind, name, _ in put_off:
        run(f"DROP {kind} {name}")
    with search_index() as search:
        yield search if is_sqlite() else None  # after an error the transaction brings them back
        with sqlite_set("threads", 1), sqlite_set("main.cache_size", -SORTED_KIB):
            for made, (_, _, definition) in enumerate(put_off, start=1):
                step(f"making the indexes: {made} of {len(put_off)}")
                run(definition)
        if is_sqlite():
            search.finish(step)


def _is_empty() -> bool:
    return not fetch("SELECT 1 FROM customer LIMIT 1")


def _use_journal(mode: str) -> str:
    """The journal mode after asking for another one; nobody is waited for."""
    ((patience,),) = fetch("PRAGMA busy_timeout")
    fetch("PRAGMA busy_timeout = 0")
    try:
        ((chosen,),) = fetch(f"PRAGMA journal_mode = {mode}")
    except OperationalError:
        ((chosen,),) = fetch("PRAGMA journal_mode")
    finally:
        fetch(f"PRAGMA busy_timeout = {patience:d}")
    return str(chosen)


_SQLITE: Final = (
    "SELECT type, name, sql FROM sqlite_master WHERE tbl_name = 'customer' "
    "AND (type = 'trigger' OR type = 'index' AND sql LIKE 'CREATE INDEX %')"
)
"""The triggers keep the search's index."""

_POSTGRES: Final = (
    "SELECT 'INDEX', indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
    "AND tablename = 'customer' AND indexdef LIKE 'CREATE INDEX %'"
)
