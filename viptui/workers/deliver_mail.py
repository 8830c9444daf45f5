"""Delivering the outbox: claim a mail, send it outside of any transaction, note what came of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import Final

from viptui.data.database import connected
from viptui.data.outbox import Claim, claim, forget_lost_claims, is_any_due, mark, postpone_due
from viptui.data.proxy import database_proxy
from viptui.errors import StorageUnavailable
from viptui.events import MailDelivered
from viptui.mail.message import Mail, compose
from viptui.mail.settings import Sender
from viptui.mail.transport import PermanentFailure, TemporaryFailure, Transport, UnknownOutcome
from viptui.rules.delivery import MailStatus

MOST_POSTPONED: Final = 500
"""Mails that wait longer at once because nobody answers."""

PAUSES: Final = (0.0, 1.0, 5.0, 15.0)
"""Seconds before each attempt to note what came of a mail: forgetting it would make it perhaps sent."""


def deliver_mail(
    transport: Transport,
    sender: Sender,
    now: Callable[[], datetime],
    *,
    limit: int,
    is_over: Callable[[], bool] = lambda: False,
) -> MailDelivered:
    """Send what is due, at most ``limit`` mails; stop where nobody answers, or once ``is_over``.

    Any number of programs may do so at once. The database is not held while a mail is under way.

    Raises:
        SettingsError: the transport cannot be set up as the settings say; no mail was touched.
        StorageUnavailable: the database does not answer; a mail that was under way counts as perhaps sent later.
    """
    came_to: Counter[MailStatus] = Counter()
    problem = ""
    with connected(database_proxy.obj):
        came_to[MailStatus.UNKNOWN] += forget_lost_claims(now())
    with closing(transport):
        while limit > 0 and not is_over() and _is_due(now):
            limit -= 1
            try:
                transport.connect()  # before a mail is claimed: whoever is killed here leaves nothing in doubt
            except TemporaryFailure as failure:
                if is_over():
                    break  # it was cut short from here
                problem = str(failure)
                with connected(database_proxy.obj):
                    came_to[MailStatus.WAITING] += postpone_due(problem, now(), MOST_POSTPONED)
                break
            with connected(database_proxy.obj):
                mine = claim(now())
            if mine is None:
                break
            status, trouble, goes_on = _send(transport, mine, sender)
            came_to[_mark(mine, status, now, trouble)] += 1
            problem = trouble or problem
            if not goes_on:
                break
    return MailDelivered(
        sent=came_to[MailStatus.SENT],
        postponed=came_to[MailStatus.WAITING],
        failed=came_to[MailStatus.FAILED],
        unknown=came_to[MailStatus.UNKNOWN],
        problem=problem,
    )


def _is_due(now: Callable[[], datetime]) -> bool:
    with connected(database_proxy.obj):
        return is_any_due(now())


def _send(transport: Transport, mine: Claim, sender: Sender) -> tuple[MailStatus, str, bool]:
    """What came of it, what went wrong, and whether there is a point in trying the next mail."""
    mail = mine.mail
    try:
        transport.send(compose(Mail(mail.message_id, mail.created_at, mail.recipient, mail.subject, mail.body), sender))
    except TemporaryFailure as failure:
        return MailStatus.WAITING, str(failure), not failure.is_silent
    except PermanentFailure as failure:
        return MailStatus.FAILED, str(failure), True
    except UnknownOutcome as failure:
        return MailStatus.UNKNOWN, str(failure), False
    return MailStatus.SENT, "", True


def _mark(mine: Claim, status: MailStatus, now: Callable[[], datetime], problem: str) -> MailStatus:
    """Note it; somebody may hold the database for a while, an import for example."""
    *earlier, last = PAUSES
    for pause in earlier:
        time.sleep(pause)
        try:
            with connected(database_proxy.obj):
                return mark(mine, status, now(), problem)
        except StorageUnavailable:
            continue
    time.sleep(last)
    with connected(database_proxy.obj):
        return mark(mine, status, now(), problem)
