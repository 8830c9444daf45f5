"""What somebody has typed into a form that is not sent yet, so that no dropped line and no crash loses it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from viptui.data.database import write_transaction
from viptui.data.fields import InstantField
from viptui.data.models import Draft
from viptui.data.sql import fetch

Typed = Mapping[str, str | list[str]]
"""Texts by the names of the fields."""


class DraftRow(NamedTuple):
    """An interrupted form."""

    form: str
    """The action that it is for."""
    subject: str
    request_id: str
    whom: str
    """Whom it is about, in words."""
    typed: Typed
    saved_at: datetime


def save_draft(login: str, form: str, subject: str, request_id: str, whom: str, typed: Typed, now: datetime) -> None:
    """Keep what has been typed instead of what was kept for this form before."""
    content = json.dumps({"whom": whom, "typed": typed}, ensure_ascii=False)
    with write_transaction():
        Draft.insert(
            login=login, form=form, subject=subject, request_id=request_id, content=content, saved_at=now
        ).on_conflict(
            conflict_target=(Draft.login, Draft.form, Draft.subject),
            preserve=(Draft.request_id, Draft.content, Draft.saved_at),
        ).execute()


def drop_draft(login: str, form: str, subject: str) -> None:
    """Forget it: the form was sent, or left on purpose."""
    with write_transaction():
        Draft.delete().where(Draft.login == login, Draft.form == form, Draft.subject == subject).execute()


def find_draft(login: str, form: str, subject: str) -> DraftRow | None:
    """What was typed into this form and neither sent nor dropped."""
    found = fetch(f"{_DRAFTS} AND d.form = ? AND d.subject = ?", (login, form, subject))
    return _row(*found[0]) if found else None


def list_drafts(login: str) -> tuple[DraftRow, ...]:
    """All interrupted forms of a person, the newest first; those whose request was carried out are none."""
    return tuple(_row(*values) for values in fetch(f"{_DRAFTS} AND {_NOT_CARRIED_OUT} {_NEWEST_FIRST}", (login,)))


def carried_out(request_id: str) -> str | None:
    """What a request has done, as one sentence; None if it was never carried out."""
    found = fetch("SELECT summary FROM audit_entry WHERE request_id = ?", (request_id,))
    return str(found[0][0]) if found else None


def just_removed(login: str) -> Mapping[str, str] | None:
    """What the customer was that this person has removed, if nothing else was done by them since then."""
    found = fetch("SELECT action, before FROM audit_entry WHERE actor = ? ORDER BY at DESC, id DESC LIMIT 1", (login,))
    if not found or found[0][0] != "customer.remove":
        return None
    return {key: str(value) for key, value in json.loads(found[0][1]).items()}


def _row(form: str, subject: str, request_id: str, content: str, saved_at: object) -> DraftRow:
    kept = json.loads(content)
    moment = _INSTANT.python_value(saved_at)
    if moment is None:
        raise ValueError("a draft has no instant")
    return DraftRow(form, subject, request_id, kept["whom"], kept["typed"], moment)


_INSTANT: Final = InstantField()
_DRAFTS: Final = "SELECT d.form, d.subject, d.request_id, d.content, d.saved_at FROM draft d WHERE d.login = ?"
_NOT_CARRIED_OUT: Final = "NOT EXISTS (SELECT 1 FROM audit_entry a WHERE a.request_id = d.request_id)"
_NEWEST_FIRST: Final = "ORDER BY d.saved_at DESC"
