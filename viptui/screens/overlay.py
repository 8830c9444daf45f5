"""What opens over a screen and leaves the rest of it to be seen."""

from __future__ import annotations

from typing import TypeVar

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
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1]
        lines = [line.crop(*crop.column_span) for line in below._compositor.render_strips()[crop.y : crop.bottom]]
        return [*lines, *(Strip.blank(crop.width) for _ in range(crop.height - len(lines)))]  # it may be smaller yet
