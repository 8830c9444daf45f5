"""The SQLite file: made whole or not at all, and looked at before it is touched."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from peewee import SqliteDatabase

from viptui.data.fields import SQLITE_TYPES
from viptui.data.migrations import run
from viptui.data.proxy import database_proxy
from viptui.errors import StorageUnavailable

APPLICATION_ID: Final = 0x56495054
"""SQLite's application id of a viptui file: the letters VIPT."""

BUSY_TIMEOUT_MS: Final = 10_000
"""How long a writer waits for another process before it gives up."""


sqlite3.register_adapter(type(None), lambda nothing: nothing)
"""For a None as for a value of a foreign class, sqlite3 searches for a way to store it; this one it finds at once."""


def open_sqlite(path: Path, *, create: bool) -> SqliteDatabase:
    """The file, connected; a new one if there is none and ``create`` is set.

    Raises:
        StorageUnavailable: there is no such file, or it is not one of viptui's.
    """
    if not _exists(path):
        if not create:
            raise StorageUnavailable(
                f"There is no database at {path}. 'viptui init', 'viptui import' and 'viptui demo --into' make one."
            )
        _create(path)
    _refuse_foreign(path)
    database = _database(path)
    database.connect()
    return database


def files_of(path: Path) -> tuple[Path, ...]:
    """The file and those that SQLite keeps beside it."""
    return (path, *(path.with_name(path.name + ending) for ending in ("-journal", "-wal", "-shm")))


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise StorageUnavailable(f"{path} cannot be read: {_reason(error)}.") from error
    return True


def _database(path: Path) -> SqliteDatabase:
    database = SqliteDatabase(
        f"{path.absolute().as_uri()}?mode=rw",  # never makes a file, also not when a connection is made anew
        uri=True,
        autoconnect=False,
        lock_type="IMMEDIATE",
        field_types=SQLITE_TYPES,
        pragmas={
            "journal_mode": "wal",
            "synchronous": 2,  # FULL: with NORMAL a power cut loses acknowledged work
            "foreign_keys": 1,
            "busy_timeout": BUSY_TIMEOUT_MS,
            "cache_size": -8_192,  # KiB, for each of two connections; behind it is the cache of the system
        },
    )
    database_proxy.initialize(database)
    return database


def _create(path: Path) -> None:
    """Build the file aside and put it in place whole; never over an existing one, nor beside what is left of one."""
    if _is_unfinished(path) and not _exists(path):  # in this order: somebody else may be making it at this moment
        raise StorageUnavailable(
            f"The database at {path} is gone, but not the -wal or -journal file beside it, which SQLite would take for "
            "a part of a new one. Put the database back, or remove that file too."
        )
    draft = path.with_name(f".{path.name}.{uuid4().hex}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.touch(mode=0o600, exist_ok=False)
        try:
            _build(draft)
            with suppress(FileExistsError):  # somebody else was quicker; theirs is as good
                os.link(draft, path)
        finally:
            for file in files_of(draft):
                file.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise StorageUnavailable(f"No database can be made at {path}: {_reason(error)}.") from error


def _build(draft: Path) -> None:
    with closing(_database(draft)) as database:
        database.connect()
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        run(database)
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _refuse_foreign(path: Path) -> None:
    header, size = _beginning(path)
    if not header:
        raise StorageUnavailable(f"{path} is empty: not a viptui database. Remove it, or restore a backup.")
    if not header.startswith(b"SQLite format 3\0") or len(header) < 100:
        raise StorageUnavailable(f"{path} is not a viptui database, or its beginning is damaged.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StorageUnavailable(f"{path} is a database of another program.")
    if size < _size_by(header):
        raise StorageUnavailable(f"{path} is damaged: its end is missing. Restore a backup.")


def _beginning(path: Path) -> tuple[bytes, int]:
    """The file's header and the size it may be held to: it is open while a log or a journal waits to be taken in."""
    try:
        size_is_open = _is_unfinished(path)
        if not stat.S_ISREG(path.stat().st_mode):
            raise StorageUnavailable(f"{path} is not a file.")
        with path.open("rb") as file:
            return file.read(100), sys.maxsize if size_is_open else path.stat().st_size
    except OSError as error:
        raise StorageUnavailable(f"{path} cannot be read: {_reason(error)}.") from error


def _is_unfinished(path: Path) -> bool:
    """Whether there is a log of what was written to the file, or a journal of what was in it before."""
    for ending in ("-wal", "-journal"):
        with suppress(FileNotFoundError, NotADirectoryError):
            if path.with_name(path.name + ending).stat().st_size:
                return True
    return False


def _size_by(header: bytes) -> int:
    """Bytes that the file has by its header; SQLite itself notices only when a whole page is missing."""
    page = int.from_bytes(header[16:18], "big")
    return (65_536 if page == 1 else page) * int.from_bytes(header[28:32], "big")


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
