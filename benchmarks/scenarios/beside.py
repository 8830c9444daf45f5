"""Keys while other work goes on at the same database: an import, an export, an evaluation."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from benchmarks import processes, programs
from benchmarks.bench import Bench
from benchmarks.programs import viptui_command
from benchmarks.scenarios.day_change import evening_before
from benchmarks.terminal import Session
from benchmarks.workspace import remove

NAME: Final = "beside"

KEYS: Final = ("down", "page down")

TURNS: Final = 40

QUIET: Final = 0.05
"""Seconds of quiet after a key; there is no preview to wait for."""

MOST_IMPORTED: Final = 100_000
"""Customers that are imported on top."""


def run(bench: Bench) -> None:
    """Measure on a copy of the database: first alone, then beside each kind of work."""
    for _ in range(bench.options.rounds):
        copy = bench.workspace.copy(bench.database)
        program = programs.viptui(copy, bench.workspace.home)
        try:
            with bench.ready(program) as session:
                session.hide_preview()
                session.press(b"6")
                for _ in range(TURNS):
                    _press(bench, session, "alone")
                for work, command in _commands(bench, copy).items():
                    bench.workspace.tell(f"{program.name} beside {work}")
                    _measure_beside(bench, session, work, command)
        finally:
            remove(copy)


def _commands(bench: Bench, database: Path) -> dict[str, tuple[str, ...]]:
    more = bench.workspace.more_files(min(MOST_IMPORTED, bench.options.customers))
    named = ("--database", str(database))
    return {
        "an export": viptui_command("list", "--csv", *named),
        "an evaluation": evening_before(bench, database, "--evaluate"),
        "an import": viptui_command("import", *named, str(more)),
    }


def _measure_beside(bench: Bench, session: Session, work: str, command: tuple[str, ...]) -> None:
    """Press keys as long as the work goes on, but not for ever."""
    with processes.beside(command, programs.environment(bench.workspace.home)) as process:
        for _ in range(TURNS):
            if process.poll() is not None:
                break
            _press(bench, session, f"beside {work}")
    session.press(b"g")


def _press(bench: Bench, session: Session, when: str) -> None:
    for action in KEYS:
        bench.press_all(session, NAME, f"{action}, {when}", [session.program.key(action)], quiet=QUIET)
