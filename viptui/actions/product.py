"""Actions on products; see `viptui.commands.product`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action, Kind, Parameter
from viptui.actions.parameters import choice
from viptui.rules.offering import OfferingType
from viptui.rules.parsing import (
    parse_currency,
    parse_market_segment,
    parse_money,
    parse_offering_type,
    parse_product_name,
    parse_sku,
    parse_yes_no,
)
from viptui.rules.policy import MarketSegment

YES_NO: Final = ("yes", "no")

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="product.add",
        title="Add product",
        help="Add a product that can be authorized or ordered",
        word="add-product",
        module="product",
        command="AddProduct",
        perform="add_product",
        parameters=(
            Parameter(name="sku", label="SKU", help="as the price list has it", parse=parse_sku),
            Parameter(name="name", label="Name", help="as customers know it", parse=parse_product_name),
            choice(
                "market_segment",
                "Market segment",
                "the one that can buy it; all if left out",
                MarketSegment,
                parse_market_segment,
                required=False,
            ),
            choice(
                "type",
                "Type",
                "Team or Enterprise; both if left out",
                OfferingType,
                parse_offering_type,
                required=False,
            ),
            Parameter(name="price", label="Price", help="of a licence for a year", parse=parse_money, required=False),
            Parameter(
                name="currency",
                label="Currency",
                help="of the price, for example EUR",
                parse=parse_currency,
                required=False,
            ),
            Parameter(
                name="pa_allowed",
                label="Purchase Authorizations",
                help="whether they may name it; told by its name if left out",
                parse=parse_yes_no,
                kind=Kind.CHOICE,
                choices=YES_NO,
                required=False,
            ),
            Parameter(
                name="consumable",
                label="Consumable",
                help="whether it is used up; it then does not count for VIP Select",
                parse=parse_yes_no,
                kind=Kind.CHOICE,
                choices=YES_NO,
                default="no",
            ),
        ),
    ),
    Action(
        id="product.import",
        title="Import products",
        help="Take over a price list from a CSV file",
        word="import-products",
        has_own_door=True,
        module="product",
        command="ImportProducts",
        perform="import_products",
    ),
    Action(
        id="product.deactivate",
        title="Deactivate product",
        help="Note that a product is no longer sold",
        word="deactivate-product",
        subject="sku",
        module="product",
        command="DeactivateProduct",
        perform="deactivate_product",
    ),
    Action(
        id="product.activate",
        title="Activate product",
        help="Note that a product is sold again",
        word="activate-product",
        subject="sku",
        module="product",
        command="ActivateProduct",
        perform="activate_product",
    ),
)
