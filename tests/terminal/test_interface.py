"""The installed program in a real terminal: it starts, answers, and leaves the terminal as it was."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from datetime import UTC, datetime
from os import SEEK_END
from pathlib import Path

import pytest

from tests.support.builders import Portfolio, one_of_each
from tests.support.terminal import Terminal, start_viptui
from viptui.data.database import open_database

NOW = datetime.now(UTC).date()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def database_file(tmp_path: Path) -> str:
    path = tmp_path / "small.db"
    database = open_database(str(path), create=True)
    one_of_each(Portfolio(NOW))
    database.close()
    return str(path)


def start(database: str, home: Path, **options: object) -> Terminal:
    return start_viptui("--database", database, "--me", "ana.kovac", home=home, **options)


def assert_restored(terminal: Terminal) -> None:
    assert terminal.modes_left_on() == set()
    assert terminal.kitty_keys_left_on() == 0
    assert terminal.termios_is_restored()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_it_starts_works_and_leaves_the_terminal_as_it_was(
    database_file: str, home: Path, size: tuple[int, int]
) -> None:
    with start(database_file, home, size=size) as terminal:
        screen = terminal.wait_text("Fir Suspended")
        assert "SUSPENDED 61d" in screen
        assert re.search(r"\[3 [A-Za-z ]+ 2\]", screen)
        terminal.press("5")
        terminal.wait_text("Hazel Ready")
        terminal.press("6", "/", "mimosa")
        terminal.wait_gone("Hazel Ready")
        terminal.press("enter", "enter")
        terminal.wait_text("Customer details")
        terminal.press("?")
        terminal.wait_text("Next section")
        terminal.press("escape")
        terminal.wait_gone("Next section")
        terminal.press("q", "escape")
        terminal.wait_text("Aster Clinic")
        terminal.press("q")
        assert terminal.exit_status() == 0
        assert_restored(terminal)


def test_keys_typed_ahead_in_one_piece_all_count(database_file: str, home: Path) -> None:
    with start(database_file, home) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.write(b"6/ivy\r\r")
        terminal.wait_text("Customer details")
        assert "Ivy Late" in terminal.lines()[0]
        terminal.write(b"q\x1b")
        terminal.wait_text("Aster Clinic")
        terminal.write(b"q" + b"j" * 400)
        assert terminal.exit_status() == 0
        assert_restored(terminal)


BURSTS: Mapping[str, tuple[bytes, str]] = {
    "a search, a step and an entry": (b"/clinic\rk\r", "Customer details"),
    "the order, then down to the second": (b"sn\r\x1b[B\r", "Customer details"),
    "steps down and up": (b"jjj\x1b[A" * 2, r" 5 / 13"),
    "another screen and back, then a search": (b"Lq/ivy", r"/ ivy_(?s:.*)Ivy Late"),
    "details and back, many times": (b"\rq" * 10 + b"/ivy", r"/ ivy_(?s:.*)Ivy Late"),
}
"""What is typed in one piece, and what is to be seen at the end."""


@pytest.mark.parametrize(("typed", "seen"), BURSTS.values(), ids=BURSTS)
def test_whatever_is_typed_in_one_piece_does_what_it_does_key_by_key(
    database_file: str, home: Path, typed: bytes, seen: str
) -> None:
    with start(database_file, home) as terminal:
        terminal.press("6")
        terminal.wait_text("Mimosa Quiet")
        terminal.write(typed)
        terminal.wait_text(seen)


@pytest.mark.parametrize("term", ["dumb", "linux", "vt100", ""])
def test_any_terminal_will_do(database_file: str, home: Path, term: str) -> None:
    with start(database_file, home, environment={"TERM": term}) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("5")
        terminal.wait_text("Hazel Ready")
        terminal.press("q")
        assert terminal.exit_status() == 0


def test_no_color_means_none(database_file: str, home: Path) -> None:
    with start(database_file, home, environment={"NO_COLOR": "1"}) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("5", "enter")
        terminal.wait_text("Customer details")
        terminal.press("q", "q")
        assert terminal.exit_status() == 0
        assert colours(terminal) == set()


def test_over_ssh_only_the_terminals_own_colours_are_used_and_no_mouse(database_file: str, home: Path) -> None:
    with start(database_file, home, environment={"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("q")
        assert terminal.exit_status() == 0
        assert not {each for each in colours(terminal) if each.startswith(("38;2", "48;2"))}
        assert b"\x1b[?1000h" not in terminal.raw


HOSTILE: Mapping[str, str] = {
    "TEXTUAL_DRIVER": "evil:Driver",
    "TEXTUAL_LOG": "LOG",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_SCREENSHOT_LOCATION": "SHOTS",
    "TEXTUAL_SCREENSHOT_FILENAME": "shot.svg",
    "TEXTUAL_PRESS": "q,q,q",
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_THEME": "nonsense",
    "TEXTUAL_SHOW_RETURN": "1",
}


def test_hostile_variables_have_no_effect(database_file: str, home: Path) -> None:
    (home / "evil.py").write_text(f"open({str(home / 'RAN')!r}, 'w')\nDriver = None\n")
    hostile = {name: str(home / value) if value.isupper() else value for name, value in HOSTILE.items()}
    hostile["PYTHONPATH"] = f"{home}:{Path(__file__).parents[2]}"
    with start(database_file, home, environment=hostile) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("5")
        terminal.wait_text("Hazel Ready")
        terminal.press("q")
        assert terminal.exit_status() == 0
    for name in ("RAN", "LOG", "SHOTS", "keys.log", "shot.svg"):
        assert not list(home.rglob(name))


def test_everything_it_writes_is_nobody_elses_to_read(home: Path) -> None:
    with start_viptui(home=home) as terminal:
        terminal.wait_text("There are no customers yet")
        terminal.press("q")
        assert terminal.exit_status() == 0
    written = [path for path in home.rglob("*") if path.is_file()]
    assert {path.name for path in written} >= {"viptui.db", "viptui.log"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}


def test_another_day_is_told_in_the_title(database_file: str, home: Path) -> None:
    with start_viptui("--database", database_file, "--as-of", "2030-01-31", home=home) as terminal:
        terminal.wait_text("as of 2030-01-31, read-only")
        terminal.press("R", "1", "q")
        assert terminal.exit_status() == 0


@pytest.mark.parametrize("said", ["--read-only", "read_only = true"])
def test_who_only_looks_can_change_nothing(said: str, database_file: str, home: Path) -> None:
    words = [said]
    if said.endswith("true"):
        settings = home / "settings.toml"
        settings.write_text(said)
        words, said = ["--config", str(settings)], f"read_only in {settings}"
    with start_viptui("--database", database_file, *words, home=home) as terminal:
        terminal.wait_text(", read-only")
        assert "as of" not in terminal.text()
        terminal.press("i")
        terminal.wait_text(f"Everything is read-only: leave out {said[:9]}")
        terminal.press("q")
        assert terminal.exit_status() == 0


CRASHING = """
import sys
from viptui.cli import run
from viptui.screens.customers import CustomersScreen

def crash(self):
    secret_of_a_local = "canary" + str(len(self.id or "")) + "bird"
    raise RuntimeError("broken")

if {where!r} == "action":
    CustomersScreen.action_preview = crash
else:
    async def crash_later(self): crash(self)
    CustomersScreen.action_preview = lambda self: self.start("crash", crash_later, self)
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("where", ["action", "worker"])
def test_an_error_in_the_program_ends_it_in_order_and_tells_no_data(database_file: str, home: Path, where: str) -> None:
    import sys

    script = home / "crashing.py"
    script.write_text(CRASHING.format(where=where))
    with Terminal([sys.executable, str(script), "--database", database_file], home=home) as terminal:
        terminal.wait_text("Fir Suspended")
        terminal.press("p")
        assert terminal.exit_status() == 4
        assert_restored(terminal)
        output = terminal.raw.decode(errors="replace").rpartition("\x1b[?1049l")[2]
        assert "viptui: an error in the program; the log has it" in " ".join(output.split())
        assert "Traceback" not in output
        assert "canary0bird" not in terminal.raw.decode(errors="replace")
    (log,) = home.rglob("viptui.log")
    assert "RuntimeError: broken" in log.read_text()
    assert "canary0bird" not in log.read_text()


def test_a_database_that_breaks_meanwhile_is_told_and_can_be_left(database_file: str, home: Path) -> None:
    with start(database_file, home) as terminal:
        terminal.wait_text("Fir Suspended")
        with Path(database_file).open("r+b") as file:
            size = file.seek(0, SEEK_END)
            file.seek(4096)
            file.write(b"\xa5" * (size - 4096))
        for key in ("1", "5", "6", "R"):
            terminal.press(key)
        terminal.wait_text("did not answer|Not evaluated")
        terminal.press("q")
        assert terminal.exit_status() == 0
        assert_restored(terminal)


def colours(terminal: Terminal) -> set[str]:
    """The colours that were asked for, as parameters of SGR; a style or the default colour is none."""
    found: set[str] = set()
    for parameters in re.findall(rb"\x1b\[([\d;]*)m", terminal.raw):
        found |= set(
            re.findall(r"(?:^|;)([34]8;[25];[\d;]*?|3[0-7]|4[0-7]|9[0-7]|10[0-7])(?=;|$)", parameters.decode())
        )
    return found
