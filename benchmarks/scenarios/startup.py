"""From the command to the first frame with real rows; beside it S, the smallest Textual app's first frame."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.line import SLOW
from benchmarks.terminal import Session

NAME: Final = "startup"

START: Final = "first frame with rows"
START_MS: Final = "first paint ms"

STARTS: Final = 2
"""Starts of each program in a round."""

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
        for _ in range(STARTS if program.name in warm else STARTS + 1):
            with bench.forgiving(program), bench.started(program) as session:
                measured = _start(session, bench.longest_start)
                if program.name in warm:
                    for quantity, value in measured.items():
                        bench.figures.add(NAME, program.name, START, quantity, value)
            warm.add(program.name)


def _start(session: Session, longest: float) -> dict[str, float]:
    program = session.program
    measured = {START_MS: session.wait_for(program.first_row, longest=longest)}
    if program.loaded:
        session.wait_for(program.loaded, longest=longest)
    session.settle(program.quiet)
    measured["last byte ms"] = (session.chunks[-1].at - session.started_at) * 1000
    measured["bytes"] = sum(len(chunk.data) for chunk in session.chunks)
    last = SLOW.arrivals(session.chunks)[-1] - SLOW.round_trip / 2
    measured["slow line ms"] = (last - session.started_at) * 1000
    if (ended := session.quit()) is not None:
        measured["quit ms"] = ended
    return measured
