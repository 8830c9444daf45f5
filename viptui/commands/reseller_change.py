"""Reseller changes: sending a customer of another reseller a code, and noting that it came with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Final

from viptui.commands.act import Act, Letter, Outcome
from viptui.commands.records import find_member, reject_if
from viptui.data.change_codes import as_rule
from viptui.data.day_counts import keeping_counts
from viptui.data.models import Customer, ResellerChange, TeamMember
from viptui.data.search import SEARCHED, search_text
from viptui.errors import NotFound, Violation
from viptui.rules import reseller_change as rules
from viptui.rules.folding import fold, key_of
from viptui.rules.invitation import InvitationStatus
from viptui.rules.managed_by import MemberStatus
from viptui.rules.offering import OfferingType
from viptui.rules.policy import MarketSegment
from viptui.rules.reseller_change import CodeState

CODE_LENGTH: Final = 16
"""Hexadecimal digits of a code: 64 bits that nobody guesses within its 72 hours."""

_GROUP: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SendChangeCode:
    """Send the code to an administrator of the customer."""

    vip_id: str
    admin_email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteChange:
    """Note that a customer has moved here, and what is known of it; the texts may be untidy."""

    code: str
    organization_name: str
    organization_name_english: str | None = None
    market_segment: MarketSegment | None
    offering_type: OfferingType | None
    contact_name: str
    contact_email: str | None = None
    """None: the address that the code was sent to."""
    anniversary_on: date | None = None
    address: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None


def send_change_code(command: SendChangeCode, act: Act) -> Outcome:
    """Make a code and queue its mail."""
    issued = [each.issued_at for each in ResellerChange.select(ResellerChange.issued_at)]
    reject_if(
        [
            *_known_violations(command.vip_id, "vip_id"),
            *rules.issue_violations(issued, act.now, act.zone, act.policy),
        ]
    )
    code = _grouped(act.token("reseller-change", CODE_LENGTH))
    expires_at = rules.valid_until(act.now, act.policy)
    sender = find_member(act.actor)
    advice = _still_valid(command.vip_id, act)
    ResellerChange.create(
        vip_id=command.vip_id,
        admin_email=command.admin_email,
        code=code,
        requested_by=sender,
        issued_at=act.now,
        expires_at=expires_at,
    )
    until = _moment(expires_at, act.zone)
    return Outcome(
        summary=f"Sent {command.admin_email} a reseller change code for {command.vip_id}; it is valid until {until}.",
        subject=command.vip_id,
        after={"admin_email": command.admin_email, "expires_at": _utc(expires_at)},
        letters=(
            Letter(
                template="reseller_change_code",
                to=command.admin_email,
                values={
                    "vip_id": command.vip_id,
                    "code": code,
                    "valid_until": until,
                    "hours": str(act.policy.reseller_change_hours),
                    "sender": act.actor if sender is None else sender.name or sender.login,
                },
            ),
        ),
        advice=advice,
    )


def complete_change(command: CompleteChange, act: Act) -> Outcome:
    """Use the code up and put the customer in the list; whoever sent the code is told."""
    change = _change_of(command.code)
    texts = _texts(command, change)
    reject_if(
        [
            *(rules.use_violations(as_rule(change), act.now, act.policy) or _known_violations(change.vip_id, "code")),
            *rules.joining_violations(texts, command.market_segment, command.anniversary_on, act.today, act.policy),
            *_choice_violations(command),
        ]
    )
    sender = change.requested_by
    customer = _store(command, change, rules.tidy_texts(texts), _manager(sender, act.actor))
    change.used_at, change.customer = act.now, customer
    change.save(only=[ResellerChange.used_at, ResellerChange.customer])
    return Outcome(
        summary=f"{customer.organization_name} ({customer.vip_id}) has moved here with its reseller change code.",
        subject=customer.vip_id,
        customer_id=customer.id,
        after={
            "organization_name": customer.organization_name,
            "anniversary_on": customer.anniversary_on,
            "managed_by": customer.managed_by.login if customer.managed_by else None,
        },
        letters=_letters(customer, sender, act),
        advice=_advice(customer, sender),
    )


def _known_violations(vip_id: str, field: str) -> list[Violation]:
    known = Customer.get_or_none(Customer.vip_key == key_of(vip_id))
    if known is None:
        return []
    message = f"{vip_id} is in the list already, as {known.organization_name}: it need not change its reseller."
    return [Violation("reseller_change.known", message, field)]


def _still_valid(vip_id: str, act: Act) -> tuple[str, ...]:
    """That an earlier code works still; either can be used, once."""
    unused = ResellerChange.select().where(ResellerChange.used_at.is_null())
    same = [each for each in unused if key_of(each.vip_id) == key_of(vip_id)]
    valid = [each for each in same if rules.code_state(as_rule(each), act.now, act.policy) is CodeState.VALID]
    if not valid:
        return ()
    until = _moment(max(each.expires_at for each in valid), act.zone)
    return (f"A code that was sent before is valid until {until} as well.",)


def _change_of(code: str) -> ResellerChange:
    found: ResellerChange | None = ResellerChange.get_or_none(
        ResellerChange.code == _grouped("".join(each for each in code.upper() if each.isalnum()))
    )
    if found is None:
        raise NotFound(f"There is no reseller change code {code}: 'viptui change-codes' and A in the list show them.")
    return found


def _texts(command: CompleteChange, change: ResellerChange) -> dict[str, str]:
    return {
        "organization_name": command.organization_name,
        "organization_name_english": command.organization_name_english or "",
        "contact_name": command.contact_name,
        "contact_email": command.contact_email or change.admin_email,
        "address": command.address or "",
        "city": command.city or "",
        "region": command.region or "",
        "postal_code": command.postal_code or "",
        "country": command.country or "",
    }


def _choice_violations(command: CompleteChange) -> list[Violation]:
    violations = []
    if command.market_segment is None:
        message = "Market segment: Choose Commercial, Education or Government."
        violations.append(Violation("reseller_change.market_segment", message, "market_segment"))
    if command.offering_type is None:
        message = "Type: Choose Team or Enterprise."
        violations.append(Violation("reseller_change.offering_type", message, "offering_type"))
    return violations


def _manager(sender: TeamMember | None, actor: str) -> TeamMember | None:
    """Who manages the customer from now on: whoever sent the code, or noted that it was used."""
    if sender is not None and sender.status == MemberStatus.ACTIVE:
        return sender
    return find_member(actor)


def _store(
    command: CompleteChange, change: ResellerChange, texts: dict[str, str], manager: TeamMember | None
) -> Customer:
    with keeping_counts() as counted:
        customer: Customer = Customer.create(
            **texts,
            market_segment=command.market_segment,
            offering_type=command.offering_type,
            vip_id=change.vip_id,
            vip_key=key_of(change.vip_id),
            invitation_status=InvitationStatus.ACCEPTED.value,
            anniversary_on=command.anniversary_on,
            anniversary_given=command.anniversary_on is not None,
            managed_by=manager,
            sort_name=fold(texts["organization_name"]),
            search_text=search_text((texts | {"vip_id": change.vip_id})[each] for each in SEARCHED),
        )
        counted.append(customer.id)
    return customer


def _letters(customer: Customer, sender: TeamMember | None, act: Act) -> tuple[Letter, ...]:
    if sender is None or not sender.email:
        return ()
    values = {
        "customer": customer.organization_name,
        "vip_id": customer.vip_id,
        "contact": customer.contact_name,
        "contact_email": customer.contact_email,
        "anniversary_on": str(customer.anniversary_on or "not known yet"),
        "sender": sender.name or sender.login,
        "noted_by": act.actor,
    }
    return (Letter(template="reseller_change_completed", to=sender.email, values=values),)


def _advice(customer: Customer, sender: TeamMember | None) -> tuple[str, ...]:
    advice = ["What it has ordered so far is not known here: 'viptui import' takes its orders over."]
    if customer.anniversary_on is None:
        advice.append("Without an anniversary date the first purchase noted here sets it, and it then stays.")
    if sender is None or not sender.email:
        advice.append("Whoever sent the code has no e-mail address here: no mail was written.")
    return tuple(advice)


def _grouped(digits: str) -> str:
    """A code as it is written: ``1A2B-3C4D-5E6F-7A8B``."""
    return "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def _moment(instant: datetime, zone: tzinfo) -> str:
    """An instant as the clocks of the business zone show it, and in UTC."""
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M} ({_utc(instant)})"


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


"""What a search looks in, with the VIP ID and the city."""
