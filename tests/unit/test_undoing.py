"""What takes an action back, and when that would not bring back exactly what was."""

from __future__ import annotations

from datetime import date

import pytest

from viptui.rules.delivery import MailStatus
from viptui.rules.policy import VipPolicy
from viptui.rules.undoing import Entry, Mail, Part, Step, differences, way_back

TODAY = date(2026, 3, 20)
NOT_LEFT = "Its mail has not left yet: 'viptui discard-mail 7' gives it up."

ONE = Entry(action="team.role", subject="ben", before={"role": "member"}, after={"role": "primary_admin"})
TWO = Entry(
    action="customer.reassign",
    subject="eva",
    after={"managed_by": "eva", "customers": 2},
    parts=(
        Part("A", {"managed_by": "ana"}, {"managed_by": "eva"}),
        Part("B", {"managed_by": "ben"}, {"managed_by": "eva"}),
    ),
)

DIFFERENCES = {
    "exactly back": (ONE, [Part("ben", {"role": "primary_admin"}, {"role": "member"})], []),
    "exactly back under another name": (ONE, [Part("b", {"role": "primary_admin"}, {"role": "member"})], []),
    "what one of them does not tell is not compared": (ONE, [Part("ben", {"name": "Ben"}, {"status": "active"})], []),
    "changed since": (
        ONE,
        [Part("ben", {"role": "member"}, {"role": "member"})],
        ["role of ben is member now, no longer primary_admin"],
    ),
    "not what it was before": (
        ONE,
        [Part("ben", {"role": "primary_admin"}, {"role": None})],
        ["role of ben would be nobody, and was member"],
    ),
    "both exactly back": (
        TWO,
        [
            Part("A", {"managed_by": "eva"}, {"managed_by": "ana"}),
            Part("B", {"managed_by": "eva"}, {"managed_by": "ben"}),
        ],
        [],
    ),
    "one is missing": (
        TWO,
        [Part("B", {"managed_by": "eva"}, {"managed_by": "ben"})],
        ["it was about A, B, and now it would be about B"],
    ),
    "the number of a note that comes back may be another": (
        Entry(action="note.remove", subject="A", before={"note": 1, "body": "Hello"}),
        [Part("A", {}, {"note": 2, "body": "Hello"})],
        [],
    ),
}


@pytest.mark.parametrize(("entry", "found", "sentences"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_differences(entry: Entry, found: list[Part], sentences: list[str]) -> None:
    assert differences(entry, {each.subject: each for each in found}) == sentences


def test_each_manager_gets_its_own_back() -> None:
    assert way_back(TWO, TODAY, VipPolicy()) == (
        Step("customer.reassign", ("A",), {"to": "ana"}),
        Step("customer.reassign", ("B",), {"to": "ben"}),
    )


MAILS = {
    "no mail": ((), "Tell the customer what is different."),
    "waiting": (
        (Mail(7, MailStatus.WAITING),),
        f"{NOT_LEFT} Tell the customer what is different.",
    ),
    "given up": ((Mail(7, MailStatus.DISCARDED),), "Its mail was given up. Tell the customer what is different."),
    "being sent": ((Mail(7, MailStatus.SENDING),), "Its mail has left the house. Tell the customer what is different."),
}


@pytest.mark.parametrize(("mails", "reason"), MAILS.values(), ids=MAILS)
def test_what_has_become_of_the_mail_decides_what_helps(mails: tuple[Mail, ...], reason: str) -> None:
    assert way_back(Entry(action="renewal.notify", subject="A", mails=mails), TODAY, VipPolicy()) == reason


RETURNS = {
    "on its last day": (date(2026, 3, 6), "ORD1 has been ordered. Until 2026-03-06 'viptui return-order ORD1'"),
    "the day after": (date(2026, 3, 7), "ORD1 could be returned through 2026-03-06: renew fewer licences instead"),
}


@pytest.mark.parametrize(("today", "beginning"), RETURNS.values(), ids=RETURNS)
def test_an_order_can_be_returned_until_a_day(today: date, beginning: str) -> None:
    entry = Entry(action="order.place", subject="ORD1", after={"ordered_on": "2026-02-20"})
    reason = way_back(entry, today, VipPolicy(return_days=14))
    assert isinstance(reason, str)
    assert reason.startswith(beginning)
