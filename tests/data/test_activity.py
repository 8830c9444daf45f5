"""The history over all customers, on both engines."""

from __future__ import annotations

import pytest

from tests.support.acting import do
from tests.support.builders import Portfolio, one_of_each
from viptui.data.activity import list_activity


@pytest.fixture(autouse=True)
def _something_was_done(database: str) -> None:
    one_of_each(Portfolio())
    do("invitation.remind", "00000000000000000001")
    do("authorization.create", "00000000000000000002", lines=["SKU-0001=5"])
    do("invitation.accept", "00000000000000000001")


def test_the_newest_comes_first() -> None:
    assert [row.action for row in list_activity("", limit=10)] == [
        "invitation.accept",
        "authorization.create",
        "invitation.remind",
    ]


def test_a_page_begins_where_the_one_before_ended() -> None:
    first = list_activity("", limit=2)
    assert [row.action for row in list_activity("", before=first[-1].key, limit=2)] == ["invitation.remind"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("birch", 1), ("ASTER", 2), ("accept", 1), ("ana.kovac", 3), ("acrobat pro", 1), ("100%", 0), ("_", 0)],
)
def test_it_is_searched_by_its_words(text: str, found: int) -> None:
    assert len(list_activity(text, limit=10)) == found
