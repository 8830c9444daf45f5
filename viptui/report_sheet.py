"""A table as an XLSX workbook: dates are dates, numbers are numbers, and no text is ever a formula.

Rows go to the disk as they come. What writes the workbook is imported with this module: only who wants one needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

ROWS_OF_A_SHEET: Final = 1_048_576
"""Excel's limit, the titles included: what is more goes onto another sheet. Source: Excel specifications and limits."""

LONGEST_TEXT: Final = 32_767
"""Excel's limit of a cell's characters: a longer text is cut."""

FIRST_DAY: Final = date(1900, 3, 1)
"""Before it Excel and other programs disagree about dates, so those are texts."""

MOST_DIGITS: Final = 15
"""Excel's numbers have so many digits: an amount with more is a text, which is exact."""

_WIDTHS: Final = {"organization_name": 40, "contact_email": 34, "vip_id": 24, "filters": 30}
"""Widths of columns in characters; others are as wide as their title."""


def write_sheet(
    titles: Sequence[str],
    rows: Iterable[Sequence[object]],
    file: BinaryIO,
    scratch: Path | None = None,
    rows_of_a_sheet: int = ROWS_OF_A_SHEET,
) -> None:
    """Write rows under titles that stay in sight and filter; parts lie in ``scratch`` until the workbook is whole."""
    with TemporaryDirectory(prefix=".", dir=scratch) as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with _output(file) as output:
            workbook = Workbook(output, options)
            workbook.use_zip64()
            try:
                _Sheets(workbook, titles, rows_of_a_sheet).write(rows)
            except BaseException:
                _abandon(workbook)
                raise
            workbook.close()


@contextmanager
def _output(file: BinaryIO) -> Iterator[_Output]:
    """What a workbook is packed into; an error of the system is told as such.

    Raises:
        OSError: the file cannot be written.
    """
    output = _Output(file)
    try:
        yield output
    except FileCreateError as error:  # it has the system's own error in it
        (cause,) = error.args
        raise OSError(getattr(cause, "errno", None), getattr(cause, "strerror", str(cause))) from error
    finally:
        output.is_over = True


def _abandon(workbook: Any) -> None:
    """Pack nothing: what has been written so far is for nobody."""
    workbook.fileclosed = True
    for sheet in workbook.worksheets():
        sheet._opt_close()  # it has a file open that nothing else closes


class _Output:
    """A file that takes anything once it is over: what packs a workbook tries to end one that has failed, unasked."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.is_over = False

    def write(self, data: bytes) -> int:
        return len(data) if self.is_over else self._file.write(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0 if self.is_over else self._file.seek(offset, whence)

    def tell(self) -> int:
        return 0 if self.is_over else self._file.tell()

    def flush(self) -> None:
        if not self.is_over:
            self._file.flush()


class _Sheets:
    """As many sheets as the rows need."""

    def __init__(self, workbook: Any, titles: Sequence[str], rows_of_a_sheet: int) -> None:
        self._workbook = workbook
        self._titles = titles
        self._rows_of_a_sheet = rows_of_a_sheet
        self._head = workbook.add_format({"bold": True})
        self._day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._amount = workbook.add_format({"num_format": "#,##0.00##"})
        self._sheet: Any = None
        self._row = 0

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Write all rows; without any there are the titles."""
        self._begin()
        for row in rows:
            if self._row == self._rows_of_a_sheet:
                self._end()
                self._begin()
            for column, value in enumerate(row):
                self._write_cell(column, value)
            self._row += 1
        self._end()

    def _begin(self) -> None:
        self._sheet = self._workbook.add_worksheet()
        for column, title in enumerate(self._titles):
            self._sheet.set_column(column, column, _WIDTHS.get(title, len(title) + 4))
            self._sheet.write_string(0, column, title, self._head)
        self._sheet.freeze_panes(1, 0)
        self._row = 1

    def _end(self) -> None:
        self._sheet.autofilter(0, 0, self._row - 1, len(self._titles) - 1)

    def _write_cell(self, column: int, value: object) -> None:
        match value:
            case None:
                pass
            case bool():
                self._sheet.write_boolean(self._row, column, value)
            case int():
                self._sheet.write_number(self._row, column, value)
            case Decimal() if len(value.as_tuple().digits) <= MOST_DIGITS:
                self._sheet.write_number(self._row, column, float(value), self._amount)
            case date() if value >= FIRST_DAY:
                self._sheet.write_datetime(self._row, column, value, self._day)
            case tuple():
                self._write_text(column, " ".join(value))
            case _:
                self._write_text(column, str(value))

    def _write_text(self, column: int, text: str) -> None:
        kept = text[:LONGEST_TEXT].encode("utf-8", "replace").decode()  # not every text of Python's can be written
        self._sheet.write_string(self._row, column, kept)
