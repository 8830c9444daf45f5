"""What is typed into a form outlives the program: killed, cut off, or ended in the middle of it."""

from __future__ import annotations

import re
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.builders import Portfolio, one_of_each
from tests.support.terminal import PATIENCE, Terminal, start_viptui
from viptui.data.database import open_database
from viptui.data.drafts import list_drafts


@pytest.fixture
def database_file(tmp_path: Path) -> str:
    path = tmp_path / "small.db"
    database = open_database(str(path), create=True)
    one_of_each(Portfolio(datetime.now(UTC).date()))
    database.close()
    return str(path)


def start(database: str, home: Path) -> Terminal:
    return start_viptui("--database", database, "--me", "ana.kovac", home=home)


def wait_until_kept(database: str, text: str) -> None:
    """Wait until what was typed last stands in the file: a busy machine takes longer than the promised second."""
    end = time.monotonic() + PATIENCE
    while True:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
            kept = [content for (content,) in connection.execute("SELECT content FROM draft")]
        if any(text in content for content in kept):
            return
        assert time.monotonic() < end, kept
        time.sleep(0.05)


def kill(terminal: Terminal) -> None:
    terminal.signal(signal.SIGKILL)
    assert terminal.exit_status() == -signal.SIGKILL


def hang_up(terminal: Terminal) -> None:
    terminal.hang_up()
    terminal.exit_status()


def end(terminal: Terminal) -> None:
    terminal.signal(signal.SIGTERM)
    assert terminal.exit_status() == 128 + signal.SIGTERM


ENDINGS = {"killed": kill, "cut off": hang_up, "ended": end}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_a_form_is_there_again_after_the_program_was(
    database_file: str, tmp_path: Path, ending: Callable[[Terminal], None]
) -> None:
    with start(database_file, tmp_path) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("i")
        terminal.wait_text("Organization name")
        terminal.press("Tree Doctors", "\t\t", "e")
        terminal.wait_text(r"\[Education\]")
        wait_until_kept(database_file, "Education")
        ending(terminal)
    with start(database_file, tmp_path) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.wait_text("Interrupted")
        terminal.press("i")
        terminal.wait_text("You were interrupted at")
        terminal.wait_text(r"Organization name +Tree Doctors")
        terminal.wait_text(r"\[Education\]")
        terminal.press("\x12")  # ctrl+r
        terminal.wait_gone("Tree Doctors")
        terminal.press("escape")
        terminal.wait_text("Fir Suspended")
        terminal.press("q")
        assert terminal.exit_status() == 0
    database = open_database(database_file)
    assert list_drafts("ana.kovac") == ()
    database.close()


def test_a_killed_form_that_is_taken_up_acts_once(database_file: str, tmp_path: Path) -> None:
    with start(database_file, tmp_path) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("1")
        terminal.wait_text("Birch Council")
        terminal.press("a", "sku-0001", "enter", "5")
        terminal.wait_text(r"Acrobat Pro +x 5")
        wait_until_kept(database_file, "SKU-0001=5")
        kill(terminal)
    with start(database_file, tmp_path) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("1")
        terminal.wait_text("Birch Council")
        terminal.press("a")
        terminal.wait_text("You were interrupted at")
        terminal.press("\x13\x13\x13")  # ctrl+s, by somebody who is impatient
        terminal.wait_text("Created PA0000")
        terminal.wait_gone("Birch Council +ben")
        terminal.press("2", "6", "L")
        terminal.wait_text("Activity")
        assert len(re.findall("Created PA0000", terminal.wait_text("1, newest first"))) >= 1
