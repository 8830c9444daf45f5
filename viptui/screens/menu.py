"""A few things to choose from by a letter, or with the arrows and Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key

from viptui.pressed import pressed
from viptui.screens.overlay import Overlay
from viptui.widgets.lines import Lines
from viptui.widgets.paint import SpanLine, underlined
from viptui.widgets.wrapping import wrapped

WIDEST: Final = 100
"""Cells of a menu, as the style sheet has it."""

LETTERS: Final = "123456789abcdefghilmnoprstuvwxyz"
"""For entries; those that move the cursor or leave are not among them."""


class Entry(NamedTuple):
    """One thing to choose."""

    letter: str
    """Empty: it is reached with the arrows only."""
    text: str
    chosen: Callable[[], object]
    """What happens then, once the menu is gone."""


def lettered(choices: Iterable[tuple[str, Callable[[], object]]]) -> list[Entry]:
    """Entries for texts and what they do, with letters as far as there are any."""
    return [
        Entry(letter, text, chosen) for letter, (text, chosen) in zip(chain(LETTERS, repeat("")), choices, strict=False)
    ]


def letter_of(binding: str, usual: str) -> str:
    """The key of a binding as the letter of an entry, if it is one."""
    key = pressed(binding, usual)
    return key if len(key) == 1 else ""


class Menu(Overlay[None]):
    """A letter an entry; Esc chooses nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss", "back", id="menu.back", tooltip="Choose nothing"),
        Binding("down,j,tab", "step(1)", show=False, id="menu.down", tooltip="Next entry"),
        Binding("up,k,shift+tab", "step(-1)", show=False, id="menu.up", tooltip="Entry before"),
        Binding("enter", "choose", show=False, id="menu.choose", tooltip="Choose the entry with the cursor"),
    ]

    def __init__(self, title: str, entries: Sequence[Entry], at: int | None = None) -> None:
        super().__init__()
        self._title, self._entries = title, entries
        self._at = at
        """The entry with the cursor; by default none at first, so that Enter alone chooses nothing."""

    def compose(self) -> ComposeResult:
        yield Lines(id="choices", base="bar")

    def on_mount(self) -> None:
        """Draw the menu; no notice of before stands over it."""
        self.app.clear_notifications()
        self._draw()

    def on_resize(self) -> None:
        """More or fewer entries fit."""
        self._draw()

    def on_key(self, event: Key) -> None:
        """Take the letter of an entry."""
        # A letter that the menu itself is moved with comes never here.
        if any(each.letter and event.character == each.letter for each in self._entries):
            event.stop()
            self.action_letter(event.character or "")

    def action_letter(self, letter: str) -> None:
        """Choose the entry with this letter."""
        self._take(next(each for each in self._entries if each.letter == letter))

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        first = 0 if step > 0 else len(self._entries) - 1
        self._at = first if self._at is None else (self._at + step) % len(self._entries)
        self._draw()

    def action_choose(self) -> None:
        """Choose the entry with the cursor."""
        if self._at is not None:
            self._take(self._entries[self._at])

    def _take(self, entry: Entry) -> None:
        self.app.pop_screen()
        entry.chosen()

    def _draw(self) -> None:
        """Draw it as high as it is long, if the screen is so high; otherwise the entries around the cursor."""
        width, height = self.app.size
        heading = wrapped([(f" {self._title}", "bar-strong")], min(width, WIDEST))
        heading[-1] = underlined(heading[-1], min(width, WIDEST))
        lines = self.query_one(Lines)
        room = max(1, min(len(self._entries), height - 3 - len(heading)))
        lines.styles.height = len(heading) + room + 1
        lines.show(*heading, *self._drawn(room))

    def _drawn(self, room: int) -> list[SpanLine]:
        lines: list[SpanLine] = []
        first = max(0, (self._at or 0) - room + 1)
        for index, each in enumerate(self._entries[first : first + room], start=first):
            mark = ">" if index == self._at else " "
            lines.append(
                [(f"{mark} {each.letter:1} ", "accent"), (each.text, "bar-strong" if index == self._at else "bar")]
            )
        hidden = len(self._entries) - room
        more = f"; {hidden} more, the arrows go through all" if hidden else ""
        lines.append([(f"  {pressed('menu.back', 'esc')} ", "accent"), (f"back{more}", "bar-dim")])
        return lines
