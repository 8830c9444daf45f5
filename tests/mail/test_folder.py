"""Mails as files: whole, private, never over another one."""

from __future__ import annotations

import os
import stat
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.mail.test_message import PLAIN, SENDER
from viptui.mail.message import compose
from viptui.mail.transport import FolderTransport, TemporaryFailure


def test_a_mail_becomes_a_private_file(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "mail"
    old = os.umask(0)
    try:
        transport = FolderTransport(folder)
        transport.connect()
        transport.send(compose(PLAIN, SENDER))
    finally:
        os.umask(old)
    (file,) = folder.iterdir()
    assert file.name.startswith("20260320T120000Z-")
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    message = message_from_bytes(file.read_bytes(), policy=default)
    assert (message["To"], message["Subject"], message["Message-ID"]) == (PLAIN.recipient, "Hello", "<1@x.example>")


def test_the_same_mail_again_is_another_file(tmp_path: Path) -> None:
    transport = FolderTransport(tmp_path)
    for text in ("one\n", "two\n", "three\n"):
        transport.send(compose(PLAIN._replace(body=text), SENDER))
    texts = {message_from_bytes(each.read_bytes(), policy=default).get_content() for each in tmp_path.iterdir()}
    assert len(list(tmp_path.glob("*.eml"))) == 3
    assert {each.replace("\r\n", "\n") for each in texts} == {"one\n", "two\n", "three\n"}


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    transport = FolderTransport(folder)
    transport.connect()
    transport.send(compose(PLAIN._replace(message_id="<../../x/../y@/etc/passwd>"), SENDER))
    assert [each.name for each in tmp_path.iterdir()] == ["mail"]
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(TemporaryFailure, match="cannot be made"):
        FolderTransport(tmp_path / "file" / "mail").connect()


def test_a_folder_that_has_gone_is_tried_again_later(tmp_path: Path) -> None:
    with pytest.raises(TemporaryFailure, match="cannot be written") as failed:
        FolderTransport(tmp_path / "gone").send(compose(PLAIN, SENDER))
    assert failed.value.is_silent
