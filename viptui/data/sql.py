"""Statements as text, for the few paths where a query builder's millisecond is felt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import date
from functools import lru_cache
from typing import Any, Final

from peewee import PostgresqlDatabase, __exception_wrapper__  # type: ignore[attr-defined] # the cursor itself raises the driver's errors

from viptui.data.models import database_proxy


def fetch(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """All rows of a statement whose parameters are written ``?`` on either engine."""
    database = database_proxy.obj
    rows: list[tuple[Any, ...]] = database.execute_sql(_for(database.param, statement), parameters).fetchall()
    return rows


def iterate(statement: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement as they are read, in one walk; few of them are in memory at once."""
    database = database_proxy.obj
    with ExitStack() as until_the_end:
        if isinstance(database, PostgresqlDatabase):
            until_the_end.enter_context(database.atomic())  # a cursor of the server lives as long as its transaction
            cursor = database.connection().cursor(name="viptui_walk")
            cursor.itersize = _ROWS_A_TRIP
        else:
            cursor = database.connection().cursor()
        until_the_end.enter_context(closing(cursor))
        with __exception_wrapper__:
            cursor.execute(_for(database.param, statement), parameters)
            yield from cursor


def execute(statement: str, parameters: Sequence[Any] = ()) -> None:
    """Run a statement that returns no rows; only inside a `write_transaction`."""
    database = database_proxy.obj
    database.execute_sql(_for(database.param, statement), parameters)


def execute_many(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run a statement once for each row; only inside a `write_transaction`."""
    database = database_proxy.obj
    cursor = database.cursor()
    with __exception_wrapper__:
        cursor.executemany(_for(database.param, statement), rows)


def is_sqlite() -> bool:
    """Whether the open database is SQLite; otherwise it is PostgreSQL."""
    return bool(database_proxy.obj.param == "?")


def data_version() -> object:
    """Equal values on one thread mean that nobody, the thread included, has changed the data in between."""
    database = database_proxy.obj
    if is_sqlite():
        connection = database.connection()
        return connection, connection.total_changes, fetch("PRAGMA data_version")[0][0]
    return fetch("SELECT CAST(pg_current_snapshot() AS text)")[0][0]


@lru_cache(maxsize=16_384)  # the same days come again and again
def civil(value: str | date | None) -> date | None:
    """A date column as either engine returns it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


_ROWS_A_TRIP: Final = 1_000
"""Rows that a server sends at once."""


@lru_cache(maxsize=256)
def _for(parameter: str, statement: str) -> str:
    return statement if parameter == "?" else statement.replace("%", "%%").replace("?", parameter)
