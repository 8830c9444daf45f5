"""Invitations: inviting a customer, reminding it, noting that it has accepted, taking an erroneous one back."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final

from viptui.commands.act import Act, Letter, Outcome
from viptui.commands.records import customer_of, customers_at, customers_like, neighbours_of, reject_if, save
from viptui.data.day_counts import keeping_counts
from viptui.data.models import AuditEntry, Customer, Note, OutboxMail, ResellerChange, TeamMember
from viptui.data.search import SEARCHED, search_text
from viptui.errors import Violation
from viptui.rules import invitation as rules
from viptui.rules.anniversary import ANNUAL_MONTHS, extended_term_months
from viptui.rules.delivery import MailStatus
from viptui.rules.folding import fold, key_of
from viptui.rules.invitation import Invitation, InvitationStatus, KnownCustomer
from viptui.rules.offering import OfferingType
from viptui.rules.policy import MarketSegment

VIP_ID_LENGTH: Final = 20
"""Digits of a VIP ID that is issued here; its real form is not published."""

ALIKE: Final = 0.85
"""From here on two folded names look like the same organisation: a letter or two differ in a usual name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteCustomer:
    """Invite an organisation to join VIP; the texts may be untidy."""

    organization_name: str
    organization_name_english: str | None = None
    market_segment: MarketSegment | None
    offering_type: OfferingType | None
    address: str
    city: str
    region: str
    postal_code: str
    country: str
    contact_name: str
    contact_email: str
    anniversary_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendReminder:
    """Send a pending invitation again, perhaps to another address."""

    vip_id: str
    contact_email: str | None = None
    """None: to the same address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAcceptance:
    """Note that the customer has accepted the terms."""

    vip_id: str
    accepted_on: date | None = None
    """None: today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenInvitation:
    """Note that the customer has not accepted the terms after all."""

    vip_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveCustomer:
    """Remove a customer without products, for example after an erroneous invitation."""

    vip_id: str


def invite_customer(command: InviteCustomer, act: Act) -> Outcome:
    """Issue a VIP ID, store the customer and queue its invitation."""
    invitation = Invitation(
        **(asdict(command) | {"organization_name_english": command.organization_name_english or ""})
    )
    same_address = customers_at(invitation.contact_email) if invitation.contact_email.strip() else ()
    reject_if(rules.violations(invitation, same_address, act.today, act.policy))
    tidy = rules.tidy(invitation)
    advice = near_duplicates(tidy, same_address)
    customer = _store(tidy, act)
    return Outcome(
        summary=f"Invited {tidy.organization_name} as {customer.vip_id}; the invitation goes to {tidy.contact_email}.",
        subject=customer.vip_id,
        customer_id=customer.id,
        after={key: value for key, value in asdict(tidy).items() if value not in ("", None)},
        letters=(_letter("invitation", customer),),
        advice=advice,
    )


def send_reminder(command: SendReminder, _act: Act) -> Outcome:
    """Queue the invitation once more; a new address replaces the old one."""
    customer = customer_of(command.vip_id)
    old = customer.contact_email
    wanted = (command.contact_email or old).strip()
    status = InvitationStatus(customer.invitation_status)
    alike = customers_at(wanted) if status is InvitationStatus.PENDING else ()
    others = [each for each in alike if key_of(each.vip_id) != customer.vip_key]
    reject_if(rules.reminder_violations(status, customer.organization_name, wanted, others))
    email = rules.parse_field("contact_email", wanted)
    if email != old:
        customer.contact_email = email
        customer.search_text = search_text(getattr(customer, each) for each in SEARCHED)
        save(customer, Customer.contact_email, Customer.search_text)
    return Outcome(
        summary=f"Reminded {customer.organization_name} of its invitation; the mail goes to {email}.",
        subject=customer.vip_id,
        customer_id=customer.id,
        before={"contact_email": old} if email != old else {},
        after={"contact_email": email},
        letters=(_letter("reminder", customer),),
    )


def record_acceptance(command: RecordAcceptance, act: Act) -> Outcome:
    """Turn a pending invitation into an accepted one."""
    customer = customer_of(command.vip_id)
    accepted_on = command.accepted_on or act.today
    reject_if(rules.acceptance_violations(customer.invitation_status, customer.invited_on, accepted_on, act.today))
    customer.invitation_status = InvitationStatus.ACCEPTED.value
    customer.accepted_on = accepted_on
    save(customer, Customer.invitation_status, Customer.accepted_on)
    return Outcome(
        summary=f"{customer.organization_name} accepted the terms on {accepted_on}.",
        subject=customer.vip_id,
        customer_id=customer.id,
        before={"invitation_status": InvitationStatus.PENDING.value},
        after={"invitation_status": InvitationStatus.ACCEPTED.value, "accepted_on": accepted_on},
    )


def reopen_invitation(command: ReopenInvitation, _act: Act) -> Outcome:
    """Turn an acceptance that was noted here by mistake into a pending invitation again."""
    customer = customer_of(command.vip_id)
    reject_if(rules.reopening_violations(customer.invitation_status, _since_acceptance(customer)))
    accepted_on = customer.accepted_on
    customer.invitation_status = InvitationStatus.PENDING.value
    customer.accepted_on = None
    save(customer, Customer.invitation_status, Customer.accepted_on)
    return Outcome(
        summary=f"{customer.organization_name} has not accepted the terms after all; its invitation is pending.",
        subject=customer.vip_id,
        customer_id=customer.id,
        before={"invitation_status": InvitationStatus.ACCEPTED.value, "accepted_on": accepted_on},
        after={"invitation_status": InvitationStatus.PENDING.value},
    )


def remove_customer(command: RemoveCustomer, _act: Act) -> Outcome:
    """Remove the customer with its notes, and give up its mails that have not left; the history keeps what it was."""
    customer = customer_of(command.vip_id)
    reject_if(rules.removal_violations(authorizations=customer.authorizations.count(), orders=customer.orders.count()))
    before = _kept(customer)
    ResellerChange.update(customer=None).where(ResellerChange.customer == customer).execute()
    Note.delete().where(Note.customer == customer).execute()
    given_up = _give_up_mails(customer)
    with keeping_counts([customer.id]):
        customer.delete_instance()
    return Outcome(
        summary=f"Removed {before['organization_name']} ({before['vip_id']}).",
        subject=customer.vip_id,
        before=before,
        after={"mails_given_up": given_up} if given_up else {},
        advice=(f"Not sent any more: mail {', '.join(map(str, given_up))}.",) if given_up else (),
    )


def _give_up_mails(customer: Customer) -> list[int]:
    """Keep mails from being sent that name a VIP ID which is no more; their numbers."""
    not_left = (MailStatus.WAITING.value, MailStatus.FAILED.value)
    found = OutboxMail.select(OutboxMail.id).where(OutboxMail.customer == customer, OutboxMail.status.in_(not_left))
    rows: Any = found.order_by(OutboxMail.id).tuples()
    numbers = [number for (number,) in rows]
    changes = {"status": MailStatus.DISCARDED.value, "next_attempt_at": None, "claimed_at": None}
    OutboxMail.update(changes).where(OutboxMail.id.in_(numbers)).execute()
    return numbers


def near_duplicates(invitation: Invitation, same_address: tuple[KnownCustomer, ...]) -> tuple[str, ...]:
    """What to look at before sending: customers of the same address, or of nearly the same name."""
    name = fold(invitation.organization_name)
    candidates = (*neighbours_of(name), *customers_like(invitation.organization_name, limit=_DUPLICATES_SHOWN))
    alike = [one for one in candidates if SequenceMatcher(None, name, fold(one.organization_name)).ratio() >= ALIKE]
    email = key_of(invitation.contact_email)
    same = [one for one in same_address if key_of(one.contact_email) == email]
    found = {each.vip_id: each for each in (*alike, *same)}
    return tuple(
        f"Looks like {each.organization_name} ({each.vip_id}, {each.contact_email}): a second VIP ID splits an account."
        for each in list(found.values())[:_DUPLICATES_SHOWN]
    )


def _since_acceptance(customer: Customer) -> list[str] | None:
    """The actions on a customer since its acceptance was noted here; None if it was not."""
    query = AuditEntry.select(AuditEntry.action).where(AuditEntry.customer == customer)
    rows: Any = query.order_by(AuditEntry.id.desc()).tuples()
    actions: list[str] = []
    for (action,) in rows:
        if action == rules.ACCEPTANCE:
            return actions
        actions.append(action)
    return None


def _store(invitation: Invitation, act: Act) -> Customer:
    vip_id = _unused_vip_id(act)
    given = invitation.anniversary_on
    months = ANNUAL_MONTHS if given is None else extended_term_months(act.today, given)
    texts = asdict(invitation)
    with keeping_counts() as counted:
        customer: Customer = Customer.create(
            **texts,
            vip_id=vip_id,
            vip_key=key_of(vip_id),
            invitation_status=InvitationStatus.PENDING.value,
            invited_on=act.today,
            anniversary_given=given is not None,
            term_months=months,
            managed_by=TeamMember.get_or_none(TeamMember.login_key == key_of(act.actor)),
            sort_name=fold(invitation.organization_name),
            search_text=search_text(str((texts | {"vip_id": vip_id})[each]) for each in SEARCHED),
        )
        counted.append(customer.id)
    return customer


def _unused_vip_id(act: Act) -> str:
    vip_id = act.token("vip", VIP_ID_LENGTH)
    if Customer.select().where(Customer.vip_key == key_of(vip_id)).exists():
        reject_if([Violation("invitation.vip_id", f"The VIP ID {vip_id} is taken: begin the invitation anew.")])
    return vip_id


def _letter(template: str, customer: Customer) -> Letter:
    return Letter(
        template=template,
        to=customer.contact_email,
        values={
            "customer": customer.organization_name,
            "contact": customer.contact_name,
            "vip_id": customer.vip_id,
            "invited_on": str(customer.invited_on or ""),
        },
    )


def _kept(customer: Customer) -> dict[str, Any]:
    """What a form for a new invitation can offer again."""
    fields = (*Invitation.__dataclass_fields__, "vip_id", "invited_on")
    return {each: getattr(customer, each) for each in fields if getattr(customer, each) not in ("", None)}


_DUPLICATES_SHOWN: Final = 5
