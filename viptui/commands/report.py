"""Noting that a report was written: customers' data has left the house."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from viptui.commands.act import Act, Outcome
from viptui.data.models import AuditEntry
from viptui.errors import CommandRejected, Violation
from viptui.rules.filters import TITLES, CustomerFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReport:
    """Note a report that has been written."""

    file: str
    customers: int
    filter: CustomerFilter
    managed_by: str | None
    search: str
    query: str = ""
    form: str = "csv"
    marked: bool = False
    """Whether it has customers that were marked, of whatever list; nothing else is known of them then."""


def record_report(command: RecordReport, _act: Act) -> Outcome:
    """Leave it in the history."""
    kind = "marked customer" if command.marked else "customer"
    many = f"{command.customers:,} {kind}{'' if command.customers == 1 else 's'}"
    if command.marked:
        return Outcome(
            summary=f"Wrote {many} to {command.file}.",
            after={"marked": True, "form": command.form, "customers": command.customers, "file": command.file},
        )
    return Outcome(
        summary=f"Wrote {many} of {TITLES[command.filter]} to {command.file}.",
        after={
            "filter": command.filter.value,
            "managed_by": command.managed_by,
            "search": command.search,
            "query": command.query,
            "form": command.form,
            "customers": command.customers,
            "file": command.file,
        },
    )


class Written(NamedTuple):
    """A report that was written before."""

    file: str
    customers: int


def written_before(request_id: str) -> Written | None:
    """What the same request has written; None if it is new.

    Raises:
        CommandRejected: it was another action's.
    """
    entry = AuditEntry.get_or_none(AuditEntry.request_id == request_id)
    if entry is None:
        return None
    if entry.action != "report.export":
        message = f"This request was used before for {entry.action} on {entry.subject}: begin anew."
        raise CommandRejected((Violation("request.reused", message),))
    after = json.loads(entry.after)
    return Written(after["file"], after["customers"])
