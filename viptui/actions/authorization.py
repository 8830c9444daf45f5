"""Actions on Purchase Authorizations; see `viptui.commands.authorization`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Parameter, Reach
from viptui.actions.parameters import LINES, PO_NUMBER, day
from viptui.rules.parsing import parse_vip_id

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("authorization.create"),
        word="authorize",
        subject="vip_id",
        reach=Reach.LEAVES,
        module="authorization",
        command="CreateAuthorization",
        perform="create_authorization",
        parameters=(LINES, PO_NUMBER),
    ),
    Action(
        **keyed("authorization.record"),
        word="record-authorization",
        subject="vip_id",
        reach=Reach.LEAVES,
        module="authorization",
        command="RecordAuthorization",
        perform="record_authorization",
        parameters=(
            LINES,
            PO_NUMBER,
            Parameter(
                name="number",
                label="Number",
                help="of the Purchase Authorization; one is given if left out",
                parse=parse_vip_id,
                required=False,
            ),
            day("created_on", "Created on", "day on which it was created; today if left out"),
        ),
    ),
    Action(
        **keyed("authorization.cancel"),
        word="cancel-authorization",
        subject="number",
        reach=Reach.FINAL,
        module="authorization",
        command="CancelAuthorization",
        perform="cancel_authorization",
    ),
)
