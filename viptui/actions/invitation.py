"""Actions on invitations; see `viptui.commands.invitation`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Reach
from viptui.actions.parameters import choice, day, text
from viptui.rules.offering import OfferingType
from viptui.rules.parsing import parse_market_segment, parse_offering_type
from viptui.rules.policy import MarketSegment

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("invitation.send"),
        word="invite",
        reach=Reach.LEAVES,
        module="invitation",
        command="InviteCustomer",
        perform="invite_customer",
        parameters=(
            text("organization_name", "Organization name", "as the organization writes it, 4 to 80 characters"),
            text(
                "organization_name_english",
                "Name in English",
                "in US-English characters; needed if the name has others",
                required=False,
            ),
            choice(
                "market_segment",
                "Market segment",
                "Commercial, Education or Government",
                MarketSegment,
                parse_market_segment,
            ),
            choice(
                "offering_type",
                "Type",
                "Team or Enterprise; both can be bought on either",
                OfferingType,
                parse_offering_type,
            ),
            text("address", "Address", "street and number"),
            text("city", "City", "town"),
            text("region", "Region", "state or region"),
            text("postal_code", "Postal code", "ZIP or postal code"),
            text("country", "Country", "two capital letters, for example DE"),
            text("contact_name", "Contact name", "the primary contact of the organization"),
            text("contact_email", "Contact e-mail", "the invitation goes there"),
            day("anniversary_on", "Anniversary date", "only for an extended term: the day with which it ends"),
        ),
    ),
    Action(
        **keyed("invitation.remind"),
        word="remind",
        subject="vip_id",
        reach=Reach.LEAVES,
        module="invitation",
        command="SendReminder",
        perform="send_reminder",
        parameters=(text("contact_email", "Contact e-mail", "instead of the address so far", required=False),),
    ),
    Action(
        **keyed("invitation.accept"),
        word="accept",
        subject="vip_id",
        module="invitation",
        command="RecordAcceptance",
        perform="record_acceptance",
        parameters=(day("accepted_on", "Accepted on", "day of the acceptance; today if left out"),),
    ),
    Action(
        id="invitation.reopen",
        title="Reopen invitation",
        help="Note that the customer has not accepted after all, if it was noted here and nothing has followed",
        word="reopen-invitation",
        subject="vip_id",
        module="invitation",
        command="ReopenInvitation",
        perform="reopen_invitation",
    ),
    Action(
        **keyed("customer.remove"),
        word="remove",
        subject="vip_id",
        reach=Reach.FINAL,
        module="invitation",
        command="RemoveCustomer",
        perform="remove_customer",
    ),
)
