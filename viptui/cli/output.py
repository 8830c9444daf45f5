"""Printing for programs, JSON and CSV, and talking to people beside it.

Data go to standard output; what is said about them goes to standard error, and only if somebody sits there.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from viptui.csv_cells import amount_text, csv_cell


def print_json(value: object) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json_text(value) + "\n")


def print_json_array(values: Iterable[object]) -> None:
    """Print values as one JSON array, as they come, one a line."""
    separator = "\n"
    sys.stdout.write("[")
    for value in values:
        sys.stdout.write(separator + json_text(value))
        separator = ",\n"
    sys.stdout.write("\n]\n" if separator != "\n" else "]\n")


def json_text(value: object) -> str:
    """One JSON value on one line: dates as ISO text, amounts as exact text, nothing that drives a terminal."""
    text = _ENCODER.encode(value)
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in text)


def print_csv(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows as CSV, as they come; no cell can act as a formula in a spreadsheet."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    cell = _csv_cell_for_terminals if sys.stdout.isatty() else csv_cell
    writer.writerow(titles)
    writer.writerows([cell(value) for value in row] for row in rows)


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


def _csv_cell_for_terminals(value: object) -> str:
    from viptui.text import visible

    return visible(csv_cell(value))


def _json_value(value: Any) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, default=_json_value)
