"""What forms are filled with, and what a key can act on at a customer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.builders import Ordered, Portfolio, Requested
from tests.support.clock import TODAY
from viptui.actions import BY_ID
from viptui.rules.policy import VipPolicy
from viptui.screens.forms.extra import REGISTERED, Extra, extra_of
from viptui.screens.forms.order import OrderExtra
from viptui.screens.subjects import choices

pytestmark = pytest.mark.usefixtures("database")

POLICY = VipPolicy()
ACTION = BY_ID["authorization.create"]


def test_every_extra_that_is_registered_is_there() -> None:
    for identifier in REGISTERED:
        assert isinstance(extra_of(replace(ACTION, id=identifier), TODAY, POLICY), Extra)


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


def test_an_order_of_a_customer_without_any_begins_with_its_products() -> None:
    Portfolio().customer("Elm", vip_id="ELM")
    assert not OrderExtra(TODAY, POLICY).load("ELM", "ana.kovac").is_ready


@pytest.mark.parametrize(("anniversary_in", "meant"), [(40, ["renewal.notify"]), (12, ["renewal.place"]), (200, [])])
def test_a_key_of_renewals_means_what_is_due(anniversary_in: int, meant: list[str]) -> None:
    ordered = [Ordered(days_ago=365 - anniversary_in)]
    Portfolio().customer("Elm", vip_id="ELM", ordered=ordered, anniversary_in=anniversary_in)
    renewals = [replace(ACTION, id=each) for each in ("renewal.notify", "renewal.place")]
    assert [each.action.id for each in choices(renewals, "ELM", TODAY, POLICY)] == meant


def test_what_is_cancelled_is_an_open_purchase_authorization_and_what_is_returned_an_order() -> None:
    requested = [Requested(days_ago=3, number="PA-OPEN"), Requested(days_ago=9, number="PA-DONE", status="ordered")]
    Portfolio().customer("Elm", vip_id="ELM", requested=requested, ordered=[Ordered(days_ago=9, number="OR-1")])
    group = [BY_ID["customer.remove"], BY_ID["authorization.cancel"]]
    assert [each.subject for each in choices(group, "ELM", TODAY, POLICY)] == ["PA-OPEN", "ELM"]
    returned = replace(ACTION, id="order.return", subject="number")
    assert [each.subject for each in choices([returned], "ELM", TODAY, POLICY)] == ["OR-1"]
