"""The programs that are measured: how each is started, what its first rows look like, which keys it has."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.portfolio import ME

ROOT: Final = Path(__file__).parents[1]
PEERS: Final = Path(__file__).parent / "peers"

VIPTUI: Final = "viptui"
LEAN: Final = "viptui over SSH"
SMALLEST: Final = "smallest Textual app"
DATA_TABLE: Final = "Textual DataTable"
C_LIST: Final = "curses list in C"
FZF: Final = "fzf"
VISIDATA: Final = "VisiData"

MOST_ROWS_OF_DATA_TABLE: Final = 10_000
"""Textual's DataTable takes every row at the start, some 3,000 a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program with its arguments."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    first_row: str
    """Pattern of a text that only a real row holds."""
    loaded: str = ""
    """Pattern of a text that is there once all is loaded, if that is later."""
    quiet: float = 0.5
    """Seconds without a byte that mean that it has nothing more to do at the start."""
    stdin: Path | None = None
    reads: Path | None = None
    """The file with the rows, as far as it is known."""
    keys: Mapping[str, bytes] = field(default_factory=dict)
    """Its key for an action, where it is another than usual; empty where it has none."""
    preview: bool = False
    """Whether it repaints a preview once the cursor rests."""

    def key(self, action: str) -> bytes:
        """The key for an action; empty if the program has none."""
        return self.keys.get(action, KEYS.get(action, b""))

    def late_rows(self, lines: int) -> range:
        """Rows of the screen (from 1) that may be repainted once the cursor rests."""
        return range(lines - PREVIEW_LINES, lines) if self.preview and lines >= PREVIEW_FROM else range(0)


PREVIEW_LINES: Final = 5
"""Lines of viptui's preview, above the last line."""

PREVIEW_FROM: Final = 30
"""Lines of a terminal from which viptui shows it."""

KEYS: Final = {
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "page down": b"\x1b[6~",
    "page up": b"\x1b[5~",
    "Home": b"\x1b[H",
    "End": b"\x1b[F",
    "quit": b"q",
}

_CURSES_KEYS: Final = {"down": b"\x1bOB", "up": b"\x1bOA", "Home": b"\x1bOH", "End": b"\x1bOF"}
"""What a terminal sends once a program has asked for the keypad's own codes, as curses does."""

_VIPTUI_KEYS: Final = {
    "half page down": b"\x04",
    "half page up": b"\x15",
    "search": b"/",
    "clear": b"\x1b",
    "preview": b"p",
}


def environment(home: Path, **more: str) -> dict[str, str]:
    """An environment in which nothing outside ``home`` is read or written, of a terminal with every colour."""
    return {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        **more,
    }


def viptui(database: Path, home: Path, *, lean: bool = False, name: str = "") -> Program:
    """The interface on a database; ``lean`` is what it makes of an SSH connection."""
    more = {"SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"} if lean else {}
    return Program(
        name=name or (LEAN if lean else VIPTUI),
        command=viptui_command("--database", str(database), "--me", ME),
        reads=database,
        environment=environment(home, **more),
        first_row="SUSPENDED|OVERDUE",
        keys=_VIPTUI_KEYS,
        preview=True,
    )


def viptui_command(*arguments: str) -> tuple[str, ...]:
    """viptui's command line."""
    return (sys.executable, "-m", "viptui", *arguments)


def smallest(home: Path) -> Program:
    """The smallest Textual app: what the framework itself costs."""
    return Program(
        name=SMALLEST,
        command=(sys.executable, str(PEERS / "smallest.py")),
        environment=environment(home),
        first_row="ready",
        keys={"quit": b"\x11"},
    )


def data_table(rows: Path, home: Path, customers: int) -> Program:
    """Textual's own table in a minimal app."""
    shown = min(customers, MOST_ROWS_OF_DATA_TABLE)
    return Program(
        name=DATA_TABLE if shown == customers else f"{DATA_TABLE}, {shown:,} rows",
        command=(sys.executable, str(PEERS / "data_table.py"), str(rows), str(shown)),
        reads=rows,
        environment=environment(home),
        first_row=_first_cell(rows),
        keys={"quit": b"\x11"},
    )


def c_list(rows: Path, home: Path, program: Path) -> Program:
    """A list in C with curses: what a terminal program can reach."""
    return Program(
        name=C_LIST,
        command=(str(program), str(rows)),
        reads=rows,
        environment=environment(home),
        first_row=_first_cell(rows),
        keys=_CURSES_KEYS,
    )


def fzf(rows: Path, home: Path, program: str, customers: int) -> Program:
    """The fuzzy finder, the list from the top."""
    return Program(
        name=FZF,
        command=(program, "--layout=reverse", "--header-lines=1", "--bind=home:first,end:last"),
        environment=environment(home),
        first_row=_first_cell(rows),
        loaded=f"{customers}/{customers}",
        stdin=rows,
        reads=rows,
        keys={"quit": b"\x1b", "clear": b"\x15"},
    )


def visidata(rows: Path, home: Path, program: str) -> Program:
    """The spreadsheet of the terminal."""
    return Program(
        name=VISIDATA,
        command=(program, str(rows)),
        reads=rows,
        environment=environment(home),
        first_row=_first_cell(rows),
        quiet=1.5,  # it tells every half second how far it is
        keys={**_CURSES_KEYS, "quit": b"gq", "search": b"/", "sort": b"["},
    )


def found(name: str, named: str | None = None) -> str | None:
    """Where a program is: as named, or on the path."""
    return shutil.which(named or name)


def _first_cell(rows: Path) -> str:
    """The first customer's VIP ID, as much of it as any program shows."""
    with rows.open(encoding="utf-8") as file:
        next(file)
        return next(file)[:12]
