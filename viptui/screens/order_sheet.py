"""An order sheet to read, to copy, and to write into a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.actions import BY_ID
from viptui.commands.order_sheet import RecordSheet
from viptui.csv_cells import csv_cell, csv_line, visible_cell
from viptui.data.order_sheets import order_sheet
from viptui.pressed import pressed
from viptui.reports import name_of_file, write_file
from viptui.rules.order_sheet import TITLES, OrderSheet, table, text_lines
from viptui.screens.acting import LONG_NOTICE, new_request_id
from viptui.screens.base import ServiceScreen
from viptui.text import visible
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document, Lines
from viptui.widgets.paint import SpanLine


class OrderSheetScreen(ServiceScreen):
    """The sheet of one order, or of a Purchase Authorization that waits for one."""

    AUTO_FOCUS = "Document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy('text')", "copy", id="sheet.copy", tooltip="Copy it: sent to the terminal's clipboard"),
        Binding("Y", "copy('csv')", "copy CSV", id="sheet.copy_csv", tooltip="Copy it as CSV"),
        Binding("w", "write('csv')", "write CSV", id="sheet.write_csv", tooltip="Write it as CSV: a new file"),
        Binding("W", "write('txt')", "write text", id="sheet.write_text", tooltip="Write it as text: a new file"),
        Binding(
            "R,ctrl+r,f5", "reload", show=False, key_display="R", id="sheet.refresh", tooltip="Read the sheet again"
        ),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
        Binding("escape,q,backspace", "back", "back", key_display="esc", id="sheet.back", tooltip="Back"),
    ]

    def __init__(self, number: str, sheet: OrderSheet) -> None:
        super().__init__()
        self._number = number
        """Of the Purchase Authorization or the order."""
        self._sheet = sheet

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Document(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Show the sheet."""
        self._show()

    def on_resize(self, _event: Resize) -> None:
        """The title spans the screen."""
        self._show_title()

    def action_copy(self, kind: str) -> None:
        """Send it to the terminal's clipboard."""
        self.start("copy", self._copy, kind)

    def action_write(self, kind: str) -> None:
        """Write it into a file."""
        self.start("write", self._write, kind)

    def action_reload(self) -> None:
        """Read the sheet again."""
        self.start("sheet", self._load)

    async def _load(self) -> None:
        services = self.services
        self._sheet = await services.ask(order_sheet, self._number, services.today(), services.policy)
        self._show()

    async def _copy(self, kind: str) -> None:
        """Hand it over; nothing in it drives the terminal that it is pasted into."""
        lines = text_file(self._sheet) if kind == "text" else csv_file(self._sheet, for_clipboard=True)
        self.host.copy("".join(lines))
        what = "The sheet" if kind == "text" else "The sheet as CSV"
        self.app.clear_notifications()
        sent = "was sent to the terminal for its clipboard; not every terminal takes it."
        self.tell(f"{what} {sent} {pressed('sheet.write_csv', 'w')} writes a file.")

    async def _write(self, kind: str) -> None:
        services = self.services
        lines = text_file(self._sheet) if kind == "txt" else csv_file(self._sheet)
        name = name_of_file(["order-sheet", self._number], services.today(), kind)
        path = await services.in_background(write_file, list(lines), services.exports, name)
        if not services.read_only:
            command = RecordSheet(number=self._number, vip_id=self._sheet.vip_id, file=str(path))
            await services.execute(BY_ID["order.sheet"], command, new_request_id())
        self.app.clear_notifications()
        self.tell(f"Wrote the sheet to {path}.", seconds=LONG_NOTICE)

    def _show(self) -> None:
        lines: list[SpanLine] = [[(f" {line}", "plain")] for line in text_lines(self._sheet)]
        self.query_one(Document).show([[], *lines])
        self._show_title()

    def _show_title(self) -> None:
        left = [(" Order sheet", "bar-strong"), (f"  {self._number}", "bar")]
        self.show_title(left)


def text_file(sheet: OrderSheet) -> Iterable[str]:
    """The sheet as the lines of a text, of which none can drive a terminal."""
    return (f"{visible(line)}\n" for line in text_lines(sheet))


def csv_file(sheet: OrderSheet, *, for_clipboard: bool = False) -> Iterable[str]:
    """The sheet as the lines of a CSV file; from a clipboard it may be pasted into a terminal."""
    cell = visible_cell if for_clipboard else csv_cell
    return (csv_line(each) for each in (TITLES, *(map(cell, row) for row in table(sheet))))
