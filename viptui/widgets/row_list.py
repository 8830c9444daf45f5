"""A list of lines with a cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from viptui.widgets.paint import Painted, Span, SpanLine
from viptui.widgets.wrapping import wrapped

MARK: Span = (">", "accent")


class RowList(Painted, can_focus=True):
    """Lines below a heading; the cursor belongs to a line's key and stays on it when the lines are replaced."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "down", show=False, id="rows.down", tooltip="Next line"),
        Binding("k,up", "move(-1)", "up", show=False, id="rows.up", tooltip="Previous line"),
        Binding("ctrl+d", "pages(0.5)", show=False, id="rows.half_down", tooltip="Half a page down"),
        Binding("ctrl+u", "pages(-0.5)", show=False, id="rows.half_up", tooltip="Half a page up"),
        Binding("pagedown,ctrl+f", "pages(1)", show=False, id="rows.page_down", tooltip="A page down"),
        Binding("pageup,ctrl+b", "pages(-1)", show=False, id="rows.page_up", tooltip="A page up"),
        Binding("g,home", "go(0)", show=False, id="rows.first", tooltip="First line"),
        Binding("G,end", "go(999999)", show=False, id="rows.last", tooltip="Last line"),
        Binding("enter", "open", "open", key_display="enter", id="rows.open", tooltip="Open what the cursor stands on"),
    ]

    @dataclass
    class Opened(Message):
        """A line was chosen."""

        key: str

    @dataclass
    class Moved(Message):
        """The cursor stands on another line."""

        left: int
        """Lines below it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys: Sequence[str] = ()
        self._line: Callable[[int], SpanLine] = lambda _: ()
        self._nothing: SpanLine = ()
        self._heading: SpanLine = ()
        self.cursor = 0
        self.top = 0

    @property
    def current(self) -> str | None:
        """The key of the line under the cursor."""
        return self._keys[self.cursor] if self.cursor < len(self._keys) else None

    def show(
        self,
        heading: SpanLine,
        keys: Sequence[str],
        line: Callable[[int], SpanLine],
        *,
        nothing: SpanLine,
        at: str | None = None,
    ) -> None:
        """Show a line for each key; ``line`` makes one by its index when it is drawn. Without keys show ``nothing``.

        The cursor goes to the line of the key ``at``, if one is named.
        """
        kept = at or self.current
        self._heading, self._keys, self._line, self._nothing = heading, keys, line, nothing
        self.cursor = keys.index(kept) if kept in keys else max(0, min(self.cursor, len(keys) - 1))
        self._follow()

    def on_resize(self, _event: Resize) -> None:
        """Keep the cursor on the screen."""
        self._follow()

    def action_move(self, rows: int) -> None:
        """Move the cursor by some lines."""
        self.action_go(self.cursor + rows)

    def action_pages(self, pages: float) -> None:
        """Move the cursor by some pages."""
        self.action_move(round(pages * max(1, self.size.height - 1)))

    def action_go(self, index: int) -> None:
        """Put the cursor on a line; as long as the list does not scroll only two lines change."""
        before, top = self.cursor, self.top
        self.cursor = max(0, min(index, len(self._keys) - 1))
        self._scroll()
        if self.top != top:
            self.refresh()
        elif self.cursor != before:
            self.refresh(*(Region(0, 1 + at - top, self.size.width, 1) for at in (before, self.cursor)))
        if self.cursor != before:
            self.post_message(self.Moved(len(self._keys) - 1 - self.cursor))

    def action_open(self) -> None:
        """Open what the cursor stands on."""
        if (key := self.current) is not None:
            self.post_message(self.Opened(key))

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self.paint([(" ", "heading"), *self._heading], self.size.width, "heading")
        index = self.top + y - 1
        if index >= len(self._keys):
            said = [] if self._keys else wrapped(self._nothing, self.size.width)
            return self.paint(said[index] if index < len(said) else [], self.size.width)
        line = self._line(index)
        if index == self.cursor:
            return self.paint([MARK, ("".join(text for text, _ in line), "cursor")], self.size.width)
        return self.paint([(" ", "plain"), *line], self.size.width)

    def _follow(self) -> None:
        self._scroll()
        self.refresh()

    def _scroll(self) -> None:
        """Scroll as little as brings the cursor onto the screen."""
        page = max(1, self.size.height - 1)
        self.top = max(self.cursor - page + 1, min(self.top, self.cursor))
