"""Reading files: encodings, delimiters, line ends, and the line that each row begins on."""

import csv
import io
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from viptui.importing.files import FileFault, Rows
from viptui.importing.layout import fit

HEADER = "vip_id,organization_name,city\n"


def rows_of(content: bytes, encoding: str | None = None) -> Rows:
    return Rows(io.BufferedReader(io.BytesIO(content)), encoding, partial(fit, mapped={}))  # type: ignore[arg-type]


READABLE = {
    "plain UTF-8": ((HEADER + "A1,Łódź,x\n").encode(), None),
    "UTF-8 with a mark": ((HEADER + "A1,Łódź,x\n").encode("utf-8-sig"), None),
    "UTF-16 with a mark": ((HEADER + "A1,Łódź,x\n").encode("utf-16"), None),
    "big-endian UTF-16 with a mark": (b"\xfe\xff" + (HEADER + "A1,Łódź,x\n").encode("utf-16-be"), None),
    "UTF-32 with a mark": ((HEADER + "A1,Łódź,x\n").encode("utf-32"), None),
    "a named encoding": ((HEADER + "A1,Łódź,x\n").encode("cp1250"), "cp1250"),
    "a mark outdoes a named encoding": ((HEADER + "A1,Łódź,x\n").encode("utf-8-sig"), "cp1252"),
    "semicolons": ((HEADER + "A1,Łódź,x\n").replace(",", ";").encode(), None),
    "tabs": ((HEADER + "A1,Łódź,x\n").replace(",", "\t").encode(), None),
    "Windows line ends": ((HEADER + "A1,Łódź,x\n").replace("\n", "\r\n").encode(), None),
    "old Macintosh line ends": ((HEADER + "A1,Łódź,x\n").replace("\n", "\r").encode(), None),
    "no line end at the end": ((HEADER + "A1,Łódź,x").encode(), None),
}


@pytest.mark.parametrize(("content", "encoding"), READABLE.values(), ids=READABLE)
def test_readable_files(content: bytes, encoding: str | None) -> None:
    rows = rows_of(content, encoding)
    assert rows.headers == ["vip_id", "organization_name", "city"]
    assert list(rows) == [(2, ["A1", "Łódź", "x"])]


def test_a_row_has_the_number_of_its_first_line() -> None:
    rows = rows_of(b'\n\nvip_id,organization_name\nA1,"two\nlines"\n\nA2,one\r\nA3,"x\r\ny"\r\nA4,z')
    assert [(line, cells[0]) for line, cells in rows] == [(4, "A1"), (7, "A2"), (8, "A3"), (10, "A4")]


def read_by_python(text: str) -> list[tuple[int, list[str]]] | int:
    """The rows below the header as Python's own reader has them; the line on which it gives up, if it does."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    begins = 1
    try:
        for cells in reader:
            if cells:
                rows.append((begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        return begins
    return rows[1:]


@settings(derandomize=True, max_examples=300)
@example('A1,x,y\r\rA2,"\r\n",\n \n""\nA3')
@given(st.text('aé",\r\n '))
def test_rows_are_those_of_any_other_reader(text: str) -> None:
    rows = rows_of((HEADER + text).encode())
    expected = read_by_python(HEADER + text)
    if isinstance(expected, list):
        assert list(rows) == expected
        return
    with pytest.raises(FileFault) as refused:
        list(rows)
    assert refused.value.line == expected


UNREADABLE = {
    "a quote that is never closed": (HEADER.encode() + b'A1,x,y\nA2,"x,y\nA3,x,y\n', 3, "never closed"),
    "a quote inside a cell": (HEADER.encode() + b'A1,"x" y,z\n', 2, "quote inside a cell"),
    "a cell without end": (HEADER.encode() + b'A1,"' + b"x" * 200_000 + b'",y\n', 2, "131,072 characters"),
    "a cell without end and without a quote": (HEADER.encode() + b"A1," + b"x" * 200_000 + b",y\n", 2, "131,072 char"),
    "NUL": (HEADER.encode() + b"A1,x,y\nA2,\0,y\n", 3, "NUL"),
    "bytes that are not UTF-8": (HEADER.encode() + b"A1,x,y\nA2,M\xfcller,y\n", 3, "--encoding cp1252"),
    "half a character of UTF-16": ((HEADER + "A1,x,y\n").encode("utf-16") + b"A", 3, "--encoding"),
    "UTF-16 without a mark": ((HEADER + "A1,x,y\n").encode("utf-16-le"), 1, "NUL"),
}


@pytest.mark.parametrize(("content", "line", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_files(content: bytes, line: int, sentence: str) -> None:
    with pytest.raises(FileFault, match=sentence) as refused:
        list(rows_of(content))
    assert refused.value.line == line


@pytest.mark.parametrize("content", [b"", b"\n\r\n  \n", b"\xef\xbb\xbf"], ids=["nothing", "blank lines", "a mark"])
def test_an_empty_file_has_no_columns(content: bytes) -> None:
    with pytest.raises(FileFault, match="empty"):
        rows_of(content)
