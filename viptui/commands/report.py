"""Noting that a report was written: customers' data has left the house."""

from __future__ import annotations

from dataclasses import dataclass

from viptui.commands.act import Act, Outcome
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


def record_report(command: RecordReport, _act: Act) -> Outcome:
    """Leave it in the history."""
    many = "1 customer" if command.customers == 1 else f"{command.customers:,} customers"
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
