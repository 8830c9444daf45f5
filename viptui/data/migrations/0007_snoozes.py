"""Snoozes: customers that somebody does not want to see in a tab before a day."""

from __future__ import annotations

from typing import Any, Final

from peewee import SqliteDatabase

STATEMENTS: Final = (
    """CREATE TABLE snooze (
        id {id},
        login VARCHAR(255) NOT NULL,
        customer_id INTEGER NOT NULL,
        tab VARCHAR(255) NOT NULL,
        until_on {date} NOT NULL,
        created_at {instant} NOT NULL,
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE
    )""",
    "CREATE UNIQUE INDEX snooze_login_tab_customer_id ON snooze (login, tab, customer_id)",
    "CREATE INDEX snooze_customer_id_login ON snooze (customer_id, login)",
)

POSTGRES: Final = {"id": "SERIAL NOT NULL PRIMARY KEY", "date": "DATE", "instant": "TIMESTAMPTZ"}
SQLITE: Final = {"id": "INTEGER NOT NULL PRIMARY KEY", "date": "TEXT", "instant": "TEXT"}


def up(_migrator: Any, db: Any) -> None:
    """Make the table."""
    types = SQLITE if isinstance(db, SqliteDatabase) else POSTGRES
    for statement in STATEMENTS:
        db.execute_sql(statement.format(**types))
