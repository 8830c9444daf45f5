"""Purchase Authorizations: creating one, noting one that the member added, cancelling one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from viptui.commands.act import Act, Letter, Outcome
from viptui.commands.records import (
    as_rule,
    authorization_of,
    authorizations_of,
    changed,
    customer_of,
    known,
    next_number,
    products_of,
    reject_if,
)
from viptui.data.models import AuditEntry, Authorization, AuthorizationLine, Customer, Product
from viptui.errors import Violation
from viptui.rules import authorization as rules
from viptui.rules.authorization import AuthorizationStatus, Creator
from viptui.rules.folding import key_of
from viptui.rules.products import AskedLine, KnownProduct, in_words, line_violations

PREFIX: Final = "PA"
"""Of the numbers that are given here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAuthorization:
    """Give a customer access to products before they are paid for."""

    vip_id: str
    lines: tuple[AskedLine, ...]
    po_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAuthorization:
    """Note a Purchase Authorization that the member created in the Admin Console."""

    vip_id: str
    lines: tuple[AskedLine, ...]
    number: str | None = None
    created_on: date | None = None
    """None: today."""
    po_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelAuthorization:
    """Take a pending Purchase Authorization back; the customer loses its licences."""

    number: str


def create_authorization(command: CreateAuthorization, act: Act) -> Outcome:
    """Create it for today, and tell the customer."""
    customer = customer_of(command.vip_id)
    products = products_of(command.lines)
    reject_if(
        [
            *rules.creation_violations(authorizations_of(customer), act.today, act.policy),
            *line_violations(command.lines, known(products), for_authorization=True),
        ]
    )
    made = _store(customer, command.lines, products, act, creator=Creator.RESELLER, po_number=command.po_number)
    anniversary = customer.anniversary_on
    changed(customer, act.policy)
    text = in_words(command.lines, known(products))
    return Outcome(
        summary=f"Created {made.number} for {customer.organization_name}: {text}.",
        subject=made.number,
        customer_id=customer.id,
        before={} if anniversary else {"anniversary_on": None},
        after=_after(made, command.lines, customer, anniversary),
        letters=(
            Letter(
                template="authorization_created",
                to=customer.contact_email,
                values=_values(made, customer, command.lines, known(products)),
            ),
        ),
        advice=_advice(customer, anniversary),
    )


def record_authorization(command: RecordAuthorization, act: Act) -> Outcome:
    """Store it as the member's, and tell whoever manages the customer that an order has to be placed."""
    customer = customer_of(command.vip_id)
    products = products_of(command.lines)
    created_on = command.created_on or act.today
    reject_if(
        [
            *_record_violations(command, customer, created_on, act.today),
            *line_violations(command.lines, known(products), for_authorization=True),
        ]
    )
    made = _store(
        customer,
        command.lines,
        products,
        act,
        creator=Creator.CUSTOMER,
        po_number=command.po_number,
        number=command.number,
        created_on=created_on,
    )
    anniversary = customer.anniversary_on
    changed(customer, act.policy)
    text = in_words(command.lines, known(products))
    manager = customer.managed_by
    letter = Letter(
        template="authorization_by_member",
        to="" if manager is None else manager.email,
        values=_values(made, customer, command.lines, known(products)),
    )
    return Outcome(
        summary=f"{customer.organization_name} added {made.number}: {text}.",
        subject=made.number,
        customer_id=customer.id,
        before={} if anniversary else {"anniversary_on": None},
        after=_after(made, command.lines, customer, anniversary),
        letters=(letter,) if letter.to else (),
        advice=(*_advice(customer, anniversary), *(() if letter.to else (_NOBODY_TOLD,))),
    )


def cancel_authorization(command: CancelAuthorization, act: Act) -> Outcome:
    """Cancel it if it is pending and none of its licences is assigned."""
    authorization = authorization_of(command.number)
    reject_if(rules.cancellation_violations(as_rule(authorization), act.today, act.policy))
    customer = authorization.customer
    authorization.status = AuthorizationStatus.CANCELLED.value
    authorization.version += 1
    authorization.save(only=[Authorization.status, Authorization.version])
    anniversary_on = customer.anniversary_on
    if _has_set_anniversary(customer):
        customer.anniversary_on = None
    changed(customer, act.policy)
    is_gone = customer.anniversary_on != anniversary_on
    term = {"anniversary_on": anniversary_on} if is_gone else {}
    return Outcome(
        summary=f"Cancelled {authorization.number} of {customer.organization_name}; its licences are gone.",
        subject=authorization.number,
        customer_id=customer.id,
        before={"status": AuthorizationStatus.OPEN.value, **term},
        after={"status": AuthorizationStatus.CANCELLED.value, **dict.fromkeys(term, customer.anniversary_on)},
        advice=(_NO_ANNIVERSARY,) if is_gone and customer.anniversary_on is None else (),
    )


def _has_set_anniversary(customer: Customer) -> bool:
    """Whether the Anniversary Date has come about here, and only with Purchase Authorizations that are cancelled now.

    Those set nothing. Source: Reseller help, Anniversary Date.
    """
    others = customer.authorizations.where(Authorization.status != AuthorizationStatus.CANCELLED)
    if others.exists() or customer.orders.exists():
        return False
    entries = AuditEntry.select(AuditEntry.before).where(
        AuditEntry.customer == customer,
        AuditEntry.action.in_(("authorization.create", "authorization.record")),
    )
    return any("anniversary_on" in json.loads(entry.before or "{}") for entry in entries)


def _store(
    customer: Customer,
    lines: Sequence[AskedLine],
    products: Mapping[str, Product],
    act: Act,
    *,
    creator: Creator,
    po_number: str | None,
    number: str | None = None,
    created_on: date | None = None,
) -> Authorization:
    number = number or next_number(Authorization, PREFIX)
    made: Authorization = Authorization.create(
        number=number,
        number_key=key_of(number),
        customer=customer,
        created_on=created_on or act.today,
        created_by=creator.value,
        po_number=po_number or "",
        status=AuthorizationStatus.OPEN.value,
    )
    for line in lines:
        AuthorizationLine.create(authorization=made, product=products[key_of(line.sku)], quantity=line.quantity)
    return made


def _record_violations(
    command: RecordAuthorization, customer: Customer, created_on: date, today: date
) -> list[Violation]:
    violations = []
    if created_on > today:
        message = f"Created on: {created_on} is in the future; enter a day up to {today}."
        violations.append(Violation("authorization.created_on", message, "created_on"))
    if customer.invited_on is not None and created_on < customer.invited_on <= today:
        message = f"Created on: the customer was invited on {customer.invited_on}; enter a day from then to {today}."
        violations.append(Violation("authorization.created_on", message, "created_on"))
    if command.number:
        other = Authorization.get_or_none(Authorization.number_key == key_of(command.number))
        if other is not None:
            message = f"Number: {other.number} is there already, of {other.customer.organization_name}."
            violations.append(Violation("authorization.number", message, "number"))
    if customer.invitation_status != "Accepted":
        message = "The customer has not accepted the invitation, so it cannot have added products itself."
        violations.append(Violation("authorization.not_accepted", message))
    return violations


def _values(
    made: Authorization, customer: Customer, lines: Sequence[AskedLine], products: Mapping[str, KnownProduct]
) -> dict[str, str]:
    return {
        "customer": customer.organization_name,
        "contact": customer.contact_name,
        "vip_id": customer.vip_id,
        "number": made.number,
        "created_on": str(made.created_on),
        "po_number": made.po_number or "-",
        "products": "\n".join(in_words([line], products) for line in lines),
    }


def _after(
    made: Authorization, lines: Sequence[AskedLine], customer: Customer, anniversary: date | None
) -> dict[str, object]:
    after: dict[str, object] = {
        "created_on": made.created_on,
        "lines": {line.sku: line.quantity for line in lines},
        "po_number": made.po_number,
    }
    return after if anniversary else after | {"anniversary_on": customer.anniversary_on}


def _advice(customer: Customer, anniversary: date | None) -> tuple[str, ...]:
    """What the first purchase means. Source: Reseller help, Anniversary Date."""
    if anniversary is not None or customer.anniversary_on is None:
        return ()
    return (f"The first purchase sets the anniversary date: {customer.anniversary_on}.",)


_NO_ANNIVERSARY: Final = "Nothing has been bought any more: the next purchase sets the anniversary date."

_NOBODY_TOLD: Final = "Nobody with an e-mail address manages this customer: no mail was written."
