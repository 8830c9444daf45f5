"""Drafts of forms, on both engines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.acting import act_on, do
from tests.support.builders import Portfolio, one_of_each
from viptui.data.drafts import carried_out, drop_draft, find_draft, just_removed, list_drafts, save_draft

AT = datetime(2026, 3, 20, 14, 3, tzinfo=UTC)
LATER = datetime(2026, 3, 20, 14, 5, tzinfo=UTC)
TYPED = {"organization_name": "Élan [/] Ltd", "lines": ["SKU-0001=5"]}

pytestmark = pytest.mark.usefixtures("database")


def keep(form: str = "invitation.send", subject: str = "", *, request_id: str = "r1", at: datetime = AT) -> None:
    save_draft("ana.kovac", form, subject, request_id, "Elm", TYPED, at)


def test_a_draft_comes_back_as_it_was() -> None:
    keep()
    found = find_draft("ana.kovac", "invitation.send", "")
    assert found is not None
    assert (found.request_id, found.whom, found.typed, found.saved_at) == ("r1", "Elm", TYPED, AT)


def test_there_is_one_draft_for_each_person_form_and_subject() -> None:
    keep()
    keep(request_id="r2", at=LATER)
    keep("authorization.create", "VIP1")
    save_draft("ben.adler", "invitation.send", "", "r9", "", {}, AT)
    assert [(each.form, each.request_id) for each in list_drafts("ana.kovac")] == [
        ("invitation.send", "r2"),
        ("authorization.create", "r1"),
    ]
    assert find_draft("ana.kovac", "authorization.create", "VIP2") is None


def test_a_dropped_draft_is_gone_and_the_others_stay() -> None:
    keep()
    keep("authorization.create", "VIP1")
    drop_draft("ana.kovac", "invitation.send", "")
    assert [each.form for each in list_drafts("ana.kovac")] == ["authorization.create"]


def test_a_draft_whose_request_was_carried_out_is_no_longer_offered() -> None:
    one_of_each(Portfolio())
    keep("invitation.remind", "00000000000000000001", request_id="sent")
    assert carried_out("sent") is None
    done = do("invitation.remind", "00000000000000000001", act=act_on(request_id="sent"))
    assert carried_out("sent") == done.summary
    assert list_drafts("ana.kovac") == ()


def test_a_customer_that_was_just_removed_can_be_offered_again_until_something_else_is_done() -> None:
    one_of_each(Portfolio())
    assert just_removed("ana.kovac") is None
    do("customer.remove", "00000000000000000002")
    removed = just_removed("ana.kovac")
    assert removed is not None
    assert (removed["organization_name"], removed["market_segment"]) == ("Birch Council", "Government")
    assert just_removed("ben.adler") is None
    do("invitation.remind", "00000000000000000001")
    assert just_removed("ana.kovac") is None
