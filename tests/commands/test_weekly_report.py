"""The weekly report by mail: whose customers it counts, whom it names, and that it is written once a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.acting import act_on, history, refused
from tests.support.builders import Portfolio, Requested, one_of_each
from tests.support.clock import TODAY
from viptui.actions import BY_ID
from viptui.commands.act import Done
from viptui.commands.perform import perform
from viptui.commands.weekly_report import MOST_NAMED, MailReport
from viptui.data.models import Customer, OutboxMail, TeamMember
from viptui.errors import CommandRejected

pytestmark = pytest.mark.usefixtures("database")


def report(login: str, day: date = TODAY, *, request_id: str = "", dry_run: bool = False) -> Done:
    act = act_on(day, request_id=request_id)
    return perform(BY_ID["report.mail"], MailReport(login=login, day=day), act, dry_run=dry_run)


def test_a_member_reads_of_the_own_customers() -> None:
    one_of_each(Portfolio())
    (mail,) = report("ben.adler").mails
    assert (mail.to, mail.subject) == ("ben.adler@reseller.example", f"VIP on {TODAY}: 1 past due, 2 to renew")
    fir, larch, hazel = (
        Customer.get(Customer.organization_name == name).vip_id
        for name in ("Fir Suspended", "Larch Partly", "Hazel Ready")
    )
    assert (
        mail.body
        == f"""\
Dear Ben Adler,

this is how your 6 customers stand on {TODAY}.

  Past due                         1   of them suspended  1
  Ready for renewal                2   of them late       0
  Upcoming renewals                0

Past due, the most urgent first:

  suspended 61d        12 licences  Fir Suspended  {fir}

Renewals, the most urgent first:

  ready in 10d          6 licences  Larch Partly  {larch}
  ready in 12d          9 licences  Hazel Ready  {hazel}
"""
    )


def test_the_primary_admin_reads_of_the_team_too() -> None:
    one_of_each(Portfolio())
    (mail,) = report("ana.kovac").mails
    team = mail.body.partition("The team:\n\n")[2].splitlines()
    assert team[0].split() == ["customers", "past", "due", "upcoming", "ready"]
    assert [line.split() for line in team[1:]] == [
        ["ana.kovac", "6", "1", "1", "1"],
        ["ben.adler", "6", "1", "0", "2"],
        ["(nobody)", "1", "0", "0", "0"],
    ]
    assert "late 25d left" in mail.body
    assert "of them late       1" in mail.body
    assert "upcoming in 40d" in mail.body


def test_the_same_day_is_the_same_request() -> None:
    one_of_each(Portfolio())
    assert report("ben.adler", request_id="a", dry_run=True).mails
    assert OutboxMail.select().count() == 0
    assert not report("ben.adler", request_id="a").is_repeated
    Portfolio()  # what has changed meanwhile makes no second mail
    assert report("ben.adler", request_id="a").is_repeated
    assert OutboxMail.select().count() == 1
    assert history() == [("report.mail", "ben.adler")]
    tomorrow = TODAY + timedelta(days=1)
    assert not report("ben.adler", tomorrow, request_id="b").is_repeated
    assert OutboxMail.select().count() == 2


def test_of_many_customers_the_most_urgent_are_named() -> None:
    portfolio = Portfolio()
    for number in range(MOST_NAMED + 3):
        portfolio.customer(f"Company {number:02}", requested=[Requested(days_ago=40 + number)], managed_by="ana.kovac")
    portfolio.customer("Line\nBreak", requested=[Requested(days_ago=99)], managed_by="ana.kovac")
    (mail,) = report("ana.kovac").mails
    named = mail.body.partition("Past due, the most urgent first:\n\n")[2].partition("\n\n")[0].splitlines()
    assert named[0].startswith("  suspended 99d         1 licence   Line Break  ")
    assert named[1].split()[1:3] == ["57d", "1"]
    assert (len(named), named[-1]) == (MOST_NAMED + 1, "  and 4 more")
    assert "Renewals, the most urgent first:\n\n  none\n" in mail.body


REFUSALS = {
    "nobody is active": ({"status": "inactive"}, "Ben is not active: no report is mailed."),
    "nobody has an address": ({"email": "not an address"}, "Ben has no e-mail address that can be used."),
}


@pytest.mark.parametrize(("fields", "message"), REFUSALS.values(), ids=REFUSALS)
def test_no_mail_where(fields: dict[str, str], message: str) -> None:
    Portfolio().member("ben", "Ben")
    TeamMember.update(**fields).execute()
    with pytest.raises(CommandRejected, match=message):
        report("ben")
    assert OutboxMail.select().count() == 0


def test_a_mailed_report_says_why_it_is_not_taken_back() -> None:
    Portfolio().member("ben", "Ben")
    report("ben")
    assert "discard-mail" in str(refused("history.undo"))
