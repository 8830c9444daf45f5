"""What follows from the values of records: by what they are found, sorted and searched, and whom and what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import Final

from viptui.data.search import SEARCHED
from viptui.importing.cells import Value
from viptui.importing.columns import AUTHORIZATIONS, CUSTOMERS, ORDERS, Kind
from viptui.importing.records import Columns
from viptui.rules.folding import fold_lines, key_of

Record = tuple[Value, ...]
"""Number of the file and of the line, then the fields and what follows from them: see `Kind.columns`."""


class Names:
    """Team members and products that the files name; the spelling that comes first counts."""

    def __init__(self) -> None:
        self.members: dict[str, str] = {}
        """Login by its key."""
        self.products: dict[str, tuple[str, str]] = {}
        """SKU and name by the SKU's key."""


def records(kind: Kind, file: int, lines: tuple[int, ...], columns: Columns, names: Names) -> Iterator[Record]:
    """The records that the values of rows make; what they name is noted."""
    return zip(repeat(file), lines, *columns, *_DERIVE[kind.name](columns, names), strict=False)


def customer_texts(columns: Sequence[Sequence[Value]]) -> tuple[list[str], list[str]]:
    """All ``sort_name`` and all ``search_text`` of customers, from the columns that `SEARCHED` names."""
    folded = [fold_lines("\n".join([str(value or "").replace("\n", " ") for value in column])) for column in columns]
    return folded[0], ["\n".join(filter(None, fields)) for fields in zip(*folded, strict=True)]


"""Columns of a customer in which a search looks; the list sorts by the first."""

_Derived = Sequence[Sequence[Value]]
"""What follows from columns, in the order of `Kind.derived`."""

_Derive = Callable[[Columns, Names], _Derived]


def _positions(kind: Kind, *names: str) -> tuple[int, ...]:
    return tuple(kind.positions[name] for name in names)


_VIP_ID, _LOGIN = _positions(CUSTOMERS, "vip_id", "managed_by")
_SEARCHED: Final = _positions(CUSTOMERS, *SEARCHED)


def _of_customers(columns: Columns, names: Names) -> _Derived:
    for login in filter(None, dict.fromkeys(columns[_LOGIN])):
        names.members.setdefault(key_of(str(login)), str(login))
    return [_keys(columns[_VIP_ID]), _keys(columns[_LOGIN]), *customer_texts([columns[each] for each in _SEARCHED])]


def _of_lines(kind: Kind) -> _Derive:
    number, vip_id, sku, product = _positions(kind, kind.fields[0].name, "vip_id", "sku", "product")
    named = ("authorization_number", "returned_order") if kind is ORDERS else ()
    keys = (number, vip_id, sku, *_positions(kind, *named))

    def derive(columns: Columns, names: Names) -> _Derived:
        for code, name in dict.fromkeys(zip(columns[sku], columns[product], strict=True)):
            if code:
                names.products.setdefault(key_of(str(code)), (str(code), str(name or code)))
        return [_keys(columns[each]) for each in keys]

    return derive


def _keys(column: Sequence[Value]) -> list[str | None]:
    """The keys of identifiers, in which there are no ends of lines; None for none."""
    return [key or None for key in key_of("\n".join([str(value or "") for value in column])).split("\n")]


_DERIVE: Final[Mapping[str, _Derive]] = {
    CUSTOMERS.name: _of_customers,
    AUTHORIZATIONS.name: _of_lines(AUTHORIZATIONS),
    ORDERS.name: _of_lines(ORDERS),
}
