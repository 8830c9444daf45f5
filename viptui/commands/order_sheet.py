"""Noting that an order sheet was written: what a customer buys has left the house."""

from __future__ import annotations

from dataclasses import dataclass

from viptui.commands.act import Act, Outcome
from viptui.commands.records import customer_of


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSheet:
    """Note a sheet that has been written."""

    number: str
    """Of the order or the Purchase Authorization."""
    vip_id: str
    file: str


def record_sheet(command: RecordSheet, _act: Act) -> Outcome:
    """Leave it in the history."""
    customer = customer_of(command.vip_id)
    return Outcome(
        summary=f"Wrote the order sheet {command.number} of {customer.organization_name} to {command.file}.",
        subject=command.number,
        customer_id=customer.id,
        after={"file": command.file},
    )
