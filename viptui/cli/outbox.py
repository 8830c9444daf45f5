"""``viptui outbox`` and ``viptui deliver``: the mails that actions have written, and sending them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING, Final

from viptui.cli.output import narrate, prepare_output, print_json, print_json_objects
from viptui.cli.tables import RED, YELLOW, Column, paper, print_table, snug
from viptui.clock import Clock
from viptui.data.database import connected, open_database
from viptui.data.outbox import count_outbox, list_outbox
from viptui.data.reading import reading
from viptui.errors import SettingsError
from viptui.json_values import json_text
from viptui.mail.transport import transport_of
from viptui.rows import MailRow
from viptui.rules.delivery import IN_WORDS, MailStatus, age_in_words
from viptui.services import clock_of
from viptui.workers.deliver_mail import deliver_mail

if TYPE_CHECKING:
    from viptui.config import Settings
    from viptui.events import MailDelivered
    from viptui.mail.settings import MailSettings

NOT_ALL_SENT: Final = 1

_WAITING: Final = (
    " Waiting for another attempt: {:,}; 'viptui outbox' says why, 'viptui resend-mail NUMBER' sends one now."
)

MOST_AT_ONCE: Final = 100_000
"""Mails of one ``viptui deliver``."""


def run_outbox(arguments: Namespace, settings: Settings) -> int:
    """Print mails, newest first."""
    prepare_output(for_programs=arguments.json)
    wanted = [MailStatus(each) for each in arguments.status or ()]
    with reading(settings.database, read_only=settings.read_only):
        mails = list_outbox(wanted, limit=arguments.limit)
        counts = count_outbox()
    if arguments.json:
        print_json_objects(MailRow._fields, (map(json_text, each) for each in mails))
    else:
        _print(mails, clock_of(settings).now(), settings)
        narrate(", ".join(f"{number:,} {IN_WORDS[status]}" for status, number in counts.items() if number))
    sys.stdout.flush()
    return 0


def run_deliver(arguments: Namespace, settings: Settings) -> int:
    """Send what is due; the exit status says whether all of it has gone."""
    if settings.read_only or settings.mail is None:
        raise SettingsError(f"Mail leaves on the day it is: leave out {settings.read_only_by}.")
    prepare_output(for_programs=arguments.json)
    database = open_database(settings.database)
    with closing(database), connected(database):
        done = deliver_now(settings.mail, clock_of(settings), limit=MOST_AT_ONCE)
        waiting = count_outbox()[MailStatus.WAITING] if done.is_quiet else 0
    if arguments.json:
        print_json(done._asdict())
    else:
        from viptui.text import visible

        print(visible(told(done, settings.mail) + (_WAITING.format(waiting) if waiting else "")))
    sys.stdout.flush()
    return NOT_ALL_SENT if done.postponed or done.failed or done.unknown else 0


def deliver_now(
    mail: MailSettings, clock: Clock, *, limit: int, is_over: Callable[[], bool] = lambda: False
) -> MailDelivered:
    """Send what is due from the database that is open, on this thread."""
    return deliver_mail(transport_of(mail), mail.sender, clock.now, limit=limit, is_over=is_over)


def told(done: MailDelivered, mail: MailSettings) -> str:
    """What came of a round, in one sentence or two."""
    if done.is_quiet:
        return "No mail is due."
    numbers = {
        "sent": done.sent,
        "to be tried again": done.postponed,
        "failed": done.failed,
        "perhaps sent": done.unknown,
    }
    sentence = f"Mail: {', '.join(f'{number} {word}' for word, number in numbers.items() if number)}; to {mail.place}."
    return f"{sentence} {done.problem}".strip()


def _print(mails: Sequence[MailRow], now: datetime, settings: Settings) -> None:
    rows = [_cells(each, now) for each in mails]
    print_table(snug(_COLUMNS, rows), rows, paper(no_color=settings.no_color))


def _cells(mail: MailRow, now: datetime) -> tuple[str, ...]:
    status = MailStatus(mail.status)
    return (
        str(mail.number),
        IN_WORDS[status],
        age_in_words(now - mail.created_at),
        mail.recipient,
        mail.subject,
        "" if status is MailStatus.SENT else mail.problem,
    )


def _colour(status: str) -> str:
    return {"failed": RED, "perhaps sent": YELLOW}.get(status, "")


_COLUMNS: Final = (
    Column(title="No.", width=9, least=3, is_number=True),
    Column(title="Status", width=12, colour=_colour),
    Column(title="Age", width=6, least=4, is_number=True),
    Column(title="To", width=32, least=16),
    Column(title="Subject", width=60, least=16),
    Column(title="Problem", width=100, least=10, rank=1),
)
