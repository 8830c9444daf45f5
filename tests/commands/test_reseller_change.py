"""Reseller changes: codes of 72 elapsed hours, single use, five a business day; and the customer that comes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.support.acting import ME, act_on, counts, customer, do, history, mails, refused
from tests.support.builders import Portfolio
from viptui.commands.act import Act
from viptui.data.change_codes import list_change_codes
from viptui.data.models import Customer, OutboxMail, ResellerChange
from viptui.data.queries import list_customers
from viptui.errors import NotFound
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

pytestmark = pytest.mark.usefixtures("database")

BERLIN = ZoneInfo("Europe/Berlin")
ISSUED = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
"""Half a day before the clocks go forward."""
ENDS = datetime(2026, 3, 31, 11, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

ASKED = {"vip_id": "4F00", "admin_email": "admin@aster.example"}
CUSTOMER = {
    "organization_name": "Łaster Clinic",
    "market_segment": "gov",
    "offering_type": "team",
    "contact_name": "Kim Example",
    "anniversary_on": "2026-06-15",
    "city": "Ulm",
}


def at(moment: datetime, *, actor: str = ME, request_id: str = "") -> Act:
    return act_on(now=moment, zone=BERLIN, actor=actor, request_id=request_id)


def send(moment: datetime = ISSUED, **values: str) -> str:
    """Send a code; the code."""
    do("reseller_change.send", act=at(moment), **(ASKED | values))
    return str(ResellerChange.select().order_by(ResellerChange.id.desc()).get().code)


def test_a_code_is_sent_and_valid_for_72_elapsed_hours() -> None:
    Portfolio().member(ME, "Ana Kovac")
    done = do("reseller_change.send", act=at(ISSUED), **ASKED)
    until = "2026-03-31 13:00 (2026-03-31 11:00 UTC)"
    assert done.summary == f"Sent admin@aster.example a reseller change code for 4F00; it is valid until {until}."
    assert mails() == [("admin@aster.example", "Your reseller change code for VIP 4F00")]
    (change,) = ResellerChange.select()
    body = OutboxMail.get().body
    assert change.code in body
    assert until in body
    assert "Ana Kovac" in body
    assert change.expires_at == ENDS
    assert change.code not in done.summary


def test_a_code_follows_from_nothing_but_its_request() -> None:
    first, second = send(), send()
    assert first != second
    assert all(len(each) == 19 and set(each) <= set("0123456789ABCDEF-") for each in (first, second))


def test_the_customer_joins_the_list() -> None:
    Portfolio().member(ME, "Ana Kovac")
    code = send()
    done = do("reseller_change.complete", act=at(ENDS - SECOND, actor="ben"), code=code.lower(), **CUSTOMER)
    assert done.summary == "Łaster Clinic (4F00) has moved here with its reseller change code."
    joined = customer("4F00")
    assert (joined.invitation_status, joined.anniversary_on) == ("Accepted", date(2026, 6, 15))
    assert (joined.anniversary_given, joined.market_segment, joined.contact_email) == (
        True,
        "Government",
        "admin@aster.example",
    )
    assert joined.managed_by.login == ME
    assert counts()[CustomerFilter.NO_PRODUCTS] == 1
    for text in ("laster", "4f00", "kim example", "ulm"):
        found = list_customers(Listing(search=text), ENDS.date(), VipPolicy())
        assert [row.vip_id for row in found] == ["4F00"], text
    assert mails()[1] == (f"{ME}@reseller.example", "Łaster Clinic has moved to us")
    assert history() == [("reseller_change.send", "4F00"), ("reseller_change.complete", "4F00")]


def test_a_code_is_used_once() -> None:
    code = send()
    done = do("reseller_change.complete", act=at(ISSUED + SECOND, request_id="one"), code=code, **CUSTOMER)
    again = do("reseller_change.complete", act=at(ISSUED + SECOND, request_id="one"), code=code, **CUSTOMER)
    assert again.is_repeated
    assert "Whoever sent the code has no e-mail address here: no mail was written." in done.advice
    do("customer.remove", "4F00")
    reasons = refused("reseller_change.complete", act=at(ISSUED + SECOND), code=code, **CUSTOMER)
    assert reasons == {"code": "This reseller change code has been used: send a new one if the change is still needed."}


@pytest.mark.parametrize("moment", [ENDS, ENDS + SECOND, ENDS + timedelta(days=30)])
def test_a_code_is_refused_from_its_very_end_on(moment: datetime) -> None:
    code = send()
    assert refused("reseller_change.complete", act=at(moment), code=code, **CUSTOMER) == {
        "code": "This reseller change code expired at 2026-03-31 11:00 UTC: send a new one."
    }
    assert not Customer.select().exists()


def test_of_two_codes_for_one_customer_only_one_is_used() -> None:
    code, other = send(), send()
    do("reseller_change.complete", act=at(ISSUED), code=code, **CUSTOMER)
    assert refused("reseller_change.complete", act=at(ISSUED), code=other, **CUSTOMER) == {
        "code": "4F00 is in the list already, as Łaster Clinic: it need not change its reseller."
    }


def test_a_new_code_can_be_sent_after_expiry() -> None:
    send()
    done = do("reseller_change.send", act=at(ENDS), **ASKED)
    assert done.advice == ()
    code = ResellerChange.select().order_by(ResellerChange.id.desc()).get().code
    do("reseller_change.complete", act=at(ENDS + timedelta(hours=71)), code=code, **CUSTOMER)


@pytest.mark.parametrize("vip_id", [ASKED["vip_id"], ASKED["vip_id"].lower()])
def test_a_code_that_is_still_valid_is_pointed_out(vip_id: str) -> None:
    send(vip_id=vip_id)
    done = do("reseller_change.send", act=at(ENDS - SECOND), **ASKED)
    assert done.advice == (
        "A code that was sent before is valid until 2026-03-31 13:00 (2026-03-31 11:00 UTC) as well.",
    )


def test_five_codes_a_business_day() -> None:
    evening = datetime(2026, 3, 28, 23, 59, tzinfo=BERLIN)
    for number in range(5):
        send(evening, vip_id=f"{number}")
    assert refused("reseller_change.send", act=at(evening), **ASKED) == {
        "": "5 reseller change codes were sent on 2026-03-28: send the next one on 2026-03-29."
    }
    assert len(mails()) == 5
    send(evening + timedelta(minutes=1))


def test_who_is_in_the_list_needs_no_code() -> None:
    Portfolio().customer("Aster Clinic", vip_id="4f00")
    assert refused("reseller_change.send", **ASKED) == {
        "vip_id": "4F00 is in the list already, as Aster Clinic: it need not change its reseller."
    }


def test_all_faults_of_a_customer_that_joins_are_named() -> None:
    code = send()
    values = CUSTOMER | {
        "organization_name": "ABC",
        "contact_name": "",
        "country": "de",
        "anniversary_on": "2035-01-01",
        "market_segment": "",
        "offering_type": " ",
    }
    assert refused("reseller_change.complete", act=at(ISSUED), code=code, **values) == {
        "organization_name": "Organization name: Use at least 4 characters; there are 3.",
        "contact_name": "Contact name: Enter a value.",
        "country": "Country: Use two capital letters, for example DE.",
        "anniversary_on": (
            "Anniversary date: no term ends after 2030-03-28; enter the next date as the customer sees it."
        ),
        "market_segment": "Market segment: Choose Commercial, Education or Government.",
        "offering_type": "Type: Choose Team or Enterprise.",
    }


def test_an_anniversary_that_is_not_known_is_pointed_out() -> None:
    code = send()
    done = do("reseller_change.complete", act=at(ISSUED), code=code, **(CUSTOMER | {"anniversary_on": ""}))
    assert any("Without an anniversary date" in each for each in done.advice)
    assert customer("4F00").anniversary_on is None


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(NotFound, match="There is no reseller change code 1234"):
        do("reseller_change.complete", code="1234", **CUSTOMER)


def test_codes_are_listed_with_their_state_and_the_time_left() -> None:
    Portfolio().member(ME)
    used = send(vip_id="1")
    send(vip_id="2")
    do("reseller_change.complete", act=at(ISSUED), code=used, **CUSTOMER)
    send(ISSUED + timedelta(hours=1), vip_id="3")
    listed = list_change_codes(ENDS, VipPolicy())
    assert [(each.vip_id, each.state, each.seconds_left) for each in listed] == [
        ("3", "valid", 3600),
        ("2", "expired", 0),
        ("1", "used", 0),
    ]
    assert listed[0].requested_by == ME
    assert listed[2].used_at == ISSUED


def test_what_the_mail_promised_holds_when_the_setting_changes() -> None:
    code = send()
    hasty = at(ENDS - SECOND)
    changed = act_on(now=hasty.now, zone=BERLIN, policy=VipPolicy(reseller_change_hours=1))
    do("reseller_change.complete", act=changed, code=code, **CUSTOMER)
