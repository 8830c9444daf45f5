"""Inviting, reminding, accepting and removing, through the commands."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from tests.support.acting import INVITATION, act_on, counts, customer, do, history, mails, refused
from tests.support.builders import Contact, Ordered, Portfolio, Requested, Said
from tests.support.clock import TODAY
from viptui.data.models import AuditEntry, Customer, Note, OutboxMail, ResellerChange
from viptui.data.queries import list_customers
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

pytestmark = pytest.mark.usefixtures("database")

START = date(2026, 3, 10)


def test_invited_customer_has_a_vip_id_and_stands_in_no_products() -> None:
    Portfolio().member("ana.kovac")
    done = do("invitation.send", **INVITATION)
    made = customer(done.subject)
    assert len(made.vip_id) == 20
    assert (made.invitation_status, made.invited_on, made.accepted_on) == ("Pending", TODAY, None)
    assert (made.managed_by.login, made.term_months, made.anniversary_on) == ("ana.kovac", 12, None)
    assert counts()[CustomerFilter.NO_PRODUCTS] == counts()[CustomerFilter.ALL] == 1
    assert mails() == [("kim@aster.example", "Your invitation to the Value Incentive Plan: Aster Clinic")]
    assert made.vip_id in done.mails[0].body
    assert [row.vip_id for row in list_customers(Listing(search="aster cl"), TODAY, VipPolicy())] == [made.vip_id]


def test_every_fault_of_an_invitation_is_named_at_once() -> None:
    texts = {
        "organization_name": "Ärz",
        "market_segment": "",
        "offering_type": "",
        "address": "",
        "city": "",
        "region": "",
        "postal_code": "",
        "country": "Germany",
        "contact_name": "x" * 36,
        "contact_email": "nobody",
    }
    assert set(refused("invitation.send", **texts)) == {*INVITATION, "organization_name_english"}


def test_a_name_with_special_characters_needs_one_in_english() -> None:
    texts = INVITATION | {"organization_name": "Łódź Clinic"}
    assert set(refused("invitation.send", **texts)) == {"organization_name_english"}
    done = do("invitation.send", **texts, organization_name_english="Lodz Clinic")
    assert customer(done.subject).organization_name_english == "Lodz Clinic"


TERMS = {
    "12 months are an annual term": (12, 0, "Commercial", None),
    "13 months, Commercial": (13, 0, "Commercial", 13),
    "a day less than 13 months": (13, -1, "Commercial", None),
    "36 months, Commercial": (36, 0, "Commercial", 36),
    "37 months, Commercial": (37, 0, "Commercial", None),
    "37 months, Education": (37, 0, "Education", 37),
    "48 months, Government": (48, 0, "Government", 48),
    "49 months, Government": (49, 0, "Government", None),
}


@pytest.mark.parametrize(("months", "days", "segment", "stored"), TERMS.values(), ids=TERMS)
def test_own_anniversary_date(months: int, days: int, segment: str, stored: int | None) -> None:
    from viptui.rules.civil import add_months

    chosen = add_months(START, months) + timedelta(days=days)
    texts = INVITATION | {"market_segment": segment, "anniversary_on": str(chosen)}
    if stored is None:
        assert set(refused("invitation.send", act=act_on(START), **texts)) == {"anniversary_on"}
        return
    made = customer(do("invitation.send", act=act_on(START), **texts).subject)
    assert (made.anniversary_on, made.anniversary_given, made.term_months) == (chosen, True, stored)


def test_the_same_admin_of_the_same_organization_is_refused() -> None:
    known = do("invitation.send", **INVITATION).subject
    texts = INVITATION | {"organization_name": " ASTER  clinic", "contact_email": "Kim@Aster.example"}
    found = refused("invitation.send", **texts)
    assert set(found) == {"contact_email"}
    assert known in found["contact_email"]


def test_a_near_duplicate_is_shown() -> None:
    known = do("invitation.send", **INVITATION).subject
    alike = INVITATION | {"organization_name": "Aster Clinics", "contact_email": "lee@aster.example"}
    (advice,) = do("invitation.send", dry_run=True, **alike).advice
    assert advice.startswith(f"Looks like Aster Clinic ({known}, kim@aster.example)")
    same_address = INVITATION | {"organization_name": "Zinnia Bakery"}
    (advice,) = do("invitation.send", dry_run=True, **same_address).advice
    assert known in advice
    other = INVITATION | {"organization_name": "Birch Council", "contact_email": "kim@birch.example"}
    assert do("invitation.send", dry_run=True, **other).advice == ()


def test_a_reminder_goes_to_the_same_or_a_new_address() -> None:
    vip_id = do("invitation.send", **INVITATION).subject
    do("invitation.remind", vip_id)
    do("invitation.remind", vip_id, contact_email="lee@aster.example")
    assert [to for to, _ in mails()] == ["kim@aster.example", "kim@aster.example", "lee@aster.example"]
    assert customer(vip_id).contact_email == "lee@aster.example"
    for text, found in (("lee@aster", 1), ("kim@aster", 0)):
        assert len(list_customers(Listing(search=text), TODAY, VipPolicy())) == found
    counts()


def test_a_reminder_to_a_faulty_or_taken_address_is_refused() -> None:
    vip_id = do("invitation.send", **INVITATION).subject
    do("invitation.send", **(INVITATION | {"contact_email": "lee@aster.example"}))
    assert set(refused("invitation.remind", vip_id, contact_email="lee@aster.example")) == {"contact_email"}
    assert set(refused("invitation.remind", vip_id, contact_email="lee")) == {"contact_email"}


def test_an_accepted_customer_is_not_reminded() -> None:
    vip_id = do("invitation.send", **INVITATION).subject
    do("invitation.accept", vip_id)
    (message,) = refused("invitation.remind", vip_id).values()
    assert "Admin Console" in message


ACCEPTANCES = {
    "on the day of the invitation": (0, True),
    "a day before it": (-1, False),
    "today": (5, True),
    "tomorrow": (6, False),
}


@pytest.mark.parametrize(("days", "allowed"), ACCEPTANCES.values(), ids=ACCEPTANCES)
def test_acceptance(days: int, allowed: bool) -> None:
    vip_id = do("invitation.send", act=act_on(START), **INVITATION).subject
    later, day = START + timedelta(days=5), START + timedelta(days=days)
    if not allowed:
        assert set(refused("invitation.accept", vip_id, act=act_on(later), accepted_on=str(day))) == {"accepted_on"}
        return
    do("invitation.accept", vip_id, act=act_on(later), accepted_on=str(day))
    made = customer(vip_id)
    assert (made.invitation_status, made.accepted_on) == ("Accepted", day)
    assert "" in refused("invitation.accept", vip_id, act=act_on(later))


def test_an_erroneous_invitation_is_removed_and_its_data_kept_for_the_next() -> None:
    vip_id = do("invitation.send", **INVITATION).subject
    do("customer.remove", vip_id)
    assert Customer.select().count() == 0
    assert counts()[CustomerFilter.ALL] == 0
    assert history()[-1] == ("customer.remove", vip_id)
    assert '"city": "Ulm"' in AuditEntry.select().order_by(AuditEntry.id.desc()).get().before
    do("invitation.send", **INVITATION)


def test_removal_gives_up_what_has_not_left_and_leaves_what_was_sent() -> None:
    vip_id = do("invitation.send", **INVITATION).subject
    do("invitation.remind", vip_id)
    OutboxMail.update(status="sent").where(OutboxMail.id == 1).execute()
    done = do("customer.remove", vip_id)
    assert [each.status for each in OutboxMail.select().order_by(OutboxMail.id)] == ["sent", "discarded"]
    assert done.after == {"mails_given_up": [2]}
    assert done.advice == ("Not sent any more: mail 2.",)


def test_removal_takes_notes_along_and_leaves_codes() -> None:
    portfolio = Portfolio()
    portfolio.customer("Aster Clinic", vip_id="A", notes=[Said(author="ana", body="called")])
    ResellerChange.create(
        vip_id="A",
        admin_email="kim@aster.example",
        code="C",
        issued_at=act_on().now,
        expires_at=act_on().now,
        customer=Customer.get(),
    )
    do("customer.remove", "a")
    assert Note.select().count() == 0
    assert ResellerChange.get().customer is None


WITH_PRODUCTS = {
    "a pending Purchase Authorization": {"requested": [Requested(days_ago=3)]},
    "a cancelled one": {"requested": [Requested(days_ago=3, status="cancelled")]},
    "an order": {"ordered": [Ordered(days_ago=3)]},
}


@pytest.mark.parametrize("given", WITH_PRODUCTS.values(), ids=WITH_PRODUCTS)
def test_a_customer_that_has_had_products_stays(given: dict[str, list[Requested]]) -> None:
    Portfolio().customer("Aster Clinic", vip_id="A", **given)  # type: ignore[arg-type]
    assert re.fullmatch(
        r"This customer has had 1 (Purchase Authorization|order), so it cannot be removed: leave it in the list\.",
        refused("customer.remove", "A")[""],
    )


def test_hostile_texts_stay_texts() -> None:
    name = "Acme [/foo] $customer"
    done = do("invitation.send", **(INVITATION | {"organization_name": name, "contact_name": "$vip_id [b]"}))
    assert done.mails[0].subject.endswith(name)
    assert done.mails[0].body.startswith("Dear $vip_id [b],")


def test_contact_of_another_customer_may_be_admin_there_too() -> None:
    Portfolio().customer("Birch Council", vip_id="B", contact=Contact(email="kim@aster.example"))
    do("invitation.send", **INVITATION)
    assert counts()[CustomerFilter.ALL] == 2
