"""Printing for programs, JSON and CSV, and talking to people beside it.

Data go to standard output; what is said about them goes to standard error, and only if somebody sits there.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from viptui.csv_cells import csv_cell, csv_line, visible_cell
from viptui.json_values import json_lines, json_text


def print_json(value: object) -> None:
    """Print one JSON value on one line."""
    sys.stdout.write(json_text(value) + "\n")


def print_json_objects(names: Sequence[str], rows: Iterable[Iterable[str]]) -> None:
    """Print one JSON array as its rows come, an object a line; each value is JSON already (`json_text`)."""
    sys.stdout.writelines(json_lines(names, rows))


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
