"""A few fixed lines (header, tabs, status, footer, preview), and a text of many lines to scroll in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Region
from textual.reactive import Reactive
from textual.strip import Strip

from viptui.widgets.paint import Painted, SpanLine
from viptui.widgets.wrapping import wrapped


class Lines(Painted):
    """Lines that are replaced as a whole; only those that differ are repainted."""

    def __init__(self, *, id: str | None = None, base: str = "plain", ruled: bool = False) -> None:  # noqa: A002
        super().__init__(id=id)
        self._base = base
        self._ruled = ruled
        """Whether a rule is drawn above the lines."""
        self._lines: Sequence[SpanLine] = ()

    @property
    def lines(self) -> Sequence[SpanLine]:
        """What is shown."""
        return self._lines

    def show(self, *lines: SpanLine) -> None:
        """Show these lines."""
        old, self._lines = self._lines, lines
        height = max(len(old), len(lines))
        changed = [y for y in range(height) if old[y : y + 1] != lines[y : y + 1]]
        if changed:
            self.refresh(*(Region(0, y + self._ruled, self.size.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        if self._ruled and y == 0:
            return self.paint([("-" * self.size.width, "dim")], self.size.width, self._base)
        y -= self._ruled
        line: SpanLine = self._lines[y] if y < len(self._lines) else ()
        return self.paint(line, self.size.width, self._base)


class Document(Painted, can_focus=True):
    """A text of many lines with sections to jump between."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll_by(1)", "down", show=False, id="document.down", tooltip="Scroll one line down"),
        Binding("k,up", "scroll_by(-1)", "up", show=False, id="document.up", tooltip="Scroll one line up"),
        Binding("ctrl+d", "scroll_pages(0.5)", show=False, id="document.half_down", tooltip="Half a page down"),
        Binding("ctrl+u", "scroll_pages(-0.5)", show=False, id="document.half_up", tooltip="Half a page up"),
        Binding("space,pagedown,ctrl+f", "scroll_pages(1)", show=False, id="document.page_down", tooltip="A page down"),
        Binding("pageup,ctrl+b", "scroll_pages(-1)", show=False, id="document.page_up", tooltip="A page up"),
        Binding("g,home", "scroll_to_line(0)", show=False, id="document.first", tooltip="To the beginning"),
        Binding("G,end", "scroll_to_line(999999)", show=False, id="document.last", tooltip="To the end"),
        Binding(
            "l,right_square_bracket", "section(1)", "section", show=False, id="document.next", tooltip="Next section"
        ),
        Binding("h,left_square_bracket", "section(-1)", show=False, id="document.previous", tooltip="Previous section"),
    ]

    top: Reactive[int] = Reactive(0, repaint=False)
    """The first line on the screen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._text: Sequence[SpanLine] = ()
        self._section_starts: Sequence[int] = ()
        self._lines: Sequence[SpanLine] = ()
        """The text, broken to the width of the screen."""
        self._sections: Sequence[int] = ()

    def show(self, lines: Sequence[SpanLine], sections: Sequence[int] = ()) -> None:
        """Show a text; ``sections`` are the indexes of the lines at which sections begin."""
        self._text, self._section_starts = lines, sections
        self._break_lines()

    def on_resize(self, _event: Resize) -> None:
        """Another width breaks the lines elsewhere."""
        self._break_lines()

    @property
    def lines(self) -> Sequence[SpanLine]:
        """The whole text, as it was given."""
        return self._text

    @property
    def line_count(self) -> int:
        """Lines of the text, broken to the width of the screen."""
        return len(self._lines)

    def _break_lines(self) -> None:
        broken: list[SpanLine] = []
        starts: list[int] = []
        for line in self._text:
            starts.append(len(broken))
            broken += wrapped(line, max(1, self.size.width))
        self._lines = broken
        self._sections = [starts[index] for index in self._section_starts]
        self.top = min(self.top, self._last_top)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        index = self.top + y
        line: SpanLine = self._lines[index] if index < len(self._lines) else ()
        return self.paint(line, self.size.width)

    def action_scroll_by(self, lines: int) -> None:
        """Move the text by some lines."""
        self.action_scroll_to_line(self.top + lines)

    def action_scroll_pages(self, pages: float) -> None:
        """Move the text by some pages."""
        self.action_scroll_by(round(pages * max(1, self.size.height - 1)))

    def action_scroll_to_line(self, line: int) -> None:
        """Put a line at the top, as far as there is text to fill the screen."""
        top = max(0, min(line, self._last_top))
        if top != self.top:
            self.top = top
            self.refresh()

    def action_section(self, step: int) -> None:
        """Jump to the next or the previous section."""
        if step > 0:
            ahead = [line for line in self._sections if line > self.top]
        else:
            ahead = [line for line in reversed(self._sections) if line < self.top]
        if ahead:
            self.action_scroll_to_line(ahead[0])

    @property
    def _last_top(self) -> int:
        return max(0, len(self._lines) - self.size.height)
