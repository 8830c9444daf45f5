"""Sending to a real SMTP server that accepts, refuses, stalls, drops and loses replies."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.smtp import DROPS, HANGS, Mailbox, certificate, knows, login_of, mail_server
from viptui.errors import SettingsError
from viptui.mail.message import Mail, compose
from viptui.mail.settings import Sender, Server
from viptui.mail.smtp import SmtpTransport
from viptui.mail.transport import PermanentFailure, TemporaryFailure, UnknownOutcome

SENDER = Sender("Zoë, Licences", "licences@reseller.example")
MAIL = Mail(
    "<1@reseller.example>",
    datetime(2026, 3, 20, 12, tzinfo=UTC),
    "kim@aster.example",
    "Ihre Einladung: Müller & Söhne",
    "Grüße\n.\n..two dots\nend\n",
)


def send(server: Server, mail: Mail = MAIL) -> None:
    transport = SmtpTransport(server)
    with closing(transport):
        transport.connect()
        transport.send(compose(mail, SENDER))


def test_a_mail_arrives_as_it_was_written() -> None:
    with mail_server() as mailbox:
        send(mailbox.server())
    (arrived,) = mailbox.arrived
    assert (arrived.sender, arrived.recipients) == ("licences@reseller.example", ["kim@aster.example"])
    headers = dict(arrived.message.items())
    assert headers["From"] == '"Zoë, Licences" <licences@reseller.example>'
    assert headers["To"] == "kim@aster.example"
    assert headers["Subject"] == MAIL.subject
    assert headers["Date"] == "Fri, 20 Mar 2026 12:00:00 +0000"
    assert headers["Message-ID"] == "<1@reseller.example>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert arrived.text == MAIL.body


def test_one_connection_takes_many_mails_and_a_refusal_between() -> None:
    mailbox = Mailbox(on_recipient=lambda address: "250 fine" if "kim" in address else "550 5.1.1 nobody of that name")
    with mail_server(mailbox):
        transport = SmtpTransport(mailbox.server())
        with closing(transport):
            transport.connect()
            transport.send(compose(MAIL, SENDER))
            with pytest.raises(PermanentFailure, match=r"answered 550 5\.1\.1 nobody of that name\."):
                transport.send(compose(MAIL._replace(recipient="lee@aster.example"), SENDER))
            transport.connect()
            transport.send(compose(MAIL, SENDER))
    assert len(mailbox.arrived) == 2


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ("451 4.3.0 try later", TemporaryFailure),
        ("421 4.7.0 too many", TemporaryFailure),
        ("554 5.7.1 spam", PermanentFailure),
        (DROPS, UnknownOutcome),
        (HANGS, UnknownOutcome),
        ("999 what", UnknownOutcome),
    ],
)
def test_what_the_answer_to_a_message_means(answer: str, failure: type[Exception]) -> None:
    with mail_server(Mailbox(on_data=lambda _: answer)) as mailbox, pytest.raises(failure):
        send(mailbox.server(timeout=0.3))


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ("450 4.2.1 busy", TemporaryFailure),
        ("550 5.1.1 nobody", PermanentFailure),
        (DROPS, TemporaryFailure),
        (HANGS, TemporaryFailure),
    ],
)
def test_before_the_message_was_handed_over_nothing_is_uncertain(answer: str, failure: type[Exception]) -> None:
    with mail_server(Mailbox(on_recipient=lambda _: answer)) as mailbox, pytest.raises(failure):
        send(mailbox.server(timeout=0.3))
    assert mailbox.arrived == []


def test_nobody_listens() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TemporaryFailure, match="cannot be used: Connection refused") as refused:
        send(Server("127.0.0.1", port, "none"))
    assert refused.value.is_silent


def test_a_server_that_never_greets() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        began = time.monotonic()
        with pytest.raises(
            TemporaryFailure,
            match=r"it did not answer in time; perhaps its port wants another",
        ):
            send(Server("127.0.0.1", silent.getsockname()[1], "none", timeout=0.3))
    assert time.monotonic() - began < 5


def test_a_server_that_trickles_is_cut_off() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as slow:

        def trickle() -> None:
            line, _ = slow.accept()
            with closing(line):
                try:
                    while True:
                        line.sendall(b"2")
                        time.sleep(0.05)
                except OSError:
                    return

        thread = threading.Thread(target=trickle)
        thread.start()
        with pytest.raises(TemporaryFailure):
            send(Server("127.0.0.1", slow.getsockname()[1], "none", timeout=0.2))
        thread.join(10)


def test_a_hanging_server_is_left_at_once_when_asked() -> None:
    with mail_server(Mailbox(on_data=lambda _: HANGS)) as mailbox:
        transport = SmtpTransport(mailbox.server(timeout=60))
        transport.connect()
        timer = threading.Timer(0.2, transport.abort)
        timer.start()
        began = time.monotonic()
        with pytest.raises(UnknownOutcome):
            transport.send(compose(MAIL, SENDER))
        assert time.monotonic() - began < 10


def test_starttls_and_login(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path)
    mailbox = Mailbox()
    check = login_of(mailbox, "ana", "pass word")
    with mail_server(mailbox, tls_context=context, require_starttls=True, authenticator=check, auth_required=True):
        login = {"host": "localhost", "security": "starttls", "user": "ana", "ca_file": trusted}
        send(mailbox.server(**login, password=knows("pass word")))
        with pytest.raises(TemporaryFailure, match="answered 535") as refused:
            send(mailbox.server(**login, password=knows("canary-7f3a")))
        assert "canary" not in str(refused.value)
        with pytest.raises(TemporaryFailure, match="must be ASCII") as refused:
            send(mailbox.server(**login, password=knows("canary-ä")))
        assert "canary" not in str(refused.value)
    assert len(mailbox.arrived) == 1
    assert set(mailbox.logins) == {("ana", "pass word"), ("ana", "canary-7f3a")}


def test_a_certificate_that_nobody_trusts_or_of_another_name_gets_no_password(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path, "elsewhere.example")
    mailbox = Mailbox()
    check = login_of(mailbox, "ana", "secret")
    with mail_server(mailbox, tls_context=context, require_starttls=True, authenticator=check):
        login = {"host": "localhost", "security": "starttls", "user": "ana", "password": knows("secret")}
        for more in ({}, {"ca_file": trusted}):
            with pytest.raises(TemporaryFailure, match="certificate is not trusted"):
                send(mailbox.server(**login, **more))
    assert (mailbox.logins, mailbox.arrived) == ([], [])


def test_a_server_without_tls_gets_nothing_if_tls_was_asked_for() -> None:
    with mail_server() as mailbox, pytest.raises(TemporaryFailure, match="STARTTLS"):
        send(mailbox.server(security="starttls", user="ana", password=knows("secret")))
    assert mailbox.arrived == []


def test_what_a_wrong_setting_comes_to_names_the_setting(tmp_path: Path) -> None:
    context, _ = certificate(tmp_path, "localhost")
    wrong = r"perhaps its port wants another security than \"{}\"\.$"
    with mail_server() as mailbox:
        with pytest.raises(TemporaryFailure, match="it does not begin with TLS; " + wrong.format("tls")):
            send(mailbox.server(security="tls"))
        with pytest.raises(TemporaryFailure, match="STARTTLS .*; " + wrong.format("starttls")):
            send(mailbox.server(security="starttls"))
        with pytest.raises(TemporaryFailure, match="AUTH .*; " + wrong.format("none")):
            send(mailbox.server(user="ana", password=knows("secret")))
    with (
        mail_server(tls_context=context, require_starttls=True) as mailbox,
        pytest.raises(TemporaryFailure, match=r"not trusted: .*; \[mail\] ca_file can name one to trust\.$"),
    ):
        send(mailbox.server(host="localhost", security="starttls"))


def test_a_file_without_a_certificate_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing of the kind\n")
    with mail_server() as mailbox, pytest.raises(SettingsError, match=r"ca_file .*ca\.pem has no certificate"):
        send(mailbox.server(security="starttls", ca_file=tmp_path / "ca.pem"))


def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path)
    with mail_server(ssl_context=context) as mailbox:
        send(mailbox.server(host="localhost", security="tls", ca_file=trusted))
    assert len(mailbox.arrived) == 1
