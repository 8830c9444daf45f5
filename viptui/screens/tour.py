"""The tour of the demonstration: five keys to press, each named in a panel above the list, where no notice hides it.

It watches keys and changes none: whatever is pressed does what it always does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from viptui.pressed import key_name, pressed
from viptui.widgets.lines import Lines
from viptui.widgets.paint import SpanLine

if TYPE_CHECKING:
    from textual.screen import Screen


class Stop(NamedTuple):
    """One of the five."""

    key: str
    """As a person calls it."""
    text: str


def stops() -> tuple[Stop, ...]:
    """The five, with the keys as they are bound."""
    back, leave = pressed("why.back", "esc"), pressed("form.leave", "esc")
    do, palette = pressed("form.enter", "Enter"), pressed("screen.palette", ":")
    return (
        Stop(pressed("tab.past-due", "3"), "shows who is past due; the day begins with the longest"),
        Stop(pressed("screen.why", "W"), f"says rule by rule why a customer is here; {back} goes back"),
        Stop(pressed("action.order.place", "o"), f"places the order of what waits: {do} does it, {leave} leaves"),
        Stop(pressed("action.history.undo", "u"), "takes back what was done last, or says what helps instead"),
        Stop(pressed("screen.help", "?"), f"shows all keys; {palette} finds every action by its name"),
    )


END: Final = "Nothing here is real, no mail leaves: try everything."


class TourPanel(Lines):
    """Two lines that name the next key."""

    def __init__(self) -> None:
        super().__init__(id="tour", base="bar")
        self._stops = stops()
        self._at = 0

    def on_mount(self) -> None:
        """Begin."""
        self._show()

    def pressing(self, key: str) -> bool:
        """A key that the list answers is about to do something; whether the tour is over by that."""
        if key == "escape" or self._at >= len(self._stops):
            return True
        if key_name(key) == self._stops[self._at].key:
            self._at += 1
            self._show()
        return False

    def _show(self) -> None:
        if self._at >= len(self._stops):
            self.show([(" That was the tour", "bar-strong")], [(f" {END}", "bar")])
            return
        stop = self._stops[self._at]
        head: SpanLine = [(f" Tour {self._at + 1}/{len(self._stops)}", "bar-strong"), ("   esc ends it", "bar-dim")]
        self.show(head, [(f" {stop.key}", "accent"), (f"  {stop.text}", "bar")])


class Tour:
    """The panel on the list, until the tour is over."""

    def __init__(self, screen: Screen[None]) -> None:
        self._screen = screen
        self._panel: TourPanel | None = TourPanel()
        screen.mount(self._panel, before="#between")

    def pressing(self, key: str) -> None:
        """A key is about to do what it is bound to."""
        screen, panel = self._screen, self._panel
        if panel is None or screen.app.screen is not screen or screen.focused is not screen.query_one("#list"):
            return
        if panel.pressing(key):
            self._panel = None
            panel.remove()
