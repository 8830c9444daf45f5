"""Taking back what was done, and doing it again: through the rules of the steps that lead back, as the rows are now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from peewee import fn

from viptui.actions import BY_ID
from viptui.commands.act import Act, Outcome, Share
from viptui.commands.perform import as_json, mail_keys
from viptui.commands.records import reject_if
from viptui.data.finding import find
from viptui.data.models import AuditEntry
from viptui.data.outbox import mails_under
from viptui.data.sql import fetch
from viptui.errors import CommandRejected, NotFound, Violation
from viptui.rules.delivery import MailStatus
from viptui.rules.undoing import Entry, Mail, Part, Step, differences, way_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take an entry of the history back."""

    entry: str | None = None
    """Its number; None: the newest of one's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo:
    """Do again what was taken back."""

    entry: str | None = None
    """Number of the entry that took it back; None: the newest of one's own."""


def undo(command: Undo, act: Act) -> Outcome:
    """Take it back, if nothing that it would overwrite has changed since."""
    entry = _numbered(command.entry) if command.entry else newest(act.actor)
    if entry is None:
        raise CommandRejected((Violation("undo.nothing", NOTHING[False]),))
    return _taken_back(entry, act)


def redo(command: Redo, act: Act) -> Outcome:
    """Take back what took it back."""
    entry = _numbered(command.entry) if command.entry else newest(act.actor, again=True)
    if entry is None:
        raise CommandRejected((Violation("undo.nothing", NOTHING[True]),))
    if not takes_back(entry):
        message = f"{entry.id} has not taken anything back: 'viptui undo {entry.id}' takes it back itself."
        reject_if([Violation("undo.no_undo", message)])
    return _taken_back(entry, act)


def newest(actor: str, *, again: bool = False) -> Any | None:
    """The entry of somebody that undo takes back next; with ``again`` the one that redo does.

    Both pass over what is taken back already. As with every undo, there is nothing to do again once something new
    has been done.
    """
    for entry in _newest_first(actor):
        if takes_back(entry) is again:
            return entry
        if again and entry.undoes_id is None:
            return None
    return None


class Meant(NamedTuple):
    """The entry that undo or redo means."""

    number: int
    action: str
    """As what it stands in the history."""


def meant(actor: str, *, again: bool = False) -> Meant | None:
    """The same by its number, for whoever looks before it leaps."""
    entry = newest(actor, again=again)
    return None if entry is None else Meant(int(entry.id), str(entry.action))


def takes_back(entry: Any) -> bool:
    """Whether an entry has taken something back; what takes that back again has done something."""
    return entry.undoes_id is not None and not takes_back(find(AuditEntry.id, entry.undoes_id))


def _newest_first(actor: str) -> Iterator[Any]:
    """What somebody has done and nobody has taken back, one at a time: nearly always the first is looked for."""
    later: Any = AuditEntry.alias()
    standing = AuditEntry.select().where(
        AuditEntry.actor == actor,
        AuditEntry.request_id.is_null(False),
        ~fn.EXISTS(later.select(later.id).where(later.undoes == AuditEntry.id)),
    )
    query = standing.order_by(AuditEntry.id.desc()).limit(1)
    entry = query.first()
    while entry is not None:
        yield entry
        entry = query.where(AuditEntry.id < entry.id).first()


def _numbered(number: str) -> Any:
    text = number.strip().removeprefix("#")
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    entry = find(AuditEntry.id, int(text)) if is_number else None
    if entry is None:
        raise NotFound(f"There is no entry {text} in the history: 'viptui audit' shows the numbers.")
    return entry


def _taken_back(entry: Any, act: Act) -> Outcome:
    reject_if([*_violations(entry, act)])
    told = _as_rule(entry)
    way = way_back(told, act.today, act.policy)
    if isinstance(way, str):
        raise CommandRejected((Violation("undo.impossible", f"{_named(entry)} {_CANNOT} {way}"),))
    outcome = _merged([_carried_out(step, act) for step in way])
    reject_if(_stale(entry, differences(told, _effects(outcome))))
    summary = f"{_took_back(entry)} {outcome.summary}"
    return replace(outcome, action=way[0].action, undoes=entry.id, summary=summary)


def _violations(entry: Any, act: Act) -> Iterator[Violation]:
    if entry.part_of_id is not None:
        whole = entry.part_of_id
        message = f"Entry {entry.id} is a part of entry {whole}: 'viptui undo {whole}' takes all of it back."
        yield Violation("undo.part", message)
    elif entry.request_id is None:
        message = f"{_named(entry)} {_CANNOT} No action did it, so the history does not know what was before."
        yield Violation("undo.no_action", message)
    by = find(AuditEntry.undoes, entry.id)
    if by is not None:
        at = f"{by.at.astimezone(act.zone):%Y-%m-%d %H:%M}"
        message = f"{by.actor} took entry {entry.id} back already, at {at}: 'viptui undo {by.id}' does it again."
        yield Violation("undo.done", message)


def _stale(entry: Any, found: Sequence[str]) -> list[Violation]:
    if not found:
        return []
    message = f"{_named(entry)} cannot be taken back any more: {'; '.join(found)}. Change it by hand."
    return [Violation("undo.stale", message)]


def _carried_out(step: Step, act: Act) -> Outcome:
    action = BY_ID[step.action]
    command = action.build(step.values, step.subject)
    outcome: Outcome = action.performer()(command, replace(act, actor=step.by or act.actor, now=step.at or act.now))
    return outcome


def _merged(outcomes: Sequence[Outcome]) -> Outcome:
    """Several outcomes as one: the first, with what the others did as parts of it."""
    if len(outcomes) == 1:
        return outcomes[0]
    shares = [share for each in outcomes for share in (each.shares or _as_share(each))]
    summary = " ".join(each.summary for each in outcomes)
    first = outcomes[0]
    if first.customer_id is not None or first.shares:  # it is itself about customers, as the others are
        first = Outcome(summary=summary, after={"customers": len(shares)})
    return replace(
        first,
        summary=summary,
        shares=tuple(shares),
        letters=tuple(letter for each in outcomes for letter in each.letters),
        advice=tuple(sentence for each in outcomes for sentence in each.advice),
    )


def _as_share(outcome: Outcome) -> tuple[Share, ...]:
    if outcome.customer_id is None:
        return ()
    return (
        Share(
            customer_id=outcome.customer_id,
            subject=outcome.subject,
            summary=outcome.summary,
            before=outcome.before,
            after=outcome.after,
        ),
    )


def _effects(outcome: Outcome) -> Any:
    """What an outcome has changed, in the form in which the history keeps it."""
    parts = tuple(Part(each.subject, _kept(each.before), _kept(each.after)) for each in outcome.shares)
    whole = Entry(
        action="", subject=outcome.subject, before=_kept(outcome.before), after=_kept(outcome.after), parts=parts
    )
    return whole.effects


def _kept(values: Any) -> Any:
    return json.loads(as_json(values))


def _as_rule(entry: Any) -> Entry:
    parts = fetch("SELECT subject, before, after FROM audit_entry WHERE part_of_id = ? ORDER BY id", (entry.id,))
    return Entry(
        action=entry.action,
        subject=entry.subject,
        before=_read(entry.before),
        after=_read(entry.after),
        parts=tuple(Part(subject, _read(before), _read(after)) for subject, before, after in parts),
        mails=_mails(entry),
    )


def _read(text: str) -> Any:
    return json.loads(text or "{}")


def _mails(entry: Any) -> tuple[Mail, ...]:
    return tuple(Mail(number, MailStatus(status)) for number, status in mails_under(mail_keys(entry.request_id)))


def _took_back(entry: Any) -> str:
    """What was done to the entry; whoever does something again is told what, not by which ways."""
    if not takes_back(entry):
        return f"Took entry {entry.id} back ({entry.summary.rstrip('.')})."
    return f"Did entry {entry.undoes_id} again."


def _named(entry: Any) -> str:
    return f'Entry {entry.id} ("{entry.summary.rstrip(".")}")'


NOTHING: Final = {
    False: "There is nothing of yours to take back: 'viptui audit' shows what others did.",
    True: "There is nothing of yours to do again: you have taken nothing back since you last acted.",
}
"""What to tell where there is nothing to take back, or nothing to do again."""

_CANNOT: Final = "cannot be taken back."

_LONGEST_NUMBER: Final = 9
"""Digits of a number that every database can look for."""
