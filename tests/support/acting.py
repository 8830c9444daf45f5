"""Carrying actions out in a test as the doors do: by the action's id, with texts as somebody types them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, tzinfo
from itertools import count
from typing import Final

from tests.support.clock import TODAY
from viptui.actions import BY_ID
from viptui.commands.act import Act, Done
from viptui.commands.perform import perform
from viptui.data.facts import recomputed_facts
from viptui.data.models import AuditEntry, Customer, OutboxMail
from viptui.data.queries import count_filters, find_row
from viptui.errors import CommandRejected
from viptui.rules.civil import civil_date
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

ME: Final = "ana.kovac"

INVITATION: Final = {
    "organization_name": "Aster Clinic",
    "market_segment": "Commercial",
    "offering_type": "Team",
    "address": "1 Main Street",
    "city": "Ulm",
    "region": "BW",
    "postal_code": "89073",
    "country": "DE",
    "contact_name": "Kim Example",
    "contact_email": "kim@aster.example",
}
"""What an invitation asks for, filled in."""

_requests = count(1)


def act_on(
    today: date = TODAY,
    *,
    actor: str = ME,
    request_id: str = "",
    policy: VipPolicy | None = None,
    now: datetime | None = None,
    zone: tzinfo = UTC,
) -> Act:
    """Somebody who acts at noon or at another instant; a request of its own unless one is named."""
    return Act(
        actor=actor,
        origin="test",
        request_id=request_id or f"request-{next(_requests)}",
        now=now or datetime.combine(today, time(12), UTC),
        today=civil_date(now, zone) if now else today,
        zone=zone,
        policy=policy or VipPolicy(),
    )


def do(
    action: str,
    subject: str | Sequence[str] | None = None,
    *,
    act: Act | None = None,
    dry_run: bool = False,
    **values: str | Sequence[str],
) -> Done:
    """Carry an action out in the open database."""
    chosen = BY_ID[action]
    return perform(chosen, chosen.build(values, subject), act or act_on(), dry_run=dry_run)


def refused(
    action: str, subject: str | Sequence[str] | None = None, *, act: Act | None = None, **values: str | Sequence[str]
) -> dict[str, str]:
    """Why an action is refused: the messages by field; nothing may have been written."""
    before = footprint()
    try:
        do(action, subject, act=act, **values)
    except CommandRejected as rejected:
        assert footprint() == before, "a refused action has left something behind"
        return {each.field or "": each.message for each in rejected.violations}
    raise AssertionError(f"{action} was not refused")


def footprint() -> tuple[int, int, list[tuple[object, ...]]]:
    """What every action leaves behind somewhere: history, mails, versions of customers."""
    customers = Customer.select(Customer.id, Customer.version).order_by(Customer.id).tuples()
    return AuditEntry.select().count(), OutboxMail.select().count(), list(customers)


def counts(today: date = TODAY) -> dict[CustomerFilter, int]:
    """The badges; first it is made sure that they and the facts are what the rows say."""
    from viptui.data.day_counts import recount

    ids = [identifier for (identifier,) in Customer.select(Customer.id).tuples()]
    stored = {each: find_row(Listing(), date.min, VipPolicy(), each) for each in ids}
    assert {each: row.facts for each, row in stored.items() if row} == recomputed_facts(ids)
    kept = count_filters(today, VipPolicy())
    recount()
    assert count_filters(today, VipPolicy()) == kept
    return kept


def customer(vip_id: str) -> Customer:
    """The customer as it is stored."""
    found: Customer = Customer.get(Customer.vip_id == vip_id)
    return found


def mails() -> list[tuple[str, str]]:
    """Recipients and subjects of the outbox, oldest first."""
    return list(OutboxMail.select(OutboxMail.recipient, OutboxMail.subject).order_by(OutboxMail.id).tuples())


def history() -> list[tuple[str, str]]:
    """Actions and subjects of the history, oldest first."""
    return list(AuditEntry.select(AuditEntry.action, AuditEntry.subject).order_by(AuditEntry.id).tuples())
