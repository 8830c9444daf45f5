"""Choosing the column that decides the order, by one letter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from viptui.pressed import pressed
from viptui.rules.listing import SortColumn
from viptui.screens.overlay import KeptOverlay
from viptui.widgets.columns import TITLE_OF
from viptui.widgets.lines import Lines
from viptui.widgets.paint import SpanLine, framed

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


class SortMenu(KeptOverlay[SortChosen | None]):
    """A letter a column; the letter of the column that sorts already reverses the order."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", "back", id="sort.back", tooltip="Keep the order"),
        *(
            Binding(letter, f"by('{column}')", show=False, id=f"sort.{column}", tooltip=f"Sort by {TITLE_OF[column]}")
            for letter, column in LETTERS.items()
        ),
        Binding("o", "own", show=False, id="sort.own", tooltip="The tab's own order"),
        Binding("I", "reverse", show=False, id="sort.reverse", tooltip="Reverse the order"),
    ]

    _current = SortColumn.NAME
    _reverse = False

    def compose(self) -> ComposeResult:
        yield Lines(id="menu", base="bar")

    def on_mount(self) -> None:
        """Draw the menu."""
        self._draw()

    def tell(self, current: SortColumn, *, reverse: bool) -> None:
        """Say which order there is."""
        self._current, self._reverse = current, reverse
        if self.is_mounted:
            self._draw()

    def action_by(self, column: str) -> None:
        """Sort by a column; by the one that sorts already the other way round."""
        chosen = SortColumn(column)
        self.dismiss(SortChosen(chosen, chosen is self._current and not self._reverse))

    def action_own(self) -> None:
        """Sort as the tab does by itself."""
        self.dismiss(SortChosen(None, reverse=False))

    def action_reverse(self) -> None:
        """Keep the column, the other way round."""
        self.dismiss(SortChosen(self._current, not self._reverse))

    def action_cancel(self) -> None:
        """Keep the order."""
        self.dismiss(None)

    def _draw(self) -> None:
        self.query_one(Lines).show(*self._menu())

    def _menu(self) -> list[SpanLine]:
        lines: list[SpanLine] = [[(" Sort by", "bar-strong")]]
        for letter, column in LETTERS.items():
            arrow = (" \u2191" if self._reverse else " \u2193") if column is self._current else ""
            key = pressed(f"sort.{column}", letter)
            lines.append([(f"  {key} ", "accent"), (f"{TITLE_OF[column]}{arrow}", "bar")])
        lines.append([(f"  {pressed('sort.own', 'o')} ", "accent"), ("the tab's own order", "bar")])
        lines.append([(f"  {pressed('sort.reverse', 'I')} ", "accent"), ("reverse", "bar")])
        return framed(lines, WIDTH, len(lines))
