"""Textual's own table in a minimal app: the first rows of a list with tabs between its columns."""

import sys
from itertools import islice
from pathlib import Path

from rich.text import Text
from textual.app import App, ComposeResult
from textual.widgets import DataTable


class Table(App[None]):
    """Shows a list."""

    def __init__(self, rows: Path, most: int) -> None:
        super().__init__()
        self._rows = rows
        self._most = most

    def compose(self) -> ComposeResult:
        yield DataTable(cursor_type="row")

    def on_mount(self) -> None:
        """Read the list."""
        table: DataTable[Text] = self.query_one(DataTable)
        with self._rows.open(encoding="utf-8") as file:
            table.add_columns(*next(file).rstrip("\n").split("\t"))
            for line in islice(file, self._most):
                table.add_row(*(Text(cell) for cell in line.rstrip("\n").split("\t")))  # no markup in names


if __name__ == "__main__":
    Table(Path(sys.argv[1]), int(sys.argv[2])).run()
