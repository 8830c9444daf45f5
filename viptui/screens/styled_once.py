"""What every screen of ours is to Textual."""

from __future__ import annotations

from typing import TypeVar

from textual.events import ScreenResume
from textual.screen import Screen

T = TypeVar("T")


class StyledOnce(Screen[T]):
    """A screen whose widgets are styled as they are made, and follow each change of the look from then on.

    Textual styles all of them again whenever the screen comes to be on top: two milliseconds of each menu.
    """

    def _on_screen_resume(self, event: ScreenResume) -> None:
        """Comes before Textual's own method of that name, which is called in any case."""
        event.refresh_styles = False
