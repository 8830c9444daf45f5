"""The action on 3-year commits; see `viptui.commands.commitment`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action, Kind, Parameter
from viptui.actions.parameters import day
from viptui.rules.commitment_status import CHOICES, parse_status
from viptui.rules.parsing import parse_quantity

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="commitment.record",
        title="Record 3-year commit",
        help="Note a 3-year commit as Adobe has confirmed it",
        word="commit",
        subject="vip_id",
        module="commitment",
        command="RecordCommitment",
        perform="record_commitment",
        parameters=(
            Parameter(
                name="status",
                label="Status",
                help="as Adobe names it",
                parse=parse_status,
                kind=Kind.CHOICE,
                choices=CHOICES,
            ),
            Parameter(
                name="licences",
                label="Licences",
                help="committed, at least 10; those noted before if left out",
                parse=parse_quantity,
                required=False,
            ),
            Parameter(
                name="consumables",
                label="Transactions",
                help="of consumables, committed, at least 1,000",
                parse=parse_quantity,
                required=False,
            ),
            day("starts_on", "Start", "day of the request or the acceptance, or from which it holds"),
            day("ends_on", "End", "last day as Adobe has confirmed it"),
        ),
    ),
)
