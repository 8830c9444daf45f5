"""Reading the history newest first, page by page; `viptui.data.history` writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from viptui.data.fields import InstantField
from viptui.data.sql import fetch
from viptui.data.where import EVERYTHING, Where
from viptui.record_rows import ActivityKey, ActivityRow
from viptui.rules.folding import fold, key_of

PAGE: Final = 200
"""Entries of a page where nobody asks for another number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Which part of the history is wanted."""

    since: datetime | None = None
    """From this instant on."""
    until: datetime | None = None
    """Up to this instant, exclusive."""
    customer: str | None = None
    """VIP ID."""
    actor: str | None = None
    """Login."""


ALL: Final = Scope()


def list_activity(
    search: str = "", *, before: ActivityKey | None = None, limit: int = PAGE, scope: Scope = ALL
) -> tuple[ActivityRow, ...]:
    """Up to ``limit`` entries, newest first, from behind the one with the key ``before``.

    What is searched for is a part of the sentence, the action, the subject, the login, or of what the customer is
    called.
    """
    where = _found(search) & _within(scope) & _older_than(before)
    statement = f"{_ENTRIES} WHERE {where.sql} ORDER BY a.at DESC, a.id DESC LIMIT {limit:d}"
    return tuple(_row(values) for values in fetch(statement, where.parameters))


def walk_activity(search: str = "", *, limit: int | None = None, scope: Scope = ALL) -> Iterator[ActivityRow]:
    """The first ``limit`` entries or all of them, newest first, a page at a time."""
    left, key = limit, None
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page = list_activity(search, before=key, limit=size, scope=scope)
        yield from page
        if len(page) < PAGE:
            return
        key = page[-1].key
        left = None if left is None else left - len(page)


def told(subject: str, before: str, after: str) -> str:
    """What a change without a sentence was about, in one line: ``PO-1 (status: open → ordered)``."""
    changes = changed(before, after)
    return f"{subject} ({changes})" if subject and changes else subject or changes


def changed(before: str, after: str) -> str:
    """What changed, from what to what: ``status: open → ordered, number: PO-1``."""
    old, new = _as_texts(before), _as_texts(after)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return ", ".join(f"{name.replace('_', ' ')}: {_from_to(old.get(name), new.get(name))}" for name in names)


def _from_to(old: str | None, new: str | None) -> str:
    return f"{new}" if old is None else f"{old} → {'nothing' if new is None else new}"


def _found(search: str) -> Where:
    text = fold(search)
    if not text:
        return EVERYTHING
    pattern = f"%{text.replace('!', '!!').replace('%', '!%').replace('_', '!_')}%"
    return Where("(a.search_text LIKE ? ESCAPE '!' OR c.search_text LIKE ? ESCAPE '!')", (pattern, pattern))


def _within(wanted: Scope) -> Where:
    where = EVERYTHING
    if wanted.since is not None:
        where &= Where("a.at >= ?", (_INSTANT.db_value(wanted.since),))
    if wanted.until is not None:
        where &= Where("a.at < ?", (_INSTANT.db_value(wanted.until),))
    if wanted.customer is not None:
        where &= Where("(c.vip_key = ? OR LOWER(a.subject) = ?)", (key_of(wanted.customer),) * 2)
    if wanted.actor is not None:
        where &= Where("LOWER(a.actor) = ?", (key_of(wanted.actor),))
    return where


def _older_than(key: ActivityKey | None) -> Where:
    if key is None:
        return EVERYTHING
    return Where("(a.at, a.id) < (?, ?)", (_INSTANT.db_value(key.at), key.id))


def _row(values: Sequence[Any]) -> ActivityRow:
    identifier, at, actor, origin, action, subject, vip_id, name, summary, before, after, *links = values
    part_of, undoes, undone_by = links
    moment = _INSTANT.python_value(at)
    if moment is None:
        raise ValueError("an entry of the history has no instant")
    return ActivityRow(
        key=ActivityKey(moment, identifier),
        actor=actor,
        origin=origin,
        action=action,
        subject=subject,
        vip_id=vip_id,
        organization_name=name,
        summary=summary or told(subject, before, after),
        before=_members(before),
        after=_members(after),
        part_of=part_of,
        undoes=undoes,
        undone_by=undone_by,
    )


def _as_texts(text: str) -> dict[str, str]:
    return {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in _members(text).items()
    }


def _members(text: str) -> dict[str, object]:
    """The members of a JSON object; none if it is something else."""
    try:
        value = json.loads(text or "{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


_INSTANT: Final = InstantField()

_ENTRIES: Final = (
    "SELECT a.id, a.at, a.actor, a.origin, a.action, a.subject, c.vip_id, c.organization_name, a.summary, "
    "a.before, a.after, a.part_of_id, a.undoes_id, u.id FROM audit_entry a "
    "LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN audit_entry u ON u.undoes_id = a.id"
)
