"""What no single row can tell: duplicates, rows that disagree, records that name what is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from viptui.data.sql import fetch
from viptui.importing.columns import AUTHORIZATIONS, CUSTOMERS, ORDERS, Kind
from viptui.importing.faults import SHOWN, Fault, Faults, quoted
from viptui.importing.layout import Layout
from viptui.importing.staging import has_known_records, has_several_rows

Say = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Check:
    """Rows of a kind that are at fault, as what follows FROM; and what to say of each."""

    kind: Kind
    field: str
    values: str
    """Columns for the sentence."""
    source: str
    """The rows; ``s`` is the row at fault."""
    say: Say


def check(layouts: Mapping[int, Layout], faults: Faults) -> None:
    """Add every fault that shows only when rows are compared with each other and with the database."""
    for each in _checks(layouts, rows_are_missing=faults.rows_are_missing):
        found = _run(each, layouts, SHOWN)
        total = len(found)
        if total == SHOWN:
            ((total,),) = fetch(f"SELECT COUNT(*) FROM {each.source}")
        faults.extend(found, total)


def _run(wanted: _Check, layouts: Mapping[int, Layout], limit: int) -> list[Fault]:
    rows = fetch(f"SELECT s.file, s.line, {wanted.values} FROM {wanted.source} ORDER BY s.id LIMIT {limit}")
    return [
        Fault(
            file=layouts[file].file,
            line=line,
            column=layouts[file].header(wanted.field),
            reason=wanted.say(*values),
            rank=file,
        )
        for file, line, *values in rows
    ]


def _checks(layouts: Mapping[int, Layout], *, rows_are_missing: bool) -> Iterator[_Check]:
    def place(file: int, line: int) -> str:
        return f"line {line} of {layouts[file].file}"

    if has_several_rows(CUSTOMERS):
        yield _duplicate_customers(place)
    for kind in (AUTHORIZATIONS, ORDERS):
        if has_several_rows(kind):
            yield from _disagreements(kind, place)
        if has_known_records(kind):
            yield _other_owner(kind)
    if not rows_are_missing:
        yield from (_unknown_customer(kind) for kind in (AUTHORIZATIONS, ORDERS))
        yield _UNKNOWN_AUTHORIZATION
    if any(each.kind is ORDERS and "returned_order" in each.indexes for each in layouts.values()):
        yield from _of_returns(rows_are_missing=rows_are_missing)
    yield _OTHER_CUSTOMER
    yield _CANCELLED_AUTHORIZATION


_AGREEING: Final = {
    AUTHORIZATIONS.name: ("vip_id", "created_on", "created_by", "status"),
    ORDERS.name: ("vip_id", "kind", "ordered_on"),
}
"""Fields that are the same in all rows of one record."""


def _duplicate_customers(place: Callable[[int, int], str]) -> _Check:
    def say(value: str, file: int, line: int) -> str:
        return f"{quoted(value)} is in {place(file, line)} already: keep one of the two rows."

    return _Check(
        kind=CUSTOMERS,
        field="vip_id",
        values="s.vip_id, f.file, f.line",
        source="import_customer s JOIN import_customer_head h ON h.key = s.vip_key "
        "JOIN import_customer f ON f.id = h.id WHERE s.id > h.id",
        say=say,
    )


def _disagreements(kind: Kind, place: Callable[[int, int], str]) -> Iterator[_Check]:
    """A check for each field that all rows of a record agree in; none if one look at all of them finds nothing."""
    fields = _AGREEING[kind.name]
    differs = " OR ".join(f"s.{_compared(kind, each)} <> f.{_compared(kind, each)}" for each in fields)
    if fetch(f"SELECT 1 FROM {_later_rows(kind)} AND ({differs}) LIMIT 1"):
        yield from (_disagreement(kind, each, place) for each in fields)


def _disagreement(kind: Kind, name: str, place: Callable[[int, int], str]) -> _Check:
    column = _compared(kind, name)
    shown = kind.field(name).column

    def say(number: str, value: Any, first: Any, file: int, line: int) -> str:
        return (
            f"{quoted(str(value))} disagrees with {quoted(str(first))} in {place(file, line)}: "
            f"rows of one number, {quoted(number)}, are one record."
        )

    return _Check(
        kind=kind,
        field=name,
        values=f"s.number, s.{shown}, f.{shown}, f.file, f.line",
        source=f"{_later_rows(kind)} AND s.{column} <> f.{column}",
        say=say,
    )


def _compared(kind: Kind, name: str) -> str:
    return "vip_key" if name == "vip_id" else kind.field(name).column


def _later_rows(kind: Kind) -> str:
    """The rows ``s`` of records that began with another row, ``f``."""
    return (
        f"{kind.stage} s JOIN {kind.heads} h ON h.key = s.number_key "
        f"JOIN {kind.stage} f ON f.id = h.id WHERE s.id > h.id"
    )


def _other_owner(kind: Kind) -> _Check:
    def say(number: str, owner: str) -> str:
        return f"{quoted(number)} belongs to the customer {owner} in the database: correct the VIP ID or the number."

    return _Check(
        kind=kind,
        field="vip_id",
        values="s.number, c.vip_id",
        source=f"{kind.stage} s JOIN {kind.table} t ON t.number_key = s.number_key "
        "JOIN customer c ON c.id = t.customer_id WHERE c.vip_key <> s.vip_key",
        say=say,
    )


def _unknown_customer(kind: Kind) -> _Check:
    def say(value: str) -> str:
        return f"No customer has the VIP ID {quoted(value)}: import the customer first, or in the same run."

    return _Check(
        kind=kind,
        field="vip_id",
        values="s.vip_id",
        source=f"{kind.stage} s WHERE s.vip_key IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM import_customer_head h WHERE h.key = s.vip_key) "
        "AND NOT EXISTS (SELECT 1 FROM customer c WHERE c.vip_key = s.vip_key)",
        say=say,
    )


_UNKNOWN_AUTHORIZATION: Final = _Check(
    kind=ORDERS,
    field="authorization_number",
    values="s.authorization_number",
    source="import_order s WHERE s.authorization_key IS NOT NULL "
    "AND NOT EXISTS (SELECT 1 FROM import_authorization_head h WHERE h.key = s.authorization_key) "
    "AND NOT EXISTS (SELECT 1 FROM purchase_authorization a WHERE a.number_key = s.authorization_key)",
    say=lambda value: (
        f"There is no Purchase Authorization {quoted(value)}: import it first or in the same run, or empty the cell."
    ),
)

_OTHER_CUSTOMER: Final = _Check(
    kind=ORDERS,
    field="authorization_number",
    values="s.authorization_number, COALESCE(f.vip_id, c.vip_id)",
    source="import_order s LEFT JOIN import_authorization_head h ON h.key = s.authorization_key "
    "LEFT JOIN import_authorization f ON f.id = h.id "
    "LEFT JOIN purchase_authorization a ON a.number_key = s.authorization_key "
    "LEFT JOIN customer c ON c.id = a.customer_id "
    "WHERE s.authorization_key IS NOT NULL AND COALESCE(f.vip_key, c.vip_key) <> s.vip_key",
    say=lambda value, owner: f"The Purchase Authorization {quoted(value)} is of another customer, {owner}.",
)


def _of_returns(*, rows_are_missing: bool) -> Iterator[_Check]:
    """What can be wrong with the order that a return names."""

    def about(condition: str, say: Say) -> _Check:
        values = "s.returned_order, COALESCE(f.vip_id, c.vip_id)"
        return _Check(
            kind=ORDERS, field="returned_order", values=values, source=f"{_RETURNING} AND {condition}", say=say
        )

    yield about(
        "s.kind <> 'return'",
        lambda *_: "Only a return names the order that it undoes: empty the cell, or make the kind 'return'.",
    )
    if not rows_are_missing:
        yield about(
            "h.id IS NULL AND o.id IS NULL",
            lambda value, _: (
                f"There is no order {quoted(value)}: import it first or in the same run, or empty the cell."
            ),
        )
    yield about(
        "COALESCE(f.vip_key, c.vip_key) <> s.vip_key",
        lambda value, owner: f"The order {quoted(value)} is of another customer, {owner}.",
    )
    yield about(
        "COALESCE(f.kind, o.kind) = 'return'",
        lambda value, _: f"The order {quoted(value)} is a return itself: name the order that was returned.",
    )


_RETURNING: Final = (
    "import_order s LEFT JOIN import_order_head h ON h.key = s.returned_key LEFT JOIN import_order f ON f.id = h.id "
    "LEFT JOIN customer_order o ON o.number_key = s.returned_key LEFT JOIN customer c ON c.id = o.customer_id "
    "WHERE s.returned_key IS NOT NULL"
)

_CANCELLED_AUTHORIZATION: Final = _Check(
    kind=ORDERS,
    field="authorization_number",
    values="s.authorization_number",
    source="import_order s LEFT JOIN import_authorization_head h ON h.key = s.authorization_key "
    "LEFT JOIN import_authorization f ON f.id = h.id "
    "LEFT JOIN purchase_authorization a ON a.number_key = s.authorization_key "
    "WHERE s.authorization_key IS NOT NULL AND COALESCE(f.status, a.status) = 'cancelled'",
    say=lambda value: f"The Purchase Authorization {quoted(value)} is cancelled, so no order can have paid for it.",
)
