"""What holds for every command: all or nothing, once for each request, a dry run that leaves no trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields

import pytest

from tests.support.acting import INVITATION, act_on, counts, do, footprint, history, mails, refused
from tests.support.builders import Portfolio
from viptui.actions import ACTIONS, BY_ID, BY_WORD, Kind
from viptui.commands.act import Outcome
from viptui.data.models import AuditEntry, Customer, OutboxMail
from viptui.errors import CommandRejected, NotFound

pytestmark = pytest.mark.usefixtures("database")


def test_the_same_request_acts_once() -> None:
    act = act_on(request_id="one")
    first = do("invitation.send", act=act, **INVITATION)
    again = do("invitation.send", act=act, **INVITATION)
    assert (again.summary, again.subject, again.is_repeated) == (first.summary, first.subject, True)
    assert (Customer.select().count(), len(mails()), len(history())) == (1, 1, 1)


def test_the_same_request_with_other_texts_is_refused() -> None:
    do("invitation.send", act=act_on(request_id="one"), **INVITATION)
    other = INVITATION | {"organization_name": "Birch Council", "contact_email": "kim@birch.example"}
    with pytest.raises(CommandRejected, match="used before"):
        do("invitation.send", act=act_on(request_id="one"), **other)
    assert Customer.select().count() == 1


def test_a_dry_run_tells_everything_and_leaves_nothing() -> None:
    before = footprint()
    shown = do("invitation.send", act=act_on(request_id="one"), dry_run=True, **INVITATION)
    assert shown.is_dry_run
    assert shown.mails[0].to == "kim@aster.example"
    assert footprint() == before
    done = do("invitation.send", act=act_on(request_id="one"), **INVITATION)
    assert (done.summary, done.mails, done.is_repeated) == (shown.summary, shown.mails, False)


def test_what_happened_stands_in_the_history() -> None:
    do("invitation.send", act=act_on(actor="ben.adler"), **INVITATION)
    entry = AuditEntry.get()
    assert (entry.actor, entry.origin, entry.action) == ("ben.adler", "test", "invitation.send")
    assert entry.at == act_on().now
    assert entry.summary.startswith("Invited Aster Clinic as ")
    assert json.loads(entry.after)["contact_email"] == "kim@aster.example"


def test_a_failure_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = footprint()

    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("viptui.commands.perform._write_history", fail)
    with pytest.raises(RuntimeError):
        do("invitation.send", **INVITATION)
    assert footprint() == before
    assert sum(counts().values()) == 0


def test_the_mail_has_one_recipient_and_a_message_id_of_its_own() -> None:
    do("invitation.send", **INVITATION)
    do("invitation.send", **(INVITATION | {"organization_name": "Cedar School", "contact_email": "k@cedar.example"}))
    stored = list(OutboxMail.select().order_by(OutboxMail.id))
    assert [each.recipient for each in stored] == ["kim@aster.example", "k@cedar.example"]
    assert len({each.message_id for each in stored}) == 2
    assert all(each.status == "waiting" for each in stored)


def test_unknown_customers_are_named() -> None:
    with pytest.raises(NotFound, match="There is no customer 4711"):
        do("invitation.remind", "4711")


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: str(action.id))
class TestEveryAction:
    def test_has_a_command_with_the_fields_that_it_asks_for(self, action: object) -> None:
        chosen = next(each for each in ACTIONS if each is action)
        if chosen.has_own_door:
            assert not chosen.parameters
            return
        asked = {each.name for each in chosen.parameters} | ({chosen.subject} if chosen.subject else set())
        assert {field.name for field in fields(chosen.command_type())} == asked

    def test_has_a_function_that_tells_its_outcome(self, action: object) -> None:
        chosen = next(each for each in ACTIONS if each is action)
        performer: Callable[..., Outcome] = chosen.performer()
        assert performer.__annotations__["return"] == "Outcome"
        assert performer.__doc__

    def test_is_told_apart_at_every_door(self, action: object) -> None:
        chosen = next(each for each in ACTIONS if each is action)
        assert BY_ID[chosen.id] is BY_WORD[chosen.word] is chosen
        assert not chosen.help.endswith(".")
        assert all(each.choices for each in chosen.parameters if each.kind is Kind.CHOICE)


def test_texts_that_cannot_be_read_are_all_named() -> None:
    Portfolio().customer("Aster Clinic", vip_id="A")
    assert refused("authorization.record", "A", lines=["X", "Y=0"], created_on="soon") == {
        "lines.0": "Products: Write a product as SKU=QUANTITY, for example 65304521CA01A12=5.",
        "lines.1": "Products: Enter a number from 1 to 599,000.",
        "created_on": "Created on: Enter a date such as 2026-03-20.",
    }
