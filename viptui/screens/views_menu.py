"""The menu of saved views: it stands at once, the views follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from typing import Final

from textual.events import Key

from viptui.screens.menu import Entry, Menu

NUMBERS: Final = "123456789"


def numbered(choices: Iterable[tuple[str, Callable[[], object]]]) -> list[Entry]:
    """Entries under the numbers 1 to 9; those after them are reached with the arrows."""
    return [
        Entry(number, text, chosen) for number, (text, chosen) in zip(chain(NUMBERS, repeat("")), choices, strict=False)
    ]


class ViewsMenu(Menu):
    """A number that is pressed before the views have come is waited for."""

    def __init__(self, title: str, always: Sequence[Entry]) -> None:
        super().__init__(title, always)
        self._always = always
        self._is_filled = False
        self._early = ""
        """The number that was pressed too early."""

    def on_key(self, event: Key) -> None:
        """Keep a number until it means something."""
        if not self._is_filled and event.character is not None and event.character in NUMBERS:
            event.stop()
            self._early = self._early or event.character

    def fill(self, views: Sequence[Entry]) -> None:
        """Show the views; what was chosen already is opened."""
        if not self.is_current:
            return  # left before they came
        self._entries = [*views, *self._always]
        self._is_filled = True
        if chosen := next((each for each in views if self._early and each.letter == self._early), None):
            self._take(chosen)
        else:
            self._draw()
