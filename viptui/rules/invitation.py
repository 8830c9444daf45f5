"""Invitations: what one must contain, and what can still be done once it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, NamedTuple

from viptui.errors import Violation
from viptui.rules.anniversary import extended_term_violations
from viptui.rules.folding import key_of
from viptui.rules.offering import OfferingType
from viptui.rules.parsing import ParseError, parse_email, required_text
from viptui.rules.policy import MarketSegment, VipPolicy


class InvitationStatus(StrEnum):
    """Whether the customer has accepted the terms. Source: Reseller help, VIP Invitation status."""

    PENDING = "Pending"
    ACCEPTED = "Accepted"


ACCEPTANCE: Final = "invitation.accept"
"""The action that notes an acceptance, as the history names it."""

_BESIDE_ACCEPTANCE: Final = frozenset(
    {"note.add", "note.remove", "customer.reassign", "mail.resend", "mail.discard", "order.sheet"}
)
"""What is done with a customer whether it has accepted or not."""


class TextRule(NamedTuple):
    """Name on the form and length in characters, both ends inclusive, of one text field."""

    label: str
    minimum: int
    maximum: int


TEXT_RULES: Final = {
    "organization_name": TextRule("Organization name", 4, 80),
    "organization_name_english": TextRule("Name in English", 4, 80),
    "address": TextRule("Address", 1, 60),
    "city": TextRule("City", 1, 40),
    "region": TextRule("Region", 1, 40),
    "postal_code": TextRule("Postal code", 1, 40),
    "country": TextRule("Country", 2, 2),
    "contact_name": TextRule("Contact name", 1, 35),
    "contact_email": TextRule("Contact e-mail", 1, 240),
}
"""Source: VIPMP documents, company profile and contact (lengths); Reseller help (all are required)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """What the form asks for; its texts may still be untidy."""

    organization_name: str
    organization_name_english: str = ""
    """The name in US-English characters; needed when the name itself has others."""
    market_segment: MarketSegment | None
    offering_type: OfferingType | None
    address: str
    city: str
    region: str
    postal_code: str
    country: str
    """Two letters of ISO 3166."""
    contact_name: str
    contact_email: str
    anniversary_on: date | None = None
    """Chosen by the customer for an extended term; otherwise the first purchase sets it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCustomer:
    """A customer that a new invitation could duplicate."""

    vip_id: str
    organization_name: str
    contact_email: str


def parse_field(field: str, text: str) -> str:
    """The tidy text of one field of ``TEXT_RULES``.

    Raises:
        ParseError: it is empty, too short or too long, or holds what the field does not allow.
    """
    rule = TEXT_RULES[field]
    cleaned = required_text(text, maximum=rule.maximum)
    if len(cleaned) < rule.minimum:
        raise ParseError(f"Use at least {rule.minimum} characters; there are {len(cleaned)}.")
    if field == "organization_name_english" and not cleaned.isascii():
        raise ParseError("Use US-English characters only.")
    if field == "country" and not (cleaned.isascii() and cleaned.isalpha() and cleaned.isupper()):
        raise ParseError("Use two capital letters, for example DE.")
    return parse_email(cleaned) if field == "contact_email" else cleaned


def tidy(invitation: Invitation) -> Invitation:
    """The same invitation with every text as it is to be stored; for one without violations."""
    texts: dict[str, Any] = {
        field: parse_field(field, getattr(invitation, field)) for field in _fields_in_use(invitation)
    }
    return replace(invitation, **{"organization_name_english": "", **texts})


def violations(
    invitation: Invitation, known: Iterable[KnownCustomer], today: date, policy: VipPolicy
) -> tuple[Violation, ...]:
    """Everything that keeps an invitation from being sent today. Source: Reseller help, invitations."""
    return (
        *_text_violations(invitation),
        *_choice_violations(invitation),
        *_anniversary_violations(invitation, today, policy),
        *duplicate_violations(invitation.organization_name, invitation.contact_email, known),
    )


def duplicate_key(organization_name: str, contact_email: str) -> tuple[str, str]:
    """What two customers must not share: e-mail and name, without regard to case and spacing."""
    return _comparable(contact_email), _comparable(organization_name)


def duplicate_violations(
    organization_name: str, contact_email: str, known: Iterable[KnownCustomer]
) -> tuple[Violation, ...]:
    """Why one admin may not be primary admin of a second VIP of the same name. Source: Reseller help."""
    key = duplicate_key(organization_name, contact_email)
    return tuple(
        Violation(
            "invitation.duplicate",
            f"{each.contact_email} is already primary admin of {each.organization_name} ({each.vip_id}): "
            f"work with that customer ('viptui show {each.vip_id}'), or use another e-mail address.",
            "contact_email",
        )
        for each in known
        if duplicate_key(each.organization_name, each.contact_email) == key
    )


def removal_violations(*, authorizations: int, orders: int) -> tuple[Violation, ...]:
    """Why a customer may not be removed, given how many of each it has, cancelled ones included.

    Source: Reseller help, No Products.
    """
    if not authorizations and not orders:
        return ()
    had = " and ".join(
        f"{number:,} {kind}{'' if number == 1 else 's'}"
        for number, kind in ((authorizations, "Purchase Authorization"), (orders, "order"))
        if number
    )
    message = f"This customer has had {had}, so it cannot be removed: leave it in the list."
    return (Violation("invitation.has_products", message),)


def reminder_violations(
    status: InvitationStatus, organization_name: str, contact_email: str, others: Iterable[KnownCustomer]
) -> tuple[Violation, ...]:
    """Why no reminder may be sent to an address, perhaps a new one. Source: Reseller help, Send reminder."""
    if status is not InvitationStatus.PENDING:
        message = (
            "The invitation has been accepted, so there is nothing to remind of. To change the contract owner, "
            "ask the customer to do it in the Admin Console."
        )
        return (Violation("invitation.accepted", message),)
    return (
        *_field_violations("contact_email", contact_email),
        *duplicate_violations(organization_name, contact_email, others),
    )


def acceptance_violations(
    status: str, invited_on: date | None, accepted_on: date, today: date
) -> tuple[Violation, ...]:
    """Why it may not be noted that an invitation was accepted on a day."""
    if status != InvitationStatus.PENDING:
        message = "The invitation has been accepted already: there is nothing to note."
        return (Violation("invitation.accepted", message),)
    if accepted_on > today:
        message = f"Accepted on: {accepted_on} is in the future; enter a day up to {today}."
        return (Violation("invitation.accepted_on", message, "accepted_on"),)
    if invited_on is not None and accepted_on < invited_on:
        message = f"Accepted on: the invitation was sent on {invited_on}; enter that day or a later one."
        return (Violation("invitation.accepted_on", message, "accepted_on"),)
    return ()


def reopening_violations(status: str, since: Sequence[str] | None) -> tuple[Violation, ...]:
    """Why an acceptance may not be taken back.

    Args:
        status: of the invitation.
        since: the actions on the customer since the acceptance was noted here; None if it was noted elsewhere.
    """
    if status != InvitationStatus.ACCEPTED:
        message = "The invitation has not been accepted: there is nothing to take back."
        return (Violation("invitation.pending", message),)
    if since is None:
        message = "The acceptance was not noted here: the import brings what the customer's VIP says."
        return (Violation("invitation.accepted_elsewhere", message),)
    followed = [each for each in since if each not in _BESIDE_ACCEPTANCE]
    if followed:
        what = ", ".join(dict.fromkeys(followed))
        message = f"The customer has gone on since it accepted ({what}): it stays accepted."
        return (Violation("invitation.gone_on", message),)
    return ()


def _fields_in_use(invitation: Invitation) -> list[str]:
    """The text fields that have to be filled, and the English name also when it need not but is."""
    has_english = bool(invitation.organization_name_english.strip())
    skips_english = invitation.organization_name.strip().isascii() and not has_english
    return [field for field in TEXT_RULES if not (skips_english and field == "organization_name_english")]


def _text_violations(invitation: Invitation) -> list[Violation]:
    return [
        violation
        for field in _fields_in_use(invitation)
        for violation in _field_violations(field, getattr(invitation, field), missing=_MISSING.get(field, ""))
    ]


def _field_violations(field: str, text: str, *, missing: str = "") -> tuple[Violation, ...]:
    if missing and not text.strip():
        return (Violation(f"invitation.{field}", f"{TEXT_RULES[field].label}: {missing}", field),)
    try:
        parse_field(field, text)
    except ParseError as error:
        return (Violation(f"invitation.{field}", f"{TEXT_RULES[field].label}: {error}", field),)
    return ()


def _choice_violations(invitation: Invitation) -> list[Violation]:
    found = []
    if invitation.market_segment is None:
        message = "Market segment: Choose Commercial, Education or Government."
        found.append(Violation("invitation.market_segment", message, "market_segment"))
    if invitation.offering_type is None:
        found.append(Violation("invitation.offering_type", "Type: Choose Team or Enterprise.", "offering_type"))
    return found


def _anniversary_violations(invitation: Invitation, today: date, policy: VipPolicy) -> tuple[Violation, ...]:
    chosen_on, segment = invitation.anniversary_on, invitation.market_segment
    if chosen_on is None or segment is None:
        return ()
    return extended_term_violations(today, chosen_on, segment, existing_member=False, policy=policy)


_MISSING: Final = {"organization_name_english": "The name has special characters: enter it in US-English ones too."}
"""What to say of an empty field that only some invitations need."""


def _comparable(text: str) -> str:
    return " ".join(key_of(text).split())
