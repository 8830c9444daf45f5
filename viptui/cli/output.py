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

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
"""What makes a spreadsheet take a text for a formula. Source: OWASP ASVS 5.0, 1.2.10."""


def print_json(value: object) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json_text(value) + "\n")


def print_json_objects(names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
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
    write = sys.stdout.write
    for row in chain((titles,), rows):
        write(",".join(row) + "\n")


def csv_form() -> Callable[[object], str]:
    """How a value becomes a cell on standard output: there it drives no spreadsheet, and no terminal."""
    return _csv_cell_for_terminals if sys.stdout.isatty() else csv_cell


def csv_cell(value: object) -> str:
    """A value as a cell; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return _quoted(_cell_text(value))


def _cell_text(value: object) -> str:
    if isinstance(value, str):
        return value if value[:1].isalnum() else _guarded(str(value))
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return amount_text(value)
        case date():
            return value.isoformat()
        case tuple():
            return _cell_text(" ".join(value))
    return _guarded(str(value))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def _quoted(text: str) -> str:
    """A cell in quotes if it has to be; the module ``csv`` looks at each letter of a row for that. Source: RFC 4180."""
    if "," in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def amount_text(amount: Decimal) -> str:
    """An exact amount with at least two decimals: ``1234.50``."""
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents if cents == amount else amount:f}"


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

    return _quoted(visible(_cell_text(value)))


def _json_value(value: Any) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, Decimal):
        return amount_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, default=_json_value)
