"""What forms are filled with, and what a key can act on at a customer."""

from __future__ import annotations

import pytest

from tests.support.acting import do
from tests.support.builders import Ordered, Portfolio, Requested
from tests.support.clock import TODAY
from viptui.actions import BY_ID
from viptui.errors import CommandRejected
from viptui.rules.policy import VipPolicy
from viptui.screens.forms.extra import REGISTERED, Extra, Loaded, extra_of
from viptui.screens.forms.order import OrderExtra, ReturnExtra
from viptui.screens.forms.prefilled import PrefilledExtra
from viptui.screens.forms.renewal import RenewalExtra
from viptui.screens.subjects import choices

pytestmark = pytest.mark.usefixtures("database")

POLICY = VipPolicy()
ACTION = BY_ID["authorization.create"]


def test_every_extra_that_is_registered_is_there() -> None:
    for identifier in REGISTERED:
        assert isinstance(extra_of(ACTION._replace(id=identifier), TODAY, POLICY), Extra)


def test_an_order_begins_with_all_purchase_authorizations_that_wait_the_oldest_first() -> None:
    requested = [
        Requested(days_ago=3, quantity=5, number="PA-NEW"),
        Requested(days_ago=44, quantity=2, number="PA-OLD", po_number="4711"),
        Requested(days_ago=90, status="cancelled", number="PA-GONE"),
    ]
    Portfolio().customer("Elm", requested=requested, vip_id="ELM")
    loaded = OrderExtra(TODAY, POLICY).load("elm", "ana.kovac")
    assert [tuple(each) for each in loaded.options["authorizations"]] == [
        ("PA-OLD", "PA-OLD  OVERDUE 44d  2 x Acrobat Pro  4711"),
        ("PA-NEW", "PA-NEW  pending 3d  5 x Acrobat Pro"),
    ]
    assert loaded.is_ready


def test_a_renewal_begins_with_what_is_due_by_product_and_only_while_it_can_be_ordered() -> None:
    portfolio = Portfolio()
    ordered = [Ordered(days_ago=353, quantity=9), Ordered(days_ago=300, quantity=4, product="InCopy")]
    portfolio.customer("Elm", vip_id="ELM", ordered=ordered, anniversary_in=12)
    portfolio.customer("Oak", vip_id="OAK", ordered=ordered[:1], anniversary_in=40)
    extra = RenewalExtra(TODAY, POLICY)
    assert extra.load("elm", "ana.kovac").values == {"lines": ["SKU-0001=9", "SKU-0002=4"]}
    assert extra.load("OAK", "ana.kovac").values == {}
    assert extra.load("nobody", "ana.kovac").values == {}


def test_a_return_begins_with_what_an_order_still_has() -> None:
    Portfolio().customer("Elm", vip_id="ELM", ordered=[Ordered(days_ago=9, quantity=5, number="OR-1")])
    extra = ReturnExtra(TODAY, POLICY)
    assert extra.load("or-1", "ana.kovac").values == {"lines": ["SKU-0001=5"]}
    do("order.return", "OR-1", lines=["SKU-0001=2"])
    assert extra.load("OR-1", "ana.kovac").values == {"lines": ["SKU-0001=3"]}
    assert extra.load(None, "ana.kovac").values == {}


def test_lines_that_are_left_as_they_were_ask_for_everything() -> None:
    extra, loaded = PrefilledExtra(TODAY, POLICY), Loaded(values={"lines": ["A=1", "B=2"]})
    assert extra.asked({"lines": ["A=1", "B=2"], "number": "7"}, loaded) == {"lines": [], "number": "7"}
    assert extra.asked({"lines": ["A=1"]}, loaded) == {"lines": ["A=1"]}
    assert extra.asked({"number": "7"}, loaded) == {"number": "7"}
    assert extra.asked({"lines": []}, Loaded()) == {"lines": []}
    with pytest.raises(CommandRejected, match="Name at least one"):
        extra.asked({"lines": []}, loaded)


def test_an_order_of_a_customer_without_any_begins_with_its_products() -> None:
    Portfolio().customer("Elm", vip_id="ELM")
    assert not OrderExtra(TODAY, POLICY).load("ELM", "ana.kovac").is_ready


@pytest.mark.parametrize(("anniversary_in", "meant"), [(40, ["renewal.notify"]), (12, ["renewal.place"]), (200, [])])
def test_a_key_of_renewals_means_what_is_due(anniversary_in: int, meant: list[str]) -> None:
    ordered = [Ordered(days_ago=365 - anniversary_in)]
    Portfolio().customer("Elm", vip_id="ELM", ordered=ordered, anniversary_in=anniversary_in)
    renewals = [ACTION._replace(id=each) for each in ("renewal.notify", "renewal.place")]
    assert [each.action.id for each in choices(renewals, "ELM", TODAY, POLICY)] == meant


def test_what_is_cancelled_is_an_open_purchase_authorization_and_what_is_returned_an_order() -> None:
    requested = [Requested(days_ago=3, number="PA-OPEN"), Requested(days_ago=9, number="PA-DONE", status="ordered")]
    Portfolio().customer("Elm", vip_id="ELM", requested=requested, ordered=[Ordered(days_ago=9, number="OR-1")])
    group = [BY_ID["customer.remove"], BY_ID["authorization.cancel"]]
    assert [each.subject for each in choices(group, "ELM", TODAY, POLICY)] == ["PA-OPEN", "ELM"]
    returned = ACTION._replace(id="order.return", subject="number")
    assert [each.subject for each in choices([returned], "ELM", TODAY, POLICY)] == ["OR-1"]
