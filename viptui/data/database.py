"""Opening the database, writing to it in one transaction, and the threads that may use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar

from viptui.data.failures import cause, driver_errors, engine_failed
from viptui.errors import OlderDatabase, StorageUnavailable
from viptui.optional import without

if TYPE_CHECKING:
    from concurrent.futures import Future

    from peewee import Database

P = ParamSpec("P")
T = TypeVar("T")


UPDATES: Final = "viptui.updates"
"""The log that tells of a database which is brought up to date before it can be used."""


def is_postgres(target: str) -> bool:
    """Whether a ``--database`` value names a PostgreSQL server rather than a file."""
    return target.startswith(("postgres://", "postgresql://"))


def import_peewee(target: str) -> None:
    """Import peewee; for SQLite without the PostgreSQL driver, which takes longer to load than all the rest.

    Without OpenSSL's hashes too, a hundredth of the interface's start: Python has its own ones.
    """
    with nullcontext() if is_postgres(target) else without("psycopg", "_hashlib"):
        import peewee  # noqa: F401


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
    import_peewee(target)
    place = _place(target)
    try:
        with ExitStack() as undo:
            database = _connect(target, create)
            undo.callback(database.close)
            _migrate(database, place, create=create, read_only=read_only)
            if read_only:
                _refuse_writes(database)
            undo.pop_all()  # it is open and sound: it stays open
    except driver_errors() as error:
        raise StorageUnavailable(f"{place} cannot be used: {cause(error)}.") from error
    return database


def create_database(target: str) -> None:
    """Make a new, empty viptui database at ``target``, or do nothing where there is one already."""
    open_database(target, create=True).close()


@contextmanager
def write_transaction() -> Iterator[None]:
    """One transaction that holds the right to write from its first statement; on either engine one at a time.

    Raises:
        StorageUnavailable: somebody else holds that right for longer than a writer waits, the disk is full or
            damaged, the server is gone. Only if it says so is it uncertain whether something was written.
    """
    from viptui.data.proxy import database_proxy

    database = database_proxy.obj
    outcome = _NOTHING_WRITTEN
    try:
        with database.atomic("IMMEDIATE") if _is_sqlite(database) else database.atomic():
            if not _is_sqlite(database):
                database.execute_sql(_BECOME_THE_WRITER, (str(LONGEST_WAIT_MS), _WRITER))
            yield
            outcome = _PERHAPS_WRITTEN
    except driver_errors() as error:
        if not engine_failed(error):
            raise
        raise StorageUnavailable(outcome.format(cause(error))) from error


@contextmanager
def savepoint() -> Iterator[None]:
    """A part of a `write_transaction` that is taken back by itself if it fails."""
    from viptui.data.proxy import database_proxy

    database = database_proxy.obj
    database.execute_sql("SAVEPOINT part")
    try:
        yield
    except Exception as error:
        if not (isinstance(error, driver_errors()) and engine_failed(error)):  # else all of it is lost
            database.execute_sql("ROLLBACK TO SAVEPOINT part")
            database.execute_sql("RELEASE SAVEPOINT part")
        raise
    database.execute_sql("RELEASE SAVEPOINT part")


@contextmanager
def connected(database: Database) -> Iterator[None]:
    """A connection of this thread for a piece of work: made if there is none or it was ended, dropped if it fails.

    Raises:
        StorageUnavailable: the engine is locked, damaged or out of reach.
    """
    try:
        if _was_ended(database):
            database.close()  # the server was started anew, or tired of waiting: nothing was under way
        if database.is_closed():
            database.connect()
        yield
    except StorageUnavailable:
        database.close()  # after a restart of the server only a new connection works
        raise
    except driver_errors() as error:
        if not engine_failed(error):
            raise
        database.close()
        raise StorageUnavailable(f"The database did not answer: {cause(error)}.") from error


def update_statistics() -> None:
    """Let the engine see how rows are spread, so that it chooses the right index; after many rows have changed."""
    from viptui.data.proxy import database_proxy

    database = database_proxy.obj
    with write_transaction():
        if _is_sqlite(database):
            database.execute_sql(f"PRAGMA analysis_limit = {_ROWS_TO_SAMPLE}")
        database.execute_sql("ANALYZE")


def interrupt(connection: Any) -> None:
    """Let what a connection is at fail, from any thread; each engine has its own word for that."""
    getattr(connection, "interrupt" if hasattr(connection, "interrupt") else "cancel")()


class DataThread:
    """One thread with its own connection: what it is given runs in one order."""

    def __init__(self, database: Database, name: str) -> None:
        from concurrent.futures import ThreadPoolExecutor  # with asyncio a quarter of a command's start, for nothing

        self._database = database
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=f"data-{name}")
        self._given: set[Future[Any]] = set()
        self._is_closed = False
        self.is_busy = False
        """Whether it is at something now."""

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``work`` on the thread. Cancelling drops it if it has not begun."""
        import asyncio

        return await asyncio.wrap_future(self.begin(work, *args, **kwargs))

    def begin(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Give ``work`` to the thread without waiting for it; after `close` it is dropped."""
        if self._is_closed:
            from concurrent.futures import Future

            dropped: Future[T] = Future()
            dropped.cancel()
            return dropped
        given = self._executor.submit(partial(self._connected, work, *args, **kwargs))
        self._given.add(given)
        given.add_done_callback(self._given.discard)
        return given

    def close(self) -> None:
        """Finish what was begun, drop what was not, close the connection."""
        self._is_closed = True
        for given in tuple(self._given):
            given.cancel()
        self._executor.submit(self._database.close)
        self._executor.shutdown(wait=True)

    def _connected(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self.is_busy = True
        try:
            with connected(self._database):
                return work(*args, **kwargs)
        finally:
            self.is_busy = False


_ROWS_TO_SAMPLE: Final = 1_000
"""Rows of each index that SQLite looks at; more takes longer and tells no more."""

LONGEST_WAIT_MS: Final = 10_000
"""How long a writer waits for another one."""

_WRITER: Final = 0x56495057
"""PostgreSQL's advisory lock of whoever writes: the letters VIPW. What a rule was checked against then stays so."""

_BECOME_THE_WRITER: Final = "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)"

_NEITHER: Final = (
    "A database is a path of an SQLite file, or a PostgreSQL server as postgresql://user:password@host/database."
)

_NOTHING_WRITTEN: Final = "Nothing was written: {}."
_PERHAPS_WRITTEN: Final = "It is uncertain whether this was written: {}. Look before you do it again."


def is_shared(database: Database) -> bool:
    """Whether it is a server, on which colleagues work beside."""
    return not _is_sqlite(database)


def _was_ended(database: Any) -> bool:
    """Whether the server has ended the connection of this thread between two pieces of work."""
    if _is_sqlite(database) or database.is_closed() or database.in_transaction():
        return False
    from viptui.data.postgres import has_hung_up

    return has_hung_up(database)


def _place(target: str) -> str:
    """The target as it may be shown: without a password."""
    if not is_postgres(target):
        return target
    from viptui.data.postgres import place_of

    return place_of(target)


def _connect(target: str, create: bool) -> Database:
    if is_postgres(target):
        from viptui.data.postgres import open_postgres

        return open_postgres(target)
    if "://" in target:
        raise StorageUnavailable(_NEITHER)  # without the target: it may hold a password
    from viptui.data.sqlite import open_sqlite

    return open_sqlite(Path(target), create=create)


def _migrate(database: Database, place: str, *, create: bool, read_only: bool) -> None:
    from viptui.data.migrations import applied, known, run

    tables = database.get_tables()  # before the history: somebody else may be making both at this moment
    done = applied(database)
    if not done <= set(known()):
        raise StorageUnavailable(f"{place} was written by a newer viptui. Update this program.")
    if done == set(known()):
        return
    if not done:
        if tables and not _is_sqlite(database):
            raise StorageUnavailable(f"{place} holds the tables of another program. Give viptui a database of its own.")
        if not create:
            raise StorageUnavailable(f"{place} holds no viptui tables yet: 'viptui init' makes them.")
    elif read_only:
        raise OlderDatabase(f"{place} is of an older viptui. Open it once for writing to update it.")
    else:
        import logging  # peewee has done so already

        logging.getLogger(UPDATES).info(
            "Updating %s to this version. With very many customers that takes a while.", place
        )
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
