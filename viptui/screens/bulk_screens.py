"""How far an action on many is, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.actions import Action
from viptui.screens.base import ServiceScreen
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document, Lines
from viptui.widgets.paint import SpanLine

SECONDS_BETWEEN: Final = 1.0
"""How often the number of those that are done is drawn anew."""


class _TitledScreen(ServiceScreen):
    """A screen with the action and whom it is about in its first line."""

    def __init__(self, action: Action, whom: str) -> None:
        super().__init__()
        self._action, self._whom = action, whom

    def on_mount(self) -> None:
        """Show the title."""
        self._show_title()

    def on_resize(self, _event: Resize) -> None:
        """The title spans the screen."""
        self._show_title()

    def _show_title(self) -> None:
        left = [(f" {self._action.title}", "bar-strong"), (f"  {self._whom}", "bar")]
        right = [(f" {self.services.today()} ", "bar-dim")]
        self.show_title(left, right)


class Progress(_TitledScreen):
    """How many are done of how many; Esc stops after the one that is being done."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "stop", "stop", key_display="esc", id="progress.stop", tooltip="Stop after this one"),
    ]

    def __init__(self, action: Action, whom: str, doing: str) -> None:
        super().__init__(action, whom)
        self._doing = doing
        """What is done, in one word."""
        self.done = 0
        self.total = 0
        self.is_stopped = False
        """Whether no other is to be begun."""

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Lines(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Say how far it is, now and every second."""
        self._show()
        self.set_interval(SECONDS_BETWEEN, self._show)

    def action_stop(self) -> None:
        """Begin no other."""
        self.is_stopped = True
        self._show()

    def _show(self) -> None:
        stopping = "  stopping after this one" if self.is_stopped else ""
        line: SpanLine = [(f"   {self._doing} {self.done:,}/{self.total:,}", "strong"), (stopping, "warning")]
        self.query_one("#detail", Lines).show([], line)


class Results(_TitledScreen):
    """What came of it, to read."""

    AUTO_FOCUS = "Document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "back", "back", key_display="esc", id="results.back", tooltip="Back to the list"),
    ]

    def __init__(self, action: Action, whom: str, lines: Sequence[SpanLine]) -> None:
        super().__init__(action, whom)
        self._lines = lines

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Document(id="help")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Show it."""
        self.query_one(Document).show(self._lines)
