"""Mails of the outbox: sending one again, discarding one."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Final

from viptui.commands.act import Act, Outcome
from viptui.commands.records import reject_if
from viptui.data.models import OutboxMail
from viptui.errors import NotFound, Violation
from viptui.rules.delivery import IN_WORDS, MailStatus
from viptui.rules.parsing import ParseError, parse_email


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendMail:
    """Send a mail at once that has not arrived for certain, or was given up."""

    mail: str
    """Its number."""
    recipient: str | None = None
    """None: to the same address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardMail:
    """Decide that a mail that has not arrived for certain is not sent any more."""

    mail: str
    """Its number."""


def resend_mail(command: ResendMail, _act: Act) -> Outcome:
    """Let it wait for the next delivery, under the same Message-ID; its earlier failures stay on record."""
    mail = _mail(command.mail)
    recipient, faults = _recipient(command.recipient, mail.recipient)
    reject_if([*_violations(mail, "sent again", _RESENDABLE), *faults])
    before = _seen(mail)
    was_unknown = mail.status == MailStatus.UNKNOWN.value
    mail.recipient = recipient
    mail.status = MailStatus.WAITING.value
    mail.attempts = 0
    mail.next_attempt_at = mail.first_attempt_at = mail.claimed_at = None
    mail.save()
    return Outcome(
        summary=f"Mail {mail.id} goes to {recipient} once more: {mail.subject}.",
        subject=str(mail.id),
        customer_id=mail.customer_id,
        before=before,
        after=_seen(mail),
        advice=("It may have arrived before: then this is a second copy.",) if was_unknown else (),
    )


def discard_mail(command: DiscardMail, _act: Act) -> Outcome:
    """Keep it from being sent; it stays on record."""
    mail = _mail(command.mail)
    reject_if(_violations(mail, "discarded", _OPEN))
    before = _seen(mail)
    mail.status = MailStatus.DISCARDED.value
    mail.next_attempt_at = mail.claimed_at = None
    mail.save()
    return Outcome(
        summary=f"Discarded mail {mail.id} to {mail.recipient}: {mail.subject}.",
        subject=str(mail.id),
        customer_id=mail.customer_id,
        before=before,
        after=_seen(mail),
    )


def _mail(number: str) -> Any:
    text = number.strip()
    found = OutboxMail.get_or_none(OutboxMail.id == int(text)) if _is_number(text) else None
    if found is None:
        raise NotFound(f"There is no mail {text}: 'viptui outbox' shows their numbers.")
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _violations(mail: Any, done: str, possible: Container[MailStatus]) -> list[Violation]:
    status = MailStatus(mail.status)
    if status in possible:
        return []
    why = {
        MailStatus.SENT: f"it was sent to {mail.recipient}; the action that wrote it can write another one",
        MailStatus.DISCARDED: "it has been discarded",
        MailStatus.SENDING: "it is being sent at this moment; look again in a minute",
    }[status]
    return [Violation("mail.status", f"Mail {mail.id} cannot be {done}: {why}.")]


def _recipient(given: str | None, so_far: str) -> tuple[str, list[Violation]]:
    if given is None:
        return so_far, []
    try:
        return parse_email(given), []
    except ParseError as error:
        return so_far, [Violation("mail.recipient", f"Address: {error}", "recipient")]


def _seen(mail: Any) -> dict[str, str]:
    return {"recipient": mail.recipient, "status": IN_WORDS[MailStatus(mail.status)]}


_OPEN: Final = frozenset({MailStatus.WAITING, MailStatus.FAILED, MailStatus.UNKNOWN})

_RESENDABLE: Final = _OPEN | {MailStatus.DISCARDED}
"""Whoever has given a mail up can think better of it."""
