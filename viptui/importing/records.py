"""A row of a file becomes a record: the values that are stored, and the keys by which they are found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from viptui.data.search import search_text
from viptui.importing.cells import Parser, Value
from viptui.importing.columns import AUTHORIZATIONS, CUSTOMERS, ORDERS, Field, Kind
from viptui.importing.faults import Fault, Faults, quoted
from viptui.importing.files import FileFault, Rows
from viptui.importing.layout import Layout
from viptui.rules.folding import fold, key_of
from viptui.rules.parsing import ParseError
from viptui.text import visible

Record = tuple[Value, ...]
"""Number of the file and of the line, then the fields and what follows from them: see `Kind.columns`."""


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
        self._plan = [
            (layout.indexes.get(each.name, 0), each.parse if each.name in layout.indexes else _constant(each.default))
            for each in layout.kind.fields
        ]
        """Where in a row each field stands, and how it is read."""

    def read(self, rows: Rows) -> Iterator[Record]:
        """The records that have a key; what they name is noted."""
        width = len(self._layout.headers)
        rank = self._layout.rank
        try:
            for line, cells in rows:
                if not cells[0].strip() and not any(map(str.strip, cells)):
                    continue  # spreadsheets leave such rows at the end
                if len(cells) != width:
                    self._refuse(line, None, _width_reason(len(cells), width), loses_row=True)
                    continue
                values = self._values(line, cells)
                if values[0] is not None:
                    yield (rank, line, *values, *self._derive(values, self._names))
        except FileFault as fault:
            self._refuse(fault.line, None, str(fault), loses_row=True)

    def _values(self, line: int, cells: Sequence[str]) -> list[Value]:
        try:
            values = [parse(cells[index]) for index, parse in self._plan]
        except ParseError:
            values = [self._value(line, field, cells) for field in self._layout.kind.fields]
        if self._layout.kind is ORDERS and _more_is_assigned(values):
            self._refuse(line, "assigned", "More licences are assigned than the quantity says.")
        return values

    def _value(self, line: int, field: Field, cells: Sequence[str]) -> Value:
        """The value of one cell of a row that holds a fault, or may hold one."""
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


def customer_texts(fields: Sequence[str]) -> tuple[str, str]:
    """``sort_name`` and ``search_text``, from the fields that `SEARCHED` names."""
    return fold(fields[0]), search_text(fields)


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


def _constant(value: Value) -> Parser:
    return lambda _: value


def _width_reason(cells: int, columns: int) -> str:
    return f"The row has {cells} cells, the header {columns}: look for a missing or surplus delimiter or quote."


def _positions(kind: Kind, *names: str) -> tuple[int, ...]:
    return tuple(kind.positions[name] for name in names)


def _more_is_assigned(values: Sequence[Value]) -> bool:
    assigned, quantity = values[_ASSIGNED], values[_ORDER_QUANTITY]
    return isinstance(assigned, int) and isinstance(quantity, int) and assigned > quantity


_ASSIGNED, _ORDER_QUANTITY = _positions(ORDERS, "assigned", "quantity")
_VIP_ID, _LOGIN = _positions(CUSTOMERS, "vip_id", "managed_by")
_SEARCHED: Final = _positions(CUSTOMERS, *SEARCHED)


def _of_customer(values: Sequence[Value], names: Names) -> Record:
    login = _key(values[_LOGIN])
    if login:
        names.members.setdefault(login, str(values[_LOGIN]))
    return (_key(values[_VIP_ID]), login, *customer_texts([str(values[each] or "") for each in _SEARCHED]))


def _of_lines(kind: Kind) -> Callable[[Sequence[Value], Names], Record]:
    number, vip_id, sku, product = _positions(kind, kind.fields[0].name, "vip_id", "sku", "product")
    authorization = kind.positions.get("authorization_number") if kind is ORDERS else None

    def derive(values: Sequence[Value], names: Names) -> Record:
        sku_key = _key(values[sku])
        if sku_key and sku_key not in names.products:
            names.products[sku_key] = (str(values[sku]), str(values[product] or values[sku]))
        keys = (_key(values[number]), _key(values[vip_id]), sku_key)
        return keys if authorization is None else (*keys, _key(values[authorization]))

    return derive


def _key(value: Value) -> str | None:
    """The key of an identifier; None for none."""
    return key_of(str(value)) if value else None


_DERIVE: Final[Mapping[str, Callable[[Sequence[Value], Names], Record]]] = {
    CUSTOMERS.name: _of_customer,
    AUTHORIZATIONS.name: _of_lines(AUTHORIZATIONS),
    ORDERS.name: _of_lines(ORDERS),
}
