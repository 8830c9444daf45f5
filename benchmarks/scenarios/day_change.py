"""Midnight: thousands of customers cross a line. How long the evaluation takes, and what a key costs meanwhile."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Final

from benchmarks import processes, programs
from benchmarks.bench import Bench
from benchmarks.terminal import Session, Unmeasurable
from benchmarks.workspace import remove

NAME: Final = "day change"

CHANGES: Final = 5
"""Day changes in one run of the interface."""

PRESSES: Final = 30

QUIET: Final = 0.03
"""Seconds of quiet after a key; there is no preview to wait for."""

LONGEST: Final = 60.0
"""Seconds that an evaluation may take."""


def run(bench: Bench) -> None:
    """Measure on a copy of the database, which is brought back to the evening before again and again."""
    copy = bench.workspace.copy(bench.database)
    try:
        for program in bench.rounds([programs.viptui(copy, bench.workspace.home)]):
            _alone(bench, copy)
            with bench.ready(program) as session:
                session.hide_preview()
                for _ in range(CHANGES):
                    bench.press_all(session, NAME, "down, before", [program.key("down")] * PRESSES, quiet=QUIET)
                    _change(bench, session, copy)
    finally:
        remove(copy)
    bench.figures.note(
        NAME,
        "alone: the evaluation in a process of its own. In the interface: from R, the key that evaluates at once, "
        "until the evaluation is recorded, while the cursor moves.",
    )


def evening_before(bench: Bench, database: Path, *arguments: str) -> tuple[str, ...]:
    """The command that makes a database one that was evaluated last on the day before."""
    return (sys.executable, "-m", "benchmarks.evaluation", str(database), bench.workspace.today.isoformat(), *arguments)


def _alone(bench: Bench, database: Path) -> None:
    output = bench.workspace.folder / "evaluation.json"
    environment = programs.environment(bench.workspace.home)
    processes.run(evening_before(bench, database, "--evaluate"), environment, output=output)
    done = json.loads(output.read_text())
    output.unlink()
    bench.figures.add(NAME, programs.VIPTUI, "evaluation, alone", "seconds", done["seconds"])
    bench.figures.add(NAME, programs.VIPTUI, "evaluation, alone", "crossings", done["crossings"])


def _change(bench: Bench, session: Session, database: Path) -> None:
    processes.run(evening_before(bench, database), programs.environment(bench.workspace.home))
    session.settle()
    began = perf_counter()
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        bench.press_all(session, NAME, "R", [b"R"], quiet=QUIET)
        while (crossings := _crossings(connection, bench.workspace.today.isoformat())) is None:
            if perf_counter() - began > LONGEST:
                raise Unmeasurable("the day was not evaluated")
            bench.press_all(session, NAME, "down, meanwhile", [session.program.key("down")], quiet=QUIET)
    bench.figures.add(NAME, session.program.name, "evaluation, in the interface", "seconds", perf_counter() - began)
    bench.figures.add(NAME, session.program.name, "evaluation, in the interface", "crossings", crossings)
    session.settle()


def _crossings(connection: sqlite3.Connection, day: str) -> int | None:
    """Crossings of the day's evaluation; None as long as there is none."""
    row = connection.execute("SELECT crossings FROM evaluation WHERE evaluated_on = ?", (day,)).fetchone()
    return row[0] if row else None
