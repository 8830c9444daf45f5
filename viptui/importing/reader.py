"""From paths to batches of records: which files, what they are, record by record."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from viptui.importing.columns import bare
from viptui.importing.faults import Fault, Faults, quoted
from viptui.importing.files import FileFault, Rows, files_at
from viptui.importing.layout import Layout, column_map, fit, layout_of
from viptui.importing.records import Names, Record, RecordReader


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


Step = Callable[[str], None]
"""Is told what is being done now."""


@dataclass(slots=True, kw_only=True)
class Findings:
    """What is to be known of the files once their rows have been read."""

    faults: Faults = field(default_factory=Faults)
    names: Names = field(default_factory=Names)
    layouts: dict[int, Layout] = field(default_factory=dict)
    """The files that could be understood, by their rank."""
    repaired: dict[str, int] = field(default_factory=dict)
    """Files in which misread characters were put right, and in how many cells."""


Batch = tuple[str, int, list[Record]]
"""Name of the kind, how many bytes have been read so far, and the records."""


class Reader:
    """Reads all files into batches of records, and finds what is to be known of them afterwards."""

    def __init__(self, source: Source) -> None:
        self.found = Findings()
        self.total = 0
        """Bytes of all files."""
        self._source = source
        self._done = 0
        self._files: list[Path] = []
        self._mapped: Mapping[str, str] = {}
        try:
            self._files = list(files_at(source.paths))
            self._mapped = column_map(source.column_map)
            self.total = sum(_size(file) for file in self._files)
        except FileFault as fault:
            self.found.faults.add(Fault(file="import", reason=str(fault)), rows_are_missing=True)
            self._files = []

    def batches(self) -> Generator[Batch, None, None]:
        """The records of every file; whatever is wrong is collected."""
        for rank, file in enumerate(self._files):
            yield from self._read(rank, file)
        if self._files:
            self._refuse_unused(self._mapped)

    def _read(self, rank: int, path: Path) -> Generator[Batch, None, None]:
        faults = self.found.faults
        try:
            with _opened(path) as file:
                rows = Rows(file, self._source.encoding, partial(fit, mapped=self._mapped))
                layout = layout_of(rank, str(path), rows.headers, self._mapped)
                self.found.layouts[rank] = layout
                yield from self._records(layout, rows)
            self._done += _size(path)
        except OSError as error:
            reason = f"It cannot be read: {error.strerror}."
            faults.add(Fault(file=str(path), reason=reason, rank=rank), rows_are_missing=True)
        except FileFault as fault:
            found = Fault(file=str(path), line=fault.line, reason=str(fault), rank=rank)
            faults.add(found, rows_are_missing=True)

    def _records(self, layout: Layout, rows: Rows) -> Generator[Batch, None, None]:
        reader = RecordReader(layout, self.found.faults, self.found.names)
        for records in reader.read(rows):
            yield layout.kind.name, self._done + rows.bytes_read, records
        if reader.repaired:
            self.found.repaired[layout.file] = reader.repaired

    def _refuse_unused(self, mapped: Mapping[str, str]) -> None:
        """A column named by ``--map`` that no file has is a slip of the pen."""
        there_are = {bare(header) for layout in self.found.layouts.values() for header in layout.headers}
        for column, name in mapped.items():
            if column not in there_are and not self.found.faults.rows_are_missing:
                reason = f"No file has a column {quoted(column)} to be read as {name}: check its spelling."
                self.found.faults.add(Fault(file="--map", reason=reason))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise FileFault(f"{path} cannot be read: {error.strerror}.") from error


def _opened(path: Path) -> BinaryIO:
    if not path.is_file():
        raise FileFault("This is neither a file nor a folder of files.")
    return path.open("rb")
