"""Tabs with their badges, and ``m``: everybody's customers or mine."""

from __future__ import annotations

from typing import Final

from benchmarks.bench import Bench
from viptui.rules.filters import TITLES

NAME: Final = "tabs"

QUIET: Final = 0.3


def run(bench: Bench) -> None:
    """Measure each tab's first page, and ``m`` on the longest tab."""
    for program in bench.rounds(bench.viptuis()):
        with bench.ready(program) as session:
            session.press(b"6", quiet=QUIET)
            for _ in range(2):
                for number, title in enumerate(TITLES.values(), start=1):
                    bench.press_all(session, NAME, title, [str(number).encode()], quiet=QUIET)
                bench.press_all(session, NAME, "m, mine", [b"m"], quiet=QUIET)
                bench.press_all(session, NAME, "m, everybody's", [b"m"], quiet=QUIET)
