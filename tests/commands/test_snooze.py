"""Snoozing and waking: whom it is for, in which tabs, until when; and nothing of the customer changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest

from tests.support.acting import ME, act_on, counts, do, footprint, history, mails, refused
from tests.support.clock import NOON, TODAY
from tests.support.records import add_customer, add_member, authorize, order
from viptui.data.crossings import deltas, record_crossings, record_look
from viptui.data.database import write_transaction
from viptui.data.models import AuditEntry, Customer, Snooze
from viptui.data.queries import count_customers, list_customers
from viptui.data.snapshot import Badges, take_badges, take_snapshot
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy
from viptui.rules.query import parse_query

BEN: Final = "ben.adler"
POLICY: Final = VipPolicy()
NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter
WEEK: Final = date(2026, 3, 27)


@pytest.fixture(autouse=True)
def customers(database: str) -> None:
    """Two past due, one of which has a young request too; one pending, one without products, one quiet."""
    for name, ages in (("Elm", [31]), ("Fir", [40, 3]), ("Gum", [30])):
        customer = add_customer(name, vip_id=name.upper())
        for age in ages:
            authorize(customer, TODAY - timedelta(days=age), {"Photoshop": 2})
    add_customer("Ash", vip_id="ASH")
    order(add_customer("Oak", vip_id="OAK"), TODAY - timedelta(days=100), {"Photoshop": 2})


def shown(tab: CustomerFilter, login: str | None = ME, day: date = TODAY) -> list[str]:
    """Who stands in a tab for somebody; everybody without one."""
    listing = Listing(filter=tab, awake_for=login)
    rows = list_customers(listing, day, POLICY)
    assert count_customers(listing, day, POLICY) == len(rows)
    return sorted(row.organization_name for row in rows)


def badges(login: str = ME, day: date = TODAY) -> Badges:
    return take_badges(login, None, day, POLICY, me=login)


def snoozed_rows() -> list[tuple[str, str, date]]:
    rows = Snooze.select(Snooze.login, Snooze.tab, Snooze.until_on).order_by(Snooze.login, Snooze.tab)
    return list(rows.tuples())


def test_it_leaves_the_tab_until_its_day_and_nothing_else_changes() -> None:
    before, untouched = counts(), footprint()[1:]
    done = do("customer.snooze", "elm", until="+7d")
    assert done.summary == "Snoozed Elm until Fri 2026-03-27."
    assert (shown(PAST_DUE), shown(PAST_DUE, None), shown(ALL)) == (
        ["Fir"],
        ["Elm", "Fir"],
        ["Ash", "Elm", "Fir", "Gum", "Oak"],
    )
    assert [shown(PAST_DUE, day=WEEK + timedelta(days=step)) for step in (-1, 0, 1)] == [
        ["Fir", "Gum"],
        ["Elm", "Fir", "Gum"],
        ["Elm", "Fir", "Gum"],
    ]
    assert (counts(), mails(), footprint()[1:]) == (before, [], untouched)
    assert history() == [("customer.snooze", "ELM")]


def test_badges_follow_for_whoever_snoozes() -> None:
    do("customer.snooze", ["ELM", "FIR"])
    assert badges().counts[PAST_DUE] == 0
    assert badges().asleep == {PAST_DUE: 2, PENDING: 1}
    assert badges().counts[PENDING] == 1
    assert badges().counts[ALL] == 5
    assert (badges(BEN).counts[PAST_DUE], badges(BEN).asleep) == (2, {})
    assert badges(day=WEEK).asleep == {}


def test_it_is_one_s_own() -> None:
    do("customer.snooze", "ELM")
    do("customer.snooze", "FIR", act=act_on(actor=BEN))
    assert (shown(PAST_DUE), shown(PAST_DUE, BEN.upper())) == (["Fir"], ["Elm"])


def test_all_tabs_in_which_it_stands_are_meant_and_no_other() -> None:
    do("customer.snooze", "FIR")
    assert snoozed_rows() == [(ME, PAST_DUE, WEEK), (ME, PENDING, WEEK)]
    do("customer.snooze", "GUM")
    assert shown(PENDING) == []
    assert shown(PAST_DUE, day=TODAY + timedelta(days=1)) == ["Elm", "Gum"], "a snooze hides no news"


def test_the_query_names_who_is_snoozed_and_where_that_counts() -> None:
    do("customer.snooze", "GUM")
    query = parse_query("snoozed")
    assert query is not None
    listing = Listing(query=query.seen_by(ME))
    tomorrow = TODAY + timedelta(days=1)
    assert [row.organization_name for row in list_customers(listing, TODAY, POLICY)] == ["Gum"]
    assert list_customers(listing, tomorrow, POLICY) == (), "it has left the tab in which it was snoozed"
    assert list_customers(Listing(query=query.seen_by(BEN)), TODAY, POLICY) == ()


def test_a_page_says_who_is_snoozed() -> None:
    do("customer.snooze", "ELM")
    page = take_snapshot(Listing(), TODAY, POLICY, login=ME, size=9, me=ME).page
    assert [row.organization_name for row in page.rows if row.id in page.asleep] == ["Elm"]


def test_another_day_replaces_the_one_before_and_undo_brings_that_back() -> None:
    do("customer.snooze", "ELM", until="2026-03-21")
    do("customer.snooze", "ELM", until="fri")
    assert snoozed_rows() == [(ME, PAST_DUE, WEEK)]
    do("history.undo")
    assert snoozed_rows() == [(ME, PAST_DUE, date(2026, 3, 21))]
    do("history.undo")
    assert snoozed_rows() == []


def test_undo_and_redo_of_many() -> None:
    do("customer.snooze", "FIR", until="+2d")
    do("customer.snooze", ["ELM", "FIR", "GUM"], until="+9d")
    after = snoozed_rows()
    do("history.undo")
    assert snoozed_rows() == [(ME, PAST_DUE, date(2026, 3, 22)), (ME, PENDING, date(2026, 3, 22))]
    do("history.redo")
    assert sorted(snoozed_rows()) == sorted(after)


def test_wake_lets_it_come_back_and_undo_of_that_snoozes_it_again() -> None:
    do("customer.snooze", "ELM", until="+30d")
    assert do("customer.wake", "elm").summary == "Woke Elm: back in your work tabs."
    assert shown(PAST_DUE) == ["Elm", "Fir"]
    do("history.undo")
    assert snoozed_rows() == [(ME, PAST_DUE, date(2026, 4, 19))]


def test_undo_is_refused_where_it_would_not_bring_back_the_same() -> None:
    do("customer.snooze", "GUM", until="+30d")
    do("customer.wake", "GUM")
    assert refused("history.undo", act=act_on(TODAY + timedelta(days=1)))[""].startswith('Entry 2 ("Woke Gum')


def test_of_several_those_are_woken_that_sleep() -> None:
    do("customer.snooze", ["ELM", "GUM"])
    assert do("customer.wake", ["ELM", "FIR", "GUM"]).summary.startswith("Woke 2 customers: Elm, Gum")
    assert snoozed_rows() == []
    assert refused("customer.wake", ["ELM", "FIR"]) == {"vip_ids": "2 customers: Elm, Fir: you have not snoozed them."}


REFUSED: Final = {
    "today": ("ELM", "today", "2026-03-20 is not ahead: choose a day from tomorrow on."),
    "too far": ("ELM", "+13m", "2027-04-20 is more than a year ahead: choose 2027-03-20 or before."),
    "no day": ("ELM", "soon", "Until: Enter a date such as 2026-03-20, +30d, +13m, eom, fri."),
    "in no tab": ("OAK", "", "Oak: in no tab that could do without it."),
    "nobody": ("YEW", "", "There is no customer YEW: look it up with / in the list."),
}


@pytest.mark.parametrize(("vip_id", "until", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_meant_is_refused(vip_id: str, until: str, message: str) -> None:
    assert [*refused("customer.snooze", vip_id, until=until).values()] == [message]
    assert snoozed_rows() == []


def test_of_several_those_are_snoozed_that_stand_in_a_tab() -> None:
    done = do("customer.snooze", ["OAK", "ELM"])
    assert (done.summary, done.advice) == (
        "Snoozed Elm until Fri 2026-03-27.",
        ("1 in no tab that could do without it.",),
    )


def test_a_dry_run_and_a_request_a_second_time_change_nothing() -> None:
    do("customer.snooze", "ELM", dry_run=True)
    assert snoozed_rows() == []
    for until in ("", ""):
        do("customer.snooze", "ELM", until=until, act=act_on(request_id="once"))
    assert len(snoozed_rows()) == AuditEntry.select().count() == 1


def test_who_is_gone_is_snoozed_no_more() -> None:
    do("customer.snooze", ["ASH", "ELM"])
    do("customer.remove", "ASH")
    assert snoozed_rows() == [(ME, PAST_DUE, WEEK)]
    assert Customer.select().where(Customer.vip_id == "ASH").count() == 0


def test_another_login_takes_what_was_snoozed_along() -> None:
    add_member(ME)
    do("customer.snooze", ["ELM", "FIR"])
    do("customer.snooze", "ELM", until="+2d", act=act_on(actor="ana.new"))
    do("team.map", ME, new_login="Ana.New")
    assert shown(PAST_DUE, "ana.new") == []
    assert (ME, PAST_DUE, WEEK) in snoozed_rows(), "what the new login had chosen itself stands"
    do("history.undo")
    assert shown(PAST_DUE, ME) == []


def test_who_is_snoozed_is_no_news() -> None:
    record_look(ME, PAST_DUE, NOON - timedelta(days=2))
    with write_transaction():
        record_crossings(TODAY - timedelta(days=2), TODAY, POLICY, NOON)
    assert deltas(ME, TODAY, POLICY)[PAST_DUE] == badges().deltas[PAST_DUE] == 1
    do("customer.snooze", "ELM")
    assert badges().deltas[PAST_DUE] == 0
    assert badges(day=WEEK).deltas[PAST_DUE] == 1, "once it is back, it is news until somebody looks"
