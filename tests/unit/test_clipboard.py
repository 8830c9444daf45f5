"""What is written for a text to come onto the terminal's clipboard."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viptui.clipboard import LONGEST, to_clipboard
from viptui.errors import CopyFailed
from viptui.frame import ASIDE

PLAIN = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")
IN_TMUX = re.compile(r"(?P<plain>\x1b\]52;c;[A-Za-z0-9+/=]*\x07)\x1bPtmux;(?P<wrapped>(?:\x1b\x1b|[^\x1b])*)\x1b\\")


@given(st.text(max_size=200))
def test_any_text_is_in_one_sequence_and_nothing_of_it_ends_that(text: str) -> None:
    match = PLAIN.fullmatch(to_clipboard(text, in_tmux=False))
    assert match is not None
    assert b64decode(match[1]).decode() == text


@given(st.text(max_size=200))
def test_tmux_is_told_for_itself_and_for_the_terminal_around_it(text: str) -> None:
    match = IN_TMUX.fullmatch(to_clipboard(text, in_tmux=True))
    assert match is not None
    assert match["plain"] == to_clipboard(text, in_tmux=False)
    assert match["wrapped"].replace("\x1b\x1b", "\x1b") == match["plain"]


@pytest.mark.parametrize("in_tmux", [False, True])
def test_it_is_no_part_of_the_picture(in_tmux: bool) -> None:
    sequence = to_clipboard("Elm", in_tmux=in_tmux)
    assert ASIDE.fullmatch(sequence)
    assert not ASIDE.fullmatch(f"{sequence}x")
    assert not ASIDE.fullmatch(f"{sequence}\x1b[2J")


def test_what_terminals_do_not_take_is_refused() -> None:
    most = LONGEST // 4 * 3
    assert PLAIN.fullmatch(to_clipboard("x" * most, in_tmux=False))
    with pytest.raises(CopyFailed, match=r"too long for a clipboard: 75,128 characters, at most 74,994"):
        to_clipboard("x" * (most + 100), in_tmux=False)
