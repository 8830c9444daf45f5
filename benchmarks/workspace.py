"""The work folder: portfolios, databases and compiled peers, made once and used again."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Final

from benchmarks import processes, programs
from benchmarks.portfolio import FILES, LIST, ME, write_portfolio
from viptui.clock import SystemClock

VERSION: Final = 1
"""Goes up when portfolios are made in another way; older ones are made anew."""

FRESH: Final = timedelta(days=7)
"""How long a portfolio's spread is near enough to what it was made for."""

_CHUNK: Final = 1 << 20
"""Bytes that are read at a time."""

CROSSING: Final = 5_000
"""Customers who cross a line on the day of the portfolio; a tenth of all if those are fewer than ten times as many."""


@dataclass(slots=True)
class Workspace:
    """The folder and the day."""

    folder: Path
    tell: Callable[[str], None]
    today: date

    @property
    def home(self) -> Path:
        """Where the programs that are measured are at home."""
        home = self.folder / "home"
        home.mkdir(parents=True, exist_ok=True)
        return home

    def portfolio(self, customers: int) -> Path:
        """The folder of a portfolio."""
        folder = self.folder / f"portfolio-{customers}"
        if not self._is_usable(folder):
            self.tell(f"writing {customers:,} made-up customers")
            shutil.rmtree(folder, ignore_errors=True)
            remove(self.database_path(customers))
            write_portfolio(folder, customers, self.today, crossing=min(CROSSING, customers // 10))
            self._mark_made(folder)
        return folder

    def files(self, customers: int) -> Path:
        """The folder with the files to import."""
        return self.portfolio(customers) / FILES

    def list(self, customers: int) -> Path:
        """The list that the peers show."""
        return self.portfolio(customers) / LIST

    def more_files(self, customers: int) -> Path:
        """A folder with files of other customers, to be imported on top of the first ones."""
        folder = self.folder / f"more-{customers}"
        if not self._is_usable(folder):
            shutil.rmtree(folder, ignore_errors=True)
            write_portfolio(folder, customers, self.today, seed=2, first=50_000_000)
            self._mark_made(folder)
        return folder / FILES

    def database(self, customers: int) -> Path:
        """The database with the portfolio, evaluated today."""
        files, path = self.files(customers), self.database_path(customers)
        if not path.exists():
            self.tell(f"importing {customers:,} customers")
            draft = path.with_name(f"draft-of-{path.name}")
            remove(draft)
            self.import_into(draft, files)
            draft.rename(path)
        self.viptui("evaluate", "--database", str(path))
        return path

    def database_path(self, customers: int) -> Path:
        """Where that database lies."""
        return self.folder / f"viptui-{customers}.db"

    def import_into(self, database: Path, files: Path) -> processes.Finished:
        """Import files into a database, a new one if there is none."""
        return self.viptui("import", "--database", str(database), "--me", ME, str(files))

    def copy(self, database: Path) -> Path:
        """A copy of a database that nobody has open, to be written to."""
        copy = database.with_name(f"copy-of-{database.name}")
        remove(copy)
        shutil.copyfile(database, copy)
        return copy

    def warm(self, file: Path) -> None:
        """Read a file once, so that the system has it at hand."""
        with file.open("rb", buffering=0) as chunks:
            while chunks.read(_CHUNK):
                pass

    def viptui(self, *arguments: str, output: Path | None = None) -> processes.Finished:
        """Run a command of viptui to its end."""
        return processes.run(programs.viptui_command(*arguments), programs.environment(self.home), output=output)

    def compiled(self, source: Path) -> Path | None:
        """A peer in C, compiled; None if there is no compiler or no curses."""
        program = self.folder / source.stem
        compiler = shutil.which("cc") or shutil.which("gcc")
        if compiler is None:
            return None
        command = (compiler, "-O2", "-o", str(program), str(source), "-lncursesw")
        done = subprocess.run(command, capture_output=True, check=False)
        return program if done.returncode == 0 else None

    def _mark_made(self, folder: Path) -> None:
        (folder / _MADE).write_text(json.dumps({"version": VERSION, "day": self.today.isoformat()}))

    def _is_usable(self, folder: Path) -> bool:
        file = folder / _MADE
        if not file.exists():
            return False
        made = json.loads(file.read_text())
        return bool(made["version"] == VERSION and self.today - date.fromisoformat(made["day"]) <= FRESH)


def today() -> date:
    """The day in the zone that the programs are started in."""
    return SystemClock(UTC).today()


def remove(database: Path) -> None:
    """Delete an SQLite database with what lies beside it."""
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


_MADE: Final = "made.json"
