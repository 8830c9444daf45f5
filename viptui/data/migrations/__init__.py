"""The schema's history: numbered scripts, each applied once, in order, in one locked transaction."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peewee import Database
    from playhouse.migrations import Runner

_LOCK = 0x56495054
"""PostgreSQL's advisory lock while migrations run: the letters VIPT."""


@cache
def known() -> tuple[str, ...]:
    """Names of the migrations that this program knows."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[0-9]*.py")))


def applied(database: Database) -> set[str]:
    """Names of the migrations that the database has seen."""
    if "schema_migration" not in database.get_tables():
        return set()
    return {name for (name,) in database.execute_sql("SELECT name FROM schema_migration").fetchall()}


def run(database: Database) -> None:
    """Apply what is pending, all or nothing; of several programs at once one does it and the others wait."""
    from peewee import SqliteDatabase

    if isinstance(database, SqliteDatabase):
        with database.atomic("IMMEDIATE"):
            _runner(database).up()
    else:
        with database.atomic():
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            _runner(database).up()


def _runner(database: Database) -> Runner:
    from playhouse.migrations import Runner

    return Runner(database, directory=str(Path(__file__).parent))
