"""The outbox on the screen, and mail that is delivered behind it: a server that hangs holds nobody up."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

import pytest

from tests.mail.test_delivering import INVITATION
from tests.support.clock import FixedClock
from tests.support.desk import Desk, desk_on
from tests.support.outbox import SENDER, Answers, deliver, write_mails
from tests.support.smtp import DROPS, HANGS, Mailbox, mail_server
from viptui.actions import BY_ID
from viptui.data.database import open_database
from viptui.data.outbox import list_outbox
from viptui.mail.settings import MailSettings
from viptui.mail.transport import PermanentFailure, TemporaryFailure, UnknownOutcome
from viptui.rules.delivery import MailStatus
from viptui.rules.filters import CustomerFilter


@pytest.fixture
def outbox(small: Path) -> Path:
    """A database with a mail of each kind: sent, failed, perhaps sent, waiting after a failure, waiting."""
    database = open_database(str(small))
    write_mails(4)
    failures = (PermanentFailure("It answered 550."), TemporaryFailure("It answered 451."), UnknownOutcome("It left."))
    deliver(Answers(None, *failures))
    write_mails_from(5)
    database.close()
    return small


def write_mails_from(number: int) -> None:
    from tests.support.clock import NOON
    from viptui.data.models import OutboxMail

    OutboxMail.create(
        key=f"k{number}",
        message_id=f"<{number}@reseller.example>",
        recipient=f"contact{number}@customer.example",
        subject=f"Subject {number}",
        body="Dear Kim,\n\nhello.\n",
        created_at=NOON,
    )


def rows(desk: Desk) -> list[str]:
    """Status and address of the mails on the screen."""
    lines = [line[1:].split() for line in desk.lines()[3:-1] if line.strip()]
    return [" ".join(word for word in line if word.isalpha() or "@" in word).partition(" Subject")[0] for line in lines]


async def test_every_mail_stands_under_its_tab(outbox: Path) -> None:
    async with desk_on(outbox) as desk:
        await desk.press("O")
        assert desk.lines()[1].split("  ") == [
            *(" 1 Waiting 2", "2 Failed 1", "3 Perhaps sent 1", "4 Sent 1 [5 All 5]"),
        ]
        assert len(rows(desk)) == 5
        assert rows(desk)[0] == "waiting m contact5@customer.example"
        expected = {"1": "waiting", "2": "failed", "3": "perhaps sent", "4": "sent"}
        for key, word in expected.items():
            await desk.press(key)
            assert all(row.startswith(word) for row in rows(desk))
        await desk.press("2")
        assert "!! failed" in desk.screen_text()
        assert "It answered 550." in desk.screen_text()
        await desk.press("q")
        assert desk.tab() is CustomerFilter.PAST_DUE


async def test_enter_shows_the_text(outbox: Path) -> None:
    async with desk_on(outbox) as desk:
        await desk.press("O", "enter")
        text = desk.screen_text()
        assert "To            contact5@customer.example" in text
        assert "Message-ID    <5@reseller.example>" in text
        assert "  Dear Kim,\n\n  hello." in text
        await desk.press("q", "2", "enter")
        assert "It answered 550." in desk.screen_text()


async def test_send_again_asks_first(outbox: Path, tmp_path: Path) -> None:
    mail = MailSettings(tmp_path / "mail")
    async with desk_on(outbox, mail=mail) as desk:
        assert desk.app.services.mail_place().endswith("/mail")
        await desk.press("O", "2", "r", "ctrl+t")
        assert "Mail 2 goes to contact2@customer.example once more: Subject 2." in desk.screen_text()
        await desk.press("escape", "escape")
        assert [row.partition(" ")[0] for row in rows(desk)] == ["failed"]
        await desk.press("r", "ctrl+s")
        await desk.until(lambda: len(list((tmp_path / "mail").glob("*.eml"))) == 2)  # and the one that waited
        await desk.settle()
        await desk.press("5")
        assert sum(row.startswith("sent") for row in rows(desk)) == 3


async def test_discard_asks_first(outbox: Path) -> None:
    async with desk_on(outbox) as desk:
        await desk.press("O", "3", "D")
        assert "Discarded mail 4" in desk.screen_text()
        await desk.press("escape")
        assert len(rows(desk)) == 1
        await desk.press("D", "y")
        assert "No mail is here. 5 shows all." in desk.screen_text()


async def test_what_cannot_be_done_is_told(outbox: Path) -> None:
    async with desk_on(outbox) as desk:
        await desk.press("O", "4", "r", "ctrl+s")
        assert "Mail 1 cannot be sent again: it was sent to contact1@customer.example" in desk.screen_text()


async def test_an_empty_outbox(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await desk.press("O", "r", "D", "enter")
        assert "No mail has been written yet." in desk.screen_text()


async def test_the_cursor_stays_on_its_mail(outbox: Path) -> None:
    async with desk_on(outbox) as desk:
        await desk.press("O", "j", "j", "R")
        assert next(line for line in desk.lines() if line.startswith(">")).split()[3:5] == [
            "m",
            "contact3@customer.example",
        ]
        await desk.press("g", "G", "enter")
        assert "contact1@customer.example" in desk.screen_text()


async def test_an_action_is_delivered_shortly_after(small: Path, tmp_path: Path) -> None:
    with mail_server() as mailbox:
        mail = MailSettings(tmp_path, server=mailbox.server(), sender=SENDER)
        async with desk_on(small, mail=mail) as desk:
            action = BY_ID["invitation.send"]
            await desk.app.services.execute(action, action.build(INVITATION), uuid4().hex, dry_run=True)
            await desk.app.services.execute(action, action.build(INVITATION), uuid4().hex)
            await desk.until(lambda: bool(mailbox.arrived))
            await desk.settle()
    assert mailbox.arrived[0].recipients == ["kim@aster.example"]
    assert len(mailbox.arrived) == 1


async def test_a_server_that_hangs_delays_no_key_and_no_leaving(small: Path, tmp_path: Path) -> None:
    with mail_server(Mailbox(on_data=lambda _: HANGS)) as mailbox:
        mail = MailSettings(tmp_path, server=mailbox.server(timeout=60), sender=SENDER)
        async with desk_on(small, mail=mail) as desk:
            action = BY_ID["invitation.send"]
            await desk.app.services.execute(action, action.build(INVITATION), uuid4().hex)
            await desk.until(lambda: len(mailbox.arrived) == 1)
            began = time.monotonic()
            await desk.strike("6")
            await desk.until(lambda: desk.tab() is CustomerFilter.ALL and len(desk.names()) == 14)
            await desk.strike("j", "enter")
            await desk.until(lambda: "Aster Clinic" in desk.title())
            await desk.strike("q", "O")
            await desk.until(lambda: "being sent" in desk.screen_text())
            await desk.app.services.in_background(bool)
        assert time.monotonic() - began < 30
    database = open_database(str(small))
    (mail_row,) = list_outbox()
    assert mail_row.status == MailStatus.UNKNOWN  # it was cut short, and that is noted
    database.close()


async def test_a_problem_is_told_once_and_the_title_counts(outbox: Path, tmp_path: Path) -> None:
    clock = FixedClock()
    with mail_server(Mailbox(on_data=lambda _: DROPS)) as mailbox:
        mail = MailSettings(tmp_path, server=mailbox.server(), sender=SENDER)
        async with desk_on(outbox, clock, mail=mail) as desk:
            await desk.settle()
            assert "O shows the outbox." in desk.notice()
            assert " mail 4 " in desk.title()
            told = len(list(desk.app._notifications))
            desk.app.deliver_soon()
            await desk.settle()
            assert len(list(desk.app._notifications)) == told


async def test_another_day_sends_nothing(outbox: Path, tmp_path: Path) -> None:
    async with desk_on(outbox, read_only=True, mail=MailSettings(tmp_path / "mail")) as desk:
        desk.app.deliver_soon()
        await desk.press("O")
        assert "not delivered from here" in desk.title()
    assert not (tmp_path / "mail").exists()


@pytest.mark.parametrize("is_chosen", [False, True])
async def test_a_shared_database_is_delivered_only_where_somebody_chose_how(
    new_postgres_database: str, tmp_path: Path, is_chosen: bool
) -> None:
    database = open_database(new_postgres_database, create=True)
    write_mails(1)
    database.close()
    mail = MailSettings(tmp_path / "mail", is_chosen=is_chosen)
    async with desk_on(new_postgres_database, mail=mail) as desk:
        desk.app.deliver_soon()
        await desk.settle()
    assert len(list((tmp_path / "mail").glob("*"))) == is_chosen
