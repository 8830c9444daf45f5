"""Finding a record and adding records without making the statement anew: that takes longer than to run it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from peewee import Field, Model

from viptui.data.sql import execute_many, fetch


def find(field: Field, value: Any) -> Any | None:
    """The record in whose unique column ``field`` the value stands, or None."""
    model: type[Model] = field.model
    rows = fetch(_statement(field), (field.db_value(value),))
    if not rows:
        return None
    found = model(__no_default__=1)
    found.__data__.update(
        (each.name, each.python_value(cell)) for each, cell in zip(_fields(model), rows[0], strict=True)
    )
    return found


def add(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Add records, columns by name, others with their defaults; only inside a `write_transaction`."""
    fields = _fields(model)[1:]  # the first is the id, which follows
    execute_many(_insertion(model), ([_cell(each, row) for each in fields] for row in rows))


def _cell(field: Field, row: Mapping[str, Any]) -> Any:
    return field.db_value(row.get(field.name, field.default))


@cache
def _insertion(model: type[Model]) -> str:
    fields = _fields(model)[1:]
    columns = ", ".join(f'"{each.column_name}"' for each in fields)
    return f'INSERT INTO "{_table(model)}" ({columns}) VALUES ({", ".join("?" for _ in fields)})'


@cache
def _statement(field: Field) -> str:
    model = field.model
    columns = ", ".join(f'"{each.column_name}"' for each in _fields(model))
    return f'SELECT {columns} FROM "{_table(model)}" WHERE "{field.column_name}" = ?'


def _table(model: type[Model]) -> str:
    return str(model._meta.table_name)


def _fields(model: type[Model]) -> list[Field]:
    fields: list[Field] = model._meta.sorted_fields
    return fields
