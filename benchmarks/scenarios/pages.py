"""Pages: down and up, half a page, the first and the last row."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench

NAME: Final = "pages"


def run(bench: Bench) -> None:
    """Measure."""
    peers = bench.peers(programs.FZF, programs.C_LIST, programs.DATA_TABLE, programs.VISIDATA)
    for program in bench.rounds([*bench.viptuis(), *peers]):
        with bench.forgiving(program), bench.ready(program) as session:
            for action, times in (("page down", 8), ("page up", 4), ("half page down", 6), ("half page up", 4)):
                bench.press(session, NAME, action, times)
            for _ in range(3):
                bench.press(session, NAME, "End", 1)
                bench.press(session, NAME, "Home", 1)
