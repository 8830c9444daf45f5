"""What stands on the terminal, and the shortest way from there to the next frame.

Textual draws whole lines, and states the look of every piece of text. Here a frame is read as cells and held against
the cells that the terminal shows already: only what differs is written, and lines that have moved up or down are
moved by the terminal. Whatever cannot be read with certainty goes out as it came, and nothing is known after it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import is_not
from typing import Final, NamedTuple

from viptui.frame import ASIDE, BLANK, AnyCell, Line, Piece, Run, read_frame
from viptui.looks import PLAIN, Look, bare, change

FEWEST_MOVED: Final = 3
"""Lines that the terminal moves at least."""

_CHANGES: Final = re.compile(rb"\x01(?:\x00{0,4}\x01)*")
"""Changes, and up to four cells between two of them: to pass over those takes as many bytes."""

WORTH_CLEARING: Final = 4
"""Blanks at the end of a line that take more bytes than to clear it."""


class Move(NamedTuple):
    """The lines ``first`` to ``last`` go up by some lines, or down by a negative number."""

    first: int
    last: int
    up: int

    def __str__(self) -> str:
        count, letter = abs(self.up), "M" if self.up > 0 else "L"
        return f"\x1b[{self.first};{self.last}r\x1b[{self.first}H\x1b[{count if count > 1 else ''}{letter}\x1b[r"


class Picture:
    """The screen of a terminal, as far as it is known."""

    def __init__(self, columns: int, lines: int) -> None:
        self.size = columns, lines
        self._lines: dict[int, Line] = {}
        self.forget()

    def forget(self) -> None:
        """Take nothing as known: the terminal has been cleared, or somebody else has written to it."""
        columns, lines = self.size
        self._lines = {y: Line((None,) * columns, True) for y in range(1, lines + 1)}

    def update(self, output: str) -> str:
        """What brings the terminal to where this output would bring it, which begins and ends in the plain look."""
        frame = read_frame(output, *self.size)
        if frame is None:
            if not ASIDE.fullmatch(output):
                self.forget()
            return output
        pen = Pen()
        if move := self._move_towards({y: run for y, run in frame if len(run.cells) == self.size[0]}):
            pen.write(str(move))
            self._move(move)
        for y, run in frame:
            line = self._lines[y]
            self._lines[y] = line.after(run)
            _draw_changes(pen, y, line, run)
        return pen.written()

    def _move_towards(self, wanted: Mapping[int, Run]) -> Move | None:
        """By how much lines have moved, if many have: only lines that are drawn from end to end can be mended then."""
        changed = [y for y, line in wanted.items() if line.cells != self._lines[y].cells]
        if len(changed) < FEWEST_MOVED:
            return None
        before = {self._lines[y].cells: y for y in wanted}
        were = {y: before[cells] for y in wanted if (cells := wanted[y].cells) in before and _tells(cells)}
        ways = Counter(were[y] - y for y in changed if y in were)
        for up, count in ways.most_common(1):
            moved = [y for y in were if were[y] - y == up]
            first, last = min(min(moved), min(moved) + up), max(max(moved), max(moved) + up)
            at_rest = sum(were.get(y) == y for y in range(first, last + 1))
            if count >= max(FEWEST_MOVED, at_rest + 1) and all(y in wanted for y in range(first, last + 1)):
                return Move(first, last, up)
        return None

    def _move(self, move: Move) -> None:
        """Move the lines as the terminal does; those that come in are blank."""
        columns, _ = self.size
        old = {y: self._lines[y] for y in range(move.first, move.last + 1)}
        for y in old:
            self._lines[y] = old.get(y + move.up) or Line((BLANK,) * columns, True)


class Pen:
    """Writes in as few bytes as it takes."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._look = PLAIN
        self._line: int | None = None
        """The line that the terminal writes on, if that is certain."""

    def write(self, sequence: str) -> None:
        """Write a sequence that is to find the plain look, and leaves the cursor anywhere."""
        self._out.append(sequence)
        self._line = None

    def go(self, y: int, x: int) -> None:
        """Go to a cell of a line."""
        if self._line == y:
            self._out.append(f"\x1b[{x + 1}G")
        else:
            self._out.append(f"\x1b[{y};{x + 1}H" if x else f"\x1b[{y}H")
        self._line = y

    def draw(self, text: str, look: Look) -> None:
        """Draw text; blanks in the look of what is before them, if that does not show."""
        if look is not self._look and not (text.isspace() and bare(look) is bare(self._look)):
            self._out.append(change(self._look, look))
            self._look = look
        self._out.append(text)

    def clear_line(self) -> None:
        """Make the rest of the line blank."""
        self._out += change(self._look, PLAIN), "\x1b[K"
        self._look = PLAIN

    def written(self) -> str:
        """All of it, ending in the plain look."""
        self._out.append(change(self._look, PLAIN))
        return "".join(self._out)


def _draw_changes(pen: Pen, y: int, line: Line, run: Run) -> None:
    """Draw what a run changes in a line."""
    shown = line.cells[run.x : run.end]
    if shown == run.cells:
        return
    if not (line.is_narrow and run.is_narrow):
        pen.go(y, run.x)
        for text, look in run.pieces:
            pen.draw(text, look)
        return
    blank_from = _end_of_text(run.cells) if run.end == len(line.cells) else len(run.cells)
    passed = 0, 0
    for match in _CHANGES.finditer(bytes(map(is_not, shown, run.cells))):
        start, end = match.span()
        drawn_to = max(start, blank_from)
        clears = end - drawn_to > WORTH_CLEARING
        pen.go(y, run.x + start)
        passed = _draw_part(pen, run.pieces, start, drawn_to if clears else end, passed)
        if clears:
            pen.clear_line()
            return


def _draw_part(pen: Pen, pieces: Sequence[Piece], x: int, until: int, passed: tuple[int, int]) -> tuple[int, int]:
    """Draw the cells from ``x`` to ``until``; ``passed`` are how many pieces were passed before, and where they end."""
    count, end = passed
    while x < until:
        text, look = pieces[count]
        its_end = end + len(text)
        if its_end > x:
            pen.draw(text[x - end : until - end], look)
            x = its_end
        if its_end <= until:
            count, end = count + 1, its_end
    return count, end


def _end_of_text(cells: Sequence[AnyCell]) -> int:
    """The cell from which on there are only blanks."""
    end = len(cells)
    while end and cells[end - 1] is BLANK:
        end -= 1
    return end


def _tells(cells: tuple[AnyCell, ...]) -> bool:
    """Whether a line can be told from others by its text: all of it is known, and there is some."""
    return None not in cells and any(cell is not BLANK for cell in cells)
