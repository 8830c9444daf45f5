"""Choosing the column that decides the order, by one letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.screen import ModalScreen

from viptui.rules.listing import SortColumn
from viptui.widgets.columns import TITLE_OF
from viptui.widgets.lines import Lines
from viptui.widgets.paint import PALETTE, SpanLine, framed

WIDTH: Final = 32
"""Cells of the menu, as the style sheet has it."""

LETTERS: Final[Mapping[str, SortColumn]] = {
    "n": SortColumn.NAME,
    "e": SortColumn.EMAIL,
    "s": SortColumn.STATE,
    "l": SortColumn.LICENCES,
    "a": SortColumn.AMOUNT,
    "d": SortColumn.ANNIVERSARY,
    "g": SortColumn.SEGMENT,
    "m": SortColumn.MANAGED_BY,
    "v": SortColumn.INVITATION,
    "i": SortColumn.INVITED,
}


@dataclass(frozen=True, slots=True)
class SortChosen:
    """An order that was chosen; no column means the tab's own order."""

    column: SortColumn | None
    reverse: bool


class SortMenu(ModalScreen[SortChosen | None]):
    """A letter a column; the letter of the column that sorts already reverses the order."""

    COMPONENT_CLASSES = PALETTE  # type: ignore[assignment]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "back", id="sort.back", tooltip="Keep the order"),
    ]

    def __init__(self, current: SortColumn, *, reverse: bool) -> None:
        super().__init__()
        self._current, self._reverse = current, reverse

    def compose(self) -> ComposeResult:
        yield Lines(id="menu", base="bar")

    def on_mount(self) -> None:
        """Draw the menu."""
        self.query_one(Lines).show(*self._menu())

    def on_key(self, event: Key) -> None:
        """Take the letter of a column."""
        if event.character == "o":
            event.stop()
            self.dismiss(SortChosen(None, reverse=False))
        elif event.character == "I":
            event.stop()
            self.dismiss(SortChosen(self._current, not self._reverse))
        elif (column := LETTERS.get(event.character or "")) is not None:
            event.stop()
            self.dismiss(SortChosen(column, column is self._current and not self._reverse))

    def action_cancel(self) -> None:
        """Keep the order."""
        self.dismiss(None)

    def _menu(self) -> list[SpanLine]:
        lines: list[SpanLine] = [[(" Sort by", "bar-strong")]]
        for letter, column in LETTERS.items():
            arrow = (" \u2191" if self._reverse else " \u2193") if column is self._current else ""
            lines.append([(f"  {letter} ", "accent"), (f"{TITLE_OF[column]}{arrow}", "bar")])
        lines.append([("  o ", "accent"), ("the tab's own order", "bar")])
        lines.append([("  I ", "accent"), ("reverse", "bar")])
        return framed(lines, WIDTH, len(lines))
