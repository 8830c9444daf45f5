"""Tables for people: columns that fit the terminal, printed row by row."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from viptui.text import fitted, width_of

GAP: Final = 2
"""Blank cells between two columns."""

BOLD: Final = "1"
RED: Final = "31"
YELLOW: Final = "33"
"""Terminal colours by number (SGR): those of the user's own palette."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table. Widths are terminal cells."""

    title: str
    width: int
    """Where there is room enough."""
    least: int = 0
    """It never becomes narrower; 0 stands for ``width``."""
    is_number: bool = False
    """Numbers are set to the right."""
    rank: int = 0
    """Where there is no room even for the least widths, columns of the highest rank are left out; 0 never is."""
    colour: Callable[[str], str] = lambda _: ""
    """The colour of a cell with this text, or an empty text for none."""

    @property
    def floor(self) -> int:
        """Its least width."""
        return self.least or self.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What a table is printed on."""

    room: int | None = None
    """Cells of a line; None where lines have no end."""
    has_colour: bool = False


def paper(*, no_color: bool) -> Paper:
    """Standard output as paper: colours and an end of the line only where it is a terminal."""
    if not sys.stdout.isatty():
        return Paper()
    from shutil import get_terminal_size

    return Paper(room=get_terminal_size().columns, has_colour=not no_color)


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[str]], on: Paper) -> None:
    """Print rows under a heading as they come; of each row one text per column, as it came from the data."""
    widths = fit(columns, on.room)
    heading = _line([column.title for column in columns], columns, widths)
    sys.stdout.write(coloured(heading, BOLD if on.has_colour else "") + "\n")
    for row in rows:
        colours = [column.colour(text) for column, text in zip(columns, row, strict=True)] if on.has_colour else None
        sys.stdout.write(_line(row, columns, widths, colours) + "\n")


def fit(columns: Sequence[Column], room: int | None) -> list[int]:
    """The columns' widths in that room; 0 for a column that is left out."""
    if room is None:
        return [column.width for column in columns]
    kept = list(columns)
    while _needed(kept) > room and any(column.rank for column in kept):
        kept.remove(max(kept, key=lambda column: column.rank))
    spare = max(0, room - _needed(kept))
    widths = []
    for column in columns:
        more = min(spare, column.width - column.floor) if column in kept else 0
        spare -= more
        widths.append(column.floor + more if column in kept else 0)
    return widths


def snug(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns no wider than these rows need."""
    return [
        replace(column, width=min(column.width, widest), least=min(column.floor, widest))
        for number, column in enumerate(columns)
        for widest in [max(map(width_of, (column.title, *(row[number] for row in rows))))]
    ]


def coloured(text: str, colour: str) -> str:
    """``text`` in that colour, if it is one."""
    return f"\x1b[{colour}m{text}\x1b[0m" if colour else text


def _line(
    texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int], colours: Sequence[str] | None = None
) -> str:
    cells = [
        coloured(fitted(text.rjust(width) if column.is_number else text, width), colour)
        for text, column, width, colour in zip(texts, columns, widths, colours or [""] * len(texts), strict=True)
        if width
    ]
    return (" " * GAP).join(cells).rstrip()


def _needed(columns: Sequence[Column]) -> int:
    return sum(column.floor for column in columns) + GAP * (len(columns) - 1)
