"""The history: newest first, page by page, and what a search finds in it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.support.acting import act_on, do
from tests.support.builders import Portfolio
from tests.support.records import add_customer
from viptui.data.audit import PAGE, Scope, list_activity, walk_activity
from viptui.data.database import write_transaction
from viptui.data.history import write_history
from viptui.data.models import AuditEntry, Customer

pytestmark = pytest.mark.usefixtures("database")

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(hours: float, summary: str = "", **columns: object) -> None:
    told = {"actor": "ana", "origin": "cli", "action": "note.add", "summary": summary} | columns
    with write_transaction():
        write_history([{"at": NOON + timedelta(hours=hours), **told}])


def found(search: str = "", **scope: Any) -> list[str]:
    return [each.summary for each in list_activity(search, scope=Scope(**scope))]


def test_the_newest_comes_first_and_pages_follow_each_other() -> None:
    for hours, summary in ((1, "second"), (0, "first"), (1, "third"), (2, "fourth")):
        entry(hours, summary)
    assert found() == ["fourth", "third", "second", "first"]
    pages, key = [], None
    while page := list_activity(before=key, limit=1):
        pages += [each.summary for each in page]
        key = page[-1].key
    assert pages == found()
    assert [each.summary for each in walk_activity(limit=3)] == ["fourth", "third", "second"]


def test_a_walk_goes_over_its_pages() -> None:
    with write_transaction():
        told = {"actor": "ana", "origin": "cli", "action": "note.add", "subject": ""}
        write_history({"at": NOON, **told, "summary": str(number)} for number in range(2 * PAGE + 1))
    assert [each.summary for each in walk_activity()] == [str(each) for each in range(2 * PAGE, -1, -1)]
    assert len(list(walk_activity(limit=PAGE + 1))) == PAGE + 1
    assert len(list(walk_activity(limit=PAGE))) == PAGE


SEARCHES = {
    "a part of the sentence": ("ordered 5", ["Ordered 5 x Acrobat_Pro."]),
    "case and accents do not matter": ("ÖRDERED", ["Ordered 5 x Acrobat_Pro."]),
    "the subject": ("pa-1", ["Ordered 5 x Acrobat_Pro."]),
    "the login": ("ben.ad", ["Ordered 5 x Acrobat_Pro."]),
    "the action": ("note.", ["Called Kim."]),
    "what the customer is called": ("łaster", ["Called Kim."]),
    "its VIP ID": ("4F0", ["Called Kim."]),
    "an underscore stands for itself": ("t_p", ["Ordered 5 x Acrobat_Pro."]),
    "an underscore stands for nothing else": ("l_d", []),
    "a percent sign stands for itself": ("%", []),
    "an exclamation mark stands for itself": ("!", []),
    "nothing": ("", ["Called Kim.", "Ordered 5 x Acrobat_Pro."]),
}


@pytest.mark.parametrize(("text", "summaries"), SEARCHES.values(), ids=SEARCHES)
def test_searching(text: str, summaries: list[str]) -> None:
    customer = add_customer("Łaster Clinic", vip_id="4F00")
    entry(0, "Ordered 5 x Acrobat_Pro.", subject="PA-1", actor="ben.adler", action="order.place")
    entry(1, "Called Kim.", customer=customer.id)
    assert found(text) == summaries


def test_only_some_days_one_customer_one_member() -> None:
    customer = add_customer("Aster Clinic", vip_id="4F00")
    entry(0, "before", actor="Ben")
    entry(24, "then", customer=customer.id)
    entry(25, "of the number alone", subject="4f00")
    entry(48, "after")
    assert found(since=NOON + timedelta(hours=24), until=NOON + timedelta(hours=48)) == ["of the number alone", "then"]
    assert found(customer="4f00") == ["of the number alone", "then"]
    assert found(customer="4F") == []
    assert found(actor="ben") == ["before"]


def test_an_entry_says_what_it_was_about_and_what_changed() -> None:
    Portfolio().customer("Aster Clinic", vip_id="A", accepted=False, invited_days_ago=3)
    do("invitation.accept", "A", act=act_on(actor="ben"))
    (row,) = list_activity()
    assert (row.at, row.actor, row.origin, row.action) == (act_on().now, "ben", "test", "invitation.accept")
    assert (row.subject, row.vip_id, row.organization_name) == ("A", "A", "Aster Clinic")
    assert row.before == {"invitation_status": "Pending"}
    assert row.after == {"invitation_status": "Accepted", "accepted_on": str(act_on().today)}


def test_a_removed_customer_stays_in_the_history() -> None:
    Portfolio().customer("Aster Clinic", vip_id="A")
    do("customer.remove", "A")
    (row,) = list_activity("aster", scope=Scope(customer="a"))
    assert (row.vip_id, row.organization_name, row.summary) == (None, None, "Removed Aster Clinic (A).")
    assert row.before["organization_name"] == "Aster Clinic"
    assert not Customer.select().exists()


def test_an_entry_without_a_sentence_tells_its_change() -> None:
    with write_transaction():
        AuditEntry.create(at=NOON, actor="ana", action="x", subject="PA-1", after='{"status": "open"}')
        AuditEntry.create(at=NOON, actor="ana", action="x", subject="PA-2", after="{not json")
    assert found() == ["PA-2", "PA-1 (status: open)"]


def test_the_days_of_an_entry_are_exact() -> None:
    entry(0.5, "half past noon")
    assert found(since=NOON + timedelta(minutes=30)) == ["half past noon"]
    assert found(until=NOON + timedelta(minutes=30)) == []
    assert date(2026, 11, 20) == NOON.date()
