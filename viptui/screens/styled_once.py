"""What every screen of ours is to Textual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from textual.events import ScreenResume
from textual.screen import Screen

from viptui.widgets.paint import Painted

T = TypeVar("T")


class StyledOnce(Screen[T]):
    """A screen whose widgets are styled as they are made, and again only after a change of the look.

    Textual styles all of them again whenever the screen comes to be on top: two milliseconds of each menu.
    """

    _styled_for = ""
    """The look that it was styled for last, if it has been on top."""
    _without_news = 0
    """How often it goes below another screen or comes back from there without a change of its bindings."""

    def painted(self) -> Iterator[Painted]:
        """Its widgets that draw their own lines."""
        return (each for each in self.walk_children() if isinstance(each, Painted))

    def draw_now(self) -> None:
        """Draw in this very call what has changed, in one frame.

        Textual comes to it by way of the queue of each widget, that of the screen and a timer: some milliseconds of a
        key whose answer is there.
        """
        for each in self.painted():
            if each._repaint_required:
                each._repaint_required = False
                self._dirty_widgets.add(each)
        self._update_timer.resume()  # if it cannot be drawn now, as soon as it can
        self._on_timer_update()

    def is_overlaid(self) -> None:
        """Something opens over it, and will close, that leaves its bindings alone: the footer need not look."""
        self._without_news = 2

    def _watch_stack_updates(self) -> None:
        """As in Textual, for which they may be others each time: a millisecond and a half of the footer."""
        if self._without_news:
            self._without_news -= 1
        else:
            self.refresh_bindings()

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Comes before Textual's own method of that name, which is called in any case."""
        event.refresh_styles = self._styled_for not in {"", self.app.theme}
        self._styled_for = self.app.theme
