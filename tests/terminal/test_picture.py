"""What a terminal shows after any keys is what it shows once everything is drawn anew."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pyte.screens import Char

from tests.support.builders import Portfolio, crowd
from tests.support.terminal import Terminal, start_viptui
from viptui.data.database import open_database

KEYS: Final = (*["j"] * 30, *["k"] * 25, "pagedown", "pageup", "\x04", "\x15", "g", "G", *"123456", "m", "I")
BATCHES: Final = 12
LONGEST: Final = 60
"""Keys of a batch; more than a page has lines."""

STILL: Final = 1.0
"""Seconds of silence after which all keys have been answered, also on a machine that has much else to do."""

MOVED: Final = re.compile(rb"\x1b\[\d+;\d+r\x1b\[\d+H\x1b\[\d*[ML]\x1b\[r")


@pytest.fixture(params=["every colour", "over SSH"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """The program without a preview, which would follow the cursor later."""
    path = tmp_path / "many.db"
    database = open_database(str(path), create=True)
    crowd(Portfolio(), 400)
    database.close()
    lean = request.param == "over SSH"
    looks = {"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"} if lean else {"COLORTERM": "truecolor"}
    with start_viptui(
        "--database", str(path), "--me", "ana.kovac", home=tmp_path, size=(100, 24), environment=looks
    ) as terminal:
        terminal.wait_text(r"\[3 ")
        yield terminal


def drawn_anew(terminal: Terminal) -> list[Char]:
    """The screen after `ctrl+l`; all of it has been written again."""
    before = len(terminal.raw)
    terminal.press("ctrl+l")
    terminal.wait_for(lambda: len(terminal.raw) - before > 500, "the whole screen")
    terminal.wait_quiet()
    return terminal.cells()


@pytest.mark.parametrize("seed", range(2))
def test_any_keys_leave_the_screen_as_it_would_be_drawn_anew(terminal: Terminal, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(BATCHES):
        terminal.press(*chance.choices(KEYS, k=chance.randint(1, LONGEST)))
        terminal.wait_quiet(STILL)
        shown = terminal.cells()
        assert drawn_anew(terminal) == shown
    assert MOVED.search(terminal.raw)


def test_at_the_edge_the_terminal_moves_the_rows_and_one_is_drawn(terminal: Terminal) -> None:
    terminal.press("6")
    terminal.wait_text(" 1 / 400")
    terminal.wait_quiet()
    before = len(terminal.raw)
    for number in range(2, 41):
        terminal.press("j")
        terminal.wait_text(f" {number} / 400")
    assert len(MOVED.findall(terminal.raw[before:])) > 10
    assert (len(terminal.raw) - before) / 39 < 400
