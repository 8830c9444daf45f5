"""Telling an engine that cannot work from a statement that asks for nonsense."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final


def driver_errors() -> tuple[type[Exception], ...]:
    """What peewee and the drivers raise; a driver's own error comes where rows are fetched or sent in bulk."""
    import peewee  # not above: which drivers come with it is decided by open_database

    psycopg = sys.modules.get("psycopg")
    return (peewee.PeeweeException, sqlite3.Error, *((psycopg.Error,) if psycopg else ()))


@contextmanager
def tidied_up(tidy_up: Callable[[], object]) -> Iterator[None]:
    """Tidy up after the block; if it fails, that is what is told, also if an engine that is gone cannot be tidied."""
    try:
        yield
    except BaseException:
        with suppress(*driver_errors()):
            tidy_up()
        raise
    tidy_up()


def engine_failed(error: Exception) -> bool:
    """Whether the engine is locked, damaged, full, read-only or out of reach; a bug or a constraint is not."""
    original = type(getattr(error, "orig", None) or error)
    names = {base.__name__ for base in original.__mro__}
    return not names.isdisjoint(_FAILURES) or original.__name__ == "DatabaseError"


def cause(error: BaseException) -> str:
    """The first line of what went wrong first: a failure often makes the rollback after it fail too."""
    while isinstance(error.__context__, driver_errors()):
        error = error.__context__
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")


_FAILURES: Final = frozenset({"OperationalError", "InternalError", "InsufficientPrivilege"})
