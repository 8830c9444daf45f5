"""What opens over a screen and leaves the rest of it to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App
from textual.events import ScreenResume
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip

from viptui.screens.styled_once import StyledOnce

T = TypeVar("T")


class Overlay(StyledOnce[T], ModalScreen[T]):
    """A modal screen without a ground of its own: around its widgets stands the screen below, as it is.

    Textual would put each line of that together again, style by style, several times until a menu is open.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the screen below."""
        if any(each.region.contains_region(crop) for each in self.displayed_children):
            return [Strip.blank(crop.width)] * crop.height  # nobody sees them
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1]
        lines = [line.crop(*crop.column_span) for line in below._compositor.render_strips()[crop.y : crop.bottom]]
        return [*lines, *(Strip.blank(crop.width) for _ in range(crop.height - len(lines)))]  # it may be smaller yet


class KeptOverlay(Overlay[T]):
    """An overlay that is made once and stays: to open it again mounts, styles and lays out nothing.

    Then only its widgets are drawn: around them the terminal shows the screen below already.
    """

    _opens = False
    """Whether it is being opened, and not come back to."""

    def open(self, app: App[Any], done: Callable[[T | None], None]) -> None:
        """Open it; ``done`` gets what it is dismissed with."""
        below = app.screen
        if not app.is_screen_installed(self):
            app.install_screen(self, type(self).__name__)
        asked = below._repaint_required
        app.push_screen(self, done)
        below._repaint_required = asked  # Textual draws all of a screen anew when something opens over it
        self._opens = True

    def _on_screen_resume(self, _event: ScreenResume) -> None:
        """Comes before Textual's own method of that name, which is called in any case."""
        self.call_next(self._draw_opened, drawn=self._size == self.app.size)

    def _draw_opened(self, drawn: bool) -> None:
        opens, self._opens = self._opens, False
        if opens and drawn:
            self._repaint_required = False
            for each in self.painted():
                each.draw_again()
        self.draw_now()
