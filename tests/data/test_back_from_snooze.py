"""Whoever is back from a snooze is news for whom it was, until that one looks; on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from tests.support.acting import ME, act_on, do, refused
from tests.support.clock import NOON, TODAY
from tests.support.records import add_customer, authorize
from viptui.data.arrivals import next_arrival
from viptui.data.crossings import ensure_looks, record_look
from viptui.data.models import Customer, Snooze
from viptui.data.snapshot import Snapshot, more_customers, take_snapshot
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy
from viptui.workers.reevaluate import reevaluate

BEN: Final = "ben.adler"
POLICY: Final = VipPolicy()
NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter


@pytest.fixture(autouse=True)
def snoozed(database: str) -> None:
    """Three past due since long, and one without products; Elm and Ash are snoozed until tomorrow."""
    for name in ("Elm", "Fir", "Oak"):
        authorize(add_customer(name, vip_id=name.upper()), TODAY - timedelta(days=50), {"Photoshop": 2})
    add_customer("Ash", vip_id="ASH")
    evaluate(0)
    for login in (ME, BEN):
        ensure_looks(login, NOON + timedelta(minutes=1))
    do("customer.snooze", ["ELM", "ASH"], until="+1d")


def evaluate(days: int) -> None:
    reevaluate(now=NOON + timedelta(days=days), today=TODAY + timedelta(days=days), policy=POLICY, evaluator="test")


def look(days: int, tab: CustomerFilter = PAST_DUE, login: str = ME) -> None:
    record_look(login, tab, NOON + timedelta(days=days, minutes=1))


def seen(days: int, tab: CustomerFilter = PAST_DUE, login: str = ME) -> Snapshot:
    listing = Listing(filter=tab, awake_for=login)
    return take_snapshot(listing, TODAY + timedelta(days=days), POLICY, login=login, size=9, me=login)


def news(days: int, tab: CustomerFilter = PAST_DUE, login: str = ME) -> list[str]:
    shown = seen(days, tab, login)
    marked = [row.organization_name for row in shown.page.rows if row.id in shown.page.news]
    assert len(marked) == shown.badges.deltas[tab]
    return marked


def test_on_its_day_it_is_marked_and_counted_wherever_it_is_back() -> None:
    assert (news(0), news(0, NO_PRODUCTS)) == ([], [])
    evaluate(1)
    assert (news(1), news(1, NO_PRODUCTS), news(1, ALL)) == (["Elm"], ["Ash"], [])
    assert news(1, login=BEN) == [], "it was never away for anybody else"


def test_a_look_ends_it_and_only_one_since_it_is_back() -> None:
    look(0)
    evaluate(1)
    assert news(1) == ["Elm"]
    look(1)
    assert (news(1), news(2), news(1, NO_PRODUCTS)) == ([], [], ["Ash"])


def test_who_has_left_the_tab_meanwhile_is_no_news() -> None:
    Customer.update(oldest_open_authorization_on=None, newest_open_authorization_on=None).where(
        Customer.vip_id == "ELM"
    ).execute()
    assert news(1) == []


def test_the_next_snooze_takes_its_place() -> None:
    evaluate(1)
    do("customer.snooze", "ELM", until="+9d", act=act_on(TODAY + timedelta(days=1)))
    assert (news(1), news(10)) == ([], ["Elm"])


def test_both_ways_of_coming_in_count_a_customer_once() -> None:
    authorize(add_customer("New", vip_id="NEW"), TODAY - timedelta(days=30), {"Photoshop": 2})
    do("customer.snooze", "NEW", until="+2d")
    evaluate(1)
    do("customer.snooze", "NEW", until="+1d", act=act_on(TODAY + timedelta(days=1)))
    assert news(1) == ["Elm"]
    assert sorted(news(2)) == ["Elm", "New"]


def test_the_key_goes_to_it_and_rows_read_later_are_marked_too() -> None:
    evaluate(1)
    tomorrow = TODAY + timedelta(days=1)
    listing = Listing(filter=PAST_DUE)
    place = next_arrival(listing, tomorrow, POLICY, login=ME, after=None)
    assert place is not None
    assert Customer.get_by_id(place.customer).organization_name == "Elm"
    assert next_arrival(listing, tomorrow, POLICY, login=ME, after=place.key) is None
    more = more_customers(listing, tomorrow, POLICY, login=ME, with_news=True, limit=9)
    assert more.news == {place.customer}


def stored(login: str = ME) -> list[str]:
    rows = Snooze.select(Snooze.tab).where(Snooze.login == login).order_by(Snooze.tab)
    return [tab for (tab,) in rows.tuples()]


def test_the_round_after_the_look_removes_what_is_over() -> None:
    evaluate(1)
    assert stored() == [NO_PRODUCTS, PAST_DUE], "nobody has seen yet that they are back"
    look(1)
    evaluate(1)
    assert stored() == [NO_PRODUCTS, PAST_DUE], "a round that writes nothing removes nothing"
    evaluate(2)
    assert stored() == [NO_PRODUCTS]
    look(2, NO_PRODUCTS)
    evaluate(3)
    assert stored() == []


def test_what_holds_stays_and_so_does_what_others_have_not_seen() -> None:
    do("customer.snooze", "FIR", until="+9d")
    do("customer.snooze", "ELM", until="+1d", act=act_on(actor=BEN))
    evaluate(1)
    for tab in (PAST_DUE, NO_PRODUCTS):
        look(1, tab)
    evaluate(2)
    assert (stored(), stored(BEN)) == ([PAST_DUE], [PAST_DUE])
    assert (news(2), news(2, login=BEN)) == ([], ["Elm"])


def test_whoever_never_looks_leaves_nothing() -> None:
    do("customer.snooze", "ELM", until="+1d", act=act_on(actor="cron"))
    evaluate(1)
    assert stored("cron") == []


def test_what_is_over_cannot_be_taken_back_and_that_is_what_is_said() -> None:
    tomorrow = TODAY + timedelta(days=1)
    evaluate(1)
    why = refused("history.undo", act=act_on(tomorrow))
    assert "That was over on 2026-03-21: whoever was snoozed is back by itself." in why[""]
    for tab in (PAST_DUE, NO_PRODUCTS):
        look(1, tab)
    evaluate(2)
    assert stored() == []
    assert refused("history.undo", act=act_on(tomorrow)) == why


def test_a_day_that_has_come_cannot_be_brought_back() -> None:
    tomorrow = TODAY + timedelta(days=1)
    do("customer.wake", "ELM")
    why = refused("history.undo", act=act_on(tomorrow))
    assert "What was before was over on 2026-03-21" in why[""]
    assert NO_PRODUCTS in stored()


def test_undo_of_the_snooze_that_replaced_one_that_is_over_wakes() -> None:
    evaluate(1)
    do("customer.snooze", "ELM", until="+9d", act=act_on(TODAY + timedelta(days=1)))
    evaluate(2)
    do("history.undo", act=act_on(TODAY + timedelta(days=2)))
    assert PAST_DUE not in stored()
