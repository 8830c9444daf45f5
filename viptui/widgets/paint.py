"""Drawing lines of text: spans with the name of a style, turned into what the terminal gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual.events import Blur, Focus
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from viptui.text import fitted, visible, width_of
from viptui.widgets.styles import style_on

Span = tuple[str, str]
"""Text and the name of its style, see `viptui.widgets.styles`."""

SpanLine = Sequence[Span]


def right_aligned(left: SpanLine, right: SpanLine, width: int, filler: str = "plain") -> list[Span]:
    """``left`` and ``right`` at the two ends of a line; the left gives way."""
    room = max(0, width - span_width(right))
    line: list[Span] = []
    for text, style in left:
        if room <= 0:
            break
        size = min(room, width_of(text))
        line.append((fitted(text, size), style))
        room -= size
    return [*line, (" " * room, filler), *right]


def underlined(line: SpanLine, width: int) -> list[Span]:
    """A line as the heading of what opens over a screen: its edge, where the colours are the terminal's own."""
    return [(fitted("".join(text for text, _ in line), width), "heading")]


def framed(lines: Sequence[SpanLine], width: int, height: int) -> list[SpanLine]:
    """Lines of what opens over a screen, with edges that also show where the colours are the terminal's own."""
    shown = [*lines, *([()] * (height - len(lines)))]
    edge = [("|", "bar-dim")]
    return [right_aligned([*edge, *line], edge, width, "bar") for line in shown]


def span_width(line: SpanLine) -> int:
    """Terminal cells of a line."""
    return sum(width_of(text) for text, _ in line)


class Covered(Widget):
    """A widget, or a screen, that nobody sees because widgets cover all of it: Textual would draw it in each frame."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank lines, which cost nothing."""
        return [Strip.blank(crop.width)] * crop.height


class Painted(Widget):
    """A widget that draws its own lines. A change repaints those lines and never lays the screen out anew.

    It has no border, padding or opacity: its lines are all there is to it, and are kept until something in them
    changes. Textual would put every line of every widget near a change together again.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._styles: dict[tuple[str, str], Style] = {}
        self._kept: dict[int, Strip] = {}
        """Lines as they are on the screen, by their number."""
        self.drawn_width = 0
        """Cells of the lines that are being drawn: what `size` says, which it takes long to ask for every line."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the widget; those that are dirty are drawn anew."""
        width = self.size.width  # not that of its region, which is told of another size before the widget is
        if width != self.drawn_width:
            self._kept.clear()
            self.drawn_width = width
        kept = self._kept
        for y in crop.line_range:
            if y not in kept:
                kept[y] = self.render_line(y)
        lines = [kept[y] for y in crop.line_range]
        return lines if crop.width == width else [line.crop(*crop.column_span) for line in lines]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """As in Textual; the lines of the regions, or all of them, are drawn anew."""
        for region in regions:
            for y in region.line_range:
                self._kept.pop(y, None)
        if repaint and not regions:
            self._kept.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def draw_again(self) -> None:
        """Draw the same lines once more: something else has come to stand in their place."""
        super().refresh()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Restyle nothing: focus changes only what `focus_changed` repaints."""

    def on_focus(self, event: Focus) -> None:
        """Take the focus without Textual's repaint of the whole widget, which is most of a screen here."""
        event.prevent_default()
        self.has_focus = True
        self.focus_changed()

    def on_blur(self, event: Blur) -> None:
        """Lose the focus, likewise."""
        event.prevent_default()
        self.has_focus = False
        self.focus_changed()

    def focus_changed(self) -> None:
        """Repaint what looks different with and without the focus; nothing, by default."""

    def paint(self, line: SpanLine, width: int, base: str = "plain") -> Strip:
        """A line of exactly ``width`` cells."""
        return self.paint_fitted([span for span in self._fitted(line, width, base) if span[0]], width, base)

    def paint_fitted(self, line: SpanLine, width: int, base: str = "plain") -> Strip:
        """A line whose spans come from `viptui.text.fitted` and fill ``width`` cells already."""
        styles = self._styles
        segments: list[Segment] = []
        joined, last = "", None
        for text, name in line:
            style = styles.get((name, base)) or self.style_of(name, base)
            if style is last or last is None:  # neighbours of one style are one text
                joined += text
            else:
                segments.append(Segment(visible(joined), last))
                joined = text
            last = style
        if last is not None:
            segments.append(Segment(visible(joined), last))
        return Strip(segments, width)

    def style_of(self, name: str, base: str = "plain") -> Style:
        """The theme's style of this name, on the background of ``base``."""
        if (style := self._styles.get((name, base))) is None:
            style = self._styles[name, base] = self._filtered(style_on(name, base, self.app.theme_variables))
        return style

    def notify_style_update(self) -> None:
        """Another theme: forget the styles of the old one."""
        super().notify_style_update()
        self._styles.clear()
        self._kept.clear()

    def _filtered(self, style: Style) -> Style:
        """A style after what Textual does to the colours of every line, once and not for each line."""
        segments = [Segment(" ", style)]
        for each in self.get_line_filters():
            segments = each.apply(segments, self.background_colors[1])
        return segments[0].style or style

    def _fitted(self, line: SpanLine, width: int, base: str) -> Iterable[Span]:
        room = width
        for text, style in line:
            size = width_of(text)
            if size > room:
                yield fitted(text, room), style
                return
            yield visible(text), style
            room -= size
        yield " " * room, base
