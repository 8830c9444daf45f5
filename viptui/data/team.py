"""The team with its customers; who is in it, as the list needs it, `viptui.data.queries` knows."""

from __future__ import annotations

from viptui.data import day_counts
from viptui.data.sql import fetch
from viptui.record_rows import TeamRow


def team_with_customers() -> tuple[TeamRow, ...]:
    """The team, by login, with how many customers each member manages."""
    managed = day_counts.managed()
    rows = fetch("SELECT id, login, name, email, role, status FROM team_member ORDER BY login_key")
    return tuple(
        TeamRow(login=login, name=name, email=email, role=role, status=status, customers=managed.get(identifier, 0))
        for identifier, login, name, email, role, status in rows
    )
