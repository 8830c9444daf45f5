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
    "ALTER TABLE audit_entry ADD COLUMN part_of_id INTEGER REFERENCES audit_entry (id) ON DELETE RESTRICT",
    "ALTER TABLE audit_entry ADD COLUMN undoes_id INTEGER REFERENCES audit_entry (id) ON DELETE RESTRICT",
    "CREATE INDEX audit_entry_actor_id ON audit_entry (actor, id)",
    "CREATE INDEX audit_entry_part_of_id ON audit_entry (part_of_id)",
    "CREATE UNIQUE INDEX audit_entry_undoes_id ON audit_entry (undoes_id)",
    "ALTER TABLE customer ADD COLUMN commitment_consumables INTEGER",
    "DROP TABLE outbox_mail",  # nothing could write mails before
    """CREATE TABLE outbox_mail (
        id {id},
        key VARCHAR(255) NOT NULL,
        message_id VARCHAR(255) NOT NULL,
        customer_id INTEGER,
        recipient VARCHAR(255) NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        status VARCHAR(255) NOT NULL
            CHECK (status IN ('waiting', 'sending', 'sent', 'failed', 'unknown', 'discarded')),
        attempts INTEGER NOT NULL,
        next_attempt_at {instant},
        problems TEXT NOT NULL,
        created_at {instant} NOT NULL,
        sent_at {instant},
        template VARCHAR(255) NOT NULL,
        claimed_at {instant},
        first_attempt_at {instant},
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE SET NULL
    )""",
    "CREATE UNIQUE INDEX outbox_mail_key ON outbox_mail (key)",
    "CREATE UNIQUE INDEX outbox_mail_message_id ON outbox_mail (message_id)",
    "CREATE INDEX outbox_mail_customer_id ON outbox_mail (customer_id)",
    "CREATE INDEX outbox_mail_status_id ON outbox_mail (status, id)",
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
