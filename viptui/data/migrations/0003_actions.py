"""What actions leave behind: drafts, prices and months of orders, assigned licences, sentences of the history."""

from __future__ import annotations

from typing import Any, Final

from peewee import SqliteDatabase

POSTGRES: Final = {
    "id": "SERIAL NOT NULL PRIMARY KEY",
    "instant": "TIMESTAMPTZ",
    "amount": "BIGINT",
    "code_point": 'TEXT COLLATE "C"',
}
SQLITE: Final = {"id": "INTEGER NOT NULL PRIMARY KEY", "instant": "TEXT", "amount": "INTEGER", "code_point": "TEXT"}

STATEMENTS: Final = (
    "ALTER TABLE order_line ADD COLUMN unit_price {amount}",
    "ALTER TABLE order_line ADD COLUMN currency VARCHAR(255)",
    "ALTER TABLE order_line ADD COLUMN months INTEGER",
    "ALTER TABLE purchase_authorization_line ADD COLUMN assigned INTEGER NOT NULL DEFAULT 0 CHECK (assigned >= 0)",
    "ALTER TABLE audit_entry ADD COLUMN summary TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE audit_entry ADD COLUMN request_digest VARCHAR(255)",
    "ALTER TABLE audit_entry ADD COLUMN search_text {code_point} NOT NULL DEFAULT ''",
    "UPDATE audit_entry SET search_text = LOWER(actor || ' ' || action || ' ' || subject)",
    "ALTER TABLE customer ADD COLUMN commitment_consumables INTEGER",
    "ALTER TABLE outbox_mail ADD COLUMN template VARCHAR(255) NOT NULL DEFAULT ''",
    "ALTER TABLE outbox_mail ADD COLUMN claimed_at {instant}",
    """CREATE TABLE draft (
        id {id},
        login VARCHAR(255) NOT NULL,
        form VARCHAR(255) NOT NULL,
        subject VARCHAR(255) NOT NULL,
        request_id VARCHAR(255) NOT NULL,
        content TEXT NOT NULL,
        saved_at {instant} NOT NULL
    )""",
    "CREATE UNIQUE INDEX draft_login_form_subject ON draft (login, form, subject)",
)


def up(migrator: Any, db: Any) -> None:
    """Add the columns and the table."""
    types = SQLITE if isinstance(db, SqliteDatabase) else POSTGRES
    for statement in STATEMENTS:
        db.execute_sql(statement.format(**types))
