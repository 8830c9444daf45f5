"""Folding: what reads alike is found and sorted alike."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from viptui.rules.folding import fold, fold_lines, key_of

FOLDS = {
    "case goes": ("ACME Inc.", "acme inc."),
    "accents go": ("Universidad Técnica Ångström", "universidad tecnica angstrom"),
    "an accent typed apart goes as well": ("Mu\u0308ller", "muller"),
    "umlauts are letters with an accent": ("Müller", "muller"),
    "sharp s is two": ("Straße", "strasse"),
    "capital sharp s is two": ("STRAẞE", "strasse"),
    "letters that do not decompose": ("Łódź Øresund Đorđe Ħal Ŧ", "lodz oresund dorde hal t"),
    "joined letters come apart": ("Æther Œuvre ﬁne þing", "aether oeuvre fine thing"),
    "the dotted capital i": ("İzmir", "izmir"),
    "the dotless small i": ("Balıkesir", "balikesir"),
    "spaces become one": ("  St.\u00a0 Mary's \t\n School ", "st. mary's school"),
    "wide letters become narrow": ("ＡＢＣ１２", "abc12"),
    "final sigma is sigma": ("ΟΔΟΣ", "οδοσ"),
    "letters of other scripts stay": ("東京 大学", "東京 大学"),
    "an empty text stays empty": ("", ""),
    "only spaces become empty": (" \t ", ""),
}


@pytest.mark.parametrize(("text", "expected"), FOLDS.values(), ids=FOLDS)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@settings(derandomize=True, max_examples=300)
@example("İ")
@example("ﬃ")
@given(st.text(max_size=20))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(derandomize=True, max_examples=300)
@given(st.text(max_size=20))
def test_folded_text_is_one_line_without_spaces_at_its_ends(text: str) -> None:
    folded = fold(text)
    assert "\n" not in folded
    assert folded == folded.strip()


KEYS = {
    "case goes": ("Ana.KOVAC", "ana.kovac"),
    "accents stay": ("É", "é"),
    "an accent typed apart is the same": ("E\u0301", "é"),
    "spaces stay": ("a b", "a b"),
}


@pytest.mark.parametrize(("identifier", "expected"), KEYS.values(), ids=KEYS)
def test_key(identifier: str, expected: str) -> None:
    assert key_of(identifier) == expected


lines = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=8), min_size=1, max_size=4)


@settings(derandomize=True, max_examples=300)
@example(["E", "\u0301", "ΟΔΟΣ"])
@given(lines)
def test_many_at_once_are_each_by_itself(texts: list[str]) -> None:
    together = "\n".join(texts)
    assert fold_lines(together) == [fold(text) for text in texts]
    assert key_of(together).split("\n") == [key_of(text) for text in texts]
