"""Opening the database, writing to it in one transaction, and the threads that may use it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar
from urllib.parse import urlsplit

from viptui.errors import StorageUnavailable

if TYPE_CHECKING:
    from peewee import Database

P = ParamSpec("P")
T = TypeVar("T")

APPLICATION_ID: Final = 0x56495054
"""SQLite's application id of a viptui file: the letters VIPT."""

BUSY_TIMEOUT_MS: Final = 10_000
"""How long a writer waits for another process before it gives up."""


def is_postgres(target: str) -> bool:
    """Whether a ``--database`` value names a PostgreSQL server rather than a file."""
    return target.startswith(("postgres://", "postgresql://"))


def open_database(target: str, *, create: bool = False, read_only: bool = False) -> Database:
    """The database at a path or ``postgresql://`` URL, migrated and bound to the models.

    The calling thread is connected; other threads connect for themselves (see `DataThread`).

    Args:
        target: path of an SQLite file or URL of a PostgreSQL database.
        create: make a new SQLite file, or the tables in an empty PostgreSQL database, if there are none.
        read_only: refuse every write on the connection itself.

    Raises:
        StorageUnavailable: missing, foreign, damaged, empty, newer than this program, or out of reach.
    """
    peewee = _peewee_for(target)
    try:
        database = _open_postgres(target) if is_postgres(target) else _open_sqlite(target, create)
        _migrate(database, target, create=create, read_only=read_only)
        if read_only:
            _refuse_writes(database)
    except (peewee.PeeweeException, sqlite3.Error) as error:
        raise StorageUnavailable(f"{_place(target)} cannot be used: {_first_line(error)}.") from error
    return database


def create_database(target: str) -> None:
    """Make a new, empty viptui database at ``target``, or do nothing where there is one already."""
    open_database(target, create=True).close()


@contextmanager
def write_transaction() -> Iterator[None]:
    """One transaction that holds the right to write from its first statement.

    Raises:
        StorageUnavailable: somebody else holds that right for longer than a writer waits, or the disk is full.
    """
    import peewee

    from viptui.data.models import database_proxy

    database = database_proxy.obj
    try:
        with database.atomic("IMMEDIATE") if _is_sqlite(database) else database.atomic():
            yield
    except peewee.OperationalError as error:
        raise StorageUnavailable(f"Nothing was written: {_first_line(error)}.") from error


class DataThread:
    """One thread with its own connection: what it is given runs in one order."""

    def __init__(self, database: Database, name: str) -> None:
        self._database = database
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"data-{name}")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``work`` on the thread. Cancelling drops it if it has not begun."""
        call = partial(self._connected, work, *args, **kwargs)
        return await asyncio.wrap_future(self._executor.submit(call))

    def close(self) -> None:
        """Finish what was begun, drop what was not, close the connection."""
        self._executor.submit(self._database.close)
        self._executor.shutdown(wait=True)

    def _connected(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        import peewee

        if self._database.is_closed():
            self._database.connect()
        try:
            return work(*args, **kwargs)
        except (peewee.OperationalError, peewee.InterfaceError) as error:
            self._database.close()
            raise StorageUnavailable(f"The database did not answer: {_first_line(error)}.") from error


def _peewee_for(target: str) -> Any:
    """Import peewee; for SQLite without the PostgreSQL driver, which takes longer to load than all the rest."""
    hide = not is_postgres(target) and "psycopg" not in sys.modules and "peewee" not in sys.modules
    if hide:
        sys.modules["psycopg"] = None  # type: ignore[assignment]
    try:
        import peewee
    finally:
        if hide:
            del sys.modules["psycopg"]
    return peewee


def _open_sqlite(target: str, create: bool) -> Database:
    path = Path(target)
    if not path.exists():
        if not create:
            raise StorageUnavailable(
                f"There is no database at {path}. 'viptui init', 'viptui import' and 'viptui demo --into' make one."
            )
        _create_sqlite(path)
    _refuse_foreign_file(path)
    database = _sqlite(path)
    database.connect()
    return database


def _sqlite(path: Path) -> Database:
    from peewee import SqliteDatabase

    from viptui.data.fields import SQLITE_TYPES
    from viptui.data.models import database_proxy

    database = SqliteDatabase(
        str(path),
        autoconnect=False,
        lock_type="IMMEDIATE",
        field_types=SQLITE_TYPES,
        pragmas={
            "journal_mode": "wal",
            "synchronous": 2,  # FULL: with NORMAL a power cut loses acknowledged work
            "foreign_keys": 1,
            "busy_timeout": BUSY_TIMEOUT_MS,
            "cache_size": -16_384,
        },
    )
    database_proxy.initialize(database)
    return database


def _create_sqlite(path: Path) -> None:
    """Build the file aside and put it in place whole; never over an existing one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f".{path.name}.{os.getpid()}.new")
        draft.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise StorageUnavailable(f"No database can be made at {path}: {error.strerror}.") from error
    try:
        database = _sqlite(draft)
        database.connect()
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        _run_migrations(database)
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        with suppress(FileExistsError):  # somebody else was quicker; theirs is as good
            os.link(draft, path)
    finally:
        for leftover in draft.parent.glob(f"{draft.name}*"):
            leftover.unlink()


def _refuse_foreign_file(path: Path) -> None:
    if not stat.S_ISREG(path.stat().st_mode):
        raise StorageUnavailable(f"{path} is not a file.")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise StorageUnavailable(f"{path} cannot be read: {error.strerror}.") from error
    if not header:
        raise StorageUnavailable(f"{path} is empty: not a viptui database. Remove it, or restore a backup.")
    if not header.startswith(b"SQLite format 3\0") or len(header) < 100:
        raise StorageUnavailable(f"{path} is not a viptui database, or its beginning is damaged.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StorageUnavailable(f"{path} is a database of another program.")


def _open_postgres(target: str) -> Database:
    try:
        import psycopg
    except ImportError:
        raise StorageUnavailable(
            "PostgreSQL needs the driver psycopg: install viptui with its extra 'postgres'."
        ) from None
    from peewee import PostgresqlDatabase

    from viptui.data.fields import POSTGRES_TYPES
    from viptui.data.models import database_proxy

    try:
        parameters = psycopg.conninfo.conninfo_to_dict(target)
    except psycopg.ProgrammingError as error:
        raise StorageUnavailable(f"{_place(target)} is not a PostgreSQL URL: {_first_line(error)}.") from None
    name = parameters.pop("dbname", None) or parameters.get("user")
    connection: dict[str, Any] = {"connect_timeout": 10} | parameters
    database = PostgresqlDatabase(
        str(name or ""),
        autoconnect=False,
        prefer_psycopg3=True,
        field_types=POSTGRES_TYPES,
        **connection,
    )
    database_proxy.initialize(database)
    database.connect()
    return database


def _migrate(database: Database, target: str, *, create: bool, read_only: bool) -> None:
    from viptui.data.migrations import known, pending, unknown

    place = _place(target)
    if unknown(database):
        raise StorageUnavailable(f"{place} was written by a newer viptui. Update this program.")
    waiting = pending(database)
    if not waiting:
        return
    if len(waiting) == len(known()):
        if database.get_tables() and not _is_sqlite(database):
            raise StorageUnavailable(f"{place} holds the tables of another program. Give viptui a database of its own.")
        if not create:
            raise StorageUnavailable(f"{place} holds no viptui tables yet: 'viptui init' makes them.")
    elif read_only:
        raise StorageUnavailable(f"{place} is of an older viptui. Open it once without --as-of to update it.")
    _run_migrations(database)


def _run_migrations(database: Database) -> None:
    from viptui.data.migrations import run

    run(database)


def _refuse_writes(database: Any) -> None:
    """Make every connection of ``database`` read-only, the open one and those of other threads."""
    statement = (
        "PRAGMA query_only = ON" if _is_sqlite(database) else "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    )
    connect = database._connect  # the one place through which peewee makes every connection

    def connect_read_only() -> Any:
        connection = connect()
        connection.cursor().execute(statement)
        connection.commit()
        return connection

    database._connect = connect_read_only
    database.close()
    database.connect()


def _is_sqlite(database: Database) -> bool:
    from peewee import SqliteDatabase

    return isinstance(database, SqliteDatabase)


def _place(target: str) -> str:
    """The target as it may be shown: without a password."""
    if not is_postgres(target):
        return target
    parts = urlsplit(target)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def _first_line(error: BaseException) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")
