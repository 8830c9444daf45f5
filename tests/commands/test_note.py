"""Notes: written by whoever acts, removed by their author or a primary admin."""

from __future__ import annotations

import json

import pytest

from tests.support.acting import act_on, counts, customer, do, footprint, history, refused
from tests.support.records import add_customer
from viptui.data.details import customer_detail
from viptui.data.models import AuditEntry, Note, TeamMember
from viptui.errors import NotFound

pytestmark = pytest.mark.usefixtures("database")


def notes(vip_id: str) -> list[tuple[str, str]]:
    detail = customer_detail(vip_id)
    assert detail is not None
    return [(each.author, each.body) for each in detail.notes]


def test_a_note_stands_with_the_customer() -> None:
    add_customer("Elm", vip_id="ELM")
    before = counts()
    done = do("note.add", "elm", body="  Called Kim.\n\n Waits for the budget of 2027. \n")
    assert notes("ELM") == [("ana.kovac", "Called Kim.\n\nWaits for the budget of 2027.")]
    assert done.summary == "Noted for Elm: Called Kim. Waits for the budget of 2027."
    assert (history(), counts()) == ([("note.add", "ELM")], before)
    assert customer("ELM").version == 1, "a note changes nothing that a form shows"


def test_its_author_can_remove_it_and_the_history_keeps_it() -> None:
    add_customer("Elm", vip_id="ELM")
    do("note.add", "ELM", body="A mistake")
    do("note.add", "ELM", body="Right")
    done = do("note.remove", f"#{Note.get(Note.body == 'A mistake').id}")
    assert notes("ELM") == [("ana.kovac", "Right")]
    assert done.summary == "Removed the note of ana.kovac for Elm: A mistake"
    assert json.loads(AuditEntry.get(AuditEntry.action == "note.remove").before)["body"] == "A mistake"


def test_others_cannot_unless_they_are_primary_admin() -> None:
    add_customer("Elm", vip_id="ELM")
    for login, role in (("ana.kovac", "member"), ("ben.adler", "member"), ("eva.lind", "primary_admin")):
        TeamMember.create(login=login, login_key=login, role=role)
    number = str(do("note.add", "ELM", body="Mine").after["note"])
    assert refused("note.remove", number, act=act_on(actor="ben.adler")) == {
        "": "The note is by ana.kovac: let ana.kovac remove it, or a primary admin."
    }
    do("note.remove", number, act=act_on(actor="ANA.kovac"), dry_run=True)
    do("note.remove", number, act=act_on(actor="eva.lind"))
    assert notes("ELM") == []


@pytest.mark.parametrize("number", ["7", "x", "", "#", "-1", "²", "9" * 30])
def test_a_note_that_is_not_there_is_named(number: str) -> None:
    before = footprint()
    with pytest.raises(NotFound, match="There is no note"):
        do("note.remove", number)
    assert footprint() == before


def test_an_empty_note_is_refused() -> None:
    add_customer("Elm", vip_id="ELM")
    assert refused("note.add", "ELM", body=" \n ") == {"body": "Note: Write something."}
