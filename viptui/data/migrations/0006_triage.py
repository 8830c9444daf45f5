"""Triage sessions: whoever works through a list goes on where the line dropped."""

from __future__ import annotations

from typing import Any, Final

from peewee import SqliteDatabase

POSTGRES: Final = {"id": "SERIAL NOT NULL PRIMARY KEY", "instant": "TIMESTAMPTZ"}
SQLITE: Final = {"id": "INTEGER NOT NULL PRIMARY KEY", "instant": "TEXT"}

STATEMENT: Final = """CREATE TABLE triage (
    id {id},
    login VARCHAR(255) NOT NULL,
    tab VARCHAR(255) NOT NULL,
    words TEXT NOT NULL,
    queue TEXT NOT NULL,
    position INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    started_at {instant} NOT NULL
)"""


def up(_migrator: Any, db: Any) -> None:
    """Make the table."""
    db.execute_sql(STATEMENT.format(**(SQLITE if isinstance(db, SqliteDatabase) else POSTGRES)))
    db.execute_sql("CREATE UNIQUE INDEX triage_login ON triage (login)")
