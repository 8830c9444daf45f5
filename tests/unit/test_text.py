"""The one safe door from data to a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from viptui.text import ELLIPSIS, encodable, fitted, visible, width_of

VISIBLE = {
    "plain text": ("St. Mary's", "St. Mary's"),
    "letters of any script": ("Łódź 東京 Ελλάς", "Łódź 東京 Ελλάς"),
    "an escape sequence": ("\x1b[2Jx", "␛[2Jx"),
    "a title sequence": ("\x1b]0;x\x07", "␛]0;x␇"),
    "line ends": ("a\r\nb", "a␍␊b"),
    "a tab": ("a\tb", "a␉b"),
    "NUL and DEL": ("\0\x7f", "␀␡"),
    "control characters of the second set": ("\x9b2J", "\ufffd2J"),
    "a right-to-left override": ("a\u202eb", "a\ufffdb"),
    "directional isolates": ("\u2066a\u2069", "\ufffda\ufffd"),
    "line and paragraph separators": ("\u2028\u2029", "\ufffd\ufffd"),
    "a no-break space": ("a\u00a0b", "a\ufffdb"),
    "a lone surrogate": ("\udcff", "\ufffd"),
    "joiners that names need stay": ("a\u200db\u200c", "a\u200db\u200c"),
    "a byte order mark": ("\ufeffa", "\ufffda"),
    "markup is text": ("[bold]x[/]", "[bold]x[/]"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), VISIBLE.values(), ids=VISIBLE)
def test_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


FITTED = {
    "padded": ("abc", 5, "abc  "),
    "exactly as wide": ("abcde", 5, "abcde"),
    "cut with an ellipsis": ("abcdef", 5, "abcd…"),
    "one cell": ("abc", 1, "…"),
    "no cell": ("abc", 0, ""),
    "less than none": ("abc", -3, ""),
    "accented letters": ("Łódź", 6, "Łódź  "),
    "two cells a letter": ("東京", 5, "東京 "),
    "a wide letter that would stand half outside": ("東京大学", 4, "東 …"),
    "control characters count as what is shown": ("\x1b\x1b", 3, "␛␛ "),
}


@pytest.mark.parametrize(("text", "width", "expected"), FITTED.values(), ids=FITTED)
def test_fitted(text: str, width: int, expected: str) -> None:
    assert fitted(text, width) == expected


without_joiners = st.characters(exclude_characters="\u200c\u200d")


@settings(derandomize=True, max_examples=300)
@given(st.text(without_joiners, max_size=30), st.integers(0, 12))
def test_fitted_text_takes_exactly_its_cells_and_moves_nothing(text: str, width: int) -> None:
    shown = fitted(text, width)
    assert cell_len(shown) == width
    assert shown.isprintable()


@settings(derandomize=True)
@given(st.text(max_size=20))
def test_width_is_that_of_what_is_shown(text: str) -> None:
    assert width_of(text) == cell_len(visible(text))
    assert visible(visible(text)) == visible(text)


def test_ellipsis_takes_one_cell() -> None:
    assert width_of(ELLIPSIS) == 1


ENCODED = {
    "what it has stays": ("Zoë 5 EUR", "latin-1", "Zoë 5 EUR"),
    "the ellipsis is one cell": ("Aster…", "latin-1", "Aster."),
    "arrows point on": ("State↓ Name↑", "ascii", "Statev Name^"),
    "bars stay bars": ("██▌ 12", "latin-1", "##| 12"),
    "letters lose their marks": ("Zoë Łódź", "ascii", "Zoe ?odz"),
    "wide ones keep their cells": ("東京 x", "latin-1", "???? x"),
    "what takes no cell leaves none": ("e\u0301x", "ascii", "ex"),
    "sequences stay": ("\x1b[1m…\x1b[0m", "ascii", "\x1b[1m.\x1b[0m"),
    "all of it in UTF-8": ("東京…", "utf-8", "東京…"),
}


@pytest.mark.parametrize(("text", "encoding", "expected"), ENCODED.values(), ids=ENCODED)
def test_text_keeps_its_cells_in_any_encoding(text: str, encoding: str, expected: str) -> None:
    assert encodable(text, encoding) == expected
