"""The cursor: down and up inside a page, over the page's edge; beside it A, the smallest Textual app's key."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.steps import Step
from benchmarks.terminal import Session

NAME: Final = "keys"

PRESSES: Final = 10

WALKING: Final = 0.06
"""Seconds of quiet between the keys of a walk; less than viptui's preview waits."""


def run(bench: Bench) -> None:
    """Measure."""
    peers = bench.peers(programs.SMALLEST, programs.FZF, programs.C_LIST, programs.DATA_TABLE, programs.VISIDATA)
    for program in bench.rounds([*bench.viptuis(), *peers]):
        with bench.forgiving(program), bench.ready(program) as session:
            if program.name == programs.SMALLEST:
                bench.press_all(session, NAME, "key", [bytes([letter]) for letter in b"abcdefghijklmnopqrst"])
            else:
                _move(bench, session)
    bench.figures.note(NAME, "An edge is the costliest key of a walk over a page and a bit: there the list scrolls.")


def _move(bench: Bench, session: Session) -> None:
    bench.press(session, NAME, "down", PRESSES)
    bench.press(session, NAME, "up", PRESSES)
    for action, start in (("down", "Home"), ("up", "End")):
        for _ in range(2):
            session.press(session.program.key(start))
            bench.figures.add_step(NAME, session.program.name, f"{action}, at the edge", _over_the_edge(bench, session, action))


def _over_the_edge(bench: Bench, session: Session, action: str) -> Step:
    key = session.program.key(action)
    walk = [session.press(key, quiet=WALKING) for _ in range(bench.options.size.lines + 2)]
    session.settle()
    return max(walk, key=lambda step: step.size)
