"""The weekly report by mail: to a team member on the own customers, to the primary admin on the whole team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from viptui.commands.act import Act, Letter, Outcome
from viptui.commands.records import called, member_of, reject_if
from viptui.data.models import TeamMember
from viptui.data.weekly_report import weekly
from viptui.errors import Violation
from viptui.rows import MemberRow
from viptui.rules.filters import CustomerFilter
from viptui.rules.managed_by import MemberStatus
from viptui.rules.parsing import ParseError, parse_email
from viptui.weekly_report import Weekly, values


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReport:
    """Mail a team member how the customers stand that they manage."""

    login: str
    day: date
    """The report's; a second one of the same day is the same request."""


def mail_report(command: MailReport, act: Act) -> Outcome:
    """Write the mail."""
    member = member_of(command.login)
    reject_if(_violations(member))
    told = MemberRow(member.login, member.name, member.email, member.role, member.status)
    report = weekly(told, act.today, act.policy)
    past_due = report.portion.counts[CustomerFilter.PAST_DUE]
    return Outcome(
        summary=f"Mailed the report of {act.today} to {called(member)}: {past_due:,} past due.",
        subject=member.login,
        after={"day": act.today.isoformat(), "past_due": past_due},
        letters=(Letter(template=template_of(report), to=member.email, values=values(report)),),
    )


def template_of(report: Weekly) -> str:
    """The text that a report is written by."""
    return "weekly_report_admin" if report.portion.whose is None else "weekly_report"


def _violations(member: TeamMember) -> list[Violation]:
    if member.status != MemberStatus.ACTIVE:
        return [Violation("report.inactive", f"{called(member)} is not active: no report is mailed.")]
    try:
        parse_email(member.email)
    except ParseError:
        return [Violation("report.address", f"{called(member)} has no e-mail address that can be used.")]
    return []
