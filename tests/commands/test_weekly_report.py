"""The weekly report: whose customers it counts, whom it names, what has changed, and that it is written once a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.support.acting import act_on, history, refused
from tests.support.builders import Ordered, Portfolio, Requested, one_of_each
from tests.support.clock import TODAY
from viptui.actions import BY_ID
from viptui.commands.act import Done
from viptui.commands.perform import perform
from viptui.commands.weekly_report import MailReport
from viptui.data.models import Customer, OutboxMail, TeamMember
from viptui.data.weekly_report import FEW_NAMED, MOST_NAMED
from viptui.errors import CommandRejected
from viptui.rules.policy import VipPolicy
from viptui.text import width_of
from viptui.weekly_report import WIDTH
from viptui.workers.reevaluate import reevaluate

pytestmark = pytest.mark.usefixtures("database")


def report(login: str, day: date = TODAY, *, request_id: str = "", dry_run: bool = False) -> Done:
    act = act_on(day, request_id=request_id)
    return perform(BY_ID["report.mail"], MailReport(login=login, day=day), act, dry_run=dry_run)


def evaluate(days_ago: int) -> None:
    """Record how everything stood on a day."""
    day = TODAY - timedelta(days=days_ago)
    reevaluate(now=datetime.combine(day, time(8), UTC), today=day, policy=VipPolicy(), evaluator="ana.kovac")


def section(body: str, heading: str) -> list[str]:
    """The lines below a heading, up to the next empty one."""
    return body.partition(f"{heading}:\n\n")[2].partition("\n\n")[0].splitlines()


def test_a_member_reads_of_the_own_customers() -> None:
    one_of_each(Portfolio())
    (mail,) = report("ben.adler").mails
    assert (mail.to, mail.subject) == ("ben.adler@reseller.example", f"VIP on {TODAY}: 1 past due, 2 to renew")
    fir, larch, hazel = (
        f"{Customer.get(Customer.organization_name == name).vip_id:<20}"
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

Past due, the worst first:

  Fir Suspended                         {fir}        31d late
      suspended since {TODAY}; PA00000010, 12 licences

Renewal window open, the earliest anniversary first:

  Larch Partly                          {larch}      {TODAY + timedelta(days=10)}
      window open, anniversary in 10 days; 6 licences to renew
  Hazel Ready                           {hazel}      {TODAY + timedelta(days=12)}
      window open, anniversary in 12 days; 9 licences to renew

Upcoming renewals, the nearest first:

  none

Since a week ago:

  Nothing was recorded before today: 'viptui worker' does so every day.
"""
    )


def test_the_primary_admin_reads_of_the_whole_team() -> None:
    one_of_each(Portfolio())
    evaluate(days_ago=8)
    evaluate(days_ago=0)
    (mail,) = report("ana.kovac").mails
    assert "this is how the 13 customers of the team stand" in mail.body
    team = section(mail.body, "The team")
    assert team[0].split() == ["customers", "past", "due", "ready", "upcoming"]
    assert [line.split() for line in team[1:]] == [
        ["ana.kovac", "6", "1", "1", "1"],
        ["ben.adler", "6", "1", "2", "0"],
        ["(nobody)", "1", "0", "0", "0"],
    ]
    own, colleague = mail.body.index("ana.kovac: 1 past due"), mail.body.index("ben.adler: 1 past due")
    assert own < mail.body.index("Elm Overdue", own) < colleague < mail.body.index("      suspended since", colleague)
    assert "(nobody):" not in mail.body
    assert "late for 5 days, 25 days of grace left; 4 licences to renew" in mail.body
    assert "upcoming, in 40 days; 20 licences to renew" in mail.body
    changed = section(mail.body, f"Since {TODAY - timedelta(days=8)}")
    assert changed[0].split() == ["Past", "Due", "Requests", "1", "then", "2", "now", "+1"]
    assert [line.split()[-1] for line in changed[3:9]] == ["1", "1", "1", "0", "1", "0"]


def test_what_has_changed_is_that_of_the_own_customers_and_begins_with_counts() -> None:
    one_of_each(Portfolio())
    evaluate(days_ago=9)
    evaluate(days_ago=3)
    evaluate(days_ago=0)
    changed = section(report("ben.adler").mails[0].body, f"Since {TODAY - timedelta(days=9)}")
    assert [line.split()[-1] for line in changed[:6]] == ["0", "1", "0", "0", "0", "0"]
    assert changed[1].startswith("  were suspended ")
    assert changed[6].split() == ["Fir", "Suspended", Customer.get_by_id(6).vip_id, "suspended", f"{TODAY:%m-%d}"]
    assert len(changed) == 7


def test_without_a_week_of_records_the_first_day_is_told() -> None:
    one_of_each(Portfolio())
    evaluate(days_ago=2)
    assert f"Since {TODAY - timedelta(days=2)}:" in report("ben.adler").mails[0].body


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


def test_of_many_customers_the_most_urgent_are_named_and_a_command_lists_all() -> None:
    portfolio = Portfolio()
    for number in range(MOST_NAMED + 3):
        portfolio.customer(f"Company {number:02}", requested=[Requested(days_ago=40 + number)], managed_by="ana.kovac")
    twice = [Requested(days_ago=99), Requested(days_ago=50, quantity=3)]
    portfolio.customer("Line\nBreak", requested=twice, managed_by="ana.kovac")
    (mail,) = report("ana.kovac").mails
    named = section(mail.body, "Past due, the worst first")
    assert named[0].startswith("  Line Break   ")
    assert named[0].endswith("69d late")
    assert named[1].endswith(" and 1 more, 4 licences")
    assert len(named) == 2 * MOST_NAMED + 1
    assert named[-1] == "  and 4 more: viptui list --filter past-due --managed-by ana.kovac"


def test_of_colleagues_few_are_named_to_the_primary_admin() -> None:
    portfolio = Portfolio()
    portfolio.member("ana.kovac", role="primary_admin")
    for number in range(FEW_NAMED + 2):
        late = [Requested(days_ago=40 + number)]
        portfolio.customer(f"Nobody's {number}", requested=late)
        portfolio.customer(f"Ben's {number}", requested=late, managed_by="ben adler")
    (mail,) = report("ana.kovac").mails
    assert "  and 2 more: viptui list --filter past-due --managed-by 'ben adler'" in mail.body
    assert "  and 2 more: viptui list --filter past-due --where manager:none" in mail.body


def test_no_line_is_wider_than_a_mail_whatever_the_names() -> None:
    portfolio = Portfolio()
    for name in (
        "東京都立産業技術大学院大学および関連研究機構の購買部門一同",
        "W" * 200,
        "\u202eevil\x1b[2J",
        "é" * 60,
    ):
        portfolio.customer(name, requested=[Requested(days_ago=50)], managed_by="ana.kovac")
        late = [Ordered(days_ago=370, quantity=2_000_000)]
        portfolio.customer(f"{name} 2", ordered=late, anniversary_in=-5, managed_by="ana.kovac")
    (mail,) = report("ana.kovac").mails
    lines = mail.body.splitlines()
    assert max(map(width_of, lines)) <= WIDTH
    assert {width_of(line) for line in lines if line.endswith("late")} == {WIDTH}
    assert all(line.isprintable() for line in lines)
    assert mail.subject.isascii()


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
    (reason,) = refused("history.undo").values()
    assert "'viptui discard-mail" in reason
    assert reason.endswith("Another day's report says what is different.")
