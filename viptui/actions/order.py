"""Actions on orders; see `viptui.commands.order` and `viptui.commands.order_return`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Kind, Parameter, Reach
from viptui.actions.parameters import LINES, PO_NUMBER, day
from viptui.rules.parsing import parse_vip_id

AUTHORIZATIONS: Final = Parameter(
    name="authorizations",
    label="Purchase Authorizations",
    help="number of one that is paid for; all that wait if neither it nor a product is named",
    parse=parse_vip_id,
    kind=Kind.NUMBERS,
    required=False,
)

ORDER_NUMBER: Final = Parameter(
    name="number",
    label="Order number",
    help="of the ordering system; one is given if left out",
    parse=parse_vip_id,
    required=False,
)

ORDERED_ON: Final = day("ordered_on", "Ordered on", "day of the order; today if left out")

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("order.place"),
        word="order",
        subject="vip_id",
        reach=Reach.LEAVES,
        module="order",
        command="PlaceOrder",
        perform="place_order",
        parameters=(
            AUTHORIZATIONS,
            LINES._replace(required=False, help="a product that is ordered directly, as SKU=QUANTITY"),
            ORDER_NUMBER,
            PO_NUMBER._replace(help="the customer's own reference; that of the Purchase Authorization if left out"),
            ORDERED_ON,
        ),
    ),
    Action(
        **keyed("order.return"),
        word="return-order",
        subject="number",
        reach=Reach.FINAL,
        module="order_return",
        command="ReturnOrder",
        perform="return_order",
        parameters=(
            LINES._replace(required=False, help="what is returned, as SKU=QUANTITY; the whole order if left out"),
            ORDER_NUMBER._replace(name="return_number", label="Return number", help="one is given if left out"),
        ),
    ),
    Action(
        id="order.sheet",
        title="Write an order sheet",
        help="Write what the ordering system wants to a file of the exports folder",
        word="order-sheet",
        reach=Reach.LEAVES,
        has_own_door=True,
        module="order_sheet",
        command="RecordSheet",
        perform="record_sheet",
    ),
)
