"""The outbox: what waits, what somebody is sending, what came of it.

A mail is claimed in a transaction, sent outside of any, and marked in another one. Nobody sends what somebody else
has claimed; a claim whose owner never came back is not sent again unasked, because it may have arrived.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from viptui.data.database import write_transaction
from viptui.data.fields import InstantField
from viptui.data.models import OutboxMail
from viptui.data.sql import fetch
from viptui.rows import MailRow
from viptui.rules.delivery import LONGEST_SENDING, MailStatus, is_given_up, pause_after


class Claim(NamedTuple):
    """A mail that whoever holds this may send, once."""

    mail: MailRow
    claimed_at: datetime


def mails_under(keys: Sequence[str]) -> list[tuple[int, str]]:
    """Numbers and states of the mails that stand under these keys, oldest first."""
    places = ", ".join("?" for _ in keys)
    rows = fetch(f"SELECT id, status FROM outbox_mail WHERE key IN ({places}) ORDER BY id", keys) if keys else []
    return [(int(number), str(status)) for number, status in rows]


def list_outbox(status: Collection[MailStatus] = (), *, limit: int | None = None) -> tuple[MailRow, ...]:
    """Mails, newest first; only those of some statuses if any are named."""
    query = OutboxMail.select().order_by(OutboxMail.id.desc()).limit(limit)
    if status:
        query = query.where(OutboxMail.status.in_(list(status)))
    return tuple(_row(each) for each in query)


def find_mail(number: int) -> MailRow | None:
    """The mail with this number."""
    found = OutboxMail.get_or_none(OutboxMail.id == number)
    return None if found is None else _row(found)


def count_outbox() -> Mapping[MailStatus, int]:
    """Mails of each status."""
    counted = dict(fetch("SELECT status, COUNT(*) FROM outbox_mail GROUP BY status"))
    return {each: counted.get(each.value, 0) for each in MailStatus}


def is_any_due(now: datetime) -> bool:
    """Whether there is something to send."""
    return bool(fetch(_ANY_DUE, (_INSTANT.db_value(now),)))


def is_there_work(now: datetime) -> bool:
    """Whether there is something to send, or a claim to be given up."""
    return is_any_due(now) or _lost(now).exists()


def count_unsettled() -> int:
    """Mails that have not arrived for certain."""
    ((count,),) = fetch("SELECT COUNT(*) FROM outbox_mail WHERE status IN ('waiting', 'sending', 'failed', 'unknown')")
    return int(count)


def claim(now: datetime) -> Claim | None:
    """The oldest mail that is due, which nobody else will send from now on; None if there is none."""
    with write_transaction():
        mail = _due(now).first()
        if mail is None:
            return None
        mail.status = MailStatus.SENDING.value
        mail.claimed_at = now
        mail.attempts += 1
        mail.first_attempt_at = mail.first_attempt_at or now
        mail.save(only=_OF_A_CLAIM)
    return Claim(_row(mail), now)


def mark(claim: Claim, status: MailStatus, now: datetime, problem: str = "") -> MailStatus:
    """Note what came of a claimed mail; what it is now.

    A mail that waits again gets its next attempt, or fails if it has been tried for long enough. Whoever comes back
    after his claim was taken for lost is still believed, unless somebody has decided about the mail meanwhile.
    """
    held = (MailStatus.SENDING, MailStatus.UNKNOWN)
    with write_transaction():
        mail = OutboxMail.get_or_none(
            OutboxMail.id == claim.mail.number,
            OutboxMail.claimed_at == claim.claimed_at,
            OutboxMail.status.in_([each.value for each in held]),
        )
        if mail is None:
            return status
        _set(mail, status, now, problem)
        return MailStatus(mail.status)


def postpone_due(problem: str, now: datetime, limit: int) -> int:
    """Note that the mails that are due, at most so many, could not even be tried; how many they are."""
    with write_transaction():
        mails = list(_due(now).limit(limit))
        for mail in mails:
            mail.attempts += 1
            mail.first_attempt_at = mail.first_attempt_at or now
            _set(mail, MailStatus.WAITING, now, problem)
    return len(mails)


def forget_lost_claims(now: datetime) -> int:
    """Take mails that somebody began to send long ago for perhaps sent; how many they are."""
    if not _lost(now).exists():
        return 0
    with write_transaction():
        mails = list(_lost(now))
        for mail in mails:
            _set(mail, MailStatus.UNKNOWN, now, "Whoever was sending it never told what came of it.")
    return len(mails)


def _due(now: datetime) -> Any:
    due = OutboxMail.next_attempt_at.is_null() | (OutboxMail.next_attempt_at <= now)
    return OutboxMail.select().where(OutboxMail.status == MailStatus.WAITING.value, due).order_by(OutboxMail.id)


def _lost(now: datetime) -> Any:
    is_old = OutboxMail.claimed_at <= now - LONGEST_SENDING
    return OutboxMail.select().where(OutboxMail.status == MailStatus.SENDING.value, is_old)


def _set(mail: OutboxMail, status: MailStatus, now: datetime, problem: str) -> None:
    if status is MailStatus.WAITING and is_given_up(mail.first_attempt_at, now):
        status, problem = MailStatus.FAILED, f"{problem} Given up after {mail.attempts} attempts."
    mail.status = status.value
    mail.sent_at = now if status is MailStatus.SENT else None
    waits = status is MailStatus.WAITING
    mail.next_attempt_at = now + pause_after(mail.attempts, mail.message_id) if waits else None
    if problem:
        line = f"{now:%Y-%m-%d %H:%M}Z {' '.join(problem.split())}"
        mail.problems = f"{mail.problems}\n{line}" if mail.problems else line
    mail.save(only=_OF_AN_OUTCOME)


def _row(mail: OutboxMail) -> MailRow:
    return MailRow(
        number=mail.id,
        status=mail.status,
        recipient=mail.recipient,
        subject=mail.subject,
        body=mail.body,
        template=mail.template,
        message_id=mail.message_id,
        created_at=mail.created_at,
        attempts=mail.attempts,
        next_attempt_at=mail.next_attempt_at,
        sent_at=mail.sent_at,
        problems=tuple(mail.problems.splitlines()),
    )


_INSTANT: Final = InstantField()

_ANY_DUE: Final = (
    "SELECT 1 FROM outbox_mail WHERE status = 'waiting' AND (next_attempt_at IS NULL OR next_attempt_at <= ?) LIMIT 1"
)

_OF_A_CLAIM: Final = (
    OutboxMail.status,
    OutboxMail.claimed_at,
    OutboxMail.attempts,
    OutboxMail.first_attempt_at,
)
_OF_AN_OUTCOME: Final = (
    OutboxMail.status,
    OutboxMail.attempts,
    OutboxMail.first_attempt_at,
    OutboxMail.sent_at,
    OutboxMail.next_attempt_at,
    OutboxMail.problems,
)
