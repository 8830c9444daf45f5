"""From the command to the first frame with real rows; beside it S, the smallest Textual app's first frame."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.line import SLOW
from benchmarks.terminal import Session, TooSlow

NAME: Final = "startup"

START: Final = "first frame with rows"
START_MS: Final = "first paint ms"

SMALL: Final = 1_000
"""Customers of the portfolio that the first frame is compared with."""

VIPTUI_SMALL: Final = f"{programs.VIPTUI}, {SMALL:,} customers"


def run(bench: Bench) -> None:
    """Measure; the first start of each program only warms the caches."""
    participants = bench.viptuis()
    if bench.options.customers != SMALL:
        database = bench.workspace.database(SMALL)
        participants.append(programs.viptui(database, bench.workspace.home, name=VIPTUI_SMALL))
    participants += bench.peers(
        programs.SMALLEST, programs.FZF, programs.C_LIST, programs.DATA_TABLE, programs.VISIDATA
    )
    warm: set[str] = set()
    for program in bench.rounds(participants):
        for _ in range(3 if program.name in warm else 4):
            with bench.forgiving(program), Session(program, bench.options.size, bench.workspace.home) as session:
                measured = _start(session)
            if program.name in warm:
                for quantity, value in measured.items():
                    bench.figures.add(NAME, program.name, START, quantity, value)
            warm.add(program.name)


def _start(session: Session) -> dict[str, float]:
    measured = {START_MS: session.wait_for(session.program.first_row)}
    if session.program.loaded:
        measured["all loaded ms"] = session.wait_for(session.program.loaded)
    session.settle()
    measured["bytes"] = sum(len(chunk.data) for chunk in session.chunks)
    last = SLOW.arrivals(session.chunks)[-1] - SLOW.round_trip / 2
    measured["last byte on the slow line ms"] = (last - session.started_at) * 1000
    ended = session.quit()
    if ended is None:
        raise TooSlow(f"{session.program.name} does not leave")
    return measured | {"quit ms": ended}
