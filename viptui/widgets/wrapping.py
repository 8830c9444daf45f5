"""Breaking lines of spans that are longer than the screen is wide. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import chop_cells

from viptui.text import ELLIPSIS, fitted, visible, width_of
from viptui.widgets.paint import Span, SpanLine, span_width

DEEPEST: Final = 30
"""Cells that continuation lines are indented by, at most."""

MOST_LINES: Final = 12
"""Lines that one becomes, at most, where nothing else is said; an ellipsis stands for the rest."""

_WORDS: Final = re.compile(r"\s*\S+|\s+$")

_PARTS: Final = re.compile(r"\s*[^@._/-]+-*|[@._/-][^@._/-]*-*")
"""Of a word: before a sign of an address it goes on in the next line, after a hyphen too."""


def wrapped(line: SpanLine, width: int, most: int = MOST_LINES) -> list[SpanLine]:
    """The line as at most so many lines of ``width`` cells, broken between words; the later under its last part."""
    if span_width(line) <= width:
        return [line]
    indent = min(_indent(line), width // 2)
    done: list[SpanLine] = []
    current: list[Span] = []
    room = width
    for text, style in _words(line, width - indent):
        if width_of(text) > room and current:
            done.append(current)
            if len(done) == most:
                return [*done[:-1], _cut(current, width)]
            current, room = [(" " * indent, "plain")], width - indent
            text = text.lstrip()
        current.append((text, style))
        room -= width_of(text)
    return [*done, current]


def _cut(line: SpanLine, width: int) -> SpanLine:
    """The line with an ellipsis at its end."""
    text = "".join(part for part, _ in line)
    return [(fitted(text + ELLIPSIS, min(width, width_of(text) + 1)), line[-1][1])]


def _indent(line: SpanLine) -> int:
    """Where the last part of the line begins, or, if that is far to the right, a little more than its own indent."""
    before = span_width(line[:-1])
    if 0 < before <= DEEPEST:
        return before
    text = "".join(part for part, _ in line)
    return len(text) - len(text.lstrip()) + 3


def _words(line: SpanLine, longest: int) -> Iterator[Span]:
    """The words of a line, each with the space before it; a word longer than a line comes in parts."""
    for text, style in line:
        for word in _WORDS.findall(visible(text)):
            parts = [word] if width_of(word) <= longest else _PARTS.findall(word)
            yield from ((piece, style) for part in parts for piece in _pieces(part, longest))


def _pieces(part: str, longest: int) -> list[str]:
    """What has no sign to break it at is cut where the line ends."""
    return [part] if width_of(part) <= longest else chop_cells(part, longest)
