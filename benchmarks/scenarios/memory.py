"""Resident memory: at the start, and after pages, ends, tabs, searches and orders."""

from __future__ import annotations

from typing import Final

from benchmarks import programs
from benchmarks.bench import Bench
from benchmarks.terminal import Session

NAME: Final = "memory"

RESIDENT: Final = "resident MB"


def run(bench: Bench) -> None:
    """Measure."""
    peers = bench.peers(programs.SMALLEST, programs.FZF, programs.C_LIST, programs.DATA_TABLE, programs.VISIDATA)
    for program in bench.rounds([*bench.viptuis(), *peers]):
        with bench.forgiving(program), bench.ready(program) as session:
            bench.figures.add(NAME, program.name, "at the start", RESIDENT, session.memory_mb())
            _use(session)
            bench.figures.add(NAME, program.name, "after use", RESIDENT, session.memory_mb())


def _use(session: Session) -> None:
    is_viptui = session.program.name.startswith(programs.VIPTUI)
    if is_viptui:
        for key in (b"1", b"2", b"4", b"5", b"6", b"m", b"m", b"/", b"u", b"n", b"i", b"v", b"\x1b"):
            session.press(key)
        for letter in b"neslagd":
            session.press(b"s")
            session.press(bytes([letter]))
    if session.program.key("page down") and session.program.name != programs.SMALLEST:
        session.hold(session.program.key("down"), 60, per_second=30)
        for _ in range(20):
            session.press(session.program.key("page down"))
        for action in ("End", "page up", "Home"):
            session.press(session.program.key(action))
