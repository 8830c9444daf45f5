"""The first minutes in a real terminal: an empty database, the demonstration and its tour, a terminal that grows."""

from __future__ import annotations

from pathlib import Path

from tests.support.portfolio import customer, write_portfolio
from tests.support.terminal import start_viptui


def test_an_empty_database_leads_to_the_demonstration_and_its_tour(tmp_path: Path) -> None:
    with start_viptui(home=tmp_path) as terminal:
        terminal.wait_text("There are no customers yet")
        terminal.press("d")
        terminal.wait_text("Tour 1/5")
        terminal.press("3")
        terminal.wait_text("Tour 2/5")
        terminal.press("escape")
        terminal.wait_gone("Tour")
        terminal.press("q")
        assert terminal.exit_status() == 0
        assert terminal.modes_left_on() == set()
        assert terminal.termios_is_restored()


def test_an_empty_database_is_filled_from_a_folder(tmp_path: Path) -> None:
    folder = write_portfolio(tmp_path / "csv", customers=[customer()])
    with start_viptui(home=tmp_path, size=(60, 15)) as terminal:
        terminal.wait_text("There are no customers yet")
        terminal.write(f"f{folder}\r".encode())
        terminal.wait_text("Imported:")
        terminal.press("escape")
        terminal.wait_text("oldest request first")
        terminal.press("6")
        terminal.wait_text("Łódź Widgets")
        terminal.press("q")
        assert terminal.exit_status() == 0


def test_the_demonstration_begins_without_a_tour_if_that_is_wanted(tmp_path: Path) -> None:
    with start_viptui("demo", "--customers", "60", "--no-tour", home=tmp_path) as terminal:
        terminal.wait_text("SUSPENDED")
        terminal.press("j")
        assert "Tour" not in terminal.wait_text(" 2 / ")
        terminal.press("q")
        assert terminal.exit_status() == 0


def test_a_terminal_that_is_too_small_at_the_start_says_so(tmp_path: Path) -> None:
    with start_viptui("demo", "--customers", "60", home=tmp_path, size=(50, 12)) as terminal:
        terminal.wait_text("the terminal is too small: 60x15 at least")
        terminal.resize(80, 24)
        terminal.wait_text("Tour 1/5")
        terminal.press("q")
        assert terminal.exit_status() == 0
