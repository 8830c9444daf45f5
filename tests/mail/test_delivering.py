"""The outbox delivered: what came of each mail stands in it. What differs by engine is in `test_claims`."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.acting import INVITATION, act_on, do, mails, refused
from tests.support.builders import Portfolio, Requested
from tests.support.clock import NOON, FixedClock
from tests.support.outbox import SENDER, Answers, deliver, write_mails
from tests.support.smtp import DROPS, Mailbox, mail_server
from viptui.actions import BY_ID
from viptui.commands.perform import perform
from viptui.commands.weekly_report import MailReport
from viptui.data.models import OutboxMail
from viptui.data.outbox import claim, count_outbox, find_mail, is_there_work, list_outbox, mark
from viptui.errors import CommandRejected, SettingsError, StorageUnavailable
from viptui.mail.settings import MailSettings
from viptui.mail.smtp import SmtpTransport
from viptui.mail.transport import FolderTransport, PermanentFailure, TemporaryFailure, UnknownOutcome
from viptui.rows import MailRow
from viptui.rules.delivery import GIVE_UP_AFTER, LONGEST_SENDING, MailStatus
from viptui.workers.deliver_mail import deliver_mail

pytestmark = [pytest.mark.usefixtures("database"), pytest.mark.parametrize("target", ["sqlite"], indirect=True)]


def only_mail() -> MailRow:
    (mail,) = list_outbox()
    return mail


def test_what_an_action_wrote_arrives_at_a_server() -> None:
    do("invitation.send", **INVITATION)
    with mail_server() as mailbox:
        done = deliver(SmtpTransport(mailbox.server()))
    (arrived,) = mailbox.arrived
    assert (done.sent, done.is_quiet) == (1, False)
    assert arrived.recipients == ["kim@aster.example"]
    assert arrived.message["Subject"].strip() == "Your invitation to the Value Incentive Plan: Aster Clinic"
    assert arrived.message["Message-ID"] == OutboxMail.get().message_id
    assert "Dear Kim Example," in arrived.text
    assert (only_mail().status, only_mail().attempts) == (MailStatus.SENT, 1)
    with mail_server() as mailbox:
        assert deliver(SmtpTransport(mailbox.server())).is_quiet
    assert (mailbox.arrived, mailbox.sessions) == ([], 0)


def test_or_in_a_folder(tmp_path: Path) -> None:
    do("invitation.send", **INVITATION)
    assert deliver(FolderTransport(tmp_path)).sent == 1
    assert len(list(tmp_path.glob("*.eml"))) == 1


def test_nothing_is_sent_for_what_did_not_happen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise StorageUnavailable("Nothing was written: disk full.")

    assert refused("invitation.send", **(INVITATION | {"contact_email": "nobody"}))
    do("invitation.send", dry_run=True, **INVITATION)
    with monkeypatch.context() as broken:
        broken.setattr("viptui.commands.perform._write_history", fail)
        with pytest.raises(StorageUnavailable):
            do("invitation.send", **INVITATION)
    with mail_server() as mailbox:
        assert deliver(SmtpTransport(mailbox.server())).is_quiet
    assert (mailbox.arrived, mails()) == ([], [])


def test_tried_again_later_and_then_accepted() -> None:
    write_mails(1)
    clock, answers = FixedClock(), iter(["451 4.3.0 try later", "250 taken"])
    with mail_server(Mailbox(on_data=lambda _: next(answers))) as mailbox:
        transport = SmtpTransport(mailbox.server())
        assert deliver(transport, clock).postponed == 1
        mail = only_mail()
        assert (mail.status, mail.attempts) == (MailStatus.WAITING, 1)
        assert mail.next_attempt_at is not None
        assert timedelta(minutes=1) <= mail.next_attempt_at - clock.now() <= timedelta(minutes=1.2)
        assert "answered 451 4.3.0 try later." in mail.problems[0]
        assert deliver(transport, clock).is_quiet  # it is not due yet
        clock.advance(hours=1)
        assert deliver(transport, clock).sent == 1
    assert len(mailbox.arrived) == 1
    assert (only_mail().status, len(only_mail().problems)) == (MailStatus.SENT, 1)


def test_a_refusal_does_not_keep_the_others_from_being_sent() -> None:
    write_mails(4)
    rules = {"contact2@customer.example": "550 5.1.1 nobody", "contact3@customer.example": "450 4.2.1 full"}
    with mail_server(Mailbox(on_recipient=lambda address: rules.get(address, "250 fine"))) as mailbox:
        done = deliver(SmtpTransport(mailbox.server()))
    assert (done.sent, done.failed, done.postponed) == (2, 1, 1)
    assert [each.status for each in reversed(list_outbox())] == ["sent", "failed", "waiting", "sent"]
    assert "answered 550 5.1.1 nobody." in list_outbox([MailStatus.FAILED])[0].problems[0]


def test_a_reply_that_was_lost_is_not_sent_again() -> None:
    write_mails(1)
    clock = FixedClock()
    with mail_server(Mailbox(on_data=lambda _: DROPS)) as mailbox:
        done = deliver(SmtpTransport(mailbox.server()), clock)
        clock.advance(days=4)
        assert deliver(SmtpTransport(mailbox.server()), clock).is_quiet
    assert (done.unknown, len(mailbox.arrived)) == (1, 1)
    assert only_mail().status == MailStatus.UNKNOWN
    assert "It may have arrived." in only_mail().problems[0]


def test_where_nobody_answers_all_wait_and_none_is_claimed() -> None:
    write_mails(3)
    clock = FixedClock()
    down = Answers(on_connect=TemporaryFailure("smtp.x:25 cannot be used: Connection refused.", is_silent=True))
    assert deliver(down, clock).postponed == 3
    due = [each.next_attempt_at for each in list_outbox()]
    assert len(set(due)) == 3
    assert {each.attempts for each in list_outbox()} == {1}
    clock.advance(hours=1)
    assert deliver(Answers(), clock).sent == 3


def test_a_server_that_falls_silent_is_not_tried_with_the_next_mail() -> None:
    write_mails(3)
    answers = Answers(None, TemporaryFailure("smtp.x:25 went away: timed out.", is_silent=True))
    done = deliver(answers)
    assert (done.sent, done.postponed, len(answers.sent)) == (1, 1, 1)
    assert [each.status for each in reversed(list_outbox())] == ["sent", "waiting", "waiting"]


@pytest.mark.parametrize("is_silent", [True, False])
def test_given_up_after_three_days(is_silent: bool) -> None:
    write_mails(1)
    clock = FixedClock()
    began = clock.now()
    failure = TemporaryFailure("Not now.", is_silent=is_silent)
    while only_mail().status == MailStatus.WAITING:
        deliver(Answers(on_connect=failure) if is_silent else Answers(failure), clock)
        clock.advance(hours=1)
    assert GIVE_UP_AFTER <= clock.now() - began <= GIVE_UP_AFTER + timedelta(hours=6)
    mail = only_mail()
    assert mail.status == MailStatus.FAILED
    assert len(mail.problems) == mail.attempts > 15
    assert mail.problems[-1].endswith(f"Not now. Given up after {mail.attempts} attempts.")
    assert deliver(Answers(), clock).is_quiet


def test_a_mail_that_cannot_be_written_fails_alone() -> None:
    write_mails(3)
    OutboxMail.update(recipient="a@x.example, b@x.example").where(OutboxMail.id == 1).execute()
    OutboxMail.update(subject="Hello\r\nBcc: evil@x.example").where(OutboxMail.id == 2).execute()
    answers = Answers()
    done = deliver(answers)
    assert (done.sent, done.failed) == (1, 2)
    assert [message["To"] for message in answers.sent] == ["contact3@customer.example"]


def test_a_claim_whose_owner_never_came_back_is_perhaps_sent() -> None:
    write_mails(1)
    clock = FixedClock()
    mine = claim(clock.now())
    assert mine is not None
    clock.advance(hours=0)
    assert deliver(Answers(), clock).is_quiet
    clock._now += LONGEST_SENDING
    assert is_there_work(clock.now())
    answers = Answers()
    assert deliver(answers, clock).unknown == 1
    assert (only_mail().status, answers.sent) == (MailStatus.UNKNOWN, [])
    assert mark(mine, MailStatus.SENT, clock.now()) is MailStatus.SENT  # it comes back after all
    assert only_mail().status == MailStatus.SENT


def test_who_comes_back_late_does_not_undo_what_somebody_decided() -> None:
    write_mails(1)
    clock = FixedClock()
    mine = claim(clock.now())
    assert mine is not None
    clock._now += LONGEST_SENDING
    deliver(Answers(), clock)
    do("mail.discard", "1")
    mark(mine, MailStatus.WAITING, clock.now(), "Not now.")
    assert only_mail().status == MailStatus.DISCARDED


def test_the_database_is_free_while_a_mail_is_under_way() -> None:
    write_mails(1)
    answers = Answers()
    answers.meanwhile = lambda: do("invitation.send", **INVITATION)
    assert deliver(answers, limit=1).sent == 1
    assert count_outbox()[MailStatus.WAITING] == 1


def test_what_came_of_a_mail_is_noted_even_if_the_database_is_held_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_mails(1)
    tries: list[object] = []

    def held(*arguments: object) -> MailStatus:
        tries.append(arguments)
        if len(tries) < 4:
            raise StorageUnavailable("Nothing was written: database is locked.")
        return mark(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("viptui.workers.deliver_mail.mark", held)
    monkeypatch.setattr("viptui.workers.deliver_mail.PAUSES", (0.0, 0.0, 0.0, 0.0))
    assert deliver(Answers()).sent == 1
    assert only_mail().status == MailStatus.SENT


def test_a_password_that_cannot_be_fetched_touches_no_mail() -> None:
    write_mails(1)
    with pytest.raises(SettingsError):
        deliver(Answers(on_connect=SettingsError("mail: password_env X is not set.")))
    assert (only_mail().status, only_mail().attempts) == (MailStatus.WAITING, 0)


def test_a_round_ends_when_it_is_told_to() -> None:
    write_mails(3)
    answers = Answers()
    done = deliver_mail(answers, SENDER, FixedClock().now, limit=10, is_over=lambda: bool(answers.sent))
    assert done.sent == 1
    assert deliver(Answers(), limit=1).sent == 1


@pytest.mark.parametrize("failure", [PermanentFailure("No."), UnknownOutcome("Gone.")])
def test_resent_under_the_same_message_id(failure: Exception) -> None:
    write_mails(1)
    deliver(Answers(failure))
    done = do("mail.resend", "1", recipient="lee@customer.example")
    assert done.summary == "Mail 1 goes to lee@customer.example once more: Subject 1."
    assert bool(done.advice) == isinstance(failure, UnknownOutcome)
    answers = Answers()
    assert deliver(answers).sent == 1
    assert [(each["To"], each["Message-ID"]) for each in answers.sent] == [
        ("lee@customer.example", "<1@reseller.example>")
    ]
    assert len(only_mail().problems) == 1


def test_a_mail_that_waits_can_be_sent_at_once() -> None:
    write_mails(1)
    deliver(Answers(TemporaryFailure("Not now.")))
    assert deliver(Answers()).is_quiet
    do("mail.resend", "1")
    assert deliver(Answers()).sent == 1


def test_a_discarded_mail_is_not_sent() -> None:
    write_mails(2)
    done = do("mail.discard", "1")
    assert (done.before["status"], done.after["status"]) == ("waiting", "discarded")
    assert deliver(Answers()).sent == 1
    assert count_outbox()[MailStatus.DISCARDED] == 1
    mail = find_mail(1)
    assert mail is not None
    assert mail.body == "Text 1\n"


def test_what_has_left_is_neither_resent_nor_discarded() -> None:
    write_mails(2)
    deliver(Answers(), limit=1)
    claim(NOON + timedelta(hours=1))
    for action in ("mail.resend", "mail.discard"):
        assert "it was sent to contact1@customer.example" in refused(action, "1")[""]
        assert "it is being sent at this moment" in refused(action, "2")[""]


def test_what_is_given_up_is_not_given_up_twice_but_can_be_sent_after_all() -> None:
    write_mails(1)
    do("mail.discard", "1")
    assert "it has been discarded" in refused("mail.discard", "1")[""]
    do("mail.resend", "1")
    assert deliver(Answers()).sent == 1


def test_a_faulty_address_is_named() -> None:
    write_mails(1)
    assert "Enter one e-mail address" in refused("mail.resend", "1", recipient="a@x.example, b@x.example")["recipient"]


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "", "99999999999999999999", "１"])
def test_mails_that_there_are_not(number: str) -> None:
    from viptui.errors import NotFound

    write_mails(1)
    with pytest.raises(NotFound, match="There is no mail"):
        do("mail.resend", number)


def test_a_broken_text_of_ones_own_refuses_the_action_and_writes_nothing(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.support.acting import act_on, footprint

    file = tmp_path / "invitation.txt"
    act = replace(act_on(), templates=MailSettings(tmp_path, template_folder=tmp_path).templates())
    faults = {
        "Subject: Hello $custmer\n\nText": f"{file}, line 1: there is no $custmer in this mail; there are $contact,",
        "Subject: Hello\n\nDear $contact,\n\npay 5 $ now": f"{file}, line 5: a $ that stands for no value",
        "Subject: Hello\n\nDear ${contact": f"{file}, line 3: a $ that stands for no value",
        "Hello\n\nText": f"{file}, line 1: it must be 'Subject: …'.",
        "": f"{file}, line 1: it must be 'Subject: …'.",
    }
    before = footprint()
    for text, sentence in faults.items():
        file.write_text(text)
        with pytest.raises(SettingsError) as broken:
            do("invitation.send", act=act, **INVITATION)
        assert str(broken.value).startswith(sentence)
    file.write_bytes(b"Subject: \xff\n\n")
    with pytest.raises(SettingsError, match="not written in UTF-8"):
        do("invitation.send", act=act, **INVITATION)
    assert footprint() == before
    file.write_bytes("\ufeffSubject: Grüße, $$5\r\n\r\nDear $contact\r\n".encode())
    (mail,) = do("invitation.send", act=act, dry_run=True, **INVITATION).mails
    assert (mail.subject, mail.body) == ("Grüße, $5", "Dear Kim Example\n")
    with pytest.raises(CommandRejected):
        do("invitation.send", act=act, **(INVITATION | {"contact_email": ""}))


def test_instants_are_kept(database: str) -> None:
    write_mails(1)
    deliver(Answers())
    mail = only_mail()
    assert isinstance(mail.sent_at, datetime)
    assert NOON < mail.sent_at < NOON + timedelta(minutes=1)


def test_a_weekly_report_arrives_whole() -> None:
    portfolio = Portfolio()
    portfolio.customer("東京都立産業技術大学院大学", requested=[Requested(days_ago=50)], managed_by="ben")
    portfolio.customer("Foo\r\nBcc: x@y.example", requested=[Requested(days_ago=40)], managed_by="ben")
    act = act_on(request_id="weekly-report:ben")
    for _ in range(2):
        perform(BY_ID["report.mail"], MailReport(login="ben", day=act.today), act)
    with mail_server() as mailbox:
        assert deliver(SmtpTransport(mailbox.server())).sent == 1
    (arrived,) = mailbox.arrived
    assert arrived.recipients == ["ben@reseller.example"]
    assert arrived.message["Subject"] == f"VIP on {act.today}: 2 past due, 0 to renew"
    assert arrived.message["Bcc"] is None
    head = arrived.message.as_bytes().partition(b"\n\n")[0]
    assert head.isascii()
    assert "  東京都立産業技術大学院大学  " in arrived.text
    assert "  Foo Bcc: x@y.example  " in arrived.text
    assert arrived.text.rstrip() == only_mail().body.rstrip()
