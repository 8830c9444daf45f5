"""The text of a customer's details page, section by section. Pure functions of frozen rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, tzinfo
from typing import Final

from viptui.detail_rows import AuthorizationRow, CustomerDetail, LineRow, OrderRow
from viptui.detail_standing import commitment_on, select_on
from viptui.rules import commitment, select_level
from viptui.rules.anniversary import last_licensed_day
from viptui.rules.authorization import age_state, next_change
from viptui.rules.order import order_duration
from viptui.rules.plans import Plan
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.snooze import in_words
from viptui.rules.standing import standing
from viptui.text import fitted
from viptui.widgets.paint import Span, SpanLine
from viptui.widgets.states import authorization_span, renewal_span

LABEL: Final = 24
"""Cells of a field's name."""

NUMBERS: Final = 37
"""Cells of a product's numbers."""

Section = tuple[str, Sequence[SpanLine]]
"""A title and its lines."""


def detail_sections(
    detail: CustomerDetail, plans: Sequence[Plan], today: date, policy: VipPolicy, zone: tzinfo, width: int
) -> list[Section]:
    """The page's sections in the order in which the Reseller Console has them, for so many cells."""
    return [
        ("Customer details", list(_customer(detail, today, policy))),
        ("Pending and overdue Purchase Authorizations", list(_waiting(detail, today, policy))),
        ("Products", list(_products(plans, width))),
        ("Purchase Authorization history", list(_authorization_history(detail))),
        ("Orders", list(_orders(detail))),
        ("Notes", list(_notes(detail, zone))),
        ("History", list(_history(detail, zone))),
    ]


def document(sections: Sequence[Section]) -> tuple[list[SpanLine], list[int]]:
    """The sections as one text, and the lines at which they begin."""
    lines: list[SpanLine] = []
    starts: list[int] = []
    for title, body in sections:
        starts.append(len(lines))
        lines.append([(f" {title}", "heading")])
        lines.extend(body)
        lines.append([])
    return lines, starts


def _customer(detail: CustomerDetail, today: date, policy: VipPolicy) -> Iterable[SpanLine]:
    row = detail.row
    now = standing(row.anniversary_on, row.facts, today, policy)
    yield _field("VIP ID", row.vip_id)
    yield _field("Organization name", row.organization_name)
    if detail.organization_name_english:
        yield _field("US-English name", detail.organization_name_english)
    yield _field("Primary contract owner", f"{detail.contact_name}  {row.contact_email}")
    yield _field("Address", ", ".join(filter(None, (detail.address, _town(detail), detail.country))))
    yield _field("VIP invitation status", _invitation(detail, today))
    yield _field("Type", detail.offering_type)
    if now.anniversary_on is None:
        yield _field("Anniversary date", "not set yet: the first Purchase Authorization or order sets it")
    else:
        last = f"licensed to {last_licensed_day(now.anniversary_on)}"
        yield _field("Anniversary date", f"{now.anniversary_on}  ({_days(now.days_to_anniversary or 0)}; {last})")
    if (renewal := renewal_span(now))[0]:
        facts = row.facts
        counts = f"   {facts.licences_renewed} of {facts.licences_due} licences renewed"
        if now.renewal_phase is RenewalPhase.RENEWED:
            counts = f"   all licences, until {facts.renewal_due_on}"
        yield [("   ", "plain"), (fitted("Renewal", LABEL), "dim"), renewal, (counts, "plain")]
    yield _field("Term", f"{detail.term_months} months" + ("" if detail.term_months == 12 else ", then 12 months"))
    yield _field("Market segment", row.market_segment)
    yield _field("Managed by", _manager(detail))
    if snoozed := in_words(detail.asleep(today, policy)):
        yield _field("Your work tabs", snoozed)
    yield _field("VIP Select", select_level.in_words(select_on(detail, today, policy)))
    committed = commitment_on(detail, today, policy)
    yield _field("3-year commit", "none" if committed is None else commitment.in_words(committed))


def _waiting(detail: CustomerDetail, today: date, policy: VipPolicy) -> Iterable[SpanLine]:
    waiting = sorted((each for each in detail.authorizations if each.status == "open"), key=lambda a: a.created_on)
    if not waiting:
        yield _nothing("None: nothing waits for an order.")
    for each in waiting:
        state = age_state(each.created_on, today, policy)
        head: list[Span] = [("   ", "plain"), authorization_span(state, (today - each.created_on).days)]
        head.append((f"  {each.number}", "strong"))
        head.append((f"  created {each.created_on} by the {each.created_by}{_po(each.po_number)}", "plain"))
        yield head
        if change := next_change(each.created_on, today, policy):
            yield _indented(f"turns {change[0].capitalize()} on {change[1]}")
        else:
            yield _indented("licences are suspended until its order is placed")
        yield from _lines(each.lines)
        if detail.row.anniversary_on is not None:
            duration = order_duration(
                each.created_on,
                detail.row.anniversary_on,
                policy,
                term_months=detail.term_months,
                ordered_on=today,
            )
            yield _indented(f"duration to order: {duration.explanation}")


def _products(plans: Sequence[Plan], width: int) -> Iterable[SpanLine]:
    if not plans:
        yield _nothing("No licences yet.")
        return
    name = max(12, min(36, width - 3 - NUMBERS))
    yield [(f"   {'':{name}}{'Total':>8}{'Active':>9}{'Available':>11}{'Pending':>9}", "dim")]
    for plan in plans:
        numbers = f"{plan.total:>8,}{plan.active:>9,}{plan.available:>11,}{plan.pending:>9,}"
        yield [("   " + fitted(plan.product.name, name), "plain"), (numbers, "plain")]


def _authorization_history(detail: CustomerDetail) -> Iterable[SpanLine]:
    if not detail.authorizations:
        yield _nothing("No Purchase Authorization was ever created.")
    for each in detail.authorizations:
        status = each.status + (f" with {each.order_number}" if each.order_number else "")
        yield [
            (f"   {each.created_on}  ", "plain"),
            (fitted(each.number, 14), "strong"),
            (
                f"  {fitted(status, 10 if not each.order_number else 26)}  {_summary(each)}{_po(each.po_number)}",
                "plain",
            ),
        ]


def _orders(detail: CustomerDetail) -> Iterable[SpanLine]:
    if not detail.orders:
        yield _nothing("No order yet.")
    for each in detail.orders:
        yield [
            (f"   {each.ordered_on}  ", "plain"),
            (fitted(each.number, 14), "strong"),
            (f"  {fitted(each.kind, 10)}  {_summary(each)}{_po(each.po_number)}", "plain"),
        ]


def _notes(detail: CustomerDetail, zone: tzinfo) -> Iterable[SpanLine]:
    if not detail.notes:
        yield _nothing("No notes.")
    for note in detail.notes:
        head = f"   {note.written_at.astimezone(zone):%Y-%m-%d %H:%M}  {note.author}  #{note.number}"
        yield [(head, "dim")]
        for line in note.body.splitlines():
            yield _indented(line)


def _history(detail: CustomerDetail, zone: tzinfo) -> Iterable[SpanLine]:
    if not detail.history:
        yield _nothing("Nothing has been recorded.")
    for entry in detail.history:
        when = f"   {entry.at.astimezone(zone):%Y-%m-%d %H:%M}  "
        yield [(when, "dim"), (f"{entry.actor}  {entry.action}", "plain"), (f"  {entry.detail}", "dim")]
        if beside := "; ".join(filter(None, (entry.origin, entry.changes))):
            yield [(f"      {beside}", "dim")]


def _field(name: str, value: str) -> SpanLine:
    return [("   ", "plain"), (fitted(name, LABEL), "dim"), (value or "-", "plain")]


def _indented(text: str) -> SpanLine:
    return [(f"      {text}", "plain")]


def _nothing(text: str) -> SpanLine:
    return [(f"   {text}", "dim")]


def _lines(lines: Iterable[LineRow]) -> Iterable[SpanLine]:
    for line in lines:
        price = ""
        if line.unit_price is not None:
            price = f"   {line.unit_price * line.quantity:,.2f} {line.currency}"
        assigned = f"   {line.assigned:,} assigned" if line.assigned else ""
        yield _indented(f"{line.quantity:>5,} x {line.product}  {line.sku}{price}{assigned}")


def _summary(record: AuthorizationRow | OrderRow) -> str:
    return ", ".join(f"{line.quantity:,} x {line.product}" for line in record.lines)


def _po(number: str) -> str:
    if not number:
        return ""
    return f"  {number}" if number.upper().startswith("PO") else f"  PO {number}"


def _town(detail: CustomerDetail) -> str:
    return " ".join(filter(None, (detail.city, detail.region, detail.postal_code)))


def _days(days: int) -> str:
    if days == 0:
        return "today"
    unit = "day" if abs(days) == 1 else "days"
    return f"in {days} {unit}" if days > 0 else f"{-days} {unit} ago"


def _invitation(detail: CustomerDetail, today: date) -> str:
    row = detail.row
    invited = f", invited {row.invited_on}" if row.invited_on else ""
    if row.invitation_status == "Pending":
        return f"Pending{invited}" + (f" ({_days((row.invited_on - today).days)})" if row.invited_on else "")
    return "Accepted" + (f" {detail.accepted_on}" if detail.accepted_on else "") + invited


def _manager(detail: CustomerDetail) -> str:
    if detail.row.managed_by is None:
        return "nobody"
    known = " ".join(filter(None, (detail.managed_by_name, detail.managed_by_email)))
    return f"{detail.row.managed_by}  {known}" if known != detail.row.managed_by else detail.row.managed_by
