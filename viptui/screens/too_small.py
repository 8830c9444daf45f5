"""What stands there instead of a screen on a terminal that has no room for one."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen

from viptui.screens.base import LEAST, is_too_small
from viptui.widgets.lines import Lines
from viptui.widgets.wrapping import wrapped


class TooSmall(Screen[None]):
    """One clear line; it takes the keys, so that none acts on what cannot be seen, and goes once there is room."""

    AUTO_FOCUS = None

    def compose(self) -> ComposeResult:
        yield Lines(id="detail")

    def on_screen_resume(self) -> None:
        """Something may have stood above it while the terminal grew."""
        self._show()

    def on_resize(self, _event: Resize) -> None:
        """There may be room now."""
        self._show()

    def _show(self) -> None:
        size = self.app.size
        if is_too_small(size):
            text = f"the terminal is too small: {LEAST.width}x{LEAST.height} at least"
            self.query_one(Lines).show(*wrapped([(text, "strong")], max(1, size.width)))
        elif self is self.app.screen:
            self.app.pop_screen()
