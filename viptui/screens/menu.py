"""A few things to choose from by a letter, or with the arrows and Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.screen import ModalScreen

from viptui.widgets.lines import Lines
from viptui.widgets.paint import PALETTE, SpanLine
from viptui.widgets.wrapping import wrapped

WIDEST: Final = 100
"""Cells of a menu, as the style sheet has it."""


class Entry(NamedTuple):
    """One thing to choose."""

    letter: str
    text: str
    chosen: Callable[[], object]
    """What happens then, once the menu is gone."""


class Menu(ModalScreen[None]):
    """A letter an entry; Esc chooses nothing."""

    COMPONENT_CLASSES = PALETTE  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "back", id="menu.back", tooltip="Choose nothing"),
        Binding("down,j,tab", "step(1)", show=False, id="menu.down", tooltip="Next entry"),
        Binding("up,k,shift+tab", "step(-1)", show=False, id="menu.up", tooltip="Entry before"),
        Binding("enter", "choose", show=False, id="menu.choose", tooltip="Choose the entry with the cursor"),
    ]

    def __init__(self, title: str, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._title, self._entries = title, entries
        self._heading: Sequence[SpanLine] = ()
        self._at: int | None = None
        """The entry with the cursor; none at first, so that Enter alone chooses nothing."""

    def compose(self) -> ComposeResult:
        yield Lines(id="choices", base="bar")

    def on_mount(self) -> None:
        """Draw the menu, as high as it is long."""
        self._heading = wrapped([(f" {self._title}", "bar-strong")], min(self.app.size.width, WIDEST))
        lines = self.query_one(Lines)
        lines.styles.height = len(self._heading) + len(self._entries) + 1
        lines.show(*self._drawn())

    def on_key(self, event: Key) -> None:
        """Take the letter of an entry."""
        for each in self._entries:
            if event.character == each.letter:
                event.stop()
                self._take(each)

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        first = 0 if step > 0 else len(self._entries) - 1
        self._at = first if self._at is None else (self._at + step) % len(self._entries)
        self.query_one(Lines).show(*self._drawn())

    def action_choose(self) -> None:
        """Choose the entry with the cursor."""
        if self._at is not None:
            self._take(self._entries[self._at])

    def _take(self, entry: Entry) -> None:
        self.app.pop_screen()
        entry.chosen()

    def _drawn(self) -> list[SpanLine]:
        lines: list[SpanLine] = [*self._heading]
        for index, each in enumerate(self._entries):
            mark = ">" if index == self._at else " "
            lines.append(
                [(f"{mark} {each.letter} ", "accent"), (each.text, "bar-strong" if index == self._at else "bar")]
            )
        lines.append([("  esc ", "accent"), ("back", "bar-dim")])
        return lines
