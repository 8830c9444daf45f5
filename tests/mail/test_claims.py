"""Several programs deliver one outbox, and some are killed: no mail is lost, none is sent twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import Envelope

from tests.support.clock import NOON, FixedClock
from tests.support.outbox import SENDER, Answers, deliver, write_mails
from tests.support.smtp import DROPS, Mailbox, mail_server
from tests.support.terminal import ROOT
from viptui.data.database import connected
from viptui.data.models import OutboxMail
from viptui.data.outbox import claim, forget_lost_claims, is_there_work, list_outbox, mark
from viptui.data.proxy import database_proxy
from viptui.mail.smtp import SmtpTransport
from viptui.mail.transport import TemporaryFailure
from viptui.rules.delivery import GIVE_UP_AFTER, LONGEST_SENDING, MailStatus
from viptui.workers.deliver_mail import deliver_mail

MAILS = 60
WORKERS = 3
KILLS = 6


@pytest.mark.usefixtures("database")
def test_what_a_mail_goes_through_on_each_engine() -> None:
    write_mails(3)
    clock = FixedClock()
    lost = claim(clock.now())
    assert lost is not None
    assert (lost.mail.number, lost.mail.attempts) == (1, 1)
    refused = claim(clock.now())
    assert refused is not None
    assert mark(refused, MailStatus.WAITING, clock.now(), "Not now.") is MailStatus.WAITING
    assert deliver(Answers(), clock).sent == 1
    clock._now += LONGEST_SENDING + timedelta(minutes=1)
    assert deliver(Answers(TemporaryFailure("Not now.")), clock).postponed == 1
    clock._now += GIVE_UP_AFTER
    done = deliver(Answers(TemporaryFailure("Not now.")), clock)
    assert done.failed == 1
    assert [each.status for each in list_outbox()] == [MailStatus.SENT, MailStatus.FAILED, MailStatus.UNKNOWN]
    assert [each.number for each in list_outbox([MailStatus.FAILED, MailStatus.SENT], limit=1)] == [3]
    assert len(list_outbox([MailStatus.FAILED])[0].problems) == 3


@pytest.mark.usefixtures("database")
def test_a_mail_is_claimed_by_one_of_many() -> None:
    write_mails(MAILS)

    def claim_all(_: int) -> list[int]:
        mine: list[int] = []
        database = database_proxy.obj
        with connected(database):
            while (one := claim(NOON)) is not None:
                mine.append(one.mail.number)
        database.close()
        return mine

    with ThreadPoolExecutor(4) as threads:
        claimed = [number for mine in threads.map(claim_all, range(4)) for number in mine]
    assert sorted(claimed) == list(range(1, MAILS + 1))


def settings_for(port: int, folder: Path) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[mail]\ntransport = "smtp"\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
        f'from = "{SENDER.name} <{SENDER.address}>"\ntimeout_seconds = 5\n'
    )
    return file


def start(database: str, config: Path) -> subprocess.Popen[bytes]:
    environment = {"HOME": str(config.parent), "PATH": os.defpath, "PYTHONPATH": str(ROOT), "TZ": "UTC"}
    words = [sys.executable, "-m", "viptui", "--database", database, "--config", str(config), "worker"]
    return subprocess.Popen(words, env=environment, stderr=subprocess.DEVNULL, start_new_session=True)


def test_workers_that_are_killed_lose_no_mail_and_send_none_twice(database: str, tmp_path: Path) -> None:
    write_mails(MAILS)
    OutboxMail.update(created_at=datetime.now(UTC)).execute()
    dice = random.Random(4711)
    lost_replies: list[str] = []

    def answer(envelope: Envelope) -> str:
        time.sleep(0.02)  # a window in which a worker can be killed
        if dice.random() < 0.07:
            lost_replies.extend(envelope.rcpt_tos)
            return DROPS
        return "250 taken"

    with mail_server(Mailbox(on_data=answer)) as mailbox:
        config = settings_for(mailbox.port, tmp_path)
        workers = [start(database, config) for _ in range(WORKERS)]
        for kill in range(1, KILLS + 1):
            _wait_for(lambda at=kill: len(mailbox.arrived) >= at * MAILS // (KILLS + 3))
            chosen = dice.randrange(WORKERS)
            workers[chosen].send_signal(signal.SIGKILL)
            workers[chosen].wait()
            workers[chosen] = start(database, config)
        for each in workers:
            each.send_signal(signal.SIGTERM)
        for each in workers:
            each.wait(30)
        clock = FixedClock(datetime.now(UTC) + LONGEST_SENDING)
        forget_lost_claims(clock.now())
        while is_there_work(clock.now()):
            deliver_mail(SmtpTransport(mailbox.server()), SENDER, clock.now, limit=MAILS)
    copies = Counter(each.message["Message-ID"] for each in mailbox.arrived)
    status = {each.message_id: each.status for each in list_outbox()}
    assert set(copies.values()) == {1}
    assert {each for each, its in status.items() if its == MailStatus.SENT} <= set(copies)
    assert set(status.values()) <= {MailStatus.SENT, MailStatus.UNKNOWN}
    unknown = [each for each, its in status.items() if its == MailStatus.UNKNOWN]
    assert len(unknown) <= len(lost_replies) + KILLS


def _wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.005)
