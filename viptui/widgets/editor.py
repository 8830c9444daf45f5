"""A text with a cursor in it: what keys do to it, and the part of it that fits into some cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from viptui.text import ELLIPSIS, fitted, visible, width_of
from viptui.widgets.paint import Span, SpanLine

LONGEST: Final = 4_000
"""Characters that a text takes; what is typed or pasted beyond them is left out."""


@dataclass(slots=True)
class Editor:
    """One text that is being typed, of one line or of several."""

    text: str = ""
    at: int = 0
    """The cursor stands before this character."""
    several_lines: bool = False

    def fill(self, text: str) -> None:
        """Replace the text; the cursor stands at its end."""
        self.text, self.at = "", 0
        self.insert(text)

    def insert(self, text: str) -> None:
        """Put text in at the cursor. Tabs, and line ends where there is but one line, become spaces."""
        lines = [" ".join(line.split("\t")) for line in text.splitlines()]
        clean = ("\n" if self.several_lines else " ").join(lines)
        if self.several_lines and text.endswith("\n"):
            clean += "\n"
        clean = "".join(each for each in clean if each == "\n" or not _is_control(each))[: LONGEST - len(self.text)]
        self.text = self.text[: self.at] + clean + self.text[self.at :]
        self.at += len(clean)

    def take(self, key: str, character: str | None) -> bool:
        """Take a key as it comes: put in what it prints, or do what it does to a text; whether it is one of those."""
        if character is None or not character.isprintable():
            return self.press(key)
        self.insert(character)
        return True

    def press(self, key: str) -> bool:
        """Do what an editing key does; whether it is one."""
        match key:
            case "backspace":
                self._cut(max(0, self.at - 1), self.at)
            case "delete":
                self._cut(self.at, self.at + 1)
            case "ctrl+w":
                self._cut(len(self.text[: self.at].rstrip().rpartition(" ")[0]), self.at)
            case "ctrl+u":
                self._cut(0, len(self.text))
            case "ctrl+k":
                self._cut(self.at, self._end_of_line)
            case "left":
                self.at = max(0, self.at - 1)
            case "right":
                self.at = min(len(self.text), self.at + 1)
            case "home" | "ctrl+a":
                self.at = self._start_of_line
            case "end" | "ctrl+e":
                self.at = self._end_of_line
            case _:
                return False
        return True

    def step_line(self, step: int, width: int) -> bool:
        """Move up or down in a text of several lines; whether there was such a line."""
        starts = [start for start, _ in self.rows(width)]
        row = self.row_of_cursor(width)
        if not 0 <= row + step < len(starts):
            return False
        length = len(self.rows(width)[row + step][1])
        self.at = starts[row + step] + min(self.at - starts[row], length)
        return True

    def rows(self, width: int) -> list[tuple[int, str]]:
        """The text as lines of at most ``width`` cells, each with the index of its first character."""
        found: list[tuple[int, str]] = []
        start = 0
        for line in self.text.split("\n"):
            begin, room = 0, width - 1  # a cell for the cursor behind the last character
            for index, character in enumerate(line):
                if (room := room - width_of(character)) < 0:
                    space = line.rfind(" ", begin, index)
                    cut = space + 1 if space > begin else index
                    found.append((start + begin, line[begin:cut]))
                    begin, room = cut, width - 1 - width_of(line[cut : index + 1])
            found.append((start + begin, line[begin:]))
            start += len(line) + 1
        return found

    def row_of_cursor(self, width: int) -> int:
        """The line of `rows` on which the cursor stands."""
        return max(number for number, (start, _) in enumerate(self.rows(width)) if start <= self.at)

    def draw(self, width: int, *, focused: bool) -> SpanLine:
        """One line of exactly ``width`` cells; what is before the cursor gives way where it does not fit."""
        if not focused:
            return [(fitted(self.text, width), "input")]
        start = _start_of_window(self.text, self.at, width)
        return _with_cursor(self.text, start, self.at, width)

    def draw_rows(self, width: int, height: int, *, focused: bool) -> list[SpanLine]:
        """``height`` lines of exactly ``width`` cells, the one with the cursor among them."""
        rows = self.rows(width)
        current = self.row_of_cursor(width)
        first = max(0, min(current - height + 1, len(rows) - height))
        shown = rows[first : first + height] + [(-1, "")] * (height - len(rows))
        return [
            _with_cursor(text, 0, self.at - start, width)
            if focused and first + number == current
            else [(fitted(text, width), "input")]
            for number, (start, text) in enumerate(shown)
        ]

    @property
    def _start_of_line(self) -> int:
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def _end_of_line(self) -> int:
        end = self.text.find("\n", self.at)
        return len(self.text) if end < 0 else end

    def _cut(self, start: int, end: int) -> None:
        self.text = self.text[:start] + self.text[end:]
        self.at = start


def _is_control(character: str) -> bool:
    return ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0


def _start_of_window(text: str, at: int, width: int) -> int:
    """The first character that is shown, so that what is under the cursor ends with the last cell at most."""
    room = width - max(1, width_of(text[at : at + 1]))
    start = at
    while start > 0 and (room := room - width_of(text[start - 1])) >= 0:
        start -= 1
    return start


def _with_cursor(text: str, start: int, at: int, width: int) -> list[Span]:
    before = visible(text[start:at])
    if start > 0 and before:
        before = fitted(ELLIPSIS, width_of(before[0])) + before[1:]
    under = visible(text[at : at + 1]) or " "
    room = max(0, width - width_of(before) - width_of(under))
    return [(before, "input"), (under, "caret"), (fitted(text[at + 1 :], room), "input")]
