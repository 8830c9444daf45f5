"""Carrying a command out: one transaction with its rules, its history and its mails, once for each request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from viptui.actions import Action
from viptui.commands.act import Act, Done, Letter, Outcome, SentMail, Share
from viptui.data.database import write_transaction
from viptui.data.finding import find
from viptui.data.history import write_history
from viptui.data.models import AuditEntry, OutboxMail
from viptui.errors import CommandRejected, Violation

MOST_LETTERS: Final = 8
"""Mails that one action writes, at most."""


class _OnlyLooked(Exception):
    """Ends the transaction of a dry run without writing."""


def perform(action: Action, command: Any, act: Act, *, dry_run: bool = False) -> Done:
    """Do what a command asks for, or nothing at all; the same request a second time changes nothing.

    A dry run does everything in a transaction that is taken back.

    Raises:
        CommandRejected: the rules refuse it, or another request had this id.
        StaleRecord: what it is about has changed since it was looked at.
        NotFound: what it is about does not exist.
        StorageUnavailable: the database cannot be written; the text says whether it is certain that nothing was.
    """
    done: Done | None = None
    try:
        with write_transaction():
            done = perform_within(action, command, act)
            if dry_run:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    if done is None:
        raise AssertionError("a transaction ended without an outcome")
    return _as_dry_run(done) if dry_run else done


def perform_within(action: Action, command: Any, act: Act) -> Done:
    """The same inside a transaction of the caller's, who takes it back if it is refused."""
    return _repeated(command, act) or _carry_out(action, command, act)


def mail_keys(request_id: str | None) -> tuple[str, ...]:
    """Under which the mails of a request stand in the outbox, as many as there are."""
    return () if request_id is None else tuple(_mail_key(request_id, number) for number in range(MOST_LETTERS))


def as_json(value: object) -> str:
    """A value as the history keeps it: dates and amounts as text, members in the order of their names."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=_plain)


def _carry_out(action: Action, command: Any, act: Act) -> Done:
    outcome: Outcome = action.performer()(command, act)
    mails = tuple(_write_mail(each, number, outcome, act) for number, each in enumerate(outcome.letters))
    _write_history(action, command, outcome, act)
    return Done(
        action=outcome.action or action.id,
        subject=outcome.subject,
        summary=outcome.summary,
        customer_id=outcome.customer_id,
        before=outcome.before,
        after=outcome.after,
        undoes=outcome.undoes,
        mails=mails,
        advice=outcome.advice,
    )


def _repeated(command: Any, act: Act) -> Done | None:
    """What the same request did before; None if it is new."""
    entry = find(AuditEntry.request_id, act.request_id)
    if entry is None:
        return None
    if entry.request_digest != _digest(command):
        message = f"This request was used before for {entry.action} on {entry.subject}: begin anew."
        raise CommandRejected((Violation("request.reused", message),))
    return Done(
        action=entry.action,
        subject=entry.subject,
        summary=entry.summary,
        customer_id=entry.customer_id,
        before=json.loads(entry.before or "{}"),
        after=json.loads(entry.after or "{}"),
        undoes=entry.undoes_id,
        is_repeated=True,
    )


def _write_mail(letter: Letter, number: int, outcome: Outcome, act: Act) -> SentMail:
    text = act.templates.render(letter.template, letter.values)
    key = _mail_key(act.request_id, number)
    OutboxMail.create(
        key=key,
        message_id=f"<{sha256(key.encode()).hexdigest()[:32]}@{act.templates.domain}>",
        customer=outcome.customer_id,
        recipient=letter.to,
        subject=text.subject,
        body=text.body,
        created_at=act.now,
        template=letter.template,
    )
    return SentMail(to=letter.to, subject=text.subject, body=text.body)


def _write_history(action: Action, command: Any, outcome: Outcome, act: Act) -> None:
    name = outcome.action or action.id
    by_whom = {"at": act.now, "actor": act.actor, "origin": act.origin, "action": name}
    request = {"request_id": act.request_id, "request_digest": _digest(command), "undoes": outcome.undoes}
    write_history([by_whom | _told(outcome) | request])
    if outcome.shares:
        whole = AuditEntry.get(AuditEntry.request_id == act.request_id)
        write_history([by_whom | _told(share) | {"part_of": whole.id} for share in outcome.shares])


def _told(what: Outcome | Share) -> dict[str, Any]:
    """The columns of the history that say what happened."""
    return {
        "subject": what.subject,
        "customer": what.customer_id,
        "before": as_json(what.before) if what.before else "",
        "after": as_json(what.after) if what.after else "",
        "summary": what.summary,
    }


def _mail_key(request_id: str, number: int) -> str:
    return f"{request_id}:{number}"


def _digest(command: Any) -> str:
    return sha256(as_json([type(command).__name__, asdict(command)]).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Sequence):
        return list(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _as_dry_run(done: Done) -> Done:
    from dataclasses import replace

    return replace(done, is_dry_run=True)
