"""What is sent for a frame: fewer bytes than Textual writes, and the same to see, whatever stood there before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyte
from hypothesis import given
from hypothesis import strategies as st
from pyte.screens import Char
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from viptui.picture import Picture

COLUMNS, LINES = 24, 9

CONSOLE: Final = Console(color_system="truecolor", force_terminal=True)

STYLES = st.builds(
    Style,
    color=st.sampled_from([None, "red", "#102030"]),
    bgcolor=st.sampled_from([None, "default", "white", "#405060"]),
    bold=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
)
WORDS = st.one_of(
    st.text("ab é…", min_size=1, max_size=8),
    st.sampled_from(["      ", "田中", "e\u0301", "a 本 b", "Ж", "\U0001f1e9\U0001f1ea"]),
)
PIECES = st.lists(st.tuples(STYLES, WORDS), min_size=1, max_size=4)
LISTS = st.lists(PIECES, min_size=14, max_size=14)
"""The rows of a list that is longer than the screen."""

PARTS = st.lists(st.tuples(st.integers(1, LINES), st.integers(1, COLUMNS), PIECES), max_size=6)
"""Pieces with the line and the column that they begin at."""

STRANGE = st.sampled_from(
    ["\x1b[2J", "\x1b[3;2H\x1b[K", "\x1b[5;1H\x1b[2L", "\x1b]0;title\x07", "\x1b]52;c;RWxt\x07", "\x1b[?25l"]
)
"""What is not a frame."""


def rendered(pieces: Sequence[tuple[Style, str]], width: int, *, filled: bool = False) -> str:
    """The pieces as Textual renders them, in at most or in exactly so many cells."""
    strip = Strip([Segment(text, style) for style, text in pieces])
    strip = strip.adjust_cell_length(width) if filled else strip.crop(0, width)
    return strip.render(CONSOLE)


def whole(rows: Sequence[Sequence[tuple[Style, str]]], top: int) -> str:
    """A frame of a list that is scrolled so far: a line above it, and one below."""
    lines = [rows[0], *(rows[top + y] for y in range(LINES - 2)), rows[1]]
    drawn = (f"\x1b[{y};1H{rendered(line, COLUMNS, filled=True)}" for y, line in enumerate(lines, start=1))
    return "\n".join(drawn) + "\x1b[1;1H"


def partly(parts: Sequence[tuple[int, int, Sequence[tuple[Style, str]]]]) -> str:
    return "".join(f"\x1b[{y};{x}H{rendered(pieces, COLUMNS - x + 1)}" for y, x, pieces in parts) + "\x1b[1;1H"


class Seen:
    """A terminal, and what is to be seen on it."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._stream = pyte.Stream(self._screen)
        self.write("\x1b[?7l")  # as Textual does

    def write(self, output: str) -> None:
        self._stream.feed(output)

    def cells(self) -> list[Char]:
        """Every cell; of a blank only what shows."""
        return [_shown(self._screen.buffer[y][x]) for y in range(LINES) for x in range(COLUMNS)]


def _shown(cell: Char) -> Char:
    if cell.data != " " or cell.underscore or cell.reverse:
        return cell
    return cell._replace(fg="default", bold=False)


@given(LISTS, st.lists(st.one_of(st.integers(0, 14 - LINES + 2), PARTS, STRANGE), max_size=12))
def test_the_screen_is_the_same_and_no_byte_more_is_sent(
    rows: list[list[tuple[Style, str]]], steps: list[int | list[tuple[int, int, list[tuple[Style, str]]]] | str]
) -> None:
    plain, short, picture = Seen(), Seen(), Picture(COLUMNS, LINES)
    for step in [0, *steps]:
        match step:
            case int():
                frame = whole(rows, step)
            case str():
                frame = step
            case _:
                frame = partly(step)
        sent = picture.update(frame)
        assert len(sent) <= len(frame)
        plain.write(frame)
        short.write(sent)
        assert short.cells() == plain.cells()


def frame_of(*lines: str) -> str:
    return "\n".join(f"\x1b[{y};1H{line:<{COLUMNS}}" for y, line in enumerate(lines, start=1)) + "\x1b[1;1H"


def test_what_stands_there_already_is_not_sent() -> None:
    picture = Picture(COLUMNS, LINES)
    assert picture.update(frame_of("one customer", "another")) != ""
    assert picture.update(frame_of("one customer", "another")) == ""
    assert picture.update(frame_of("one customer", "and other")) == "\x1b[2;3Hd other"
    assert picture.update(frame_of("one customer", "and")) == "\x1b[2;5H\x1b[K"


def test_all_is_sent_once_somebody_else_may_have_written() -> None:
    picture = Picture(COLUMNS, LINES)
    frame = frame_of("one customer", "another")
    first = picture.update(frame)
    picture.forget()
    assert picture.update(frame) == first
    assert picture.update("\x1b[?1049h") == "\x1b[?1049h"
    assert picture.update(frame) == first
    assert picture.update("\x1b]22;default\x07") == "\x1b]22;default\x07"
    assert picture.update(frame) == ""


def test_lines_that_have_moved_are_moved_by_the_terminal() -> None:
    picture = Picture(COLUMNS, LINES)
    names = [f"{letter * 3} customer" for letter in "abcdefgh"]
    picture.update(frame_of("head", *names[:6], "foot"))
    assert picture.update(frame_of("head", *names[1:7], "foot")) == "\x1b[2;7r\x1b[2H\x1b[M\x1b[r\x1b[7Hggg customer"
    assert picture.update(frame_of("head", *names[:6], "foot")) == "\x1b[2;7r\x1b[2H\x1b[L\x1b[r\x1b[2Haaa customer"


def test_lines_of_wide_characters_are_known_however_they_were_drawn() -> None:
    rows = [[(Style(), f"{name} {number}")] for number, name in enumerate(["田中", "若葉", "百合"] * 5)]
    picture = Picture(COLUMNS, LINES)
    picture.update(whole(rows, 1))
    for y in range(2, LINES):  # the cursor came by: only the name was drawn again
        picture.update(f"\x1b[{y};1H{rendered(rows[y - 1], 6)}\x1b[1;1H")
    assert len(picture.update(whole(rows, 2))) < len(whole(rows, 2)) / 2


def test_what_may_reach_over_its_end_is_drawn_again_once_something_stands_behind_it() -> None:
    picture = Picture(COLUMNS, LINES)
    flag = "\x1b[2;1H\U0001f1e9\U0001f1ea\x1b[1;1H"
    assert picture.update(flag) != ""
    assert picture.update(flag) == ""
    picture.update("\x1b[2;3Habc\x1b[1;1H")
    assert picture.update(flag) != ""
    assert picture.update("\x1b[2;3Habc\x1b[1;1H") != ""


def test_a_line_that_is_only_drawn_in_part_is_not_moved() -> None:
    picture = Picture(COLUMNS, LINES)
    names = [f"{letter * 3} customer" for letter in "abcdefgh"]
    picture.update(frame_of(*names))
    assert "\x1b[M" not in picture.update("".join(f"\x1b[{y};1H{name}" for y, name in enumerate(names[1:], start=1)))


def test_a_frame_that_does_not_fit_goes_out_as_it_is() -> None:
    picture = Picture(COLUMNS, 2)
    for frame in (
        frame_of("a", "b", "c"),
        "\x1b[1;1H" + "x" * (COLUMNS + 1),
        "\x1b[1;1Hbell\x07",
        "\x1b[1;1H\x1b[1mbold",
    ):
        assert picture.update(frame) == frame


def test_only_what_changes_is_said() -> None:
    plain, bold = "38;2;224;224;224;48;2;18;18;18", "1;38;2;224;224;224;48;2;18;18;18"
    line = f"\x1b[{plain}ma\x1b[0m\x1b[{bold}mb\x1b[0m\x1b[{plain}mc\x1b[0m"
    sent = Picture(COLUMNS, LINES).update(f"\x1b[1;1H{line}\n\x1b[2;1H{line}")
    assert sent == f"\x1b[1H\x1b[{plain}ma\x1b[1mb\x1b[22mc\x1b[2Ha\x1b[1mb\x1b[22mc\x1b[m"
