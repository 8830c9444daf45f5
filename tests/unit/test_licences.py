"""Assigned licences: how they are written, spread and refused."""

from __future__ import annotations

import pytest

from viptui.rules.licences import assignment_violations, filled, parse_assigned
from viptui.rules.parsing import ParseError
from viptui.rules.products import AskedLine, parse_line


def test_none_can_be_assigned_but_not_ordered() -> None:
    assert parse_assigned(" A=B = 0 ") == AskedLine("A=B", 0)
    assert parse_assigned("A=7") == parse_line("A=7") == AskedLine("A", 7)
    with pytest.raises(ParseError, match="from 1 to"):
        parse_line("A=0")
    for text in ("A", "=1", "A=", "A=-1", "A=00"):
        with pytest.raises(ParseError):
            parse_assigned(text)


PLACES = {
    "all fit into the first": (3, [5, 5], [3, 0]),
    "exactly one is filled": (5, [5, 5], [5, 0]),
    "the rest goes on": (7, [5, 5], [5, 2]),
    "empty places are passed": (2, [0, 5], [0, 2]),
    "no place": (0, [], []),
}


@pytest.mark.parametrize(("quantity", "places", "expected"), PLACES.values(), ids=PLACES)
def test_places_are_filled_one_after_the_other(quantity: int, places: list[int], expected: list[int]) -> None:
    assert filled(quantity, places) == expected


@pytest.mark.parametrize(("quantity", "is_allowed"), [(0, True), (4, True), (5, True), (6, False)])
def test_as_many_can_be_assigned_as_are_held(quantity: int, is_allowed: bool) -> None:
    assert (assignment_violations([AskedLine("A", quantity)], {"a": 5}) == []) is is_allowed
