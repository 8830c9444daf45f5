"""Reading back what a workbook holds, from its own files."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from zipfile import ZipFile

NAMES: Final = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
EPOCH: Final = date(1899, 12, 30)
"""Day 0 of Excel's dates, as they are counted since March 1900."""


class Workbook:
    """The sheets of a file."""

    def __init__(self, path: Path) -> None:
        with ZipFile(path) as archive:
            assert archive.testzip() is None
            styles = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314, our own file
            formats = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(_tag("numFmt"))}
            (cell_formats,) = styles.iter(_tag("cellXfs"))
            self._formats = [formats.get(each.get("numFmtId"), "") for each in cell_formats]
            names = sorted(each for each in archive.namelist() if each.startswith("xl/worksheets/sheet"))
            self._sheets = [ElementTree.fromstring(archive.read(each)) for each in names]  # noqa: S314

    def rows(self, sheet: int = 0) -> list[list[object]]:
        """The cells of each row: texts, numbers, dates; None where there is none. A formula is an error."""
        found = []
        for row in self._sheets[sheet].iter(_tag("row")):
            cells: dict[int, object] = {}
            for cell in row.iter(_tag("c")):
                cells[_column(cell.get("r") or "")] = self._value(cell)
            found.append([cells.get(number) for number in range(max(cells) + 1)])
        return found

    def __len__(self) -> int:
        return len(self._sheets)

    def has(self, tag: str, sheet: int = 0, **attributes: str) -> bool:
        """Whether a sheet has an element with these attributes."""
        found = self._sheets[sheet].iter(_tag(tag))
        return any(all(each.get(name) == value for name, value in attributes.items()) for each in found)

    def _value(self, cell: ElementTree.Element) -> object:
        assert cell.find("s:f", NAMES) is None, "a formula"
        if cell.get("t") == "inlineStr":
            return "".join(each.text or "" for each in cell.iter(_tag("t")))
        text = cell.findtext("s:v", namespaces=NAMES)
        if text is None:
            return None
        if cell.get("t") == "b":
            return text == "1"
        if "yy" in (self._formats[int(cell.get("s") or 0)] or ""):
            return EPOCH + timedelta(days=int(text))
        return float(text)


def _tag(name: str) -> str:
    return f"{{{NAMES['s']}}}{name}"


def _column(reference: str) -> int:
    """``AB12`` → 27."""
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
