"""A row of a file becomes a record: the values that are stored, and the keys by which they are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import Final

from viptui.importing.cells import Value
from viptui.importing.columns import AUTHORIZATIONS, CUSTOMERS, ORDERS, Field, Kind
from viptui.importing.faults import Fault, Faults, quoted
from viptui.importing.files import FileFault, Rows
from viptui.importing.layout import Layout
from viptui.rules.folding import fold_lines, key_of
from viptui.rules.parsing import ParseError
from viptui.text import visible

Record = tuple[Value, ...]
"""Number of the file and of the line, then the fields and what follows from them: see `Kind.columns`."""

Columns = Sequence[Sequence[Value]]
"""The same records the other way round: all values of a field, field by field."""

_Row = tuple[int, list[str]]
"""The line that a row begins on, and its cells."""

_ROWS_AT_ONCE: Final = 500
"""A fault among them makes all of them be read one by one."""


class Names:
    """Team members and products that the files name; the spelling that comes first counts."""

    def __init__(self) -> None:
        self.members: dict[str, str] = {}
        """Login by its key."""
        self.products: dict[str, tuple[str, str]] = {}
        """SKU and name by the SKU's key."""


class RecordReader:
    """Reads the records of one file. Faults are collected; what cannot be read of a record is None in it."""

    def __init__(self, layout: Layout, faults: Faults, names: Names) -> None:
        self._layout = layout
        self._faults = faults
        self._names = names
        self.repaired = 0
        """Cells in which characters were put right, or replaced by a visible mark."""
        self._derive = _DERIVE[layout.kind.name]
        self._stopped: FileFault | None = None

    def read(self, rows: Rows) -> Iterator[list[Record]]:
        """The records that have a key, in batches; what they name is noted."""
        numbered = self._readable(rows)
        while batch := list(islice(numbered, _ROWS_AT_ONCE)):
            yield self._records(batch)
        if self._stopped is not None:
            self._refuse(self._stopped.line, None, str(self._stopped), loses_row=True)

    def _readable(self, rows: Rows) -> Iterator[_Row]:
        """The rows up to where the file cannot be read on."""
        try:
            yield from rows
        except FileFault as fault:
            self._stopped = fault

    def _records(self, batch: Sequence[_Row]) -> list[Record]:
        lines: Sequence[int]
        lines, rows = zip(*batch, strict=True)
        try:
            columns = self._at_once(rows)
        except ValueError:  # cells are missing, or one cannot be read, and it has to be said which
            lines, columns = self._one_by_one(batch)
        if not lines:
            return []
        return list(zip(repeat(self._layout.rank), lines, *columns, *self._derive(columns, self._names), strict=False))

    def _at_once(self, rows: Sequence[Sequence[str]]) -> Columns:
        """The values of rows without a fault, column by column: a third of the time."""
        if set(map(len, rows)) != {len(self._layout.headers)}:
            raise ValueError("a row has not as many cells as the header")
        cells = list(zip(*rows, strict=True))
        columns = [self._column(each, cells) for each in self._layout.kind.fields]
        if "assigned" in self._layout.indexes and any(map(_is_more, columns[_ASSIGNED], columns[_ORDER_QUANTITY])):
            raise ValueError("a row assigns more than it orders")
        return columns

    def _column(self, field: Field, cells: Sequence[Sequence[str]]) -> Sequence[Value]:
        if field.name not in self._layout.indexes:
            return [field.default] * len(cells[0])
        column = cells[self._layout.indexes[field.name]]
        return column if field.stays(column) else list(map(field.parse, column))

    def _one_by_one(self, batch: Sequence[_Row]) -> tuple[Sequence[int], Columns]:
        """The values of rows among which there are faulty ones, and the lines that they come from."""
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
        return lines, list(zip(*records, strict=True)) or [()] * len(self._layout.kind.fields)

    def _values(self, line: int, cells: Sequence[str]) -> list[Value]:
        values = [self._value(line, field, cells) for field in self._layout.kind.fields]
        if self._layout.kind is ORDERS and _is_more(values[_ASSIGNED], values[_ORDER_QUANTITY]):
            self._refuse(line, "assigned", "More licences are assigned than the quantity says.")
        return values

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


def customer_texts(columns: Sequence[Sequence[Value]]) -> tuple[list[str], list[str]]:
    """All ``sort_name`` and all ``search_text`` of customers, from the columns that `SEARCHED` names."""
    folded = [fold_lines("\n".join([str(value or "").replace("\n", " ") for value in column])) for column in columns]
    return folded[0], ["\n".join(filter(None, fields)) for fields in zip(*folded, strict=True)]


SEARCHED: Final = ("organization_name", "organization_name_english", "contact_name", "contact_email", "vip_id", "city")
"""Columns of a customer in which a search looks; the list sorts by the first."""


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


def _positions(kind: Kind, *names: str) -> tuple[int, ...]:
    return tuple(kind.positions[name] for name in names)


def _is_more(assigned: Value, quantity: Value) -> bool:
    return isinstance(assigned, int) and isinstance(quantity, int) and assigned > quantity


_ASSIGNED, _ORDER_QUANTITY = _positions(ORDERS, "assigned", "quantity")
_VIP_ID, _LOGIN = _positions(CUSTOMERS, "vip_id", "managed_by")
_SEARCHED: Final = _positions(CUSTOMERS, *SEARCHED)


def _of_customers(columns: Columns, names: Names) -> Columns:
    for login in filter(None, dict.fromkeys(columns[_LOGIN])):
        names.members.setdefault(key_of(str(login)), str(login))
    return [_keys(columns[_VIP_ID]), _keys(columns[_LOGIN]), *customer_texts([columns[each] for each in _SEARCHED])]


def _of_lines(kind: Kind) -> Callable[[Columns, Names], Columns]:
    number, vip_id, sku, product = _positions(kind, kind.fields[0].name, "vip_id", "sku", "product")
    keys = (number, vip_id, sku, *(_positions(kind, "authorization_number") if kind is ORDERS else ()))

    def derive(columns: Columns, names: Names) -> Columns:
        for code, name in dict.fromkeys(zip(columns[sku], columns[product], strict=True)):
            if code:
                names.products.setdefault(key_of(str(code)), (str(code), str(name or code)))
        return [_keys(columns[each]) for each in keys]

    return derive


def _keys(column: Sequence[Value]) -> list[str | None]:
    """The keys of identifiers, in which there are no ends of lines; None for none."""
    return [key or None for key in key_of("\n".join([str(value or "") for value in column])).split("\n")]


_DERIVE: Final[Mapping[str, Callable[[Columns, Names], Columns]]] = {
    CUSTOMERS.name: _of_customers,
    AUTHORIZATIONS.name: _of_lines(AUTHORIZATIONS),
    ORDERS.name: _of_lines(ORDERS),
}
