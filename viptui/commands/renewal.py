"""Renewals: telling the customer that licences fall due, and ordering them for another year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from viptui.commands.act import Act, Letter, Outcome
from viptui.commands.ordering import (
    NewLine,
    amount_words,
    committed_on,
    counted,
    in_words,
    letters_about,
    licences_in_words,
    licences_renewed,
    number_violations,
    past_due_advice,
    priced,
    store_order,
    used_up,
)
from viptui.commands.records import authorizations_of, changed, customer_of, known, products_of, reject_if
from viptui.data.details import customer_due
from viptui.data.models import AuditEntry, Customer
from viptui.errors import Violation
from viptui.rules import renewal as rules
from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.commitment import acceptance_advice
from viptui.rules.commitment_status import CommitmentStatus
from viptui.rules.folding import key_of
from viptui.rules.order import OrderKind
from viptui.rules.plans import DueProduct, is_left_certain
from viptui.rules.products import AskedLine, line_violations
from viptui.rules.renewal import RenewalOutlook
from viptui.rules.select_level import is_select

NOTICE: Final = "renewal.notify"
"""The action that tells a customer, as the history names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifyOfRenewal:
    """Tell a customer's contact which licences fall due, and when."""

    vip_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewLicences:
    """Order licences that fall due for another year."""

    vip_id: str
    lines: tuple[AskedLine, ...] = ()
    """None: everything that is still to be renewed."""
    number: str | None = None
    """None: one is given."""
    po_number: str | None = None
    ordered_on: date | None = None
    """None: today."""


def notify_of_renewal(command: NotifyOfRenewal, act: Act) -> Outcome:
    """Queue the renewal notice; the history remembers when it went to whom."""
    customer = customer_of(command.vip_id)
    outlook = _outlook(customer)
    reject_if([*rules.notice_violations(outlook, act.today, act.policy), *_address_violations(customer)])
    due_on = _due_on(outlook, act.today, act)
    due = [each for each in customer_due(customer.id, due_on, act.policy) if each.left]
    licences = sum(each.left for each in due)
    return Outcome(
        summary=f"Told {customer.contact_email} of {customer.organization_name}: "
        f"{licences_in_words(licences)} due on {due_on}.",
        subject=customer.vip_id,
        customer_id=customer.id,
        after={"contact_email": customer.contact_email, "due_on": due_on, "licences": licences},
        letters=(_notice(customer, due_on, due, act),),
        advice=_told_before(customer, act),
    )


def renew_licences(command: RenewLicences, act: Act) -> Outcome:
    """Store the renewal order; what follows from it (Ready or renewed, the next anniversary) follows at once."""
    customer = customer_of(command.vip_id)
    ordered_on = command.ordered_on or act.today
    outlook = _outlook(customer)
    reject_if(
        [
            *rules.placement_violations(outlook, ordered_on, act.today, act.policy),
            *number_violations(command.number),
            *_line_violations(command.lines),
        ]
    )
    due_on = _due_on(outlook, ordered_on, act)
    lines = _lines(command.lines or _everything_left(customer, due_on, act))
    renewed = licences_renewed(customer, due_on, act.policy) + sum(counted(lines).values()) - used_up(lines)
    reject_if(rules.commitment_violations(renewed, committed_on(customer, due_on), due_on))
    order = store_order(
        customer,
        OrderKind.RENEWAL,
        lines,
        ordered_on=ordered_on,
        number=command.number,
        po_number=command.po_number or "",
    )
    term_months = customer.term_months
    customer.term_months = ANNUAL_MONTHS
    customer.save(only=[Customer.term_months])
    changed(customer, act.policy)
    term = {} if term_months == ANNUAL_MONTHS else {"term_months": term_months}
    return Outcome(
        summary=f"Renewed {in_words(lines)} of {customer.organization_name} with {order.number}"
        f"{amount_words(order, act.policy)}.",
        subject=order.number,
        customer_id=customer.id,
        before=term,
        after={
            "due_on": due_on,
            "ordered_on": ordered_on,
            "po_number": order.po_number,
            "lines": counted(lines),
            **dict.fromkeys(term, ANNUAL_MONTHS),
        },
        letters=letters_about("renewal_confirmation", order, customer, act.policy),
        advice=tuple(_advice(customer, due_on, act)),
    )


def _outlook(customer: Customer) -> RenewalOutlook:
    """What is stored of the customer's renewals at this moment."""
    stored: Customer = Customer.get_by_id(customer.id)
    return RenewalOutlook(
        renewed_on=stored.renewed_on,
        due_on=stored.renewal_due_on,
        following_on=stored.renewal_following_on,
        licences=stored.licences_due,
        renewed_licences=stored.licences_renewed,
    )


def _due_on(outlook: RenewalOutlook, day: date, act: Act) -> date:
    """The anniversary that is renewed on a day on which the rules allow it."""
    due_on = rules.window(outlook, day, act.policy).anniversary_on
    if due_on is None:
        raise AssertionError("the rules allowed a renewal without an anniversary")
    return due_on


def _everything_left(customer: Customer, due_on: date, act: Act) -> tuple[AskedLine, ...]:
    """What is due and has not been renewed yet, as lines."""
    due = customer_due(customer.id, due_on, act.policy)
    left = tuple(AskedLine(each.product.sku, each.left) for each in due if each.left)
    if not is_left_certain(due):
        message = "Other products than those that are due have been renewed: name what is still to be renewed."
        reject_if([Violation("renewal.changed_products", message, "lines")])
    reject_if(_line_violations(left))
    return left


def _line_violations(lines: Sequence[AskedLine]) -> list[Violation]:
    return line_violations(lines, known(products_of(lines)), for_authorization=False) if lines else []


def _lines(asked: Sequence[AskedLine]) -> list[NewLine]:
    products = products_of(asked)
    return [priced(products[key_of(each.sku)], each.quantity, ANNUAL_MONTHS) for each in asked]


def _address_violations(customer: Customer) -> list[Violation]:
    if customer.contact_email:
        return []
    message = "The customer has no e-mail address: import it with its contact, or tell the customer otherwise."
    return [Violation("renewal.no_address", message)]


def _notice(customer: Customer, due_on: date, due: Sequence[DueProduct], act: Act) -> Letter:
    return Letter(
        template="renewal_notice",
        to=customer.contact_email,
        values={
            "customer": customer.organization_name,
            "contact": customer.contact_name,
            "vip_id": customer.vip_id,
            "due_on": str(due_on),
            "opens_on": str(rules.order_opens_on(due_on, act.policy)),
            "closes_on": str(rules.window_closes_on(due_on, act.policy)),
            "products": "\n".join(f"  {each.left:,} x {each.product.name}" for each in due),
        },
    )


def _told_before(customer: Customer, act: Act) -> tuple[str, ...]:
    """When the customer was told last, if it was."""
    entry = (
        AuditEntry.select()
        .where(AuditEntry.customer == customer, AuditEntry.action == NOTICE)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .first()
    )
    if entry is None:
        return ()
    return (f"Told before, at {entry.at.astimezone(act.zone):%Y-%m-%d %H:%M} by {entry.actor}.",)


def _advice(customer: Customer, due_on: date, act: Act) -> Iterator[str]:
    outlook = _outlook(customer)
    if outlook.renewed_on == due_on:
        yield f"Everything of {due_on} is renewed; the next anniversary date is {outlook.due_on}."
    elif outlook.due_on == due_on:
        left = licences_in_words(outlook.licences - outlook.renewed_licences)
        closes_on = rules.window_closes_on(due_on, act.policy)
        yield f"Still to be renewed until {closes_on}: {left} of {outlook.licences:,}."
        yield from _commitment_advice(customer, outlook, due_on, act)
    yield from past_due_advice(authorizations_of(customer), act.today, act.policy)


def _commitment_advice(customer: Customer, outlook: RenewalOutlook, due_on: date, act: Act) -> Iterator[str]:
    """What somebody has to know who may yet accept a 3-year commit."""
    is_asked = customer.commitment_status == CommitmentStatus.REQUESTED
    if committed_on(customer, due_on) or not (is_asked or is_select(customer.select_level)):
        return
    renewed, left = outlook.renewed_licences, outlook.licences - outlook.renewed_licences
    if advice := acceptance_advice(due_on, act.today, act.policy, renewed=renewed, unrenewed=left):
        yield f"3-year commit: {advice}"
