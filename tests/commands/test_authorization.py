"""Creating, recording and cancelling Purchase Authorizations, through the commands."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import viptui
from tests.support.acting import act_on, counts, customer, do, mails, refused
from tests.support.builders import Ordered, Portfolio, Requested
from tests.support.clock import TODAY
from viptui.data.models import Authorization, AuthorizationLine, Customer, Product
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import AnniversaryBase, VipPolicy

PAST_DUE = CustomerFilter.PAST_DUE
PENDING = CustomerFilter.PENDING_REQUESTS


@pytest.fixture
def portfolio(database: str) -> Portfolio:
    made = Portfolio()
    made.product("Acrobat Pro", sku="ACRO", price=Decimal("19.95"))
    made.product("InCopy", sku="INCO")
    made.product("Device licence", sku="DEVI").pa_allowed = False
    Product.update(pa_allowed=False).where(Product.sku == "DEVI").execute()
    Product.create(sku="OLD", sku_key="old", name="Flash", active=False)
    return made


def test_created_authorization_waits_for_its_order(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A")
    done = do("authorization.create", "a", lines=["acro=5", "INCO=1"], po_number=" 4711 ")
    made = Authorization.get(Authorization.number == done.subject)
    assert (made.created_on, made.created_by, made.status, made.po_number) == (TODAY, "reseller", "open", "4711")
    assert [(line.product.sku, line.quantity) for line in made.lines] == [("ACRO", 5), ("INCO", 1)]
    assert counts()[PENDING] == 1
    assert counts()[CustomerFilter.NO_PRODUCTS] == 0
    assert mails() == [("contact1@customer.example", f"Products added for Aster Clinic: {made.number}")]
    assert "5 x Acrobat Pro\n1 x InCopy" in done.mails[0].body


BASES = {
    "the first one sets the anniversary date": (VipPolicy(), date(2027, 3, 20)),
    "not where orders do": (VipPolicy(anniversary_base=AnniversaryBase.ORDER), None),
}


@pytest.mark.parametrize(("policy", "expected"), BASES.values(), ids=BASES)
def test_first_authorization(portfolio: Portfolio, policy: VipPolicy, expected: date | None) -> None:
    portfolio.customer("Aster Clinic", vip_id="A")
    done = do("authorization.create", "A", act=act_on(policy=policy), lines=["ACRO=1"])
    assert customer("A").anniversary_on == expected
    assert bool(done.advice) == (expected is not None)


def test_a_stored_anniversary_date_stays(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", anniversary_in=500)
    do("authorization.create", "A", lines=["ACRO=1"])
    assert customer("A").anniversary_on == TODAY + timedelta(days=500)


REFUSED = {
    "unknown product": (["ACRO=1", "NONE=2"], {"lines.1": "There is no product NONE"}),
    "named twice": (["ACRO=1", "acro=2"], {"lines.0": "Acrobat Pro is named twice", "lines.1": "Acrobat Pro is"}),
    "has to be ordered directly": (["DEVI=1"], {"lines.0": "Device licence cannot be on a Purchase Authorization"}),
    "no longer sold": (["OLD=1"], {"lines.0": "Flash is no longer sold"}),
    "no quantity": (["ACRO=0"], {"lines.0": "Products: Enter a number from 1"}),
    "no digits": (["ACRO=１"], {"lines.0": "Products: Enter a whole number"}),
    "nothing": ([], {"lines": "Products: Enter at least one"}),
}


@pytest.mark.parametrize(("lines", "expected"), REFUSED.values(), ids=REFUSED)
def test_refused_lines(portfolio: Portfolio, lines: list[str], expected: dict[str, str]) -> None:
    portfolio.customer("Aster Clinic", vip_id="A")
    found = refused("authorization.create", "A", lines=lines)
    assert set(found) == set(expected)
    assert all(found[field].startswith(start) for field, start in expected.items())


AGES = {"30 days old: allowed": (30, True), "31 days old: refused": (31, False), "61 days old: refused": (61, False)}


@pytest.mark.parametrize(("age", "allowed"), AGES.values(), ids=AGES)
def test_past_due_customers_get_no_more(portfolio: Portfolio, age: int, allowed: bool) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", requested=[Requested(days_ago=age, number="PA-OLD")])
    if allowed:
        do("authorization.create", "A", lines=["ACRO=1"])
        assert counts()[PAST_DUE] == 0
    else:
        message = refused("authorization.create", "A", lines=["ACRO=1"])[""]
        assert message.startswith("PA-OLD of ")
        assert "place its order first" in message


def test_numbers_that_are_taken_are_passed_over(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", requested=[Requested(days_ago=1, number="pa00000002")])
    assert do("authorization.create", "A", lines=["ACRO=1"]).subject == "PA00000003"


def test_the_members_own_authorization_is_told_to_its_manager(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", managed_by="ben.adler")
    done = do("authorization.record", "A", lines=["ACRO=2"], number="PA-77", created_on="2026-02-01")
    made = Authorization.get(Authorization.number == "PA-77")
    assert (made.created_by, made.created_on) == ("customer", date(2026, 2, 1))
    assert mails() == [("ben.adler@reseller.example", "Aster Clinic added products: place the order for PA-77")]
    assert done.subject == "PA-77"
    assert counts()[PAST_DUE] == 1


def test_a_past_due_customers_own_authorization_is_recorded_all_the_same(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", requested=[Requested(days_ago=70)])
    assert do("authorization.record", "A", lines=["ACRO=2"]).advice[-1:] == (
        "Nobody with an e-mail address manages this customer: no mail was written.",
    )


def test_refused_records(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", accepted=False)
    portfolio.customer("Birch Council", vip_id="B", requested=[Requested(days_ago=1, number="PA-1")])
    tomorrow = str(TODAY + timedelta(days=1))
    found = refused("authorization.record", "A", lines=["ACRO=2"], number="pa-1", created_on=tomorrow)
    assert set(found) == {"", "number", "created_on"}
    assert "Birch Council" in found["number"]


CANCELLED = {
    "pending": (30, 0, True),
    "overdue": (31, 0, False),
    "suspended": (61, 0, False),
    "pending, but a licence is assigned": (3, 1, False),
}


@pytest.mark.parametrize(("age", "assigned", "allowed"), CANCELLED.values(), ids=CANCELLED)
def test_cancelling(portfolio: Portfolio, age: int, assigned: int, allowed: bool) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", requested=[Requested(days_ago=age, quantity=2, number="PA-1")])
    AuthorizationLine.update(assigned=assigned).execute()
    if not allowed:
        assert set(refused("authorization.cancel", "PA-1")) == {""}
        return
    do("authorization.cancel", "pa-1")
    assert Authorization.get().status == "cancelled"
    assert counts()[CustomerFilter.NO_PRODUCTS] == 1
    assert "already cancelled" in refused("authorization.cancel", "PA-1")[""]


def test_overdue_ones_may_be_cancelled_where_the_policy_says_so(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", requested=[Requested(days_ago=40, number="PA-1")])
    do("authorization.cancel", "PA-1", act=act_on(policy=VipPolicy(cancel_overdue=True)))
    assert counts()[PAST_DUE] == 0


def test_an_ordered_one_is_returned_and_not_cancelled(portfolio: Portfolio) -> None:
    requested = [Requested(days_ago=3, number="PA-1", status="ordered")]
    portfolio.customer("Aster Clinic", vip_id="A", requested=requested, ordered=[Ordered(days_ago=2)])
    assert "request a return authorization instead ('viptui return-order" in refused("authorization.cancel", "PA-1")[""]


def test_each_product_has_a_line_of_its_own_in_the_mail(portfolio: Portfolio) -> None:
    Product.create(sku="ALL", sku_key="all", name="All Apps, Pro Edition")
    portfolio.customer("Aster Clinic", vip_id="A", managed_by="ben.adler")
    for done in (
        do("authorization.create", "A", lines=["ALL=2", "ACRO=1"]),
        do("authorization.record", "A", lines=["ALL=2", "ACRO=1"]),
    ):
        assert "\n2 x All Apps, Pro Edition\n1 x Acrobat Pro\n" in done.mails[0].body


def test_a_member_has_added_nothing_before_it_was_invited(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A")
    Customer.update(invited_on=TODAY - timedelta(days=5)).execute()
    early, first = (str(TODAY - timedelta(days=days)) for days in (6, 5))
    assert refused("authorization.record", "A", lines=["ACRO=2"], created_on=early) == {
        "created_on": f"Created on: the customer was invited on {first}; enter a day from then to {TODAY}."
    }
    do("authorization.record", "A", lines=["ACRO=2"], created_on=first)


def test_the_first_authorization_takes_its_anniversary_date_with_it_when_it_is_cancelled(portfolio: Portfolio) -> None:
    portfolio.customer("Aster Clinic", vip_id="A")
    first = do("authorization.create", "A", lines=["ACRO=1"]).subject
    done = do("authorization.cancel", first)
    assert customer("A").anniversary_on is None
    assert done.before == {"status": "open", "anniversary_on": date(2027, 3, 20)}
    assert done.after == {"status": "cancelled", "anniversary_on": None}
    assert done.advice == ("Nothing has been bought any more: the next purchase sets the anniversary date.",)
    do("authorization.record", "A", lines=["ACRO=1"], created_on="2026-03-10")
    assert customer("A").anniversary_on == date(2027, 3, 10)


STAYS = {
    "a second one waits": {"requested": [Requested(days_ago=2)]},
    "there was an order": {"ordered": [Ordered(days_ago=90)]},
    "it was given or imported": {"anniversary_in": 500},
}


@pytest.mark.parametrize("given", STAYS.values(), ids=STAYS)
def test_otherwise_the_anniversary_date_stays(portfolio: Portfolio, given: dict[str, object]) -> None:
    portfolio.customer("Aster Clinic", vip_id="A", **given)  # type: ignore[arg-type]
    made = do("authorization.create", "A", lines=["ACRO=1"])
    stored = customer("A").anniversary_on
    assert stored is not None
    done = do("authorization.cancel", made.subject)
    assert customer("A").anniversary_on == stored
    assert done.advice == ()


def test_four_programs_at_once_give_every_number_once(portfolio: Portfolio, database: str) -> None:
    portfolio.customer("Aster Clinic", vip_id="A")
    words = [sys.executable, "-m", "viptui", "--database", database, "authorize", "A", "--line", "ACRO=1"]
    root = Path(viptui.__file__).parents[1]
    several = [subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(6)]
    outputs = [each.communicate(timeout=60)[0].decode() for each in several]
    assert [each.returncode for each in several] == [0] * 6, outputs
    assert len({number for (number,) in Authorization.select(Authorization.number).tuples()}) == 6
    assert counts()[PENDING] == 1
