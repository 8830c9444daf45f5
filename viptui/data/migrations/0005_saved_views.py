"""Lists that somebody has saved under a name."""

from __future__ import annotations

from typing import Any, Final

from peewee import SqliteDatabase

STATEMENTS: Final = (
    """CREATE TABLE saved_view (
        id {id},
        login VARCHAR(255) NOT NULL,
        name VARCHAR(255) NOT NULL,
        name_key {code_point} NOT NULL,
        tab VARCHAR(255) NOT NULL,
        mine {boolean} NOT NULL,
        search TEXT NOT NULL,
        sort VARCHAR(255),
        reverse {boolean} NOT NULL,
        query TEXT NOT NULL,
        saved_at {instant} NOT NULL
    )""",
    "CREATE UNIQUE INDEX saved_view_login_name_key ON saved_view (login, name_key)",
)

POSTGRES: Final = {
    "id": "SERIAL NOT NULL PRIMARY KEY",
    "boolean": "BOOLEAN",
    "instant": "TIMESTAMPTZ",
    "code_point": 'TEXT COLLATE "C"',
}
SQLITE: Final = {
    "id": "INTEGER NOT NULL PRIMARY KEY",
    "boolean": "INTEGER",
    "instant": "TEXT",
    "code_point": "TEXT",
}


def up(_migrator: Any, db: Any) -> None:
    """Make the table."""
    types = SQLITE if isinstance(db, SqliteDatabase) else POSTGRES
    for statement in STATEMENTS:
        db.execute_sql(statement.format(**types))
