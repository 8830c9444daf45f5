"""Actions on renewals; see `viptui.commands.renewal`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action, Reach
from viptui.actions.order import ORDER_NUMBER, ORDERED_ON
from viptui.actions.parameters import LINES, PO_NUMBER

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="renewal.notify",
        title="Send the renewal notice",
        help="Tell the customer which licences fall due, and when",
        word="notify",
        key="n",
        footer="renew",
        subject="vip_id",
        reach=Reach.LEAVES,
        module="renewal",
        command="NotifyOfRenewal",
        perform="notify_of_renewal",
    ),
    Action(
        id="renewal.place",
        title="Renew licences",
        help="Order licences that fall due for another year, all of them or a part",
        word="renew",
        key="n",
        footer="renew",
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
