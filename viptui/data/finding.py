"""Finding the one record that has a value, without making the statement anew: that takes longer than to run it."""

from __future__ import annotations

from functools import cache
from typing import Any

from peewee import Field, Model

from viptui.data.sql import fetch


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


@cache
def _statement(field: Field) -> str:
    model = field.model
    columns = ", ".join(f'"{each.column_name}"' for each in _fields(model))
    return f'SELECT {columns} FROM "{model._meta.table_name}" WHERE "{field.column_name}" = ?'


def _fields(model: type[Model]) -> list[Field]:
    fields: list[Field] = model._meta.sorted_fields
    return fields
