"""Where the lines of a notice end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viptui.screens.notices import in_lines, notice_room

# the sentence, the cells that there are, its lines
CASES = {
    "what fits stays on its line": ("Snoozed Fir. u undo", 19, ["Snoozed Fir. u undo"]),
    "a key goes to the next line with its word": ("Snoozed Fir. u undo", 18, ["Snoozed Fir.", "u undo"]),
    "one with a modifier too": ("Try ctrl+r again", 13, ["Try", "ctrl+r again"]),
    "one with a name too": ("And now esc drops it", 14, ["And now", "esc drops it"]),
    "two keys stay together": ("It is under A 2 today", 15, ["It is under", "A 2 today"]),
    "one in brackets as well": ("Sent (O shows it)", 9, ["Sent", "(O shows", "it)"]),
    "a key may end the sentence": ("Look it up with /", 15, ["Look it up with", "/"]),
    "a long word is left as it is": ("of supercalifragilistic u undo", 8, ["of", "supercalifragilistic", "u undo"]),
}


@pytest.mark.parametrize(("sentence", "room", "lines"), CASES.values(), ids=CASES)
def test_lines(sentence: str, room: int, lines: list[str]) -> None:
    assert in_lines(sentence, room).split("\n") == lines


@given(st.text(alphabet="ab u.東", max_size=80), st.integers(min_value=1, max_value=60))
def test_nothing_is_lost(sentence: str, room: int) -> None:
    assert in_lines(sentence, room).replace("\n", " ") == sentence


def test_room() -> None:
    assert [notice_room(width) for width in (200, 78, 60, 1)] == [57, 57, 43, 1]
