"""Making the search's index of very many customers in a process of its own, beside everything else that is stored.

SQLite keeps a full-text index in tables of its own. Another process makes them in a file that nobody else sees, and
they are taken over row by row, inside the transaction, once all else is done. Whatever goes wrong on the way, the
index is made where it belongs instead.

The file lies in a folder that whoever asked for the index removes. Where that process is gone before it could, killed
say, the other one notices at once and removes the folder itself: it holds customers' names.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Final

from viptui.data import triples
from viptui.data.sql import execute, execute_many, fetch, iterate
from viptui.importing.processes import begun_apart
from viptui.importing.reader import Step

MANY: Final = 50_000
"""Customers from which it pays: a process takes a second to begin."""

HASH_BYTES: Final = 33_554_432
"""Memory in which SQLite gathers entries before it writes them: with little it merges the same ones over and over."""

STEPS_BETWEEN_LOOKS: Final = 100_000
"""Of SQLite's own, some tens of milliseconds, after which the other process looks whether anybody still waits."""

SECONDS_TO_TELL: Final = 0.5
"""How often a person who waits is told that the program has not stopped."""


class SearchIndex:
    """The search's index while it is made anew."""

    def __init__(self, undo: ExitStack) -> None:
        self._undo = undo
        self._apart: tuple[Connection, Path] | None = None

    def begin(self) -> None:
        """Begin to make it apart, if that pays; the customers are stored by now, and their texts stay as they are."""
        triples.divide()
        ((customers,),) = fetch("SELECT COUNT(*) FROM customer")
        if customers < MANY:
            return
        with suppress(sqlite3.Error, OSError), ExitStack() as undo:  # the other file's errors; ours are peewee's
            folder = undo.enter_context(TemporaryDirectory(prefix="viptui-"))
            maker = undo.enter_context(_maker(folder))  # before the texts: from now on the folder goes in any case
            _give_texts(_file_in(folder))
            maker.send(None)
            self._apart = maker, _file_in(folder)
            self._undo.enter_context(undo.pop_all())

    def finish(self, step: Step) -> None:
        """Take it over, or make it here."""
        step("making the search's index")
        if self._apart is not None:
            maker, file = self._apart
            while not maker.poll(SECONDS_TO_TELL):
                step("making the search's index")
            if _answer(maker):
                _take(file)
                return
        triples.make()


@contextmanager
def search_index() -> Iterator[SearchIndex]:
    """The search's index, to be begun and finished within the block."""
    with ExitStack() as undo:
        yield SearchIndex(undo)


@contextmanager
def _maker(folder: str) -> Iterator[Connection]:
    """The line to another process that makes the index in a folder, as soon as it is told that the texts are there."""
    ours, theirs = Pipe()
    with closing(ours), begun_apart(make_in, folder, theirs, name="viptui-search"):
        theirs.close()
        yield ours


def _answer(maker: Connection) -> bool:
    """Whether the index was made; not if the other process is gone."""
    try:
        return bool(maker.recv())
    except (EOFError, OSError):
        return False


def _file_in(folder: str) -> Path:
    return Path(folder, "search.db")


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


def make_in(folder: str, asker: Connection) -> None:
    """What the other process does: it makes the index once it is told to, and stays until it is ended.

    The line to whoever asked closes with that process, however it ends; then nobody else removes the folder.
    """
    try:
        asker.recv()
        asker.send(_is_made(_file_in(folder), asker))
        asker.recv()
    except (EOFError, OSError):
        rmtree(folder, ignore_errors=True)


def _is_made(file: Path, asker: Connection) -> bool:
    """Make the index; False if it cannot be made, or nobody waits for it any more."""
    try:
        with closing(sqlite3.connect(file)) as texts:
            texts.set_progress_handler(asker.poll, STEPS_BETWEEN_LOOKS)  # there is nothing to say but that it closed
            texts.execute("PRAGMA journal_mode = OFF")
            texts.execute("PRAGMA synchronous = OFF")
            texts.execute("INSERT INTO customer_search (customer_search, rank) VALUES ('hashsize', ?)", [HASH_BYTES])
            texts.execute("INSERT INTO customer_search (customer_search) VALUES ('rebuild')")
            texts.commit()
    except sqlite3.Error:
        return False  # the disk is full, say; why does not matter to anybody
    return True


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
