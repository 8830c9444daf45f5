"""A customer in a few lines below the list. Pure functions of frozen rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from viptui.detail_rows import CustomerDetail
from viptui.rules.authorization import age_state, next_change
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.snooze import in_words
from viptui.rules.standing import Standing
from viptui.widgets.paint import Span, SpanLine
from viptui.widgets.states import authorization_span, renewal_span


def preview_lines(detail: CustomerDetail, standing: Standing, today: date, policy: VipPolicy) -> Sequence[SpanLine]:
    """A customer in three lines: who, what is wrong or next, where."""
    row = detail.row
    who: list[Span] = [(" ", "plain"), (row.organization_name, "strong"), (f"  {row.vip_id}", "dim")]
    if snoozed := in_words(detail.asleep(today, policy)):
        who.append((f"  {snoozed}", "accent"))
    if detail.organization_name_english:
        who.append((f"  ({detail.organization_name_english})", "dim"))
    contact: list[Span] = [
        (f" {detail.contact_name}  ", "plain"),
        (row.contact_email, "accent"),
        (f"  {_place(detail)}", "dim"),
    ]
    last: list[Span] = [
        (f" {row.market_segment}, {detail.offering_type}", "plain"),
        (f"  managed by {row.managed_by or 'nobody'}", "plain"),
        (
            f"  invitation {row.invitation_status.lower()}",
            "plain" if row.invitation_status == "Accepted" else "warning",
        ),
    ]
    return [who, _reason(detail, standing, today, policy), contact, last]


def _place(detail: CustomerDetail) -> str:
    parts = (detail.city, detail.region, detail.country)
    return ", ".join(part for part in parts if part)


def _reason(detail: CustomerDetail, standing: Standing, today: date, policy: VipPolicy) -> SpanLine:
    waiting = [each for each in detail.authorizations if each.status == "open"]
    if waiting:
        oldest = min(waiting, key=lambda each: each.created_on)
        state = age_state(oldest.created_on, today, policy)
        lines = ", ".join(f"{line.quantity:,} x {line.product}" for line in oldest.lines)
        more = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        change = next_change(oldest.created_on, today, policy)
        then = f"{change[0]} from {change[1]}" if change else "placing its order reactivates the licences"
        label = authorization_span(state, (today - oldest.created_on).days)
        return [(" ", "plain"), label, (f"  {oldest.number} of {oldest.created_on}: {lines}{more}; {then}", "plain")]
    facts = detail.row.facts
    if standing.renewal_phase is RenewalPhase.RENEWED:
        return [(" ", "plain"), renewal_span(standing), (f"  all licences, until {facts.renewal_due_on}", "plain")]
    if standing.renewal_phase is not RenewalPhase.NONE:
        rest = f"  {facts.licences_due - facts.licences_renewed} of {facts.licences_due} licences to renew"
        return [(" ", "plain"), renewal_span(standing), (rest + f" for {standing.anniversary_on}", "plain")]
    if not facts.has_products:
        return [(" No products yet: create a Purchase Authorization or place an order.", "plain")]
    return [(" Nothing is waiting.", "dim")]
