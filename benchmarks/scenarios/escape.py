"""Escape, which has to be told from the beginning of a key's sequence: out of the menu, out of the search."""

from __future__ import annotations

from typing import Final

from benchmarks.bench import Bench

NAME: Final = "Escape"

QUIET: Final = 0.4


def run(bench: Bench) -> None:
    """Measure."""
    for program in bench.rounds(bench.viptuis()):
        with bench.ready(program) as session:
            for _ in range(4):
                session.press(b"s", quiet=QUIET)
                bench.press_all(session, NAME, "close the menu", [b"\x1b"], quiet=QUIET)
                session.press(b"/", quiet=QUIET)
                session.press(b"u", quiet=QUIET)
                bench.press_all(session, NAME, "drop the search", [b"\x1b"], quiet=QUIET)
