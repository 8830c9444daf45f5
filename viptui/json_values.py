"""Values as JSON, one on a line, for standard output and for files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from viptui.csv_cells import amount_text


def json_text(value: object) -> str:
    """One JSON value on one line: dates as ISO text, amounts as exact text, nothing that drives a terminal."""
    text = _ENCODER.encode(value)
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)


def json_lines(names: Sequence[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """The parts of a JSON array, an object a line, as its rows come; each value is JSON already (`json_text`)."""
    form = "{" + ", ".join(f"{json_text(name)}: %s" for name in names) + "}"
    opening = "[\n"
    for row in rows:
        yield opening + form % tuple(row)
        opening = ",\n"
    yield "[]\n" if opening == "[\n" else "\n]\n"


def _json_value(value: Any) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, default=_json_value)
