"""Actions on Purchase Authorizations; see `viptui.commands.authorization`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action, Parameter, Reach
from viptui.actions.parameters import LINES, PO_NUMBER, day
from viptui.rules.parsing import parse_vip_id

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="authorization.create",
        title="Create Purchase Authorization",
        help="Give the customer access to products before they are paid for",
        word="authorize",
        key="a",
        footer="authorize",
        subject="vip_id",
        reach=Reach.LEAVES,
        module="authorization",
        command="CreateAuthorization",
        perform="create_authorization",
        parameters=(LINES, PO_NUMBER),
    ),
    Action(
        id="authorization.record",
        title="Record the member's Purchase Authorization",
        help="Note products that the customer has added in the Admin Console",
        word="record-authorization",
        key="e",
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
        id="authorization.cancel",
        title="Cancel Purchase Authorization",
        help="Take back a pending Purchase Authorization none of whose licences is assigned",
        word="cancel-authorization",
        key="D",
        subject="number",
        reach=Reach.FINAL,
        module="authorization",
        command="CancelAuthorization",
        perform="cancel_authorization",
    ),
)
