"""From paths to the temporary tables: which files, what they are, record by record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from viptui.importing.columns import bare
from viptui.importing.faults import Fault, Faults, quoted
from viptui.importing.files import FileFault, Rows, files_at
from viptui.importing.layout import Layout, column_map, fit, layout_of
from viptui.importing.records import Names, RecordReader
from viptui.importing.staging import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What to read, and how."""

    paths: tuple[str, ...]
    """Files, and folders of files."""
    column_map: tuple[str, ...] = ()
    """``COLUMN=FIELD`` for columns whose names mean nothing to us."""
    encoding: str | None = None
    """Of files without a mark; UTF-8 if not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an import has come."""

    step: str
    done: int
    """Bytes read."""
    total: int
    rows: int


class Reader:
    """Reads all files into the temporary tables, and keeps what is to be known of them afterwards."""

    def __init__(self, source: Source, report: Callable[[Progress], None]) -> None:
        self.faults = Faults()
        self.names = Names()
        self.layouts: dict[int, Layout] = {}
        """The files that could be understood, by their rank."""
        self.repaired: dict[str, int] = {}
        """Files in which misread characters were put right, and in how many cells."""
        self._source = source
        self._report = report
        self._done = self._total = self._rows = 0

    def read_all(self) -> None:
        """Read every file; whatever is wrong is collected."""
        try:
            files = list(files_at(self._source.paths))
            mapped = column_map(self._source.column_map)
            self._total = sum(_size(file) for file in files)
        except FileFault as fault:
            self.faults.add(Fault(file="import", reason=str(fault)), rows_are_missing=True)
            return
        for rank, file in enumerate(files):
            self._read(rank, file, mapped)
        self._refuse_unused(mapped)

    def step(self, name: str) -> None:
        """Report what is being done now that everything has been read."""
        self._report(Progress(step=name, done=self._total, total=self._total, rows=self._rows))

    def _read(self, rank: int, path: Path, mapped: Mapping[str, str]) -> None:
        try:
            with _opened(path) as file:
                rows = Rows(file, self._source.encoding, partial(fit, mapped=mapped))
                layout = layout_of(rank, str(path), rows.headers, mapped)
                self.layouts[rank] = layout
                self._load(layout, rows)
            self._done += _size(path)
        except OSError as error:
            self.faults.add(Fault(file=str(path), reason=f"It cannot be read: {error.strerror}.", rank=rank))
            self.faults.rows_are_missing = True
        except FileFault as fault:
            found = Fault(file=str(path), line=fault.line, reason=str(fault), rank=rank)
            self.faults.add(found, rows_are_missing=True)

    def _load(self, layout: Layout, rows: Rows) -> None:
        reader = RecordReader(layout, self.faults, self.names)
        for batch in reader.read(rows):
            load(layout.kind, batch)
            self._rows += len(batch)
            done = self._done + rows.bytes_read
            self._report(Progress(step="reading", done=done, total=self._total, rows=self._rows))
        if reader.repaired:
            self.repaired[layout.file] = reader.repaired

    def _refuse_unused(self, mapped: Mapping[str, str]) -> None:
        """A column named by ``--map`` that no file has is a slip of the pen."""
        there_are = {bare(header) for layout in self.layouts.values() for header in layout.headers}
        for column, name in mapped.items():
            if column not in there_are and not self.faults.rows_are_missing:
                reason = f"No file has a column {quoted(column)} to be read as {name}: check its spelling."
                self.faults.add(Fault(file="--map", reason=reason))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise FileFault(f"{path} cannot be read: {error.strerror}.") from error


def _opened(path: Path) -> BinaryIO:
    if not path.is_file():
        raise FileFault("This is neither a file nor a folder of files.")
    return path.open("rb")
