"""No state is told by colour or style alone: what is left of every screen without them still tells all states apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

import pytest
from textual.strip import Strip

from tests.screens.test_snapshots import FORMS, SCREENS
from tests.support.desk import desk_on
from viptui.rules.authorization import AuthorizationState
from viptui.rules.renewal import RenewalPhase
from viptui.widgets.paint import Painted, SpanLine
from viptui.widgets.states import MARKS

SIZES: Final = ((60, 15), (80, 24), (120, 40))

STATES: Final[Mapping[str, str]] = {
    state.value: state.value for state in (*AuthorizationState, *RenewalPhase) if state is not RenewalPhase.NONE
}
"""The word of each state, by the style that it is drawn in."""

Drawn = dict[str, set[str]]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """What is drawn in each style, without its digits."""
    found: Drawn = defaultdict(set)
    paint = Painted.paint_fitted

    def listening(self: Painted, line: SpanLine, width: int, base: str = "plain") -> Strip:
        for style, spans in groupby(line, key=lambda span: span[1]):
            found[style].add(re.sub(r"\d+", "0", "".join(text for text, _ in spans).strip()))
        return paint(self, line, width, base)

    monkeypatch.setattr(Painted, "paint_fitted", listening)
    return found


def test_every_state_has_a_mark_of_its_own() -> None:
    assert set(MARKS) == set(STATES)
    assert len({mark.strip() for mark in MARKS.values()} - {""}) == len(MARKS)


def begins_as(text: str, state: str) -> bool:
    """Whether a text, perhaps cut, begins with the mark of a state and goes on with its word."""
    told = f"{MARKS[state].strip()} {STATES[state]}".casefold()
    start = text.casefold().rstrip("…")
    return bool(start) and (start.startswith(told) or told.startswith(start))


async def _go(file: Path, way: Sequence[str], size: tuple[int, int]) -> None:
    """Draw one of the screens of the snapshots."""
    async with desk_on(file, size=size) as desk:
        first, *others = way
        await desk.press(first)
        await desk.settle(preview=True)
        await desk.press(*others)
        await desk.settle(preview=True)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_no_two_states_look_alike_without_colour_and_style(
    small: Path, shop: Path, drawn: Drawn, size: tuple[int, int]
) -> None:
    for file, ways in ((small, SCREENS), (shop, FORMS)):
        for way in ways.values():
            await _go(file, way, size)
    bars = "█▏▎▍▌▋▊▉"  # they have words beside
    shown = {state: {text for text in drawn[state] if text.strip(bars)} for state in STATES}
    assert all(shown.values()), "some state is on no screen"
    for state, texts in shown.items():
        for text in texts:
            assert begins_as(text, state), (state, text)
            assert [each for each in STATES if begins_as(text, each)] == [state]
