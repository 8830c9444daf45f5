"""``viptui outbox``, ``deliver`` and ``worker`` as processes: what they print, and that they print no password."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.mail.test_delivering import INVITATION
from tests.support.smtp import Mailbox, certificate, login_of, mail_server
from tests.support.terminal import ROOT, start_viptui
from viptui.data.database import create_database

CANARY = "canary-90fe2b"

INVITE = [
    "invite",
    *(word for name, value in INVITATION.items() for word in (f"--{name.replace('_', '-')}", value)),
]


@pytest.fixture
def target(tmp_path: Path) -> str:
    path = str(tmp_path / "test.db")
    create_database(path)
    return path


def environment(home: Path) -> dict[str, str]:
    return {"HOME": str(home), "PATH": os.defpath, "PYTHONPATH": str(ROOT), "TZ": "UTC", "VIP_MAIL": CANARY}


def run(target: str, *words: str) -> tuple[int, str, str]:
    command = [sys.executable, "-m", "viptui", "--database", target, "--me", "ana", *words]
    done = subprocess.run(command, capture_output=True, text=True, env=environment(Path(target).parent), timeout=60)
    return done.returncode, done.stdout, done.stderr


def smtp_settings(folder: Path, port: int, more: str = "") -> str:
    file = folder / "config.toml"
    file.write_text(
        f'[mail]\ntransport = "smtp"\nhost = "localhost"\nport = {port}\nfrom = "Reseller <r@reseller.example>"\n'
        f"timeout_seconds = 3\n{more}"
    )
    return str(file)


def test_by_default_mails_become_files(target: str, tmp_path: Path) -> None:
    assert run(target, "deliver")[:2] == (0, "No mail is due.\n")
    assert run(target, *INVITE)[0] == 0
    status, out, _ = run(target, "outbox")
    assert (status, out.splitlines()[1].split()[:5]) == (0, ["1", "waiting", "0", "m", "kim@aster.example"])
    folder = tmp_path / ".local/share/viptui/mail"
    status, out, err = run(target, "deliver")
    assert (status, out, err) == (0, f"Mail: 1 sent; to the folder {folder}.\n", "")
    (file,) = folder.iterdir()
    assert message_from_bytes(file.read_bytes(), policy=default)["To"] == "kim@aster.example"
    (mail,) = json.loads(run(target, "outbox", "--json", "--status", "sent")[1])
    assert (mail["number"], mail["recipient"], mail["attempts"]) == (1, "kim@aster.example", 1)
    assert "Dear Kim Example," in mail["body"]
    assert json.loads(run(target, "outbox", "--json", "--status", "failed")[1]) == []


def test_a_refused_mail_is_corrected_and_sent_again(target: str, tmp_path: Path) -> None:
    mailbox = Mailbox(on_recipient=lambda address: "550 5.1.1 nobody" if address.startswith("kim") else "250 fine")
    with mail_server(mailbox):
        config = ("--config", smtp_settings(tmp_path, mailbox.port, 'security = "none"\n'))
        run(target, *INVITE)
        status, out, _ = run(target, *config, "deliver")
        assert (status, out.startswith("Mail: 1 failed;"), "550 5.1.1 nobody" in out) == (1, True, True)
        status, out, err = run(target, "resend-mail", "1", "--recipient", "nobody")
        assert (status, out) == (1, "")
        assert "--recipient: Enter one e-mail address" in err
        assert run(target, "resend-mail", "1", "--recipient", "lee@aster.example")[0] == 0
        status, out, _ = run(target, *config, "deliver", "--json")
        assert (status, json.loads(out)["sent"]) == (0, 1)
    (arrived,) = mailbox.arrived
    assert arrived.recipients == ["lee@aster.example"]


def test_the_password_is_nowhere(target: str, tmp_path: Path) -> None:
    context, trusted = certificate(tmp_path)
    mailbox = Mailbox()
    check = login_of(mailbox, "ana", CANARY)
    with mail_server(mailbox, tls_context=context, require_starttls=True, authenticator=check, auth_required=True):
        login = f'user = "ana"\npassword_env = "VIP_MAIL"\nca_file = "{trusted}"\n'
        config = ("--config", smtp_settings(tmp_path, mailbox.port, login))
        printed = [*run(target, *INVITE)[1:], *run(target, *config, "deliver")[1:], *run(target, *config, "--help")[1:]]
        mailbox.logins.clear()
    assert len(mailbox.arrived) == 1
    run(target, "remind", json.loads(run(target, "list", "--json")[1])[0]["vip_id"])
    printed += run(target, *config, "deliver")[1:]
    assert "cannot be used: Connection refused" in "".join(printed)
    with start_viptui("--database", target, *config, home=tmp_path, environment={"VIP_MAIL": CANARY}) as terminal:
        terminal.wait_text("Aster|Past Due")
        terminal.press("O")
        terminal.wait_text("Outbox")
        terminal.press("q", "q")
        assert terminal.exit_status() == 0
        assert CANARY.encode() not in terminal.raw
    assert CANARY not in "".join(printed)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert CANARY.encode() not in file.read_bytes(), file


def test_who_repairs_the_settings_is_told_of_mails_that_wait_for_their_next_attempt(
    target: str, tmp_path: Path
) -> None:
    run(target, *INVITE)
    config = ("--config", smtp_settings(tmp_path, 1, 'security = "none"\n'))
    assert run(target, *config, "deliver")[0] == 1
    status, out, _ = run(target, "deliver")
    assert status == 0
    assert out.startswith("No mail is due. Waiting for another attempt: 1;")
    assert run(target, "resend-mail", "1")[0] == 0
    assert run(target, "deliver")[1].startswith("Mail: 1 sent;")
    line = run(target, "outbox")[1].splitlines()[1]
    assert "sent" in line
    assert "Connection refused" not in line  # it was a problem


def test_the_worker_delivers_and_a_dead_server_does_not_keep_it_from_its_work(target: str, tmp_path: Path) -> None:
    run(target, *INVITE)
    config = smtp_settings(tmp_path, 1, 'security = "none"\n')
    words = [sys.executable, "-m", "viptui", "--database", target, "--config", config, "worker"]
    worker = subprocess.Popen(words, env=environment(tmp_path), stderr=subprocess.PIPE, text=True)
    assert worker.stderr is not None
    assert "Evaluated" in worker.stderr.readline()
    assert "Mail: 1 to be tried again; to the mail server localhost:1." in worker.stderr.readline()
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(30) == 128 + signal.SIGTERM
    worker.stderr.close()
    assert json.loads(run(target, "outbox", "--json")[1])[0]["attempts"] == 1


def test_a_password_file_that_others_can_read_is_refused(target: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(CANARY)
    secret.chmod(0o644)
    run(target, *INVITE)
    config = smtp_settings(tmp_path, 1, f'user = "ana"\npassword_file = "{secret}"\n')
    status, out, err = run(target, "--config", config, "deliver")
    assert (status, out) == (2, "")
    assert err == f"viptui: mail: password_file {secret} can be read by others: chmod 600 makes it yours alone.\n"


def test_another_day_sends_nothing(target: str) -> None:
    assert run(target, "deliver", "--as-of", "2026-03-20")[0] == 2
