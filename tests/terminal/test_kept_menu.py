"""The sort menu on a real terminal: it is made once, and opened again draws nothing but itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.builders import Portfolio, one_of_each
from tests.support.terminal import Terminal, start_viptui
from viptui.data.database import open_database

NOW = datetime.now(UTC).date()


@pytest.fixture
def database_file(tmp_path: Path) -> str:
    path = tmp_path / "small.db"
    database = open_database(str(path), create=True)
    one_of_each(Portfolio(NOW))
    database.close()
    return str(path)


def opened(terminal: Terminal) -> str:
    """The screen with the menu."""
    terminal.press("s")
    terminal.wait_text("Sort by")
    terminal.wait_quiet()
    return terminal.text()


def closed(terminal: Terminal) -> str:
    """The screen without it."""
    terminal.press("q")
    terminal.wait_gone("Sort by")
    terminal.wait_quiet()
    return terminal.text()


def test_opened_again_it_leaves_the_screen_around_it_as_it_is(database_file: str, tmp_path: Path) -> None:
    with start_viptui("--database", database_file, "--me", "ana.kovac", home=tmp_path, size=(120, 40)) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("6")
        terminal.wait_text("Mimosa Quiet")
        terminal.wait_quiet()
        before = terminal.text()
        first = opened(terminal)
        assert closed(terminal) == before
        assert opened(terminal) == first
        assert closed(terminal) == before
        terminal.press("3")
        terminal.wait_gone("Mimosa Quiet")
        terminal.wait_quiet()
        other = opened(terminal)
        assert "Fir Suspended" in other
        terminal.resize(80, 24)
        terminal.wait_quiet()
        smaller = terminal.text()
        assert "Fir Suspended" in smaller
        assert "Sort by" in smaller
        assert "Sort by" not in closed(terminal)
        assert opened(terminal) == smaller
        closed(terminal)
        terminal.resize(120, 40)
        terminal.wait_quiet()
        assert opened(terminal) == other
        terminal.press("n")
        terminal.wait_gone("Sort by")
        terminal.wait_text("by customer")


def test_what_is_typed_in_one_piece_sorts_and_opens_again(database_file: str, tmp_path: Path) -> None:
    with start_viptui("--database", database_file, "--me", "ana.kovac", home=tmp_path, size=(120, 40)) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.write(b"6sesnsm3s")
        terminal.wait_for(lambda: _has(terminal, "Sort by", "Fir Suspended", without="Mimosa Quiet"), "the last menu")
        terminal.write(b"qs")
        terminal.wait_quiet()
        terminal.wait_text("Sort by")


def _has(terminal: Terminal, *texts: str, without: str) -> bool:
    screen = terminal.text()
    return all(each in screen for each in texts) and without not in screen
