"""Drawing lines of text: spans with the name of a style, turned into what the terminal gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.events import Blur, Focus
from textual.strip import Strip
from textual.widget import Widget

from viptui.text import fitted, visible, width_of

STYLES: Final = (
    "plain",
    "dim",
    "strong",
    "accent",
    "heading",
    "cursor",
    "bar",
    "bar-strong",
    "bar-on",
    "bar-dim",
    "pending",
    "overdue",
    "suspended",
    "upcoming",
    "ready",
    "late",
    "lapsed",
    "renewed",
    "warning",
)
"""Names of styles; what they look like says viptui.tcss, in the theme's variables."""

Span = tuple[str, str]
"""Text and the name of its style."""

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


def span_width(line: SpanLine) -> int:
    """Terminal cells of a line."""
    return sum(width_of(text) for text, _ in line)


class Painted(Widget):
    """A widget that draws its own lines. A change repaints those lines and never lays the screen out anew."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"paint--{name}" for name in STYLES}

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._styles: dict[tuple[str, str], Style] = {}

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
        segments = [
            Segment(text, self.style_of(style, base)) for text, style in self._fitted(line, width, base) if text
        ]
        return Strip(_joined(segments), width)

    def paint_fitted(self, line: SpanLine, width: int, base: str = "plain") -> Strip:
        """A line whose spans come from `viptui.text.fitted` and fill ``width`` cells already."""
        return Strip(_joined(Segment(text, self.style_of(style, base)) for text, style in line), width)

    def style_of(self, name: str, base: str = "plain") -> Style:
        """The theme's style of this name, on the background of ``base``."""
        if (style := self._styles.get((name, base))) is None:
            style = self.get_component_rich_style(f"paint--{base}")
            if name not in {base, "plain"}:
                style += self.get_component_rich_style(f"paint--{name}", partial=True)
            self._styles[name, base] = style
        return style

    def notify_style_update(self) -> None:
        """Another theme: forget the styles of the old one."""
        super().notify_style_update()
        self._styles.clear()

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


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Neighbours of one style as one segment: each segment costs bytes on the wire."""
    joined: list[Segment] = []
    for segment in segments:
        if joined and joined[-1].style is segment.style:
            joined[-1] = Segment(joined[-1].text + segment.text, segment.style)
        else:
            joined.append(segment)
    return joined
