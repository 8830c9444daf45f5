"""Actions on assigned licences; see `viptui.commands.licences`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action
from viptui.actions.parameters import LINES
from viptui.rules.licences import parse_assigned

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="licences.assign",
        title="Record assigned licences",
        help="Note how many licences of a product are assigned to users",
        word="assign-licences",
        key="e",
        subject="vip_id",
        module="licences",
        command="AssignLicences",
        perform="assign_licences",
        parameters=(LINES._replace(help="a product and how many are assigned as SKU=QUANTITY", parse=parse_assigned),),
    ),
)
