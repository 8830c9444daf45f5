"""A frame of Textual's as the cells that it draws.

Whatever cannot be read with certainty is no frame: the picture of the terminal is built on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Final, NamedTuple

from viptui.looks import PLAIN, Look, after, bare
from viptui.text import width_of

RUNS_KEPT: Final = 256
"""Runs that are remembered: a list that scrolls draws nearly all of its lines again."""

_MOVE: Final = re.compile(r"\n?\x1b\[(\d*)(?:;(\d*))?H")
_LOOK: Final = re.compile(r"\x1b\[([\d;]*)m")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
ASIDE: Final = re.compile(r"(?:\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1bPtmux;(?:[^\x1b]|\x1b\x1b)*\x1b\\)*")
"""What is no part of the picture: titles, the shape of the pointer, what goes to the clipboard."""

_NARROW: Final = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u0384-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2190-\u2193\u2400-\u2421\ufffd]*"
)
"""Characters that take one cell and join with nothing: cells of them can be written one by one."""

_WIDE: Final = "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fef\uac00-\ud7a3"
"""Kana, ideographs and Hangul syllables: they take two cells on every terminal, and join with nothing."""


@cache
def _sure() -> re.Pattern[str]:
    """Text of which it is certain where each character stands, however it was drawn; not needed to start."""
    return re.compile(f"{_NARROW.pattern[:-2]}{_WIDE}]*")


Piece = tuple[str, Look]


class Cell:
    """A narrow character as it looks. There is one object of each, so that cells are compared at no cost."""

    __slots__ = ("look", "text")

    def __init__(self, text: str, look: Look) -> None:
        self.text = text
        self.look = look
        """Of a blank only what shows there."""


class _CellsOfLook(dict[str, Cell]):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, character: str) -> Cell:
        look = bare(self._look) if character == " " else self._look
        cell = Cell(character, look) if look is self._look else _CELLS[look][character]
        self[character] = cell
        return cell


class _CellsOfLooks(dict[Look, _CellsOfLook]):
    def __missing__(self, look: Look) -> _CellsOfLook:
        cells = self[look] = _CellsOfLook(look)
        return cells


_CELLS: Final = _CellsOfLooks()

BLANK: Final = _CELLS[PLAIN][" "]

AnyCell = Cell | tuple[object, int] | None
"""Besides narrow characters: the number of a cell of text whose cells are the terminal's affair; None if unknown."""


class Run(NamedTuple):
    """Text that a frame draws in one go, from cell ``x`` on; nobody changes it."""

    x: int
    pieces: Sequence[Piece]
    cells: tuple[AnyCell, ...]
    is_narrow: bool
    """Whether every cell can be written alone."""

    @property
    def end(self) -> int:
        """The cell after the last one."""
        return self.x + len(self.cells)


class Line(NamedTuple):
    """The cells of a line."""

    cells: tuple[AnyCell, ...]
    is_narrow: bool

    def after(self, run: Run) -> Line:
        """The line after a run has been drawn; what that has cut in two is unknown.

        So is what it may have met because text before it, or the run itself, is wider on the terminal than it counts.
        """
        if len(run.cells) == len(self.cells):
            return Line(run.cells, run.is_narrow)
        cells = list(self.cells)
        if not self.is_narrow:
            cells[: run.x] = [None if _is_unsure(cell) else cell for cell in cells[: run.x]]
        if not run.is_narrow and any(map(_is_unsure, run.cells)):
            cells[run.end :] = [None] * (len(cells) - run.end)
        for inside, outside in ((run.x, run.x - 1), (run.end - 1, run.end)):
            if 0 <= outside < len(cells) and _are_joined(cells[inside], cells[outside]):
                cells[outside] = None
        cells[run.x : run.end] = run.cells
        narrow = run.is_narrow and (self.is_narrow or all(type(cell) is not tuple for cell in cells))
        return Line(tuple(cells), narrow)


def read_frame(output: str, columns: int, lines: int) -> list[tuple[int, Run]] | None:
    """The runs of a frame and their lines; None if it is not one, or does not fit on the screen."""
    before, *moves = _MOVE.split(output)
    if before:
        return None
    frame: list[tuple[int, Run]] = []
    look = PLAIN
    for line, column, text in zip(moves[::3], moves[1::3], moves[2::3], strict=True):
        y, x = int(line or 1), int(column or 1) - 1
        run, look = _run(x, text, look)
        if run is None or not (1 <= y <= lines and x >= 0 and run.end <= columns):
            return None
        if run.cells:
            frame.append((y, run))
    return frame if look == PLAIN else None


@lru_cache(maxsize=RUNS_KEPT)
def _run(x: int, text: str, look: Look) -> tuple[Run | None, Look]:
    """A run that begins in a look, unless it is none; and the look in which it ends."""
    first, *rest = _LOOK.split(text)
    pieces = [(first, look)] if first else []
    for parameters, piece in zip(rest[::2], rest[1::2], strict=True):
        look = after(look, parameters)
        if piece:
            pieces.append((piece, look))
    cells: list[AnyCell] = []
    plain_text = "".join([piece for piece, _ in pieces])
    if _NARROW.fullmatch(plain_text):
        for piece, its_look in pieces:
            cells += map(_CELLS[its_look].__getitem__, piece)
        return Run(x, pieces, tuple(cells), True), look
    if _CONTROL.search(plain_text):
        return None, look
    if _sure().fullmatch(plain_text):
        cells += chain.from_iterable(_sure_cells(character, look) for piece, look in pieces for character in piece)
    else:
        whole = tuple(pieces)
        cells += ((whole, number) for number in range(sum(width_of(piece) for piece, _ in pieces)))
    return Run(x, pieces, tuple(cells), False), look


def _sure_cells(character: str, look: Look) -> Sequence[AnyCell]:
    if _NARROW.fullmatch(character):
        return (_CELLS[look][character],)
    whole = character, look
    return (whole, 0), (whole, 1)


def _is_unsure(cell: AnyCell) -> bool:
    """Whether a cell is one of a text of which only the terminal knows how wide it is."""
    return type(cell) is tuple and type(cell[0][0]) is tuple  # type: ignore[index]


def _are_joined(left: AnyCell, right: AnyCell) -> bool:
    """Whether two cells are parts of one text whose cells are the terminal's affair."""
    return type(left) is tuple and type(right) is tuple and left[0] == right[0]
