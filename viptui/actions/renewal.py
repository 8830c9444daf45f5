"""Actions on renewals; see `viptui.commands.renewal`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Reach
from viptui.actions.order import ORDER_NUMBER, ORDERED_ON
from viptui.actions.parameters import LINES, PO_NUMBER

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("renewal.notify"),
        word="notify",
        subject="vip_id",
        reach=Reach.LEAVES,
        module="renewal",
        command="NotifyOfRenewal",
        perform="notify_of_renewal",
    ),
    Action(
        **keyed("renewal.place"),
        word="renew",
        subject="vip_id",
        reach=Reach.LEAVES,
        module="renewal",
        command="RenewLicences",
        perform="renew_licences",
        parameters=(
            LINES._replace(required=False, help="what is renewed, as SKU=QUANTITY; all that is still due if left out"),
            ORDER_NUMBER,
            PO_NUMBER,
            ORDERED_ON,
        ),
    ),
)
