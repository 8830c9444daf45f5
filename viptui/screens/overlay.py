"""What opens over a screen and leaves the rest of it to be seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self, TypeVar

from textual.app import App
from textual.events import ScreenResume
from textual.geometry import Region
from textual.screen import ModalScreen, Screen
from textual.strip import Strip

from viptui.screens.styled_once import StyledOnce

T = TypeVar("T")


class Overlay(StyledOnce[T], ModalScreen[T]):
    """A modal screen without a ground of its own: around its widgets stands the screen below, as it is.

    Textual would put each line of that together again, style by style, several times until a menu is open.
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the screen below."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1]
        lines = [line.crop(*crop.column_span) for line in below._compositor.render_strips()[crop.y : crop.bottom]]
        return [*lines, *(Strip.blank(crop.width) for _ in range(crop.height - len(lines)))]  # it may be smaller yet


class KeptOverlay(Overlay[T]):
    """An overlay that is made once and stays: to open it again mounts, styles and lays out nothing.

    Then only its widgets are drawn: around them the terminal shows the screen below already. What it does to that one
    happens when it is dismissed.
    """

    _opens = False
    """Whether it is being opened, and not come back to."""
    _has_news = False
    """Whether the screen below has changed since that began."""
    _draws_itself = False
    """Whether nothing is drawn now but its widgets."""

    def open(self, app: App[Any], done: Callable[[T | None], None]) -> None:
        """Open it; ``done`` gets what it is dismissed with."""
        below = app.screen
        if not app.is_screen_installed(self):
            app.install_screen(self, type(self).__name__)
        was_asked = below._repaint_required
        if isinstance(below, StyledOnce):
            below.is_overlaid()
        app.push_screen(self, done)
        self._opens, self._has_news = True, False
        if not was_asked:
            _draw_nothing_of(below)  # Textual would draw it anew because something opens over it

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """As in Textual, which asks for regions where the screen below has changed."""
        self._has_news |= bool(regions)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The same, unless nobody will see them."""
        return [Strip.blank(crop.width)] * crop.height if self._draws_itself else super().render_lines(crop)

    def _on_screen_resume(self, _event: ScreenResume) -> None:
        """Comes before Textual's own method of that name, which is called in any case."""
        self.call_next(self._draw_opened, is_laid_out=self._size == self.app.size)

    def _draw_opened(self, is_laid_out: bool) -> None:
        opens, self._opens = self._opens, False
        if opens and is_laid_out and not self._has_news:
            _draw_nothing_of(self)
            for each in self.painted():
                each.draw_again()
            self._draws_itself = True
        self.draw_now()
        self._draws_itself = False


def _draw_nothing_of(screen: Screen[Any]) -> None:
    """Take back that the whole of a screen is to be drawn."""
    screen._repaint_required = False
    screen._exchange_repaint_regions()
