"""Actions on assigned licences; see `viptui.commands.licences`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action
from viptui.actions.parameters import LINES
from viptui.rules.licences import parse_assigned

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("licences.assign"),
        word="assign-licences",
        subject="vip_id",
        module="licences",
        command="AssignLicences",
        perform="assign_licences",
        parameters=(LINES._replace(help="a product and how many are assigned as SKU=QUANTITY", parse=parse_assigned),),
    ),
)
