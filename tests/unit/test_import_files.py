"""Reading files: encodings, delimiters, line ends, and the line that each row begins on."""

import io
from functools import partial

import pytest

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


UNREADABLE = {
    "a quote that is never closed": (HEADER.encode() + b'A1,x,y\nA2,"x,y\nA3,x,y\n', 3, "never closed"),
    "a quote inside a cell": (HEADER.encode() + b'A1,"x" y,z\n', 2, "quote inside a cell"),
    "a cell without end": (HEADER.encode() + b'A1,"' + b"x" * 200_000 + b'",y\n', 2, "131,072 characters"),
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
