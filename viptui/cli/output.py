"""Printing for programs, JSON and CSV, and talking to people beside it.

Data go to standard output; what is said about them goes to standard error, and only if somebody sits there.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, Final

from viptui.csv_cells import amount_text, csv_cell, csv_line, visible_cell


def print_json(value: object) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json_text(value) + "\n")


def print_json_objects(names: Sequence[str], rows: Iterable[Iterable[str]]) -> None:
    """Print one JSON array as its rows come, an object a line; each value is JSON already (`json_text`)."""
    form = "{" + ", ".join(f"{json_text(name)}: %s" for name in names) + "}"
    separator = "\n"
    sys.stdout.write("[")
    for row in rows:
        sys.stdout.write(separator + form % tuple(row))
        separator = ",\n"
    sys.stdout.write("\n]\n" if separator != "\n" else "]\n")


def json_text(value: object) -> str:
    """One JSON value on one line: dates as ISO text, amounts as exact text, nothing that drives a terminal."""
    text = _ENCODER.encode(value)
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)


def print_csv(titles: Sequence[str], rows: Iterable[Iterable[str]]) -> None:
    """Print rows as CSV as they come; each cell is one already (`csv_form`)."""
    sys.stdout.writelines(map(csv_line, chain((titles,), rows)))


def csv_form() -> Callable[[object], str]:
    """How a value becomes a cell on standard output: there it drives no spreadsheet, and no terminal."""
    return visible_cell if sys.stdout.isatty() else csv_cell


def narrate(sentence: str) -> None:
    """Tell somebody at a terminal something about the data."""
    if sys.stderr.isatty():
        from viptui.text import visible

        sys.stdout.flush()
        print(visible(sentence), file=sys.stderr)


def prepare_output(*, for_programs: bool) -> None:
    """Make standard output take any text: programs get UTF-8, people what their terminal can show."""
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    if for_programs:
        sys.stdout.reconfigure(encoding="utf-8", errors="strict")
    else:
        sys.stdout.reconfigure(errors="replace")


def _json_value(value: Any) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, default=_json_value)
