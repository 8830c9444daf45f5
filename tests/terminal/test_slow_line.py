"""A line that takes less than a held key would draw: what is out of date is never sent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.support.builders import Portfolio, crowd
from tests.support.terminal import Terminal, start_viptui
from viptui.data.database import open_database

PRESSES: Final = 60
SECONDS_BETWEEN: Final = 0.03

FRAME: Final = 8_000
"""More bytes than a page of the list takes."""

BUFFERS: Final = 70_000
"""More bytes than the kernel keeps for a terminal that is not read."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The program, showing a long list."""
    path = tmp_path / "many.db"
    database = open_database(str(path), create=True)
    crowd(Portfolio(), 2500)
    database.close()
    with start_viptui("--database", str(path), home=tmp_path, environment={"COLORTERM": "truecolor"}) as terminal:
        terminal.press("6")
        terminal.wait_text(" 1 / 2,500")
        terminal.press("p")
        terminal.wait_gone("-----")
        yield terminal


def hold(terminal: Terminal, key: str) -> None:
    for _ in range(PRESSES):
        terminal.press(key)
        time.sleep(SECONDS_BETWEEN)


def test_frames_that_are_out_of_date_are_dropped_and_the_last_one_comes(terminal: Terminal) -> None:
    before = len(terminal.raw)
    terminal.stall()
    hold(terminal, "pagedown")
    terminal.read_on()
    terminal.wait_text(f" {PRESSES * 35 + 1:,} / 2,500")
    assert len(terminal.raw) - before < BUFFERS + 3 * FRAME
    terminal.press("q")
    assert terminal.exit_status() == 0


def test_whatever_happened_meanwhile_is_seen_afterwards(terminal: Terminal) -> None:
    terminal.stall()
    hold(terminal, "pagedown")
    terminal.press("1")
    terminal.read_on()
    terminal.wait_text(r"\[1 ")
    terminal.press("enter")
    terminal.wait_text("Customer details")
    terminal.press("q", "q")
    assert terminal.exit_status() == 0


def test_a_terminal_that_takes_its_time_again_and_again_is_told_so(terminal: Terminal) -> None:
    for key in ("pagedown", "pageup") * 4:
        terminal.stall()
        hold(terminal, key)
        terminal.read_on()
        terminal.wait_quiet()
        if "slow link" in terminal.text():
            break
    assert "The line is slow: the look is ansi-dark now" in terminal.text()
    before = len(terminal.raw)
    terminal.press("down")
    terminal.wait_quiet()
    assert b"38;2;" not in terminal.raw[before:]
    terminal.press("q")
    assert terminal.exit_status() == 0
