"""PO numbers stand in each row of a file, but belong to the whole record: it gets all different ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final

from viptui.data.sql import execute_many, fetch
from viptui.importing.columns import AUTHORIZATIONS, ORDERS, Kind
from viptui.importing.faults import Fault, Faults
from viptui.importing.layout import Layout
from viptui.importing.staging import has_several_rows

LONGEST_JOINED: Final = 255
"""Characters that the database has for them."""

_SEPARATOR: Final = ", "


def join_po_numbers(layouts: Mapping[int, Layout], faults: Faults) -> None:
    """Give the first row of each record the different PO numbers of all its rows, in their order."""
    for kind in filter(has_several_rows, (AUTHORIZATIONS, ORDERS)):
        joined = []
        for record, file, line, numbers in _different(kind):
            text = _SEPARATOR.join(numbers)
            if len(text) > LONGEST_JOINED:
                faults.add(_too_many(layouts[file], line))
            joined.append((text, record))
        execute_many(f"UPDATE {kind.stage} SET po_number = ? WHERE id = ?", joined)


def _different(kind: Kind) -> Iterator[tuple[int, int, int, list[str]]]:
    """Records whose rows have several: id, file and line of the first row, and the numbers."""
    rows = fetch(
        f"SELECT h.id, f.file, f.line, s.po_number FROM {kind.stage} s JOIN {kind.heads} h ON h.key = s.number_key "
        f"JOIN {kind.stage} f ON f.id = h.id WHERE h.key IN (SELECT number_key FROM {kind.stage} "
        "GROUP BY number_key HAVING MIN(po_number) <> MAX(po_number)) AND s.po_number <> '' ORDER BY h.id, s.id"
    )
    for (record, file, line), group in groupby(rows, key=itemgetter(0, 1, 2)):
        yield record, file, line, list(dict.fromkeys(number for *_, number in group))


def _too_many(layout: Layout, line: int) -> Fault:
    return Fault(
        file=layout.file,
        line=line,
        column=layout.header("po_number"),
        reason="The rows of this number have more PO numbers than can be kept: keep the most important ones.",
        rank=layout.rank,
    )
