"""Invitations: the form's fields, duplicates, removing and reminding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from viptui.rules import invitation
from viptui.rules.invitation import Invitation, InvitationStatus, KnownCustomer
from viptui.rules.offering import OfferingType
from viptui.rules.parsing import ParseError
from viptui.rules.policy import MarketSegment, VipPolicy

TODAY = date(2026, 3, 10)
POLICY = VipPolicy()

GOOD = Invitation(
    organization_name="Redlands Print Works",
    market_segment=MarketSegment.COMMERCIAL,
    offering_type=OfferingType.TEAM,
    address="977 Main St",
    city="Redlands",
    region="CA",
    postal_code="89563",
    country="US",
    contact_name="Emeka Öztürk",
    contact_email="emeka@redlands.example",
)


def faults(sent: Invitation, *known: KnownCustomer) -> list[tuple[str, str | None]]:
    return [(each.code, each.field) for each in invitation.violations(sent, known, TODAY, POLICY)]


def test_a_complete_invitation_can_be_sent() -> None:
    assert faults(GOOD) == []


TEXTS = {
    "no organization name": ("organization_name", "", False),
    "an organization name of 3 characters": ("organization_name", "xxx", False),
    "an organization name of 4 characters": ("organization_name", "xxxx", True),
    "an organization name of 80 characters": ("organization_name", "x" * 80, True),
    "an organization name of 81 characters": ("organization_name", "x" * 81, False),
    "an organization name of 3 characters and spaces": ("organization_name", " xxx ", False),
    "an organization name with an escape character": ("organization_name", "Acme\x1bLtd", False),
    "no contact name": ("contact_name", "", False),
    "a contact name of spaces": ("contact_name", "   ", False),
    "a contact name of 1 character": ("contact_name", "x", True),
    "a contact name of 35 characters": ("contact_name", "x" * 35, True),
    "a contact name of 36 characters": ("contact_name", "x" * 36, False),
    "no e-mail": ("contact_email", "", False),
    "an e-mail of 240 characters": ("contact_email", "a" * 227 + "@acme.example", True),
    "an e-mail of 241 characters": ("contact_email", "a" * 228 + "@acme.example", False),
    "an e-mail that is none": ("contact_email", "acme.example", False),
    "no address": ("address", "", False),
    "an address of 60 characters": ("address", "x" * 60, True),
    "an address of 61 characters": ("address", "x" * 61, False),
    "an address of 1 character": ("address", "1", True),
    "no city": ("city", "", False),
    "a city of 40 characters": ("city", "x" * 40, True),
    "a city of 41 characters": ("city", "x" * 41, False),
    "a city of 1 character": ("city", "Y", True),
    "no region": ("region", "", False),
    "a region of 1 character": ("region", "X", True),
    "a region of 40 characters": ("region", "x" * 40, True),
    "a region of 41 characters": ("region", "x" * 41, False),
    "no postal code": ("postal_code", "", False),
    "a postal code of 40 characters": ("postal_code", "9" * 40, True),
    "a postal code of 41 characters": ("postal_code", "9" * 41, False),
    "a postal code of 1 character": ("postal_code", "9", True),
    "no country": ("country", "", False),
    "a country in small letters": ("country", "de", False),
    "a country in words": ("country", "Germany", False),
    "a country of one letter": ("country", "D", False),
    "a country of three capital letters": ("country", "DEU", False),
    "a country in digits": ("country", "49", False),
    "a country of two capital letters": ("country", "DE", True),
}


@pytest.mark.parametrize(("field", "text", "accepted"), TEXTS.values(), ids=TEXTS)
def test_text_fields(field: str, text: str, accepted: bool) -> None:
    change: dict[str, Any] = {field: text}
    sent = replace(GOOD, **change)
    assert faults(sent) == ([] if accepted else [(f"invitation.{field}", field)])


ENGLISH_NAMES = {
    "an English name needs no second one": ("Redlands Print Works", "", True),
    "a no-break space around an English name is no letter": ("\u00a0Redlands Print\u00a0", "", True),
    "an accented name needs an English one": ("Université de Biskra", "", False),
    "a name in another script needs an English one": ("株式会社アドビ", "   ", False),
    "an accented name with an English one": ("Université de Biskra", "University of Biskra", True),
    "the English name has accents too": ("Université de Biskra", "Université de Biskra", False),
    "the English name is too short": ("Université de Biskra", "UdB", False),
    "the English name is just long enough": ("Université de Biskra", "Bisk", True),
    "the English name is too long": ("Université de Biskra", "x" * 81, False),
    "an English name that is not needed but given": ("Redlands Print Works", "Redlands", True),
    "an English name that is not needed but has accents": ("Redlands Print Works", "Rédlands", False),
}


@pytest.mark.parametrize(("name", "english", "accepted"), ENGLISH_NAMES.values(), ids=ENGLISH_NAMES)
def test_a_name_with_other_characters_needs_an_english_one(name: str, english: str, accepted: bool) -> None:
    sent = replace(GOOD, organization_name=name, organization_name_english=english)
    field = "organization_name_english"
    assert faults(sent) == ([] if accepted else [(f"invitation.{field}", field)])


def test_all_faults_are_reported_at_once() -> None:
    empty = Invitation(
        organization_name="",
        market_segment=None,
        offering_type=None,
        address="",
        city="",
        region="",
        postal_code="",
        country="",
        contact_name="",
        contact_email="",
    )
    assert [field for _, field in faults(empty)] == [
        "organization_name",
        "address",
        "city",
        "region",
        "postal_code",
        "country",
        "contact_name",
        "contact_email",
        "market_segment",
        "offering_type",
    ]


def test_a_fault_names_its_field_and_what_to_do() -> None:
    (violation,) = invitation.violations(replace(GOOD, contact_name="x" * 36), (), TODAY, POLICY)
    assert violation.message == "Contact name: Use at most 35 characters; there are 36."


ANNIVERSARIES = {
    "none, so that the first purchase sets it": (None, MarketSegment.COMMERCIAL, []),
    "13 months": (date(2027, 4, 10), MarketSegment.COMMERCIAL, []),
    "12 months": (date(2027, 3, 10), MarketSegment.COMMERCIAL, ["anniversary.annual"]),
    "37 months, Commercial": (date(2029, 4, 10), MarketSegment.COMMERCIAL, ["anniversary.out_of_range"]),
    "37 months, Education": (date(2029, 4, 10), MarketSegment.EDUCATION, []),
    "between two marks": (date(2027, 4, 11), MarketSegment.GOVERNMENT, ["anniversary.not_whole_months"]),
}


@pytest.mark.parametrize(("chosen", "segment", "codes"), ANNIVERSARIES.values(), ids=ANNIVERSARIES)
def test_a_chosen_anniversary_makes_an_extended_term(
    chosen: date | None, segment: MarketSegment, codes: list[str]
) -> None:
    sent = replace(GOOD, anniversary_on=chosen, market_segment=segment)
    assert [code for code, _ in faults(sent)] == codes


def test_tidy_cleans_every_text_and_nothing_else() -> None:
    untidy = replace(
        GOOD,
        organization_name="  Cafe\u0301 Royal ",
        organization_name_english=" Cafe Royal\n",
        contact_email=" emeka@redlands.example ",
        anniversary_on=date(2027, 4, 10),
    )
    assert invitation.tidy(untidy) == replace(
        GOOD,
        organization_name="Caf\u00e9 Royal",
        organization_name_english="Cafe Royal",
        anniversary_on=date(2027, 4, 10),
    )


def test_tidy_makes_a_blank_english_name_empty() -> None:
    assert invitation.tidy(replace(GOOD, organization_name_english="  ")) == GOOD


def test_a_field_can_be_checked_while_it_is_typed() -> None:
    assert invitation.parse_field("organization_name", " Acme ") == "Acme"
    with pytest.raises(ParseError, match="Use at least 4 characters; there are 2"):
        invitation.parse_field("organization_name", "3M")


def known(name: str, email: str) -> KnownCustomer:
    return KnownCustomer(vip_id="1CF838BCA13458E221E6", organization_name=name, contact_email=email)


DUPLICATES = {
    "the same": ("Redlands Print Works", "emeka@redlands.example", True),
    "in another case": ("REDLANDS print works", "Emeka@Redlands.Example", True),
    "with other spacing": ("  Redlands  Print\u00a0Works ", " emeka@redlands.example", True),
    "another organization": ("Redlands Print", "emeka@redlands.example", False),
    "another admin": ("Redlands Print Works", "uma@redlands.example", False),
}


@pytest.mark.parametrize(("name", "email", "duplicate"), DUPLICATES.values(), ids=DUPLICATES)
def test_one_admin_cannot_lead_two_vips_of_one_name(name: str, email: str, duplicate: bool) -> None:
    found = faults(GOOD, known("Other Works", "other@other.example"), known(name, email))
    assert found == ([("invitation.duplicate", "contact_email")] if duplicate else [])


def test_a_duplicate_is_found_across_forms_of_a_letter() -> None:
    composed = invitation.duplicate_key("Caf\u00e9 Straße", "a@b.example")
    assert composed == invitation.duplicate_key("CAFE\u0301 STRASSE", "A@B.EXAMPLE")


def test_a_duplicate_names_the_vip_it_duplicates() -> None:
    other = known("Redlands Print Works", "emeka@redlands.example")
    (violation,) = invitation.violations(GOOD, [other], TODAY, POLICY)
    assert "1CF838BCA13458E221E6" in violation.message


REMOVALS = {
    "nothing was bought": (0, 0, True),
    "a Purchase Authorization exists": (1, 0, False),
    "an order exists": (0, 1, False),
    "both exist": (2, 3, False),
}


@pytest.mark.parametrize(("authorizations", "orders", "allowed"), REMOVALS.values(), ids=REMOVALS)
def test_only_a_customer_without_products_can_be_removed(authorizations: int, orders: int, allowed: bool) -> None:
    found = invitation.removal_violations(authorizations=authorizations, orders=orders)
    assert [each.code for each in found] == ([] if allowed else ["invitation.has_products"])


REMINDERS = {
    "a pending invitation": (InvitationStatus.PENDING, "emeka@redlands.example", []),
    "a pending invitation to a new address": (InvitationStatus.PENDING, "uma@redlands.example", []),
    "a pending invitation to no address": (InvitationStatus.PENDING, "", ["invitation.contact_email"]),
    "a pending invitation to a bad address": (InvitationStatus.PENDING, "uma", ["invitation.contact_email"]),
    "a pending invitation to an admin of the same name": (
        InvitationStatus.PENDING,
        "taken@redlands.example",
        ["invitation.duplicate"],
    ),
    "an accepted invitation": (
        InvitationStatus.ACCEPTED,
        "emeka@redlands.example",
        ["invitation.accepted"],
    ),
}


@pytest.mark.parametrize(("status", "email", "codes"), REMINDERS.values(), ids=REMINDERS)
def test_reminders(status: InvitationStatus, email: str, codes: list[str]) -> None:
    others = [known("Redlands Print Works", "taken@redlands.example")]
    found = invitation.reminder_violations(status, "Redlands Print Works", email, others)
    assert [each.code for each in found] == codes


def test_the_values_are_those_of_the_reseller_console() -> None:
    assert [str(each) for each in InvitationStatus] == ["Pending", "Accepted"]
    assert [str(each) for each in OfferingType] == ["Team", "Enterprise"]
