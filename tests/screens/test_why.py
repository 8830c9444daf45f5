"""Why a customer is in a tab: the screen, from the list and from the details."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.test_snapshots import compare
from tests.support.clock import FixedClock
from tests.support.desk import desk_on

SIZES = ((80, 24), (120, 40))

WAYS = {
    "why-of-requests": ("3", "W"),
    "why-of-a-renewal": ("5", "j", "W"),
    "why-without-products": ("1", "enter", "W"),
    "why-of-another-day": ("2", "}", "W"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", WAYS)
async def test_screen(small: Path, name: str, size: tuple[int, int]) -> None:
    async with desk_on(small, size=size) as desk:
        await desk.press(*WAYS[name])
        compare(f"{name}-{size[0]}x{size[1]}", desk.screen_text())


async def test_it_names_the_day_of_the_next_change_and_keeps_its_word(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("2", "j", "W")
        assert "2026-04-17    in 28d  PA00000004 becomes overdue" in desk.screen_text()
        await desk.press("q", ":", *"as-of 2026-04-16", "enter")
        assert "Cedar School" in desk.names()
        await desk.press(">")
        assert "Cedar School" not in desk.names()
        await desk.press("3")
        assert "Cedar School" in desk.names()


async def test_it_can_be_scrolled_to_its_end(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await desk.press("3", "W", "G")
        assert "Invitation" in desk.screen_text()
        assert "every customer. Reseller help" in desk.lines()[-3]
        await desk.press("g")
        assert "What changes next" in desk.screen_text()


async def test_days_go_by_under_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("2", "W")
        assert "IN  Pending Requests" in desk.screen_text()
        assert "30 days old: pending until 2026-03-20" in desk.screen_text()
        await desk.press(">")
        assert "not Pending Requests" in desk.screen_text()
        assert "IN  Past Due Requests" in desk.screen_text()
        assert "AS OF 2026-03-21 (+1 day)" in desk.title()
        await desk.press("=", "q")
        assert desk.names() == ["Dahlia Media", "Cedar School"]


async def test_it_follows_the_day_it_is(small: Path, clock: FixedClock) -> None:
    async with desk_on(small, clock) as desk:
        await desk.press("2", "W")
        clock.advance(days=1)
        await desk.tick()
        assert "IN  Past Due Requests" in desk.screen_text()
        assert desk.title().endswith(" 2026-03-21")


async def test_without_a_customer_that_is_said(empty: Path) -> None:
    async with desk_on(empty) as desk:
        await desk.press("W")
        assert "There is no customer under the cursor" in desk.notice()
