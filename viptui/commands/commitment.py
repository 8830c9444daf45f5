"""The 3-year commit of a customer, as Adobe has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from viptui.commands.act import Act, Outcome
from viptui.commands.records import customer_of, reject_if, save
from viptui.data.details import customer_detail
from viptui.data.models import Customer
from viptui.detail_rows import CustomerDetail
from viptui.detail_standing import commitment_on, select_on
from viptui.errors import NotFound, Violation
from viptui.rules import commitment as rules
from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.commitment import NOT_COMMITTED
from viptui.rules.commitment_status import CommitmentStatus
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import standing


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCommitment:
    """Note a 3-year commit; what is None stays as it was noted before."""

    vip_id: str
    status: CommitmentStatus
    licences: int | None = None
    consumables: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def record_commitment(command: RecordCommitment, act: Act) -> Outcome:
    """Store it; the end as given, never computed."""
    customer = customer_of(command.vip_id)
    detail = customer_detail(customer.vip_id)
    if detail is None:
        raise NotFound(f"There is no customer {command.vip_id}.")
    wanted = _completed(command, detail, act.today)
    reject_if(
        [
            *rules.date_violations(wanted.status, wanted.starts_on, wanted.ends_on),
            *(() if wanted.status in NOT_COMMITTED else _eligibility(wanted, detail, act.today, act.policy)),
        ]
    )
    before = _stored(customer)
    customer.commitment_status = wanted.status.value
    customer.commitment_quantity, customer.commitment_consumables = wanted.licences, wanted.consumables
    customer.commitment_start_on, customer.commitment_end_on = wanted.starts_on, wanted.ends_on
    save(customer, *_FIELDS)
    noted = _with(detail, wanted)
    stands = commitment_on(noted, act.today, act.policy)
    return Outcome(
        summary=f"3-year commit of {customer.organization_name}: {rules.in_words(stands) if stands else 'none'}.",
        subject=customer.vip_id,
        customer_id=customer.id,
        before={key: value for key, value in before.items() if value is not None},
        after={key: value for key, value in _stored(customer).items() if value is not None},
        advice=_advice(noted, wanted, act.today, act.policy),
    )


def _completed(command: RecordCommitment, detail: CustomerDetail, today: date) -> RecordCommitment:
    """The command with what was noted before in place of what it leaves out; a new request or acceptance is today's."""
    is_new = command.status in (CommitmentStatus.REQUESTED, CommitmentStatus.ACCEPTED) and (
        command.status != detail.commitment_status
    )
    return replace(
        command,
        licences=command.licences or detail.commitment_quantity,
        consumables=command.consumables or detail.commitment_consumables,
        starts_on=command.starts_on or (today if is_new else detail.commitment_start_on),
        ends_on=command.ends_on or detail.commitment_end_on,
    )


def _eligibility(
    wanted: RecordCommitment, detail: CustomerDetail, today: date, policy: VipPolicy
) -> tuple[Violation, ...]:
    anniversary_on = detail.row.anniversary_on
    in_first_term = anniversary_on is None or today < anniversary_on
    return rules.eligibility_violations(
        licences=wanted.licences or 0,
        consumables=wanted.consumables or 0,
        select_level=select_on(detail, today, policy).level,
        has_extended_term=detail.term_months > ANNUAL_MONTHS and in_first_term,
    )


def _advice(detail: CustomerDetail, wanted: RecordCommitment, today: date, policy: VipPolicy) -> tuple[str, ...]:
    """What to tell whoever is about to accept in the renewal window, and by when a minimum must be met."""
    if wanted.status in NOT_COMMITTED:
        return ()
    now, facts = standing(detail.row.anniversary_on, detail.row.facts, today, policy), detail.row.facts
    advice = None
    if now.anniversary_on is not None and now.renewal_phase in (RenewalPhase.READY, RenewalPhase.LATE):
        unrenewed = facts.licences_due - facts.licences_renewed
        advice = rules.acceptance_advice(
            now.anniversary_on, today, policy, renewed=facts.licences_renewed, unrenewed=unrenewed
        )
    stands = commitment_on(detail, today, policy)
    due = stands.due_on if stands and stands.status is CommitmentStatus.ACCEPTED else None
    met_by = f"The committed minimum must be met by {due}." if due else ""
    return tuple(filter(None, (advice, met_by)))


def _with(detail: CustomerDetail, wanted: RecordCommitment) -> CustomerDetail:
    return replace(
        detail,
        commitment_status=wanted.status.value,
        commitment_quantity=wanted.licences,
        commitment_consumables=wanted.consumables,
        commitment_start_on=wanted.starts_on,
        commitment_end_on=wanted.ends_on,
    )


def _stored(customer: Customer) -> dict[str, object]:
    return {field.name: getattr(customer, field.name) for field in _FIELDS}


_FIELDS: Final = (
    Customer.commitment_status,
    Customer.commitment_quantity,
    Customer.commitment_consumables,
    Customer.commitment_start_on,
    Customer.commitment_end_on,
)
