"""Sorting by every column: from the letter to the first page in the new order."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.terminal import Session
from viptui.screens.sort_menu import LETTERS

NAME: Final = "sort"

QUIET: Final = 0.3

TABS: Final = {b"6": "all", b"3": "past due"}


def run(bench: Bench) -> None:
    """Measure; VisiData sorts by the column under its cursor, the VIP ID."""
    for program in bench.rounds([*bench.viptuis(), *bench.peers(programs.VISIDATA)]):
        with bench.forgiving(program), bench.ready(program) as session:
            if program.name == programs.VISIDATA:
                bench.press_all(session, NAME, "by VIP ID", [session.program.key("sort")], quiet=QUIET)
            else:
                _sort(bench, session)


def _sort(bench: Bench, session: Session) -> None:
    for key, tab in TABS.items():
        session.press(key, quiet=QUIET)
        for letter, column in LETTERS.items():
            bench.press_all(session, NAME, "menu", [b"s"], quiet=QUIET)
            bench.press_all(session, NAME, f"by {column}, {tab}", [letter.encode()], quiet=QUIET)
        bench.press_all(session, NAME, f"by {column} reversed, {tab}", [b"I"], quiet=QUIET)
