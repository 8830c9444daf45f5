"""Commands that end by themselves: import, export, counts."""

from __future__ import annotations

from typing import Final

from benchmarks.bench import Bench
from benchmarks.processes import Finished
from benchmarks.workspace import remove

NAME: Final = "batch"

ALL: Final = "all customers"

MANY: Final = 100_000
"""Customers from which one import, which then takes minutes, must do."""

COUNTS: Final = 5
"""Runs of ``viptui counts`` a round."""


def run(bench: Bench) -> None:
    """Measure."""
    rounds = bench.options.rounds
    for _ in range(rounds if bench.options.customers < MANY else 1):
        _keep(bench, "viptui import", _import(bench))
    database = str(bench.database)
    export = bench.workspace.folder / "export.csv"
    for _ in range(rounds):
        bench.workspace.tell("viptui list --csv, viptui counts --json")
        exported = bench.workspace.viptui("list", "--csv", "--database", database, output=export)
        _keep(bench, "viptui list --csv", exported)
        for _ in range(COUNTS):
            _keep(bench, "viptui counts --json", bench.workspace.viptui("counts", "--json", "--database", database))
    export.unlink()


def _import(bench: Bench) -> Finished:
    """A whole import; the first one ever becomes the database of the other scenarios."""
    workspace, customers = bench.workspace, bench.options.customers
    files, path = workspace.files(customers), workspace.database_path(customers)
    draft = path.with_name("import.db")
    remove(draft)
    workspace.tell(f"importing {customers:,} customers")
    finished = workspace.import_into(draft, files)
    if path.exists():
        remove(draft)
    else:
        draft.rename(path)
    return finished


def _keep(bench: Bench, program: str, finished: Finished) -> None:
    for quantity, value in (
        ("seconds", finished.seconds),
        ("CPU seconds", finished.cpu_seconds),
        ("peak MB", finished.peak_mb),
    ):
        bench.figures.add(NAME, program, ALL, quantity, value)
