"""The tour of the demonstration: five keys to press, each named in a small panel above the footer of the list.

It watches keys and changes none: whatever is pressed does what it always does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from textual.events import Resize

from viptui.widgets.lines import Lines
from viptui.widgets.paint import SpanLine
from viptui.widgets.wrapping import wrapped

if TYPE_CHECKING:
    from textual.screen import Screen


class Stop(NamedTuple):
    """One of the five."""

    key: str
    """As Textual calls it."""
    shown: str
    """As a person calls it."""
    text: str


STOPS: Final = (
    Stop("3", "3", "the day begins with who is past due, the longest first: they are about to lose licences"),
    Stop("p", "p", "why is this customer here? The preview below the list says it, and what helps; p hides it again"),
    Stop("o", "o", "place the order of what waits: Enter on the button does it, esc leaves the form"),
    Stop("u", "u", "take back what you did last; what has left the house stays, and u says which step helps"),
    Stop("question_mark", "?", "all keys of a screen; in the list : finds every action by its name"),
)

END: Final = "That was the tour. Nothing here is real and nothing leaves: try everything, q leaves."


class TourPanel(Lines):
    """Two lines that name the next key."""

    def __init__(self) -> None:
        super().__init__(id="tour", base="bar")
        self._at = 0

    def on_mount(self) -> None:
        """Begin."""
        self._show()

    def on_resize(self, _event: Resize) -> None:
        """Another width breaks the lines elsewhere."""
        self._show()

    def pressing(self, key: str) -> bool:
        """A key that the list answers is about to do something; whether the tour is over by that."""
        if key == "escape" or self._at >= len(STOPS):
            return True
        if key == STOPS[self._at].key:
            self._at += 1
            self._show()
        return False

    def _show(self) -> None:
        width = max(20, self.size.width)
        self.show(*wrapped(self._line(), width)[: self.size.height])

    def _line(self) -> SpanLine:
        if self._at >= len(STOPS):
            return [(" ", "bar"), (END, "bar-strong")]
        stop = STOPS[self._at]
        return [
            (f" Tour {self._at + 1}/{len(STOPS)}  ", "bar-strong"),
            (stop.shown, "accent"),
            (f"  {stop.text}", "bar"),
            ("  (esc ends the tour)", "bar-dim"),
        ]


class Tour:
    """The panel on the list, until the tour is over."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._panel: TourPanel | None = TourPanel()
        screen.mount(self._panel, before="#footer")

    def pressing(self, key: str) -> None:
        """A key is about to do what it is bound to."""
        screen, panel = self._screen, self._panel
        if panel is None or screen.app.screen is not screen or screen.focused is not screen.query_one("#list"):
            return
        if panel.pressing(key):
            self._panel = None
            panel.remove()
