"""The cursor: down and up inside a page, over the page's edge; beside it A, the smallest Textual app's key."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.steps import Step
from benchmarks.terminal import Session

NAME: Final = "keys"

PRESSES: Final = 10

WALK: Final = 10
"""Keys a second of a walk; the next one comes before viptui's preview follows."""


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
        session.press(session.program.key(start))
        step = _over_the_edge(session, action, bench.options.size.lines + 2)
        bench.figures.add_step(NAME, session.program.name, f"{action}, at the edge", step)


def _over_the_edge(session: Session, action: str, times: int) -> Step:
    walk = session.hold(session.program.key(action), times, per_second=WALK)
    return max(walk, key=lambda step: step.size)
