"""Bytes that are no text, from a terminal in another encoding or a bad line, do not end the program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

import pytest

from tests.support.builders import Portfolio, one_of_each
from tests.support.terminal import Terminal, start_viptui
from viptui.data.database import open_database


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    path = tmp_path / "small.db"
    database = open_database(str(path), create=True)
    one_of_each(Portfolio())
    database.close()
    with start_viptui("--database", str(path), home=tmp_path) as terminal:
        terminal.press("6")
        terminal.wait_text("Mimosa Quiet")
        yield terminal


BYTES: Mapping[str, bytes] = {
    "no UTF-8 at all": b"\xff",
    "a letter in Latin-1": "ü".encode("latin-1"),
    "the first half of a letter, then another": b"\xc3k",
    "a lone continuation": b"\x80\xbf",
    "C1 controls": b"\x9b2J\x9d0;k\x9c",
    "an encoded surrogate": b"\xed\xa0\x80",
    "zero": b"\x00",
    "a sequence nobody knows": b"\x1b[999;999~\x1b[<0;1;1M",
    "an answer that comes late": b"\x1b[5;5R",
}


def is_alive(terminal: Terminal) -> None:
    """It still answers, and ends in order."""
    terminal.press("3")
    terminal.wait_text(r"\[3 Past Due")
    terminal.press("q")
    assert terminal.exit_status() == 0
    assert terminal.modes_left_on() == set()


def test_it_survives_each_of_them(terminal: Terminal) -> None:
    for data in BYTES.values():
        terminal.write(data)
        for key in ("3", "6"):
            terminal.press(key)
            terminal.wait_text(rf"\[{key} ")
    is_alive(terminal)


def test_it_survives_them_in_the_search(terminal: Terminal) -> None:
    terminal.press("/")
    terminal.wait_text("/ _")
    terminal.write(b"ma\xfcx" + "ü".encode() + b"\xff")
    terminal.wait_text("/ ma\N{REPLACEMENT CHARACTER}xü\N{REPLACEMENT CHARACTER}_")
    terminal.press("enter")
    is_alive(terminal)


def test_it_survives_noise(terminal: Terminal) -> None:
    random = Random(4)
    terminal.write(bytes(random.randrange(0x80, 0x100) for _ in range(2000)))
    is_alive(terminal)


def test_a_paste_of_a_megabyte_is_taken_for_a_search(terminal: Terminal) -> None:
    terminal.press("/")
    terminal.wait_text("/ _")
    terminal.write(b"\x1b[200~" + b"mimosa\n" + b"and much more\n" * 70_000 + b"\x1b[201~")
    terminal.wait_text("1 of 13")
    assert "/ mimosa_" in terminal.text()
    terminal.press("escape")
    terminal.wait_text("Aster Clinic")


def test_a_paste_into_the_list_presses_no_key(terminal: Terminal) -> None:
    terminal.write(b"\x1b[200~3q\nq\x1b[201~")
    terminal.press("j")
    terminal.wait_text("> +Birch Council")
    assert "Mimosa Quiet" in terminal.text()


def test_a_terminal_without_utf8_shows_every_column_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    database = open_database(str(path), create=True)
    portfolio = Portfolio()
    portfolio.customer("東京 Zoë Aster and a name that has no room at all in any column of this screen")
    portfolio.customer("Birch")
    database.close()
    ascii_only = {"LANG": "", "LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    with start_viptui("--database", str(path), home=tmp_path, environment=ascii_only) as terminal:
        terminal.press("6")
        screen = terminal.wait_text("Birch")
        assert "\\u" not in screen
        assert "Customerv" in screen
        assert "???? Zoe" in screen
        is_alive(terminal)
