"""Actions on reseller changes; see `viptui.commands.reseller_change`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Parameter, Reach
from viptui.actions.parameters import choice, day, text
from viptui.rules.offering import OfferingType
from viptui.rules.parsing import parse_email, parse_market_segment, parse_offering_type, parse_vip_id, required_text
from viptui.rules.policy import MarketSegment


def _code(given: str) -> str:
    return required_text(given, maximum=100)


ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="reseller_change.send",
        title="Send reseller change code",
        help="Send a customer of another reseller the code with which it moves here",
        word="send-change-code",
        reach=Reach.LEAVES,
        module="reseller_change",
        command="SendChangeCode",
        perform="send_change_code",
        parameters=(
            Parameter(name="vip_id", label="VIP number", help="of the customer that wants to move", parse=parse_vip_id),
            Parameter(
                name="admin_email",
                label="Admin e-mail",
                help="of any system administrator of the customer; the code goes there",
                parse=parse_email,
            ),
        ),
    ),
    Action(
        **keyed("reseller_change.complete"),
        word="complete-change",
        reach=Reach.LEAVES,
        module="reseller_change",
        command="CompleteChange",
        perform="complete_change",
        parameters=(
            Parameter(name="code", label="Code", help="as it was sent; hyphens may be left out", parse=_code),
            text("organization_name", "Organization name", "as the organization writes it, 4 to 80 characters"),
            text("organization_name_english", "Name in English", "in US-English characters", required=False),
            choice(
                "market_segment",
                "Market segment",
                "Commercial, Education or Government",
                MarketSegment,
                parse_market_segment,
            ),
            choice("offering_type", "Type", "Team or Enterprise", OfferingType, parse_offering_type),
            text("contact_name", "Contact name", "the primary contact of the organization"),
            text("contact_email", "Contact e-mail", "the code's admin e-mail if left out", required=False),
            day("anniversary_on", "Anniversary date", "as the customer's VIP has it"),
            text("address", "Address", "street and number", required=False),
            text("city", "City", "town", required=False),
            text("region", "Region", "state or region", required=False),
            text("postal_code", "Postal code", "ZIP or postal code", required=False),
            text("country", "Country", "two capital letters, for example DE", required=False),
        ),
    ),
)
