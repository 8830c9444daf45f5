"""Records from the temporary tables into the tables: changed ones, then new ones, then their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from viptui.data.sql import fetch
from viptui.importing.columns import Kind
from viptui.importing.layout import Layout
from viptui.importing.staging import differs, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became, or would become, of the records of one kind."""

    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """How the columns of a table follow from a record."""

    kind: Kind
    sources: Mapping[str, Sequence[tuple[str, str]]]
    """For a field, the columns that it decides and their values; ``s`` is the record, ``t`` the row if there is one."""
    joins: str = ""
    """Tables that the values need."""
    also_set: Mapping[str, Mapping[str, str]]
    """For a field, columns to be set together with it that alone make no difference."""
    fixed: Mapping[str, str]
    """Columns of a new row that no field decides."""
    version: bool = False
    """Whether the table counts its changes in ``version``."""


def update_changed(target: Target, layouts: Sequence[Layout]) -> None:
    """Store what differs, of the fields that each file has."""
    kind = target.kind
    for layout in (each for each in layouts if each.kind is kind):
        pairs = _pairs(target, layout)
        is_other = " OR ".join(f"t.{column} {differs()} {value}" for column, value in pairs.items())
        found = run(
            f"INSERT INTO import_changed (kind, id) SELECT '{kind.name}', t.id FROM {_records(target)} "
            f"JOIN {kind.table} t ON t.id = h.target WHERE s.file = {layout.rank} AND ({is_other})"
        )
        if found:
            _update(target, layout, pairs)


def insert_new(target: Target) -> int:
    """Store the records that the database did not have; their number."""
    kind = target.kind
    values = {column: value for field in kind.fields for column, value in _of_field(target, field.name)}
    values = {column: value.replace("t.", "NULL.") for column, value in values.items()} | dict(target.fixed)
    return run(
        f"INSERT INTO {kind.table} ({', '.join(values)}) SELECT {', '.join(values.values())} "
        f"FROM {_records(target)} WHERE h.target IS NULL ORDER BY s.id"
    )
