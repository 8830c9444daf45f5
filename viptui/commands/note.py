"""Notes: what team members write down about a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from viptui.commands.act import Act, Outcome
from viptui.commands.records import acting_member, customer_of, reject_if
from viptui.data.finding import find
from viptui.data.models import Customer, Note
from viptui.errors import NotFound
from viptui.rules import note as rules


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Write something down about a customer."""

    vip_id: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveNote:
    """Take a note away; the history keeps its text."""

    note: str
    """Its number, as the customer's details show it."""


def add_note(command: AddNote, act: Act) -> Outcome:
    """Store the note under the name of who acts."""
    customer = customer_of(command.vip_id)
    note: Note = Note.create(customer=customer, author=act.actor, body=command.body, written_at=act.now)
    return Outcome(
        summary=f"Noted for {customer.organization_name}: {_shortened(command.body)}",
        subject=customer.vip_id,
        customer_id=customer.id,
        after={"note": note.id, "body": command.body},
    )


def remove_note(command: RemoveNote, act: Act) -> Outcome:
    """Remove it, if it is one's own or a primary admin acts."""
    number = command.note.strip().removeprefix("#")
    is_number = number.isascii() and number.isdecimal() and len(number) <= _LONGEST_NUMBER
    note = find(Note.id, int(number)) if is_number else None
    if note is None:
        raise NotFound(f"There is no note {command.note.strip()}: the customer's details list the numbers.")
    reject_if(rules.removal_violations(note.author, act.actor, acting_member(act.actor)))
    customer: Any = find(Customer.id, note.customer_id)
    note.delete_instance()
    return Outcome(
        summary=f"Removed the note of {note.author} for {customer.organization_name}: {_shortened(note.body)}",
        subject=customer.vip_id,
        customer_id=customer.id,
        before={"note": note.id, "author": note.author, "written_at": note.written_at.isoformat(), "body": note.body},
    )


def _shortened(body: str) -> str:
    """The beginning of a note on one line."""
    line = " ".join(body.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


_LONGEST_NUMBER: Final = 9
"""Digits of a number that every database can look for."""

_SHOWN: Final = 60
"""Characters of a note that a sentence shows."""
