"""Records go from the temporary tables to the tables: what differs is changed, what is new is added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viptui.data.sql import fetch
from viptui.importing.columns import Kind
from viptui.importing.layout import Layout
from viptui.importing.staging import differs, has_known_records, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became, or would become, of the records of one kind."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table that a field decides."""

    name: str
    field: str
    value: str
    """Its value: ``s`` is the record, ``t`` the row as it is."""
    new: str
    """Its value in a new row, where there is no ``t``."""
    is_compared: bool = True
    """Whether a difference makes a change of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How the rows of a table follow from records."""

    kind: Kind
    columns: tuple[Column, ...]
    fixed: Mapping[str, str]
    """Values in a new row that no field decides."""
    joins: str = ""
    """Tables that the values need."""
    new_joins: str = ""
    """Tables that the values of a new row need as well."""
    is_versioned: bool = False
    """Whether the table counts the changes of a row."""


def plain_columns(kind: Kind, *fields: str) -> tuple[Column, ...]:
    """Columns that take the value of their field as it is."""
    columns = {name: kind.field(name).column for name in fields}
    return tuple(Column(name=each, field=name, value=f"s.{each}", new=f"s.{each}") for name, each in columns.items())


def update_changed(target: Target, layouts: Sequence[Layout]) -> None:
    """Store what differs, in the fields that each file has."""
    kind = target.kind
    if not has_known_records(kind):
        return
    for layout in (each for each in layouts if each.kind is kind):
        columns = [each for each in target.columns if each.field in layout.indexes]
        is_other = " OR ".join(f"t.{each.name} {differs()} {each.value}" for each in columns if each.is_compared)
        found = run(
            f"INSERT INTO import_changed (kind, id) SELECT '{kind.name}', t.id FROM {_records(target)} "
            f"JOIN {kind.table} t ON t.id = h.target WHERE s.file = {layout.rank} AND ({is_other})"
        )
        if found:
            _update(target, layout, columns)


def insert_new(target: Target) -> int:
    """Store the records that the database does not have; their number."""
    values = {each.name: each.new for each in target.columns} | dict(target.fixed)
    return run(
        f"INSERT INTO {target.kind.table} ({', '.join(values)}) SELECT {', '.join(values.values())} "
        f"FROM {_records(target)} {target.new_joins} WHERE h.target IS NULL ORDER BY h.id"
    )


def find_changed_lines(target: Target) -> None:
    """Note the records whose lines are not those of the database, and drop their lines there."""
    kind = target.kind
    if not has_known_records(kind):
        return
    columns = ", ".join(("product_id", *kind.line_columns))
    ours = ", ".join(f"s.{each}" for each in kind.line_columns)
    staged = (
        f"SELECT h.target AS id, p.id AS product_id, {ours}, COUNT(*) FROM {kind.heads} h "
        f"JOIN {kind.stage} s ON s.number_key = h.key JOIN product p ON p.sku_key = s.sku_key "
        f"WHERE h.target IS NOT NULL GROUP BY h.target, p.id, {ours}"
    )
    stored = (
        f"SELECT {kind.parent} AS id, {columns}, COUNT(*) FROM {kind.lines} "
        f"WHERE {kind.parent} IN (SELECT target FROM {kind.heads}) GROUP BY {kind.parent}, {columns}"
    )
    found = run(
        f"INSERT INTO import_changed (kind, id) SELECT '{kind.name} lines', id FROM ("
        f"SELECT id FROM ({staged} EXCEPT {stored}) AS more UNION SELECT id FROM ({stored} EXCEPT {staged}) AS less"
        ") AS other"
    )
    if found:
        run(f"DELETE FROM {kind.lines} WHERE {kind.parent} IN {_changed_lines(kind)}")
        if target.is_versioned:
            run(f"UPDATE {kind.table} SET version = version + 1 WHERE id IN {_changed_lines(kind)}")


def insert_lines(kind: Kind) -> None:
    """Store the lines of new records, and of those whose lines are others than before."""
    ours = ", ".join(f"COALESCE(s.{each}, 0)" for each in kind.line_columns)
    run(
        f"INSERT INTO {kind.lines} ({', '.join((kind.parent, 'product_id', *kind.line_columns))}) "
        f"SELECT t.id, p.id, {ours} FROM {kind.stage} s JOIN {kind.heads} h ON h.key = s.number_key "
        f"JOIN {kind.table} t ON t.number_key = s.number_key JOIN product p ON p.sku_key = s.sku_key "
        f"WHERE h.target IS NULL OR h.target IN {_changed_lines(kind)} ORDER BY s.id"
    )


def count(kind: Kind, added: int) -> Counts:
    """The counts of a kind once it is stored."""
    changed = f"SELECT id FROM import_changed WHERE kind IN ('{kind.name}', '{kind.name} lines')"
    ((changes, unchanged),) = fetch(
        f"SELECT (SELECT COUNT(DISTINCT id) FROM ({changed}) AS c), (SELECT COUNT(*) FROM {kind.heads} "
        f"WHERE target IS NOT NULL AND target NOT IN ({changed}))"
    )
    return Counts(added=added, changed=changes, unchanged=unchanged)


def touch_customers(kind: Kind) -> None:
    """Note the customers whose records of a kind are new or changed."""
    run(
        "INSERT INTO import_touched (customer_id) SELECT customer_id FROM ("
        f"SELECT t.customer_id FROM {kind.table} t JOIN {kind.heads} h ON h.key = t.number_key WHERE h.target IS NULL "
        f"UNION SELECT t.customer_id FROM {kind.table} t WHERE t.id IN "
        f"(SELECT id FROM import_changed WHERE kind IN ('{kind.name}', '{kind.name} lines'))) AS touched "
        "WHERE customer_id NOT IN (SELECT customer_id FROM import_touched)"
    )


def _update(target: Target, layout: Layout, columns: Sequence[Column]) -> None:
    kind = target.kind
    changes = [f"{each.name} = {each.value}" for each in columns]
    if target.is_versioned:
        changes.append("version = t.version + 1")
    run(
        f"UPDATE {kind.table} AS t SET {', '.join(changes)} FROM {_records(target)} "
        f"WHERE t.id = h.target AND s.file = {layout.rank} "
        f"AND t.id IN (SELECT id FROM import_changed WHERE kind = '{kind.name}')"
    )


def _records(target: Target) -> str:
    """The first row of each record, with what its values need."""
    return f"{target.kind.heads} h JOIN {target.kind.stage} s ON s.id = h.id {target.joins}"


def _changed_lines(kind: Kind) -> str:
    return f"(SELECT id FROM import_changed WHERE kind = '{kind.name} lines')"
