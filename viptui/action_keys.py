"""Which action stands at which key of the interface, and what its footer and its help say.

Apart from the actions themselves, because the first frame needs no more of them.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple


class Keyed(NamedTuple):
    """An action that has a key."""

    id: str
    """Noun and verb, for example ``invitation.send``."""
    title: str
    help: str
    key: str
    """Several actions may share one, which then opens a menu."""
    footer: str = ""
    """Short name beside the key."""


KEYED: Final = (
    Keyed(
        "invitation.send",
        "Invite a customer",
        "Invite an organization to join VIP; its VIP ID is issued at once",
        "i",
        "invite",
    ),
    Keyed(
        "invitation.remind",
        "Send reminder",
        "Send a pending invitation again, if need be to another address",
        "r",
        "remind",
    ),
    Keyed("invitation.accept", "Record acceptance", "Note that the customer has accepted the terms", "e", "event"),
    Keyed(
        "customer.remove",
        "Remove customer",
        "Remove a customer that has never had products, for example to invite it again without a mistake",
        "D",
    ),
    Keyed(
        "authorization.create",
        "Create Purchase Authorization",
        "Give the customer access to products before they are paid for",
        "a",
        "authorize",
    ),
    Keyed(
        "authorization.record",
        "Record the member's Purchase Authorization",
        "Note products that the customer has added in the Admin Console",
        "e",
    ),
    Keyed(
        "authorization.cancel",
        "Cancel Purchase Authorization",
        "Take back a pending Purchase Authorization none of whose licences is assigned",
        "D",
    ),
    Keyed(
        "order.place",
        "Place an order",
        "Order what Purchase Authorizations have given, or products directly",
        "o",
        "order",
    ),
    Keyed("order.return", "Return an order", "Request a return authorization for an order, or for a part of it", "D"),
    Keyed(
        "renewal.notify", "Send the renewal notice", "Tell the customer which licences fall due, and when", "n", "renew"
    ),
    Keyed(
        "renewal.place",
        "Renew licences",
        "Order licences that fall due for another year, all of them or a part",
        "n",
        "renew",
    ),
    Keyed(
        "licences.assign", "Record assigned licences", "Note how many licences of a product are assigned to users", "e"
    ),
    Keyed("note.add", "Add a note", "Write something down about the customer", "t", "note"),
    Keyed(
        "customer.snooze",
        "Snooze",
        "Leave the customer out of your work tabs until a day; a colleague still sees it",
        "z",
    ),
    Keyed("customer.wake", "Wake", "Let a snoozed customer come back into your work tabs now", "z"),
    Keyed(
        "reseller_change.complete",
        "Complete reseller change",
        "Note that a customer has moved here with its code; it joins the list",
        "e",
    ),
    Keyed("customer.reassign", "Change who manages", "Put another team member in charge of one or many customers", "M"),
    Keyed(
        "report.export",
        "Write a customer report",
        "Write what the list shows to a file in the exports folder: CSV, XLSX or JSON",
        "x",
        "report",
    ),
    Keyed("history.undo", "Take back what was done", "Take back what you did last, if it has not left the house", "u"),
    Keyed("history.redo", "Do again what was taken back", "Do again what you took back last", "U"),
)
"""In the order in which help and palette name them."""

_BY_ID: Final = {each.id: each for each in KEYED}


def keyed(action_id: str) -> dict[str, Any]:
    """What stands here of an action, as the fields of `viptui.actions.Action`."""
    return _BY_ID[action_id]._asdict()
