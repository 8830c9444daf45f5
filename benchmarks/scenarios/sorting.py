"""Sorting by every column: from the letter to the first page in the new order."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.terminal import Session
from viptui.screens.sort_menu import LETTERS

NAME: Final = "sort"

QUIET_PER_MILLION: Final = 1.0
"""Seconds of quiet, besides the usual ones, until an order counts as shown."""

TABS: Final = {b"6": "all", b"3": "past due"}


def run(bench: Bench) -> None:
    """Measure; VisiData sorts by the column under its cursor, the VIP ID."""
    quiet = 0.3 + QUIET_PER_MILLION * bench.options.customers / 1_000_000
    for program in bench.rounds([*bench.viptuis(), *bench.peers(programs.VISIDATA)]):
        with bench.forgiving(program), bench.ready(program) as session:
            if program.name == programs.VISIDATA:
                bench.press_all(session, NAME, "by VIP ID", [session.program.key("sort")], quiet=3 * quiet)
            else:
                _sort(bench, session, quiet)


def _sort(bench: Bench, session: Session, quiet: float) -> None:
    for key, tab in TABS.items():
        session.press(key, quiet=quiet)
        for letter, column in LETTERS.items():
            bench.press_all(session, NAME, "menu", [b"s"], quiet=quiet)
            bench.press_all(session, NAME, f"by {column}, {tab}", [letter.encode()], quiet=quiet)
        bench.press_all(session, NAME, f"by {column} reversed, {tab}", [b"I"], quiet=quiet)
