"""An index that has the search texts in the order of the names."""

from __future__ import annotations

from typing import Any

from peewee import SqliteDatabase


def up(_migrator: Any, db: Any) -> None:
    """Make it for SQLite, which otherwise fetches each row from where it is stored; PostgreSQL plans by itself."""
    if isinstance(db, SqliteDatabase):
        db.execute_sql("CREATE INDEX customer_by_name_and_text ON customer (sort_name, id, search_text)")
