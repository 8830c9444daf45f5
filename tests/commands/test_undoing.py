"""Taking back what was done: what is stored is what it was before, or it is said in words why it cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from tests.commands.test_perform import INVITATION
from tests.support.acting import ME, act_on, counts, customer, do, mails, refused
from tests.support.clock import TODAY
from tests.support.records import add_customer, authorize, order, product
from viptui.actions import ACTIONS, BY_ID
from viptui.commands.undoing import meant
from viptui.data.audit import list_activity
from viptui.data.details import customer_detail
from viptui.data.models import AuditEntry, Customer, Note, OutboxMail, Product, Snooze, TeamMember
from viptui.errors import NotFound
from viptui.rules.undoing import WAYS

BEN = "ben.adler"
EVA = "eva.lind"
THEMSELVES = {"history.undo", "history.redo"}


@pytest.fixture(autouse=True)
def office(database: str) -> None:
    """A team, a customer with licences, one that has not accepted yet."""
    for login, role in ((ME, "primary_admin"), (BEN, "member"), (EVA, "member")):
        TeamMember.create(login=login, login_key=login, name=login, email=f"{login}@team.example", role=role)
    ben = TeamMember.get(TeamMember.login == BEN)
    elm = add_customer("Elm", vip_id="ELM", contact_email="kim@elm.example", managed_by=ben, anniversary_on=TODAY)
    order(elm, TODAY - timedelta(days=400), {"Acrobat": 12}, number="OLD")
    order(elm, TODAY - timedelta(days=40), {"Acrobat": 12}, assigned=4, number="ORD1")
    oak = add_customer("Oak", vip_id="OAK", contact_email="kim@oak.example", managed_by=ben, invited_on=TODAY)
    Customer.update(invitation_status="Pending").where(Customer.id == oak.id).execute()
    product("Photoshop")
    mail = {
        "key": "k",
        "message_id": "<k@here>",
        "recipient": "a@b.example",
        "subject": "Hello",
        "body": "",
        "template": "",
    }
    OutboxMail.create(created_at=act_on().now, **mail)
    counts()


class Case(NamedTuple):
    """An action that can be taken back, and what has to be so for it."""

    action: str
    subject: str | Sequence[str]
    values: Mapping[str, str | Sequence[str]] = {}
    before: Sequence[tuple[str, str, Mapping[str, str]]] = ()


def _note() -> str:
    return str(Note.get().id)


def _mail() -> str:
    return str(OutboxMail.get().id)


TAKEN_BACK: dict[str, Callable[[], Case]] = {
    "note.add": lambda: Case("note.add", "ELM", {"body": "Called Kim."}),
    "note.remove": lambda: Case("note.remove", _note()),
    "licences.assign": lambda: Case("licences.assign", "ELM", {"lines": ["SKU-Acrobat=7"]}),
    "customer.reassign": lambda: Case("customer.reassign", ["ELM"], {"to": EVA}),
    "customer.snooze": lambda: Case("customer.snooze", ["ELM"], {"until": "+30d"}),
    "customer.wake": lambda: Case("customer.wake", ["ELM"]),
    "product.deactivate": lambda: Case("product.deactivate", "SKU-Photoshop"),
    "product.activate": lambda: Case("product.activate", "SKU-Photoshop"),
    "team.role": lambda: Case("team.role", BEN, {"role": "primary_admin"}),
    "team.email": lambda: Case("team.email", BEN, {"email": "ben@new.example"}),
    "team.map": lambda: Case("team.map", BEN, {"new_login": "ben"}),
    "team.deactivate": lambda: Case("team.deactivate", BEN, {"to": EVA}),
    "team.add": lambda: Case("team.add", "", {"login": BEN}),
    "invitation.accept": lambda: Case("invitation.accept", "OAK"),
    "invitation.reopen": lambda: Case("invitation.reopen", "OAK"),
    "commitment.record": lambda: Case("commitment.record", "ELM", {"status": "DECLINED"}),
    "mail.discard": lambda: Case("mail.discard", _mail()),
    "mail.resend": lambda: Case("mail.resend", _mail()),
}

FIRST: dict[str, Callable[[], object]] = {
    "note.remove": lambda: do("note.add", "ELM", act=act_on(TODAY - timedelta(days=3), actor=BEN), body="Said Ben."),
    "product.activate": lambda: do("product.deactivate", "SKU-Photoshop"),
    "customer.snooze": lambda: do("customer.snooze", "ELM", until="+2d"),
    "customer.wake": lambda: do("customer.snooze", "ELM"),
    "team.add": lambda: do("team.deactivate", BEN),
    "invitation.reopen": lambda: do("invitation.accept", "OAK"),
    "commitment.record": lambda: do("commitment.record", "ELM", status="REQUESTED", licences="20"),
    "mail.resend": lambda: do("mail.discard", _mail()),
}
"""What has been done before, where something must have been."""

KEPT: dict[str, Callable[[], object]] = {
    "invitation.send": lambda: do("invitation.send", **INVITATION),
    "invitation.remind": lambda: do("invitation.remind", "OAK"),
    "customer.remove": lambda: do("customer.remove", "OAK"),
    "authorization.create": lambda: do("authorization.create", "ELM", lines=["SKU-Photoshop=1"]),
    "authorization.record": lambda: do("authorization.record", "ELM", lines=["SKU-Photoshop=1"], number="PA7"),
    "authorization.cancel": lambda: do("authorization.cancel", authorize(_elm(), TODAY, {"Photoshop": 1}).number),
    "order.place": lambda: do("order.place", "ELM", lines=["SKU-Photoshop=2"], number="ORD7"),
    "order.return": lambda: do("order.return", order(_elm(), TODAY, {"Photoshop": 1}).number, return_number="RET7"),
    "renewal.notify": lambda: do("renewal.notify", "ELM", act=act_on(TODAY - timedelta(days=40))),
    "renewal.place": lambda: do("renewal.place", "ELM", number="REN7"),
    "reseller_change.send": lambda: do("reseller_change.send", vip_id="X" * 20, admin_email="kim@new.example"),
    "reseller_change.complete": lambda: _complete(),
    "product.add": lambda: do("product.add", sku="NEW", name="New"),
    "product.import": lambda: _import_products(),
    "report.export": lambda: _report(),
    "report.mail": lambda: _mail_report(),
    "order.sheet": lambda: _sheet(),
}
"""What cannot be taken back, done."""

HELPS = {
    "invitation.send": r"has not left yet: 'viptui discard-mail \d+'.* removes the customer; 'viptui invite'",
    "invitation.remind": r"'viptui discard-mail \d+'.*the right address \('viptui remind OAK'\) follows it",
    "customer.remove": r"OAK is gone with its notes: 'viptui invite' invites it again\.",
    "authorization.create": r"'viptui cancel-authorization PA\d+' cancels it\.",
    "authorization.record": r"'viptui cancel-authorization PA7' cancels it\.",
    "authorization.cancel": r"'viptui authorize' creates another Purchase Authorization\.",
    "order.place": r"Until 2026-04-03 'viptui return-order ORD7' requests a return authorization",
    "order.return": r"The return RET7 has been requested: 'viptui order' orders anew",
    "renewal.notify": r"Tell the customer what is different\.",
    "renewal.place": r"'viptui return-order REN7'",
    "reseller_change.send": r"The code ends by itself",
    "reseller_change.complete": r"'viptui remove X+' removes it\.",
    "product.add": r"'viptui deactivate-product NEW'",
    "product.import": r"'viptui import-products' with the list before",
    "report.export": r"remove its file",
    "report.mail": r"'viptui discard-mail \d+'.*Another day's report says what is different\.",
    "order.sheet": r"remove its file",
}


def _elm() -> Customer:
    return customer("ELM")


def _complete() -> object:
    from viptui.data.models import ResellerChange

    do("reseller_change.send", vip_id="X" * 20, admin_email="kim@new.example")
    return do(
        "reseller_change.complete",
        code=ResellerChange.get().code,
        organization_name="New Company",
        market_segment="Commercial",
        offering_type="Team",
        contact_name="Kim Example",
    )


def _import_products() -> object:
    from viptui.commands.perform import perform
    from viptui.commands.product import ImportProducts
    from viptui.rules.products import ListedProduct

    listed = ListedProduct(sku="NEW", name="New")
    command = ImportProducts(products=(listed,), fields=("sku", "name"), source="list.csv")
    return perform(BY_ID["product.import"], command, act_on())


def _report() -> object:
    from viptui.commands.perform import perform
    from viptui.commands.report import RecordReport
    from viptui.rules.filters import CustomerFilter

    command = RecordReport(file="all.csv", customers=2, filter=CustomerFilter.ALL, managed_by=None, search="")
    return perform(BY_ID["report.export"], command, act_on())


def _mail_report() -> object:
    from viptui.commands.perform import perform
    from viptui.commands.weekly_report import MailReport

    return perform(BY_ID["report.mail"], MailReport(login=BEN, day=TODAY), act_on())


def _sheet() -> object:
    from viptui.commands.order_sheet import RecordSheet
    from viptui.commands.perform import perform

    return perform(BY_ID["order.sheet"], RecordSheet(number="ORD-ELM", vip_id="ELM", file="sheet.csv"), act_on())


def stored() -> dict[str, Any]:
    """Everything that actions that can be taken back change; versions only go up."""
    details = [customer_detail(vip_id) for (vip_id,) in Customer.select(Customer.vip_id).order_by(Customer.id).tuples()]
    notes = [[(note.author, note.body, note.written_at) for note in each.notes] for each in details if each]
    return {
        "customers": [
            {key: value for key, value in each.items() if key != "version"}
            for each in Customer.select().order_by(Customer.id).dicts()
        ],
        "notes": notes,
        "orders": [[(each.number, each.lines) for each in detail.orders] for detail in details if detail],
        "team": list(TeamMember.select().order_by(TeamMember.id).dicts()),
        "products": list(Product.select().order_by(Product.id).dicts()),
        "snoozes": list(Snooze.select(Snooze.login, Snooze.customer, Snooze.tab, Snooze.until_on).tuples()),
        "mails": list(OutboxMail.select(OutboxMail.recipient, OutboxMail.status).tuples()),
        "counts": counts(),
    }


def last() -> Any:
    """The newest entry of the history that is not a part of another."""
    return AuditEntry.select().where(AuditEntry.part_of.is_null()).order_by(AuditEntry.id.desc()).first()


def test_every_action_has_a_way_back_or_a_reason() -> None:
    assert WAYS.keys() == BY_ID.keys() - THEMSELVES
    assert TAKEN_BACK.keys() | KEPT.keys() == WAYS.keys()
    assert not TAKEN_BACK.keys() & KEPT.keys()
    assert KEPT.keys() == HELPS.keys()


@pytest.mark.parametrize("action", [each.id for each in ACTIONS if each.id in TAKEN_BACK])
def test_done_taken_back_and_done_again(action: str) -> None:
    FIRST.get(action, lambda: None)()
    before = stored()
    case = TAKEN_BACK[action]()
    do(case.action, case.subject, **case.values)
    after, done = stored(), last()
    assert after != before

    assert do("history.undo", dry_run=True).undoes == done.id
    assert stored() == after

    back = do("history.undo")
    assert back.summary.startswith(f"Took entry {done.id} back (")
    assert back.undoes == done.id
    assert stored() == before
    assert last().undoes_id == done.id
    assert last().action == back.action in TAKEN_BACK

    again = do("history.redo")
    assert again.summary.startswith(f"Did entry {done.id} again. ")
    assert stored() == after

    do("history.undo")
    assert stored() == before


@pytest.mark.parametrize("action", [each.id for each in ACTIONS if each.id in KEPT])
def test_what_has_left_the_house_is_kept_and_a_step_is_named(action: str) -> None:
    import re

    KEPT[action]()
    assert last().action == action
    reason = refused("history.undo")[""]
    assert reason.startswith(f"Entry {last().id} (")
    assert "cannot be taken back." in reason
    assert re.search(HELPS[action], reason), reason


def test_what_has_become_of_the_mail_is_told() -> None:
    do("invitation.remind", "OAK")
    number = OutboxMail.select().order_by(OutboxMail.id.desc()).get().id
    for status, words in (
        ("failed", f"'viptui discard-mail {number}'"),
        ("discarded", "Its mail was given up."),
        ("sent", "Its mail has left the house."),
        ("unknown", "Its mail has left the house."),
    ):
        OutboxMail.update(status=status).where(OutboxMail.id == number).execute()
        assert words in refused("history.undo")[""]


def test_an_entry_is_taken_back_once() -> None:
    done = do("note.add", "ELM", body="One") and last()
    do("history.undo", str(done.id))
    by = last()
    assert refused("history.undo", str(done.id), act=act_on(actor=BEN)) == {
        "": f"{ME} took entry {done.id} back already, at 2026-03-20 12:00: 'viptui undo {by.id}' does it again."
    }
    assert AuditEntry.select().where(AuditEntry.undoes == done.id).count() == 1


def test_the_same_request_takes_back_once() -> None:
    do("note.add", "ELM", body="One")
    do("note.add", "ELM", body="Two")
    first = do("history.undo", act=act_on(request_id="one"))
    second = do("history.undo", act=act_on(request_id="one"))
    assert (first.is_repeated, second.is_repeated) == (False, True)
    assert (second.undoes, second.summary) == (first.undoes, first.summary)
    assert Note.select().count() == 1


def test_one_step_after_the_other_back_and_forth() -> None:
    for body in ("One", "Two", "Three"):
        do("note.add", "ELM", body=body)

    def bodies() -> list[str]:
        return [each.body for each in Note.select().order_by(Note.written_at, Note.body)]

    do("history.undo")
    do("history.undo")
    assert bodies() == ["One"]
    do("history.redo")
    assert bodies() == ["One", "Two"]
    do("history.redo")
    assert bodies() == ["One", "Three", "Two"]
    assert refused("history.redo") == {
        "": "There is nothing of yours to do again: you have taken nothing back since you last acted."
    }
    do("history.undo")
    do("history.undo")
    do("history.undo")
    assert bodies() == []
    assert "nothing of yours to take back" in refused("history.undo")[""]
    do("note.add", "ELM", body="Four")
    assert "nothing of yours to do again" in refused("history.redo")[""]


def test_only_ones_own_newest_is_meant_by_itself() -> None:
    do("note.add", "ELM", body="Mine")
    mine = last().id
    do("product.deactivate", "SKU-Photoshop", act=act_on(actor=BEN))
    assert [each.number for each in [meant(ME)] if each] == [mine]
    assert meant(EVA) is None
    assert do("history.undo", str(last().id)).summary.endswith("Photoshop (SKU-Photoshop) is sold again.")


def test_the_rules_of_the_step_hold_for_whoever_takes_back() -> None:
    do("note.add", "ELM", body="Mine")
    number = str(last().id)
    assert refused("history.undo", number, act=act_on(actor=BEN)) == {
        "": f"The note is by {ME}: let {ME} remove it, or a primary admin."
    }
    do("customer.reassign", ["ELM"], to=EVA)
    assert "Only the primary admin" in refused("history.undo", str(last().id), act=act_on(actor=BEN))[""]


STALE: dict[str, tuple[Case, Case, str]] = {
    "another assigned since": (
        Case("licences.assign", "ELM", {"lines": ["SKU-Acrobat=7"]}),
        Case("licences.assign", "ELM", {"lines": ["SKU-Acrobat=3"]}),
        "SKU-Acrobat of ELM is 3 now, no longer 7",
    ),
    "another manager since": (
        Case("customer.reassign", ["ELM"], {"to": EVA}),
        Case("customer.reassign", ["ELM"], {"to": ME}),
        f"managed by of ELM is {ME} now, no longer {EVA}",
    ),
    "another manager of one of two since": (
        Case("customer.reassign", ["ELM", "OAK"], {"to": EVA}),
        Case("customer.reassign", ["ELM"], {"to": ME}),
        f"managed by of ELM is {ME} now, no longer {EVA}",
    ),
    "one of two went back since": (
        Case("customer.reassign", ["ELM", "OAK"], {"to": EVA}),
        Case("customer.reassign", ["OAK"], {"to": BEN}),
        "it was about ELM, OAK, and now it would be about ELM",
    ),
    "customers of the successor since": (
        Case("team.deactivate", BEN, {"to": EVA}),
        Case("customer.reassign", ["OAK"], {"to": ME}),
        f"managed by of OAK is {ME} now, no longer {EVA}",
    ),
    "another commit since": (
        Case("commitment.record", "ELM", {"status": "REQUESTED", "licences": "30"}),
        Case("commitment.record", "ELM", {"status": "DECLINED"}),
        "commitment status of ELM is DECLINED now, no longer REQUESTED",
    ),
}


@pytest.mark.parametrize(("first", "then", "words"), STALE.values(), ids=STALE)
def test_what_has_changed_since_is_not_overwritten(first: Case, then: Case, words: str) -> None:
    do("commitment.record", "ELM", status="REQUESTED", licences="20", ends_on="2029-03-19")
    do(first.action, first.subject, **first.values)
    number = str(last().id)
    do(then.action, then.subject, **then.values)
    before = stored()
    reason = refused("history.undo", number)[""]
    assert f"cannot be taken back any more: {words}" in reason
    assert stored() == before


def test_customers_go_back_to_whoever_managed_each() -> None:
    do("customer.reassign", ["OAK"], to=ME)
    before = stored()
    done = do("customer.reassign", ["ELM", "OAK"], to=EVA)
    number = last().id
    back = do("history.undo")
    assert back.action == done.action
    assert stored() == before
    parts = AuditEntry.select().where(AuditEntry.part_of == last().id)
    assert last().after == '{"customers": 2}'
    assert {each.subject: json.loads(each.after)["managed_by"] for each in parts} == {"ELM": BEN, "OAK": ME}
    do("history.redo")
    assert [customer(each).managed_by.login for each in ("ELM", "OAK")] == [EVA, EVA]
    part = AuditEntry.get(AuditEntry.part_of == number)
    assert refused("history.undo", str(part.id)) == {
        "": f"Entry {part.id} is a part of entry {number}: 'viptui undo {number}' takes all of it back."
    }


def test_a_customer_without_a_manager_does_not_go_back_to_nobody() -> None:
    add_customer("Ash", vip_id="ASH")
    do("customer.reassign", ["ASH"], to=EVA)
    assert "Nobody managed ASH before: 'viptui reassign' chooses" in refused("history.undo")[""]


def test_an_acceptance_is_taken_back_only_while_nothing_has_followed() -> None:
    do("invitation.accept", "OAK")
    number = str(last().id)
    do("note.add", "OAK", body="Welcome")
    do("history.undo", number, dry_run=True)
    do("authorization.create", "OAK", lines=["SKU-Photoshop=1"])
    assert refused("history.undo", number) == {
        "": "The customer has gone on since it accepted (authorization.create): it stays accepted."
    }
    assert "was not noted here" in refused("invitation.reopen", "ELM")[""]


def test_a_mail_that_was_sent_meanwhile_is_not_given_up_again() -> None:
    do("mail.discard", _mail())
    do("history.undo")
    OutboxMail.update(status="sent").execute()
    assert "it was sent to a@b.example" in refused("history.redo")[""]
    assert mails() == [("a@b.example", "Hello")]


def test_a_failed_mail_is_sent_again_and_not_taken_back() -> None:
    OutboxMail.update(status="failed").execute()
    do("mail.discard", _mail())
    assert "was not waiting any more (failed): 'viptui resend-mail" in refused("history.undo")[""]
    OutboxMail.update(status="failed").execute()
    do("mail.resend", _mail())
    assert "is on its way: while it waits, 'viptui discard-mail" in refused("history.undo")[""]


def test_who_came_back_as_another_is_not_taken_back() -> None:
    do("team.deactivate", EVA)
    do("team.add", login=EVA, role="primary_admin")
    assert f"{EVA} came back with another role: 'viptui deactivate-member {EVA}'" in refused("history.undo")[""]
    do("team.add", login="new")
    assert "'viptui deactivate-member new' ends it." in refused("history.undo")[""]


def test_less_than_what_was_noted_cannot_be_noted_again() -> None:
    do("commitment.record", "ELM", status="REQUESTED", licences="20")
    assert "what is noted cannot be emptied" in refused("history.undo")[""]


def test_what_no_action_did_and_what_is_not_there() -> None:
    AuditEntry.create(at=act_on().now, actor=ME, origin="cli", action="import")
    entry = AuditEntry.get()
    assert "cannot be taken back. No action did it" in refused("history.undo", str(entry.id))[""]
    assert meant(ME) is None
    for number in ("x", "99999", "9" * 30, "-1"):
        with pytest.raises(NotFound, match="There is no entry"):
            do("history.undo", number)


def test_redo_wants_something_that_was_taken_back() -> None:
    do("note.add", "ELM", body="One")
    number = last().id
    assert refused("history.redo", str(number)) == {
        "": f"{number} has not taken anything back: 'viptui undo {number}' takes it back itself."
    }


def test_the_history_shows_what_was_taken_back_by_what() -> None:
    do("note.add", "ELM", body="One")
    do("history.undo")
    by, done = list_activity()
    assert (done.undone_by, by.undoes) == (by.number, done.number)
    assert (done.undoes, by.undone_by) == (None, None)
    assert by.summary.startswith(f"Took entry {done.number} back (Noted for Elm: One). Removed the note of {ME}")
