"""What has been done, by whom, over all customers."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from viptui.data.fields import InstantField
from viptui.data.sql import fetch
from viptui.rules.folding import fold


class ActivityKey(NamedTuple):
    """Where an entry stands; the next page begins after it."""

    at: datetime
    id: int


class ActivityRow(NamedTuple):
    """One entry of the history."""

    key: ActivityKey
    actor: str
    origin: str
    action: str
    subject: str
    vip_id: str | None
    organization_name: str | None
    summary: str


def list_activity(search: str, *, before: ActivityKey | None = None, limit: int) -> tuple[ActivityRow, ...]:
    """Up to ``limit`` entries, newest first, from behind the one with the key ``before``; searched by their words."""
    where, parameters = "1 = 1", list[Any]()
    if before is not None:
        where += " AND (a.at, a.id) < (?, ?)"
        parameters += [_INSTANT.db_value(before.at), before.id]
    if text := fold(search):
        pattern = f"%{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
        columns = ("LOWER(a.summary)", "LOWER(a.subject)", "LOWER(a.actor)", "a.action", "c.search_text")
        likes = " OR ".join(f"{each} LIKE ? ESCAPE '!'" for each in columns)
        where += f" AND ({likes})"
        parameters += [pattern] * len(columns)
    statement = f"{_ENTRIES} WHERE {where} ORDER BY a.at DESC, a.id DESC LIMIT {limit:d}"
    return tuple(_row(*values) for values in fetch(statement, parameters))


def _row(identifier: int, at: object, *rest: Any) -> ActivityRow:
    moment = _INSTANT.python_value(at)
    if moment is None:
        raise ValueError("an entry of the history has no instant")
    return ActivityRow(ActivityKey(moment, identifier), *rest)


_INSTANT: Final = InstantField()

_ENTRIES: Final = (
    "SELECT a.id, a.at, a.actor, a.origin, a.action, a.subject, c.vip_id, c.organization_name, a.summary "
    "FROM audit_entry a LEFT JOIN customer c ON c.id = a.customer_id"
)
