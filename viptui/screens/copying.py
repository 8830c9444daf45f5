"""Copying customers: their VIP IDs, their e-mail addresses, their rows as a spreadsheet takes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from viptui.rows import CustomerRow
from viptui.screens.verbs import ActingScreen
from viptui.text import visible
from viptui.widgets.columns import Layout, RowContext, layout

if TYPE_CHECKING:
    from viptui.screens.marks import Marked


class CopyingScreen(ActingScreen):
    """A screen that hands customers to the terminal's clipboard: the marked ones, or the one that is looked at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", show=False, id="copy.vip_ids", tooltip="Copy the VIP ID, of all marked customers if any"),
        Binding("Y", "copy_menu", show=False, id="copy.menu", tooltip="Copy e-mail addresses or whole rows"),
    ]

    def marked(self) -> Sequence[Marked]:
        """The marked customers."""
        return ()

    def looks(self) -> tuple[Layout, RowContext]:
        """The columns that a row is copied with, and what its looks depend on."""
        from viptui.rules.filters import CustomerFilter

        return layout(self.app.size.width, prices=True), RowContext(CustomerFilter.ALL, self.services.today())

    def action_copy(self) -> None:
        """Copy VIP IDs, one a line."""
        self.start("copy", self._copy_vip_ids)

    def action_copy_menu(self) -> None:
        """Let choose what else to copy."""
        from viptui.screens.menu import Entry, Menu

        if not self.marked() and self.customer() is None:
            self._miss_customer()
            return
        entries = (
            Entry("e", "e-mail addresses", lambda: self.start("copy", self._copy_addresses)),
            Entry("r", "rows as they are shown, tabs between the columns", lambda: self.start("copy", self._copy_rows)),
        )
        count = len(self.marked())
        self.app.push_screen(Menu(f"Copy of {count:,} marked" if count else "Copy of this customer", entries))

    async def _copy_vip_ids(self) -> None:
        row = self.customer()
        vip_ids = [each.vip_id for each in self.marked()] or ([] if row is None else [row.vip_id])
        if vip_ids:
            self._hand_over([visible(each) for each in vip_ids], len(vip_ids), "VIP ID", "VIP IDs")
        else:
            self._miss_customer()

    async def _copy_addresses(self) -> None:
        addresses = dict.fromkeys(visible(row.contact_email) for row in await self._rows() if row.contact_email)
        if addresses:
            self._hand_over(list(addresses), len(addresses), "e-mail address", "e-mail addresses")
        else:
            self.tell("There is no e-mail address to copy.", problem=True)

    async def _copy_rows(self) -> None:
        from viptui.csv_cells import visible_text
        from viptui.rules.standing import standing

        rows, services = await self._rows(), self.services
        shape, context = self.looks()
        lines = ["\t".join(column.title.strip() for column, _ in shape.columns)]
        for row in rows:
            stands = standing(row.anniversary_on, row.facts, context.today, services.policy)
            cells = (column.cell(row, stands, context)[0].strip() for column, _ in shape.columns)
            lines.append("\t".join(map(visible_text, cells)))
        self._hand_over(lines, len(rows), "row", "rows")

    async def _rows(self) -> Sequence[CustomerRow]:
        """The rows of the marked customers as they are now, or the one that is looked at."""
        from viptui.data.marked import rows_of

        if marked := self.marked():
            return await self.services.ask(rows_of, [each.id for each in marked])
        return [row for row in [self.customer()] if row is not None]

    def _hand_over(self, lines: Sequence[str], count: int, one: str, many: str) -> None:
        """Send lines to the terminal's clipboard. Raises CopyFailed: they are longer than terminals take."""
        self.host.copy("".join(f"{line}\n" for line in lines))
        self.app.clear_notifications()
        self.tell(f"{count:,} {one if count == 1 else many} sent to the terminal's clipboard.")
