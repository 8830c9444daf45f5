"""The forms that a report on customers is written in; each writes rows as they come, so that few are in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from viptui.config_table import SEPARATORS
from viptui.csv_cells import csv_cell, csv_line, excel_cell
from viptui.customer_views import CUSTOMER_FIELDS, Views
from viptui.rows import CustomerRow
from viptui.rules.policy import VipPolicy

BYTE_ORDER_MARK: Final = "\ufeff"
"""By which Excel knows that a file is written in UTF-8."""


class Form(StrEnum):
    """How a report is written."""

    CSV = "csv"
    EXCEL = "excel"
    """CSV that Excel opens without asking; see `ReportForm.separator`."""
    XLSX = "xlsx"
    JSON = "json"

    @property
    def ending(self) -> str:
        """Of the file's name."""
        return "csv" if self is Form.EXCEL else self.value


class ReportForm(NamedTuple):
    """A form with what has to be said about it."""

    form: Form = Form.CSV
    separator: str = SEPARATORS[0]
    """Between the cells of CSV for Excel."""
    fields: tuple[str, ...] = CUSTOMER_FIELDS
    """What is written of each customer; see `viptui.customer_views.fields_of`."""

    def write(
        self, rows: Iterable[CustomerRow], today: date, policy: VipPolicy, file: BinaryIO, scratch: Path | None = None
    ) -> None:
        """Write customers as they stand on a day.

        Args:
            rows: the customers, in their order.
            today: the day it is.
            policy: the programme's numbers.
            file: what to write to, from its beginning.
            scratch: where parts of a workbook lie until all of it is there; None: where the system keeps such files.
        """
        if self.form is Form.XLSX:
            from viptui.report_sheet import write_sheet

            write_sheet(self.fields, map(Views(today, policy, chosen=self.fields).chosen, rows), file, scratch)
        else:
            for line in self.lines(rows, today, policy):
                file.write(line.encode())

    def lines(
        self, rows: Iterable[CustomerRow], today: date, policy: VipPolicy, cell: Callable[[object], str] = csv_cell
    ) -> Iterator[str]:
        """The same as lines of a text; ``cell`` makes the cells of plain CSV."""
        match self.form:
            case Form.JSON:
                from viptui.json_values import json_lines, json_text

                return json_lines(self.fields, map(Views(today, policy, json_text, self.fields).chosen, rows))
            case Form.EXCEL:
                return self._excel_lines(rows, today, policy)
            case Form.CSV:
                return map(csv_line, chain((self.fields,), map(Views(today, policy, cell, self.fields).chosen, rows)))
        raise ValueError(f"{self.form} is no text")

    def _excel_lines(self, rows: Iterable[CustomerRow], today: date, policy: VipPolicy) -> Iterator[str]:
        separator = self.separator
        views = Views(today, policy, lambda value: excel_cell(value, separator), self.fields)
        yield BYTE_ORDER_MARK + separator.join(self.fields) + "\r\n"
        for row in rows:
            yield separator.join(views.chosen(row)) + "\r\n"
