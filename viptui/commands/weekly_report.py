"""The weekly report by mail: how a team member's customers stand, and the most urgent of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from viptui.commands.act import Act, Letter, Outcome
from viptui.commands.records import called, member_of, reject_if
from viptui.data.dashboard import workload
from viptui.data.day_counts import count
from viptui.data.models import TeamMember
from viptui.data.queries import count_filters, list_customers
from viptui.errors import Violation
from viptui.rows import CustomerRow
from viptui.rules.dashboard import due_in
from viptui.rules.filters import Criteria, CustomerFilter, DateRange, FactDate
from viptui.rules.listing import Listing
from viptui.rules.managed_by import MemberStatus, Role
from viptui.rules.parsing import ParseError, parse_email
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import standing

MOST_NAMED: Final = 15
"""Customers of each kind that a mail names."""

_NAME: Final = 40
"""Characters of a customer's name in a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailReport:
    """Mail a team member how the customers stand that they manage."""

    login: str
    day: date
    """The report's; a second one of the same day is the same request."""


def mail_report(command: MailReport, act: Act) -> Outcome:
    """Write the mail; the primary admin's says how the team stands, too."""
    member = member_of(command.login)
    reject_if(_violations(member))
    is_admin = member.role == Role.PRIMARY_ADMIN
    counts = count_filters(act.today, act.policy, member.login)
    letter = Letter(
        template="weekly_report_admin" if is_admin else "weekly_report",
        to=member.email,
        values=_values(member, counts, act) | ({"team": _team(act)} if is_admin else {}),
    )
    past_due = counts[CustomerFilter.PAST_DUE]
    return Outcome(
        summary=f"Mailed the report of {act.today} to {called(member)}: {past_due:,} past due.",
        subject=member.login,
        after={"day": act.today.isoformat(), "past_due": past_due},
        letters=(letter,),
    )


def _violations(member: TeamMember) -> list[Violation]:
    if member.status != MemberStatus.ACTIVE:
        return [Violation("report.inactive", f"{called(member)} is not active: no report is mailed.")]
    try:
        parse_email(member.email)
    except ParseError:
        return [Violation("report.address", f"{called(member)} has no e-mail address that can be used.")]
    return []


def _values(member: TeamMember, counts: dict[CustomerFilter, int], act: Act) -> dict[str, str]:
    login, today, policy = member.login, act.today, act.policy
    suspended = DateRange(FactDate.OLDEST_OPEN_AUTHORIZATION, last=today - timedelta(days=policy.suspended_after + 1))
    late = due_in(today - timedelta(days=policy.grace_days), today - timedelta(days=1))
    ready, upcoming = counts[CustomerFilter.READY_FOR_RENEWAL], counts[CustomerFilter.UPCOMING_RENEWALS]
    past_due = counts[CustomerFilter.PAST_DUE]
    renewals = (
        *_first_of(CustomerFilter.READY_FOR_RENEWAL, login, act),
        *_first_of(CustomerFilter.UPCOMING_RENEWALS, login, act),
    )
    return {
        "name": called(member),
        "day": today.isoformat(),
        "customers": f"{counts[CustomerFilter.ALL]:,}",
        "past_due": f"{past_due:,}",
        "past_due_right": f"{past_due:>9,}",
        "suspended": f"{count(Criteria(any_of=(suspended,)), login):,}",
        "ready_right": f"{ready:>9,}",
        "late": f"{count(Criteria(any_of=late), login) if policy.grace_days else 0:,}",
        "upcoming_right": f"{upcoming:>9,}",
        "renewals": f"{ready + upcoming:,}",
        "past_due_list": _listed(
            (_past_due_line(each, act) for each in _first_of(CustomerFilter.PAST_DUE, login, act)), past_due
        ),
        "renewal_list": _listed((_renewal_line(each, act) for each in renewals[:MOST_NAMED]), ready + upcoming),
    }


def _first_of(tab: CustomerFilter, login: str, act: Act) -> tuple[CustomerRow, ...]:
    """The most urgent customers: those that the list shows first."""
    return list_customers(Listing(filter=tab, managed_by=login), act.today, act.policy, limit=MOST_NAMED)


def _listed(lines: Iterable[str], total: int) -> str:
    named = list(lines)
    if not named:
        return "  none"
    more = [f"  and {total - len(named):,} more"] if total > len(named) else []
    return "\n".join([*named, *more])


def _past_due_line(row: CustomerRow, act: Act) -> str:
    stands = standing(row.anniversary_on, row.facts, act.today, act.policy)
    state = f"{stands.authorization_state} {stands.authorization_age}d"
    return f"  {state:<16} {_licences(row.facts.open_licences)}  {_name(row)}"


def _renewal_line(row: CustomerRow, act: Act) -> str:
    stands = standing(row.anniversary_on, row.facts, act.today, act.policy)
    open_licences = row.facts.licences_due - row.facts.licences_renewed
    days = stands.days_to_anniversary
    left = f"{stands.grace_days_left}d left" if stands.renewal_phase is RenewalPhase.LATE else f"in {days}d"
    return f"  {f'{stands.renewal_phase} {left}':<16} {_licences(open_licences)}  {_name(row)}"


def _licences(number: int) -> str:
    return f"{number:>6,} {'licence' if number == 1 else 'licences':<8}"


def _name(row: CustomerRow) -> str:
    """On one line, with the number that is the customer's alone."""
    name = " ".join(row.organization_name.split())
    return f"{name if len(name) <= _NAME else name[: _NAME - 1] + '…'}  {row.vip_id}"


def _team(act: Act) -> str:
    """A line a member, and one for nobody's customers."""
    rows: list[tuple[str, ...]] = [("", "customers", "past due", "upcoming", "ready")]
    for each in workload(act.today, act.policy).team:
        numbers = (each.customers, each.past_due, each.upcoming, each.ready)
        rows.append((each.login or "(nobody)", *(f"{number:,}" for number in numbers)))
    return "\n".join(f"  {name:<24}" + "".join(f" {cell:>10}" for cell in cells) for name, *cells in rows)
