"""Keys with which somebody decides which columns the list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from viptui.pressed import pressed
from viptui.rules.listing import Choice
from viptui.screens.verbs import ActingScreen

if TYPE_CHECKING:
    from viptui.screens.customer_list import CustomerList
    from viptui.screens.list_heading import ListHeading
    from viptui.widgets.customer_table import CustomerTable


class ColumnsScreen(ActingScreen):
    """A list whose columns can be chosen, and shown in more room than there is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "columns", show=False, id="list.columns", tooltip="Choose the columns, and their order"),
        Binding("w", "wide", show=False, id="list.wide", tooltip="Wide: no column folds away, or as usual again"),
        Binding("right", "sideways(1)", show=False, id="list.right", tooltip="Wide: the columns further right"),
        Binding("left", "sideways(-1)", show=False, id="list.left", tooltip="Wide: the columns further left"),
    ]

    _list: CustomerList
    _table: CustomerTable
    _heading: ListHeading

    def columns(self) -> tuple[str, ...]:
        """The columns that were chosen."""
        return self._list.choice.columns

    def action_columns(self) -> None:
        """Choose the columns."""
        from viptui.screens.columns_menu import ColumnsMenu

        menu = ColumnsMenu(self._list.choice, self.services.columns, prices=self._table.prices)
        self.app.push_screen(menu, self._on_columns_chosen)

    def action_wide(self) -> None:
        """Let no column fold away, or do so again."""
        choice, before = self._list.choice, self._table.shape
        self._show(choice._replace(is_wide=not choice.is_wide, skipped=0))
        if not choice.is_wide and self._table.shape == before:
            self.tell("Wide: all columns have room already.")

    def action_sideways(self, step: int) -> None:
        """Go to the columns further right or left; the first one stays."""
        shape = self._table.shape
        if shape.goes_on if step > 0 else shape.skipped:
            self._show(self._list.choice._replace(skipped=shape.skipped + step))

    def _on_columns_chosen(self, columns: tuple[str, ...] | None) -> None:
        if columns is None or columns == self.columns():
            return
        self._show(self._list.choice._replace(columns=columns, skipped=0))
        if columns != self.services.columns:
            views = pressed("list.views", "b")
            self.tell(f"So until you leave; a view ({views}) or the setting columns keeps them.")

    def _show(self, choice: Choice) -> None:
        self._list.show_columns(choice)
        self._heading.show_status()
