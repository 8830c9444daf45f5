"""The columns that a saved view shows."""

from __future__ import annotations

from typing import Any


def up(_migrator: Any, db: Any) -> None:
    """Add them; views that are there show the usual ones."""
    db.execute_sql("ALTER TABLE saved_view ADD COLUMN columns TEXT")
