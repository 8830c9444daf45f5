"""A price list from a CSV file: products, with every fault by line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from viptui.importing.cells import unguarded
from viptui.importing.columns import bare
from viptui.importing.faults import Fault, Faults, quoted
from viptui.importing.files import FileFault, Rows
from viptui.rules.folding import key_of
from viptui.rules.parsing import (
    ParseError,
    parse_currency,
    parse_market_segment,
    parse_money,
    parse_offering_type,
    parse_product_name,
    parse_sku,
    parse_yes_no,
)
from viptui.rules.products import ListedProduct, price_violations


class Column(NamedTuple):
    """One column of a price list."""

    parse: Any
    """Text → value; raises `ParseError`."""
    aliases: str = ""
    """Other names, bare."""
    is_required: bool = False
    """Whether each cell of it must hold something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceList:
    """What a file says of products."""

    products: tuple[ListedProduct, ...]
    fields: tuple[str, ...]
    """Which fields of them the file has."""
    ignored: tuple[str, ...]
    """Columns that mean nothing here."""


def read_price_list(path: Path, encoding: str | None = None) -> PriceList:
    """The products of a file.

    Raises:
        FaultyFiles: it cannot be read, or cells of it are at fault; all of them are named.
    """
    faults, found = Faults(), PriceList(products=(), fields=(), ignored=())
    try:
        with path.open("rb") as file:
            rows = Rows(file, encoding, _fit)  # kept until the file is closed
            found = _read(rows, str(path), faults)
    except OSError as error:
        faults.add(Fault(file=str(path), reason=f"It cannot be read: {error.strerror}."))
    except FileFault as fault:
        faults.add(Fault(file=str(path), line=fault.line, reason=str(fault)))
    faults.reject()
    return found


def _read(rows: Rows, file: str, faults: Faults) -> PriceList:
    headers = tuple(header.strip() for header in rows.headers)
    indexes = _indexes(headers)
    reader = _Reader(file, headers, indexes, faults)
    products = tuple(reader.products(rows))
    used = set(indexes.values())
    ignored = tuple(header for index, header in enumerate(headers) if index not in used and header)
    return PriceList(products=products, fields=tuple(indexes), ignored=ignored)


class _Reader:
    """Turns rows into products; what is wrong with them is collected."""

    def __init__(self, file: str, headers: Sequence[str], indexes: Mapping[str, int], faults: Faults) -> None:
        self._file = file
        self._headers = headers
        self._indexes = indexes
        self._faults = faults
        self._lines: dict[str, int] = {}
        """Where each SKU stands, by its key."""

    def products(self, rows: Rows) -> Iterator[ListedProduct]:
        """The products of the rows without faults."""
        for line, cells in rows:
            if len(cells) != len(self._headers):
                self._refuse(line, None, f"The row has {len(cells)} cells, the header {len(self._headers)}.")
                continue
            before = self._faults.total
            values = {field: self._value(line, field, cells[index]) for field, index in self._indexes.items()}
            self._check(line, values)
            if self._faults.total == before:
                yield ListedProduct(**values)

    def _value(self, line: int, field: str, cell: str) -> Any:
        column = COLUMNS[field]
        if not cell.strip() and not column.is_required:
            return _EMPTY.get(field)
        try:
            return column.parse(unguarded(cell))
        except ParseError as error:
            there_is = f" There is {quoted(cell)}." if cell.strip() else ""
            self._refuse(line, field, f"{error}{there_is}")
        return None

    def _check(self, line: int, values: Mapping[str, Any]) -> None:
        if values["sku"] is not None:
            first = self._lines.setdefault(key_of(values["sku"]), line)
            if first != line:
                self._refuse(line, "sku", f"{values['sku']} stands on line {first} already: remove one of them.")
        for violation in price_violations(values.get("price"), values.get("currency")):
            self._refuse(line, violation.field, violation.message.partition(": ")[2])

    def _refuse(self, line: int, field: str | None, reason: str) -> None:
        index = None if field is None else self._indexes.get(field)
        column = field if index is None else self._headers[index]
        self._faults.add(Fault(file=self._file, line=line, column=column, reason=reason))


def _indexes(headers: Sequence[str]) -> dict[str, int]:
    """Where each field stands.

    Raises:
        FileFault: a needed column is missing, or there are two for one field.
    """
    there_is = f"The file has {', '.join(map(quoted, filter(None, headers)))}."
    found: dict[str, int] = {}
    for index, header in enumerate(headers):
        field = _MEANT.get(bare(header))
        if field in found:
            both = f"{quoted(headers[found[field]])} and {quoted(header)}"
            raise FileFault(f"The columns {both} both mean {field}: remove one.", 1)
        if field is not None:
            found[field] = index
    if missing := [name for name, column in COLUMNS.items() if column.is_required and name not in found]:
        raise FileFault(f"As a price list it lacks {' and '.join(missing)}. {there_is}", 1)
    return {name: found[name] for name in COLUMNS if name in found}


def _fit(headers: list[str]) -> int:
    """How well names fit the columns of a price list."""
    with suppress(FileFault):
        return len(_indexes(headers)) * 1_000 + len(headers)
    return len(headers)


COLUMNS: Final = {
    "sku": Column(parse_sku, "skunumber partnumber partno offerid productsku productid", is_required=True),
    "name": Column(parse_product_name, "product productname offer offername description item", is_required=True),
    "market_segment": Column(parse_market_segment, "segment market"),
    "type": Column(parse_offering_type, "offeringtype offering"),
    "price": Column(parse_money, "unitprice listprice amount priceperyear"),
    "currency": Column(parse_currency, "currencycode"),
    "pa_allowed": Column(parse_yes_no, "pa purchaseauthorization purchaseauthorizations authorization"),
    "consumable": Column(parse_yes_no, "consumables isconsumable"),
}
"""By the field that a column means."""

_EMPTY: Final = {"consumable": False}
"""What an empty cell means, where it does not mean that nothing is known."""

_MEANT: Final = {name: field for field, column in COLUMNS.items() for name in (bare(field), *column.aliases.split())}
