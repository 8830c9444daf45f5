"""What a program costs while nobody presses a key: bytes and processor."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench

NAME: Final = "idle"

SECONDS: Final = 10


def run(bench: Bench) -> None:
    """Measure 10 s of doing nothing."""
    peers = bench.peers(programs.SMALLEST, programs.FZF, programs.C_LIST, programs.DATA_TABLE, programs.VISIDATA)
    for program in bench.rounds([*bench.viptuis(), *peers]):
        with bench.forgiving(program), bench.ready(program) as session:
            session.settle(2.0)
            began = session.cpu_seconds()
            step = session.idle(SECONDS)
            share = (session.cpu_seconds() - began) / SECONDS * 100
            bench.figures.add(NAME, program.name, "nothing", "bytes", step.size)
            bench.figures.add(NAME, program.name, "nothing", "CPU %", share)
