"""Making the search's index of very many customers in a process of its own, beside everything else that is stored.

SQLite keeps a full-text index in tables of its own. Another process makes them in a file that nobody else sees, and
they are taken over row by row, inside the transaction, once all else is done. Whatever goes wrong on the way, the
index is made where it belongs instead.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from viptui.data.sql import execute, execute_many, fetch, iterate
from viptui.importing.processes import begun_apart
from viptui.importing.reader import Step

MANY: Final = 50_000
"""Customers from which it pays: a process takes a second to begin."""

FAILED: Final = 1
"""Exit status of the other process if it could not make the index."""

SECONDS_TO_TELL: Final = 0.5
"""How often a person who waits is told that the program has not stopped."""


class SearchIndex:
    """The search's index while it is made anew."""

    def __init__(self, undo: ExitStack) -> None:
        self._undo = undo
        self._apart: tuple[BaseProcess, Path] | None = None

    def begin(self) -> None:
        """Begin to make it apart, if that pays; the customers are stored by now, and their texts stay as they are."""
        ((customers,),) = fetch("SELECT COUNT(*) FROM customer")
        if customers < MANY:
            return
        with suppress(sqlite3.Error, OSError), ExitStack() as undo:  # the other file's errors; ours are peewee's
            file = Path(undo.enter_context(TemporaryDirectory(prefix="viptui-")), "search.db")
            _give_texts(file)
            process = undo.enter_context(begun_apart(_make, str(file), name="viptui-search"))
            self._apart = process, file
            self._undo.enter_context(undo.pop_all())

    def finish(self, step: Step) -> None:
        """Take it over, or make it here."""
        step("making the search's index")
        if self._apart is not None:
            process, file = self._apart
            while process.is_alive():
                process.join(SECONDS_TO_TELL)
                step("making the search's index")
            if process.exitcode == 0:
                _take(file)
                return
        execute("INSERT INTO customer_search (customer_search) VALUES ('rebuild')")


@contextmanager
def search_index() -> Iterator[SearchIndex]:
    """The search's index, to be begun and finished within the block."""
    with ExitStack() as undo:
        yield SearchIndex(undo)


def _give_texts(file: Path) -> None:
    ((definition,),) = fetch("SELECT sql FROM sqlite_master WHERE name = 'customer_search'")
    with closing(sqlite3.connect(file)) as texts:
        texts.execute("PRAGMA journal_mode = OFF")
        texts.execute("PRAGMA synchronous = OFF")  # nobody needs the file after a crash
        texts.execute("CREATE TABLE customer_search_text (id INTEGER PRIMARY KEY, padded TEXT NOT NULL)")
        texts.executemany(
            "INSERT INTO customer_search_text (id, padded) VALUES (?, ?)",
            iterate("SELECT id, padded FROM customer_search_text ORDER BY id"),
        )
        texts.execute(definition)
        texts.commit()


def _make(file: str) -> None:
    """What the other process does."""
    try:
        with closing(sqlite3.connect(file)) as texts:
            texts.execute("PRAGMA journal_mode = OFF")
            texts.execute("PRAGMA synchronous = OFF")
            texts.execute("INSERT INTO customer_search (customer_search) VALUES ('rebuild')")
            texts.commit()
    except sqlite3.Error:
        sys.exit(FAILED)  # the disk is full, say; the exit status is all that anybody looks at


def _take(file: Path) -> None:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as made:
        for table, columns in _TABLES.items():
            names, marks = ", ".join(columns), ", ".join("?" for _ in columns)
            execute(f"DELETE FROM {table}")
            rows = made.execute(f"SELECT {names} FROM {table} ORDER BY {', '.join(columns[:-1])}")
            execute_many(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)


_TABLES: Final = {
    "customer_search_data": ("id", "block"),
    "customer_search_idx": ("segid", "term", "pgno"),
    "customer_search_docsize": ("id", "sz"),
}
"""Where SQLite keeps a full-text index: https://www.sqlite.org/fts5.html, section "Shadow tables"."""
