"""A held key: what each press costs, and how long the screen moves on after the last one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.line import SLOW
from benchmarks.steps import Chunk, Step, size_of
from benchmarks.terminal import Session

NAME: Final = "held"

PER_SECOND: Final = 30
"""The usual rate of a keyboard."""

TIMES: Final = 90

QUIET: Final = 1.0

LAG: Final = "lag ms"
SLOW_LAG: Final = "lag on the slow line ms"


def run(bench: Bench) -> None:
    """Measure; the slow line's figure is computed from the same presses."""
    peers = bench.peers(programs.FZF, programs.C_LIST, programs.DATA_TABLE, programs.VISIDATA)
    for program in bench.rounds([*bench.viptuis(), *peers]):
        with bench.forgiving(program), bench.ready(program) as session:
            if program.name.startswith(programs.VIPTUI):
                session.press(b"6", quiet=QUIET)
            for action in ("down", "page down"):
                _hold(bench, session, action)
                session.press(program.key("Home"), quiet=QUIET)
    bench.figures.note(
        NAME,
        f"{TIMES} presses at {PER_SECOND} a second. The lag is the time from the last press to the last byte of its "
        "answer; viptui's preview, repainted once the cursor rests, has a column of its own.",
    )


def _hold(bench: Bench, session: Session, action: str) -> None:
    began = session.cpu_seconds()
    steps = session.hold(session.program.key(action), TIMES, per_second=PER_SECOND, quiet=QUIET)
    spent = session.cpu_seconds() - began
    answers = [chunk for step in steps for chunk in step.chunks]
    everything = sorted([*answers, *(chunk for step in steps for chunk in step.late)])
    figures = {
        "bytes per press": size_of(answers) / TIMES,
        "CPU ms per press": spent / TIMES * 1000,
        LAG: _lag(steps, answers),
        SLOW_LAG: _slow_lag(steps, answers),
        "lag on the slow line with the preview ms": _slow_lag(steps, everything),
    }
    for quantity, value in figures.items():
        bench.figures.add(NAME, session.program.name, action, quantity, value)
    bench.figures.add(NAME, session.program.name, action, "bytes of the costliest", max(step.size for step in steps))


def _lag(steps: Sequence[Step], chunks: Sequence[Chunk]) -> float:
    return max(0.0, chunks[-1].at - steps[-1].pressed_at) * 1000 if chunks else 0.0


def _slow_lag(steps: Sequence[Step], chunks: Sequence[Chunk]) -> float:
    """The lag as it is seen at the far end of the slow line."""
    return max(0.0, SLOW.arrivals(chunks)[-1] - steps[-1].pressed_at) * 1000 if chunks else 0.0
