"""Lines that are longer than the screen: nothing is lost, nothing is wider than the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viptui.widgets.paint import SpanLine, span_width
from viptui.widgets.wrapping import MOST_LINES, wrapped


def text_of(line: SpanLine) -> str:
    return "".join(text for text, _ in line)


def test_short_line_stays_as_it_is() -> None:
    line = [("   ", "plain"), ("Type", "dim"), ("  Team", "plain")]
    assert wrapped(line, 20) == [line]


def test_long_value_goes_on_under_itself() -> None:
    line = [("   ", "plain"), ("Address  ", "dim"), ("1 Long Street, Springfield, US", "plain")]
    assert [text_of(each) for each in wrapped(line, 30)] == [
        "   Address  1 Long Street,",
        "            Springfield, US",
    ]


def test_part_far_to_the_right_goes_on_near_the_left() -> None:
    line = [("   " + "x" * 40, "plain"), (" and this is more of it", "plain")]
    assert [text_of(each) for each in wrapped(line, 50)] == ["   " + "x" * 40 + " and", "      this is more of it"]


def test_word_longer_than_the_screen_is_cut_in_pieces() -> None:
    pieces = [text_of(each) for each in wrapped([("  " + "abcdef" * 10, "plain")], 20)]
    assert "".join(piece.strip() for piece in pieces) == "abcdef" * 10
    assert max(map(len, pieces)) <= 20


# a word longer than the 24 cells beside its label, and the lines that it takes
ADDRESSES = {
    "before the @": ("sren.chen@bismarckstatecollege", ["sren.chen", "@bismarckstatecollege"]),
    "before a dot": ("s@bismarckstate.edu.example", ["s@bismarckstate.edu", ".example"]),
    "after a hyphen": ("school-of-medicine-and-more", ["school-of-medicine-and-", "more"]),
    "between the signs of a path": ("files/of/the/customer/2026", ["files/of/the/customer", "/2026"]),
    "in the middle of what has none": ("lena@" + "x" * 30 + ".org", ["lena", "@" + "x" * 23, "x" * 7 + ".org"]),
}


@pytest.mark.parametrize(("word", "lines"), ADDRESSES.values(), ids=ADDRESSES)
def test_long_word_is_broken_at_its_signs(word: str, lines: list[str]) -> None:
    broken = wrapped([("E-mail  ", "dim"), (word, "plain")], 32)
    assert [text_of(each)[8:] for each in broken] == lines


def test_long_word_goes_on_where_the_one_before_it_ends() -> None:
    broken = wrapped([("Owner  ", "dim"), ("Vera Okafor  vera.okafor@santaynezriver.gov.example", "plain")], 37)
    assert [text_of(each)[7:] for each in broken] == ["Vera Okafor  vera.okafor", "@santaynezriver.gov.example"]


def test_endless_value_ends_with_an_ellipsis() -> None:
    broken = wrapped([("Name  ", "dim"), ("x" * 100_000, "plain")], 40)
    assert len(broken) == MOST_LINES
    assert text_of(broken[-1]) == "      " + "x" * 33 + "\u2026"
    assert all(span_width(each) <= 40 for each in broken)


def test_so_many_lines_and_no_more_with_an_ellipsis_for_the_rest() -> None:
    broken = wrapped([("! ", "accent"), ("word " * 20, "plain")], 20, 2)
    assert [text_of(each) for each in broken] == ["! word word word", "  word word word\u2026"]


@given(
    texts=st.lists(st.text(alphabet="ab東 é@.-/_", max_size=60), max_size=4),
    width=st.integers(min_value=40, max_value=80),
)
def test_no_line_is_wider_and_no_letter_is_lost(texts: list[str], width: int) -> None:
    line = [(text, "plain") for text in texts]
    broken = wrapped(line, width)
    assert all(span_width(each) <= width for each in broken) or span_width(line) <= width
    assert "".join(map(text_of, broken)).replace(" ", "") == text_of(line).replace(" ", "")
