"""The text of the screen that says why a customer is where it is. Pure functions of frozen rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from viptui.detail_rows import CustomerDetail
from viptui.rules.authorization import Authorization, AuthorizationStatus, age_in_days, age_state, open_authorizations
from viptui.rules.filters import TITLES
from viptui.rules.invitation import InvitationStatus
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import notice_opens_on, window_closes_on, window_opens_on
from viptui.rules.situation import Case, change_words, changes
from viptui.rules.snooze import Asleep
from viptui.rules.standing import standing
from viptui.rules.why import Verdict, anniversary_in_question, authorization_words, own_setting, verdicts
from viptui.screens.detail_lines import LABEL, Section
from viptui.text import fitted
from viptui.widgets.paint import SpanLine
from viptui.widgets.states import authorization_span, renewal_span

MOST_CHANGES: Final = 4
"""Changes that are foretold."""


_AUTHORIZATION: Final = "Purchase Authorization"


def case_of(detail: CustomerDetail) -> Case:
    """What the rules need to know of the customer."""
    return Case(
        anniversary_on=detail.row.anniversary_on,
        facts=detail.row.facts,
        authorizations=tuple(
            Authorization(each.number, each.created_on, AuthorizationStatus(each.status))
            for each in detail.authorizations
        ),
    )


def why_sections(detail: CustomerDetail, today: date, policy: VipPolicy) -> list[Section]:
    """What changes next, what each tab says, the dates behind that, and the rules with their sources."""
    case = case_of(detail)
    found = verdicts(case, today, policy)
    return [
        ("What changes next, if nothing is done", list(_changes(case, today, policy))),
        ("Tabs", [_verdict(each, detail.asleep(today, policy)) for each in found]),
        ("Purchase Authorizations that wait for an order", list(_waiting(case, today, policy))),
        ("Renewal", list(_renewal(case, today, policy))),
        ("Invitation", list(_invitation(detail, today))),
        ("Products", list(_products(detail))),
        ("Rules", [_rule(each) for each in found]),
    ]


def _changes(case: Case, today: date, policy: VipPolicy) -> Iterable[SpanLine]:
    found = changes(case, today, policy, MOST_CHANGES)
    if not found:
        yield [("   No passing day changes anything.", "dim")]
    for each in found:
        days = (each.day - today).days
        when = f"   {each.day}  {f'in {days:,}d':>8}  "
        yield [(when, "strong" if each is found[0] else "plain"), (f"{change_words(each)}.", "plain")]


def _verdict(each: Verdict, asleep: Asleep) -> SpanLine:
    answer = " IN  " if each.is_in else " not "
    title = fitted(TITLES[each.filter], LABEL - 5)
    line = [(" ", "plain"), (answer, "strong" if each.is_in else "dim"), (title, "plain"), (each.because, "plain")]
    if each.filter in asleep.tabs:
        line.append((f"  you have snoozed it until {asleep.until_on}", "accent"))
    return line


def _rule(each: Verdict) -> SpanLine:
    title = fitted(TITLES[each.filter], LABEL)
    return [("   ", "plain"), (title, "plain"), (f"{each.rule}. {each.source}.", "dim")]


def _waiting(case: Case, today: date, policy: VipPolicy) -> Iterable[SpanLine]:
    waiting = open_authorizations(case.authorizations)
    if not waiting:
        yield [("   None.", "dim")]
        return
    for each in waiting:
        state = authorization_span(age_state(each.created_on, today, policy), age_in_days(each.created_on, today))
        yield [("   ", "plain"), state, (f"  {each.number}", "strong"), (f"  created {each.created_on}", "plain")]
        yield [(f"      {authorization_words(each, today, policy)}", "plain")]
    overdue = f"{policy.overdue_after} days{own_setting(policy, 'overdue_after')}"
    suspended = f"{policy.suspended_after}{own_setting(policy, 'suspended_after')}"
    yield _note(f"overdue after {overdue}, suspended after {suspended}; the day of creation is day 0. Reseller help.")


def _renewal(case: Case, today: date, policy: VipPolicy) -> Iterable[SpanLine]:
    facts, due_on = case.facts, anniversary_in_question(case, today, policy)
    stands = standing(case.anniversary_on, facts, today, policy)
    if stands.anniversary_on is None:
        yield [("   No Anniversary Date yet: the first Purchase Authorization or order sets it.", "dim")]
        return
    yield _field("Anniversary Date", f"{stands.anniversary_on}, {_far(stands.anniversary_on, today)}")
    if (state := renewal_span(stands))[0]:
        yield [("   ", "plain"), (fitted("Renewal", LABEL), "dim"), state]
    if facts.renewed_on is not None:
        yield _field("Renewed in full", f"for {facts.renewed_on}")
    if due_on is None:
        yield _field("Licences due", "none")
        return
    if due_on == facts.renewal_due_on:
        done = f", {facts.licences_renewed:,} of them renewed" if facts.licences_renewed else ", none renewed yet"
        yield _field("Licences due", f"{facts.licences_due:,} on {due_on}{done}")
    else:
        yield _field("Licences due", f"those that were renewed before, on {due_on}")
    yield _field("Upcoming, notice from", _since(notice_opens_on(due_on, policy), today))
    yield _field("Renewal window opens", _since(window_opens_on(due_on, policy), today))
    yield _field("Anniversary, order due", _since(due_on, today))
    closes, grace = window_closes_on(due_on, policy), policy.grace_days
    left = "" if stands.grace_days_left is None else f", {stands.grace_days_left} left"
    yield _field("Renewal window closes", f"{_since(closes, today)}: {grace} days of grace{left}")
    opens = f"upcoming from {policy.upcoming_first_day} days before the Anniversary Date, ready from "
    yield _note(f"{opens}{policy.window_open_days}. Reseller help; Program guide, Renewals; Adobe Japan guide.")


def _invitation(detail: CustomerDetail, today: date) -> Iterable[SpanLine]:
    row = detail.row
    invited = "" if row.invited_on is None else f", sent {_since(row.invited_on, today)}"
    accepted = "" if detail.accepted_on is None else f", accepted {_since(detail.accepted_on, today)}"
    yield _field(row.invitation_status, f"{invited}{accepted}".removeprefix(", ") or "-")
    can = "a reminder can be sent" if row.invitation_status == InvitationStatus.PENDING else "nothing to remind of"
    yield _note(f"It decides no tab; {can}. Reseller help, VIP Invitation status.")


def _products(detail: CustomerDetail) -> Iterable[SpanLine]:
    facts = detail.row.facts
    orders = f"{len(detail.orders):,} {'order' if len(detail.orders) == 1 else 'orders'}"
    requests = len(detail.authorizations)
    yield _field("On record", f"{orders}, {requests:,} {_AUTHORIZATION if requests == 1 else _AUTHORIZATION + 's'}")
    yield _field("Waiting for an order", f"{facts.open_licences:,} licences")
    yield _field("Due for renewal", f"{max(0, facts.licences_due - facts.licences_renewed):,} licences")


def _field(name: str, value: str) -> SpanLine:
    return [("   ", "plain"), (fitted(name, LABEL), "dim"), (value, "plain")]


def _note(text: str) -> SpanLine:
    return [(f"      {text}", "dim")]


def _since(day: date, today: date) -> str:
    return f"{day}, {_far(day, today)}"


def _far(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "today"
    unit = "day" if abs(days) == 1 else "days"
    return f"in {days:,} {unit}" if days > 0 else f"{-days:,} {unit} ago"
