"""Choosing the columns of the list: which ones are shown, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from viptui.pressed import pressed
from viptui.rules.column_words import COLUMNS, USUAL_COLUMNS
from viptui.rules.listing import Choice, SortColumn
from viptui.screens.overlay import Overlay
from viptui.screens.sort_menu import LETTERS as SORT_LETTERS
from viptui.widgets.columns import TITLE_OF, layout
from viptui.widgets.lines import Lines
from viptui.widgets.paint import Span, SpanLine, framed

WIDTH: Final = 46
"""Cells of the menu, as the style sheet has it."""

AROUND: Final = 4
"""Lines of the menu that are no columns."""

LETTERS: Final[Mapping[str, str]] = {
    **{column: letter for letter, column in SORT_LETTERS.items()},
    "vip-id": "p",
    "renewal": "r",
}
"""The letter of each column; where one can be sorted by it too, the same as there."""


class ColumnsMenu(Overlay[tuple[str, ...] | None]):
    """A line a column: a letter shows or hides it, the arrows move it. What was chosen comes back; none: as usual."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take", id="columns.take", tooltip="Show the list like that"),
        Binding("escape,q", "dismiss", "back", id="columns.back", tooltip="Leave the columns as they were"),
        Binding("down,j,tab", "step(1)", show=False, id="columns.down", tooltip="Next column"),
        Binding("up,k,shift+tab", "step(-1)", show=False, id="columns.up", tooltip="Column before"),
        Binding("space", "switch", show=False, id="columns.toggle", tooltip="Show or hide the column with the cursor"),
        Binding("left,less_than_sign", "move(-1)", show=False, id="columns.left", tooltip="The column further left"),
        Binding("right,greater_than_sign", "move(1)", show=False, id="columns.right", tooltip="And further right"),
        Binding("o", "own", show=False, id="columns.own", tooltip="The columns as they came"),
        *(
            Binding(
                LETTERS[word],
                f"switch('{word}')",
                show=False,
                id=f"columns.{word}",
                tooltip=f"Show or hide {TITLE_OF[word]}",
            )
            for word in COLUMNS
        ),
    ]

    def __init__(self, choice: Choice, own: tuple[str, ...], *, prices: bool) -> None:
        super().__init__()
        self._is_wide = choice.is_wide
        self._own = own
        """The columns that the list began with."""
        self._prices = prices
        self._at = 0
        self._begin_with(choice.columns)

    def compose(self) -> ComposeResult:
        yield Lines(id="columns", base="bar")

    def on_mount(self) -> None:
        """Draw the menu; no notice of before stands over it."""
        self.app.clear_notifications()
        self._draw()

    def on_resize(self) -> None:
        """More or fewer columns fit."""
        self._draw()

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._at = (self._at + step) % len(self._order)
        self._draw()

    def action_move(self, step: int) -> None:
        """Move the column with the cursor."""
        to = self._at + step
        if 0 <= to < len(self._order):
            self._order[self._at], self._order[to] = self._order[to], self._order[self._at]
            self._at = to
            self._draw()

    def action_switch(self, word: str = "") -> None:
        """Show or hide a column, by itself that with the cursor; the last one stays."""
        word = word or self._order[self._at]
        self._at = self._order.index(word)
        if self._shown != {word}:
            self._shown ^= {word}
        self._draw()

    def action_own(self) -> None:
        """The columns as they came."""
        self._begin_with(self._own)
        self._draw()

    def action_take(self) -> None:
        """Show the list like that."""
        self.dismiss(self._chosen)

    def _begin_with(self, columns: tuple[str, ...]) -> None:
        shown = columns or USUAL_COLUMNS
        self._order = [*shown, *(each for each in COLUMNS if each not in shown)]
        self._shown = {*shown}

    @property
    def _chosen(self) -> tuple[str, ...]:
        """None for the usual columns in their usual order."""
        chosen = tuple(each for each in self._order if each in self._shown)
        return () if chosen == USUAL_COLUMNS else chosen

    def _draw(self) -> None:
        """Draw as many columns as the screen has room for, that of the cursor among them."""
        width, height = self.app.size
        room = max(1, min(len(self._order), height - 1 - AROUND))
        first = max(0, min(self._at - room // 2, len(self._order) - room))
        shape = layout(width, self._prices, Choice(self._chosen, self._is_wide))
        on_screen = {column.word for column, _ in shape.columns}
        lines: list[SpanLine] = [[(" Columns, from left to right", "bar-strong")]]
        lines += [self._line(index, on_screen) for index in range(first, first + room)]
        menu = self.query_one(Lines)
        menu.styles.height = room + AROUND
        menu.show(*framed([*lines, *self._hints()], WIDTH, room + AROUND))

    def _line(self, index: int, on_screen: set[str]) -> list[Span]:
        word = self._order[index]
        is_shown, has_cursor = word in self._shown, index == self._at
        key = pressed(f"columns.{word}", LETTERS[word])
        why = self._why_away(word) if is_shown and word not in on_screen else ""
        title = f"{'[x]' if is_shown else '[ ]'} {TITLE_OF[word]}"
        return [
            (f"{'>' if has_cursor else ' '} {key} ", "accent"),
            (f"{title:<22}", "bar-strong" if has_cursor else "bar"),
            (why, "bar-dim"),
        ]

    def _why_away(self, word: str) -> str:
        if word == SortColumn.AMOUNT and not self._prices:
            return "no prices here"
        return "further right" if self._is_wide else "no room here"

    def _hints(self) -> list[SpanLine]:
        left, right = pressed("columns.left", "left"), pressed("columns.right", "right")
        take, back, own = pressed("columns.take", "enter"), pressed("columns.back", "esc"), pressed("columns.own", "o")
        space = pressed("columns.toggle", "space")
        hints = (((space, "shows or hides"), (f"{left}/{right}", "moves")), ((own, "as they came"),))
        last = ((take, "takes"), (back, "leaves as it was"))
        return [
            [(" ", "bar"), *(span for key, text in line for span in ((f"{key} ", "accent"), (f"{text}  ", "bar")))]
            for line in (*hints, last)
        ]
