"""Tables: how wide columns become, and which ones give way; what a cell may hold."""

from __future__ import annotations

import csv
import io
from contextlib import redirect_stdout
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viptui.cli.output import print_csv
from viptui.cli.tables import GAP, Column, fit, snug
from viptui.csv_cells import csv_cell
from viptui.json_values import json_text

NAME = Column(title="Name", width=20, least=10)
NUMBER = Column(title="Number", width=6, is_number=True, rank=1)
EXTRA = Column(title="Extra", width=10, least=5, rank=2)

FITS = {
    "no end of the line: everything as wide as it wants": (None, [20, 6, 10]),
    "exactly enough": (40, [20, 6, 10]),
    "more than enough": (400, [20, 6, 10]),
    "a little less: the last one gives way first": (37, [20, 6, 7]),
    "the least of all": (25, [10, 6, 5]),
    "the highest rank is left out": (24, [16, 6, 0]),
    "then the next": (17, [17, 0, 0]),
    "the first one stays, however little room there is": (3, [10, 0, 0]),
}


@pytest.mark.parametrize(("room", "expected"), FITS.values(), ids=FITS)
def test_fit(room: int | None, expected: list[int]) -> None:
    assert fit([NAME, NUMBER, EXTRA], room) == expected


@settings(derandomize=True)
@given(room=st.integers(10, 60))
def test_fitted_columns_never_exceed_the_room(room: int) -> None:
    widths = [width for width in fit([NAME, NUMBER, EXTRA], room) if width]
    assert sum(widths) + GAP * (len(widths) - 1) <= room


def test_snug_columns_are_no_wider_than_their_widest_text() -> None:
    name, number, _ = snug([NAME, NUMBER, EXTRA], [("東京", "1", ""), ("abcdef", "123456789", "")])
    assert (name.width, name.floor) == (6, 6)
    assert (number.width, number.floor) == (6, 6)


CELLS = {
    "a plain text": ("Acme", "Acme"),
    "a formula": ("=1+1", "'=1+1"),
    "plus, minus, at": ("+1 -1 @x", "'+1 -1 @x"),
    "a minus sign in front of a text": ("-1", "'-1"),
    "an at sign in front": ("@SUM(A1)", "'@SUM(A1)"),
    "a tab in front": ("\t=1", "'\t=1"),
    "a carriage return in front": ("\r=1", '"\'\r=1"'),
    "a formula with a comma": ("=SUM(A1,A2)", '"\'=SUM(A1,A2)"'),
    "spaces in front": ("  =1", "'  =1"),
    "a wide space in front": ("\u3000=1", "'\u3000=1"),
    "a formula sign inside": ("a=1", "a=1"),
    "a negative number is one": (-5, "-5"),
    "nothing": (None, ""),
    "yes and no": (True, "true"),
    "an amount": (Decimal("10.5"), "10.50"),
    "several words": (("past-due", "all"), "past-due all"),
}


@pytest.mark.parametrize(("value", "expected"), CELLS.values(), ids=CELLS)
def test_csv_cell(value: object, expected: str) -> None:
    assert csv_cell(value) == expected


@settings(derandomize=True)
@given(rows=st.lists(st.lists(st.text('a,"\n\r =;é', max_size=4), min_size=2, max_size=2), max_size=5))
def test_csv_is_what_a_reader_takes_for_the_same_cells(rows: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    with redirect_stdout(out):
        print_csv(("one", "other"), [map(csv_cell, row) for row in rows])
    read = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [["one", "other"], *rows]


def test_csv_has_quotes_only_where_they_are_needed() -> None:
    assert [csv_cell(text) for text in ("a b", "Weaver's; Ltd", 'a"b', "a,b", "a\nb")] == [
        "a b",
        "Weaver's; Ltd",
        '"a""b"',
        '"a,b"',
        '"a\nb"',
    ]


JSON = {
    "letters stay letters": ("Łódź 東京", '"Łódź 東京"'),
    "what drives a terminal is written as a number": ("\x9b\u202e\x7f", r'"\u009b\u202e\u007f"'),
    "beyond the first plane, too": ("\U000e0041", r'"\udb40\udc41"'),
    "amounts keep all their decimals": (Decimal("0.0375"), '"0.0375"'),
    "large amounts have no exponent": (Decimal(10) ** 12, '"1000000000000.00"'),
}


@pytest.mark.parametrize(("value", "expected"), JSON.values(), ids=JSON)
def test_json_text(value: object, expected: str) -> None:
    assert json_text(value) == expected
