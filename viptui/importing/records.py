"""A row of a file becomes the values that are stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Final, TypeVar

from viptui.importing.cells import Value
from viptui.importing.columns import Field
from viptui.importing.faults import Fault, Faults, quoted
from viptui.importing.files import FileFault, Rows
from viptui.importing.layout import Layout
from viptui.rules.parsing import ParseError
from viptui.text import visible

Columns = tuple[tuple[Value, ...], ...]
"""The values of some rows, field by field."""

Values = tuple[tuple[int, ...], Columns]
"""The lines that rows begin on, and what is in them."""

T = TypeVar("T")

_Row = tuple[int, list[str]]
"""The line that a row begins on, and its cells."""

_ROWS_AT_ONCE: Final = 500

_FEW_ROWS: Final = 20
"""A fault among them makes them be read one by one."""


class RecordReader:
    """Reads the values of one file. Faults are collected; a value that cannot be read is None."""

    def __init__(self, layout: Layout, faults: Faults) -> None:
        self._layout = layout
        self._faults = faults
        self.repaired = 0
        """Cells in which characters were put right, or replaced by a visible mark."""
        self._stopped: FileFault | None = None

    def read(self, rows: Rows) -> Iterator[Values]:
        """The values of the rows that tell which record they are of, in batches."""
        numbered = self._readable(rows)
        while batch := list(islice(numbered, _ROWS_AT_ONCE)):
            yield from filter(itemgetter(0), self._read(batch))
        if self._stopped is not None:
            self._refuse(self._stopped.line, None, str(self._stopped), loses_row=True)

    def _readable(self, rows: Rows) -> Iterator[_Row]:
        """The rows up to where the file cannot be read on."""
        try:
            yield from rows
        except FileFault as fault:
            self._stopped = fault

    def _read(self, batch: Sequence[_Row]) -> Iterator[Values]:
        """The values of some rows; if there is a fault among them, they are read by and by."""
        try:
            values = self._at_once(batch)
        except ValueError:
            for at in range(0, len(batch), _FEW_ROWS):
                yield self._a_few(batch[at : at + _FEW_ROWS])
        else:
            yield values

    def _a_few(self, batch: Sequence[_Row]) -> Values:
        try:
            return self._at_once(batch)
        except ValueError:  # cells are missing, or one cannot be read, and it has to be said which
            return self._one_by_one(batch)

    def _at_once(self, batch: Sequence[_Row]) -> Values:
        """The values of rows without a fault, column by column: a third of the time."""
        lines, rows = zip(*batch, strict=True)
        if set(map(len, rows)) != {len(self._layout.headers)}:
            raise ValueError("a row has not as many cells as the header")
        cells = list(zip(*rows, strict=True))
        columns = tuple(self._column(each, cells) for each in self._layout.kind.fields)
        if "assigned" in self._layout.indexes and any(map(_is_more, *self._counts(columns))):
            raise ValueError("a row assigns more than it has")
        return lines, columns

    def _column(self, field: Field, cells: Sequence[tuple[str, ...]]) -> tuple[Value, ...]:
        if field.name not in self._layout.indexes:
            return (field.default,) * len(cells[0])
        column = cells[self._layout.indexes[field.name]]
        return column if field.stays(column) else tuple(map(field.parse, column))

    def _one_by_one(self, batch: Sequence[_Row]) -> Values:
        """The values of rows among which there are faulty ones."""
        width = len(self._layout.headers)
        lines = []
        records = []
        for line, cells in batch:
            if not any(map(str.strip, cells)):
                continue  # spreadsheets leave such rows at the end
            if len(cells) != width:
                self._refuse(line, None, _width_reason(len(cells), width), loses_row=True)
                continue
            values = self._values(line, cells)
            if values[0] is not None:
                lines.append(line)
                records.append(values)
        return tuple(lines), tuple(zip(*records, strict=True))

    def _values(self, line: int, cells: Sequence[str]) -> list[Value]:
        values = [self._value(line, field, cells) for field in self._layout.kind.fields]
        if "assigned" in self._layout.indexes and _is_more(*self._counts(values)):
            self._refuse(line, "assigned", "More licences are assigned than the quantity says.")
        return values

    def _counts(self, values: Sequence[T]) -> tuple[T, T]:
        """Those of the assigned licences and of all, where a row has both."""
        positions = self._layout.kind.positions
        return values[positions["assigned"]], values[positions["quantity"]]

    def _value(self, line: int, field: Field, cells: Sequence[str]) -> Value:
        """The value of one cell, which may be at fault."""
        if field.name not in self._layout.indexes:
            return field.default
        cell = cells[self._layout.indexes[field.name]]
        try:
            return field.parse(cell)
        except ParseError as error:
            return self._second_try(line, field, cell, error)

    def _second_try(self, line: int, field: Field, cell: str, error: ParseError) -> Value:
        """The value of a cell once its characters are put right; None, and a fault, if those are not what is wrong."""
        for repaired in _repairs(field, cell):
            try:
                value = field.parse(repaired)
            except ParseError as still:
                error = still
            else:
                self.repaired += 1
                return value
        there_is = f" There is {quoted(cell)}." if cell.strip() else ""
        self._refuse(line, field.name, f"{error}{there_is}", loses_row=field is self._layout.kind.fields[0])
        return None

    def _refuse(self, line: int | None, field: str | None, reason: str, *, loses_row: bool = False) -> None:
        column = None if field is None else self._layout.header(field)
        fault = Fault(file=self._layout.file, line=line, column=column, reason=reason, rank=self._layout.rank)
        self._faults.add(fault, rows_are_missing=loses_row)


_MISREAD: Final = {
    code: character for code in range(0x80, 0xA0) if (character := bytes([code]).decode("cp1252", "ignore"))
}
"""Control characters that are quotes and dashes of Windows, once read as Latin-1 by some other program."""


_FREE_TEXTS: Final = frozenset(
    {"organization_name", "organization_name_english", "contact_name", "address", "city", "region", "product"}
)
"""Fields whose characters mean nothing to a program, so that a visible mark may stand for one that is not visible."""


def _repairs(field: Field, cell: str) -> Iterator[str]:
    """What a cell may have been meant to say, the likeliest first."""
    repaired = cell.translate(_MISREAD)
    if repaired != cell:
        yield repaired
    if field.name in _FREE_TEXTS and visible(repaired) != repaired:
        yield visible(repaired)


def _width_reason(cells: int, columns: int) -> str:
    return f"The row has {cells} cells, the header {columns}: look for a missing or surplus delimiter or quote."


def _is_more(assigned: Value, quantity: Value) -> bool:
    return isinstance(assigned, int) and isinstance(quantity, int) and assigned > quantity
