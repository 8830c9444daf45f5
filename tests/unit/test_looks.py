"""What is sent for the looks of text: fewer bytes, and the same to see."""

from __future__ import annotations

import pyte
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from viptui.looks import shortened

COLUMNS, LINES = 120, 4

STYLES = st.builds(
    Style,
    color=st.sampled_from([None, "default", "red", "bright_blue", "#102030", "color(200)"]),
    bgcolor=st.sampled_from([None, "default", "white", "bright_black", "#405060"]),
    bold=st.booleans(),
    italic=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
    strike=st.booleans(),
)
PIECES = st.tuples(STYLES, st.text("ab é…", min_size=1, max_size=4))
MOVES = st.builds(lambda y, x: f"\x1b[{y};{x}H", st.integers(1, LINES - 1), st.integers(1, 12))
CLEARS = st.sampled_from(["\x1b[J", "\x1b[K"])
PARTS = st.lists(st.one_of(PIECES, MOVES, MOVES.map(lambda move: "\n" + move), CLEARS), max_size=25)


def written(parts: list[tuple[Style, str] | str]) -> str:
    """The parts as Textual writes them."""
    return "".join(part if isinstance(part, str) else part[0].render(part[1]) for part in parts)


# No text reaches the end of a line and no line break is in the last one, as nothing that Textual writes does.


def drawn(output: str) -> tuple[object, ...]:
    """What a terminal makes of it, and the look in which it would go on."""
    screen = pyte.Screen(COLUMNS, LINES)
    pyte.Stream(screen).feed(output)
    cells = [screen.buffer[y][x] for y in range(LINES) for x in range(COLUMNS)]
    return cells, screen.cursor.x, screen.cursor.y, screen.cursor.attrs


@given(PARTS)
def test_the_screen_is_the_same_and_no_byte_more_is_sent(parts: list[tuple[Style, str] | str]) -> None:
    output = written(parts)
    short = shortened(output)
    assert drawn(short) == drawn(output)
    assert len(short) <= len(output)


def test_only_what_changes_is_said() -> None:
    plain, bold = "38;2;224;224;224;48;2;18;18;18", "1;38;2;224;224;224;48;2;18;18;18"
    line = f"\x1b[{plain}ma\x1b[0m\x1b[{bold}mb\x1b[0m\x1b[{plain}mc\x1b[0m"
    assert shortened(f"{line}\n\x1b[2;1H{line}") == f"\x1b[{plain}ma\x1b[1mb\x1b[22mc\x1b[2Ha\x1b[1mb\x1b[22mc\x1b[m"


def test_other_sequences_find_the_look_that_they_had() -> None:
    assert shortened("\x1b[41ma\x1b[0m\x1b[J\x1b[41mb\x1b[0m") == "\x1b[41ma\x1b[m\x1b[J\x1b[41mb\x1b[m"
    assert shortened("\x1b[?1049h\x1b[>1u") == "\x1b[?1049h\x1b[>1u"
