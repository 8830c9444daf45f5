"""Copying in a real terminal: what is written for the clipboard, and that the picture stays as it is."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.builders import Portfolio, Requested
from tests.support.terminal import Terminal, start_viptui
from viptui.data.database import open_database

CLIPBOARD = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
WRAPPED = re.compile(rb"\x1bPtmux;\x1b\x1b\]52;c;([A-Za-z0-9+/=]*)\x07\x1b\\")
NAME = "Elm \x1b]52;c;ZXZpbA==\x07\nClinic"


@pytest.fixture
def database_file(tmp_path: Path) -> str:
    path = tmp_path / "elm.db"
    database = open_database(str(path), create=True)
    today = datetime.now(UTC).date()
    Portfolio(today).customer(NAME, requested=[Requested(days_ago=40, number="PA-ELM", quantity=7)])
    database.close()
    return str(path)


def start(database: str, home: Path, environment: Mapping[str, str]) -> Terminal:
    return start_viptui("--database", database, home=home, environment=environment)


def copied(terminal: Terminal, key: str) -> str:
    """What a key brings onto the clipboard."""
    known = len(CLIPBOARD.findall(terminal.raw))
    terminal.press(key)
    terminal.wait_for(lambda: len(CLIPBOARD.findall(terminal.raw)) > known, "something for the clipboard")
    return b64decode(CLIPBOARD.findall(terminal.raw)[known]).decode()


def test_the_sheet_is_copied_as_text_and_as_csv(database_file: str, tmp_path: Path) -> None:
    with start(database_file, tmp_path, {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}) as terminal:
        terminal.wait_text("Elm")
        terminal.press("S")
        terminal.wait_text("Order sheet  PA-ELM")
        text = copied(terminal, "y")
        assert text.startswith("Customer: Elm ␛]52;c;ZXZpbA==␇␊Clinic\nVIP ID: ")
        assert "\n  7 x Acrobat Pro (SKU-0001)\n" in text
        terminal.wait_text("The sheet was sent to the terminal")
        titles, line = copied(terminal, "Y").splitlines()
        assert titles.startswith("customer,vip_id,")
        assert line.startswith("Elm ␛]52;c;ZXZpbA==␇␊Clinic,")
        assert ",PA-ELM," in line
        assert len(CLIPBOARD.findall(terminal.raw)) == 2
        assert b"\x1bP" not in terminal.raw
        assert b64decode("ZXZpbA==") not in [b64decode(each) for each in CLIPBOARD.findall(terminal.raw)]
        terminal.press("q", "q")
        assert terminal.exit_status() == 0


def test_in_tmux_it_is_also_handed_through(database_file: str, tmp_path: Path) -> None:
    with start(database_file, tmp_path, {"TMUX": "/run/tmux/default,1,0", "TERM": "screen-256color"}) as terminal:
        terminal.wait_text("Elm")
        terminal.press("S")
        terminal.wait_text("Order sheet  PA-ELM")
        text = copied(terminal, "y")
        terminal.wait_for(lambda: WRAPPED.search(terminal.raw) is not None, "the wrapped sequence")
        (wrapped,) = WRAPPED.findall(terminal.raw)
        assert b64decode(wrapped).decode() == text
        terminal.press("q", "q")
        assert terminal.exit_status() == 0
