"""The words that open the interface: read without the parser they mean what it makes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viptui.cli.arguments import parse
from viptui.cli.plain_words import read_plainly

OPTIONS = ("--database", "--config", "--me", "--read-only")
OTHERS = ("--as-of", "2026-03-20", "-", "--", "-x", "", "counts", "a b", "-a b", "--me=ana", "--data", "Grüße")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ([], {}),
        (["--database", "a.db"], {"database": "a.db"}),
        (["--me", "ana", "--read-only", "--config", "b.toml"], {"me": "ana", "read_only": True, "config": "b.toml"}),
        (["--me", "ana", "--me", "ben"], {"me": "ben"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_plain_words_are_read(words: list[str], asked: dict[str, object]) -> None:
    read = read_plainly(words)
    assert read is not None
    assert {name: value for name, value in vars(read).items() if value is not None} == asked


@pytest.mark.parametrize(
    "words",
    [["counts"], ["--me"], ["--me", "-x"], ["--me=ana"], ["--data", "a.db"], ["--as-of", "2026-03-20"], ["-h"], ["--"]],
    ids=" ".join,
)
def test_all_others_are_left_to_the_parser(words: list[str]) -> None:
    assert read_plainly(words) is None


@given(words=st.lists(st.sampled_from((*OPTIONS, *OTHERS)), max_size=6))
def test_they_mean_the_same_as_to_the_parser(words: list[str]) -> None:
    read = read_plainly(words)
    assert read is None or vars(read) == vars(parse(words))
