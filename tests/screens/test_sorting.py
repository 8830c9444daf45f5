"""The sort menu, reversing, and the words for the order."""

from __future__ import annotations

from pathlib import Path

from tests.support.desk import desk_on
from viptui.rules.filters import CustomerFilter
from viptui.screens.customers import CustomersScreen
from viptui.screens.sort_menu import LETTERS


async def test_a_letter_sorts_and_the_same_letter_again_reverses(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "s", "n")
        assert desk.names() == ["Elm Overdue", "Fir Suspended"]
        assert "by customer " in desk.status()
        await desk.press("s", "n")
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]
        assert "by customer, reversed" in desk.status()
        await desk.press("s", "n")
        assert desk.names() == ["Elm Overdue", "Fir Suspended"]
        await desk.press("s", "o")
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]
        assert "oldest request first" in desk.status()


async def test_every_letter_sorts_by_its_column(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        everybody = sorted(desk.names())
        for letter in LETTERS:
            await desk.press("s", letter, "g")
            assert sorted(desk.names()) == everybody
            forwards = desk.names()
            reverse = "reversed" in desk.status()
            await desk.press("I")
            assert ("reversed" in desk.status()) is not reverse
            assert sorted(desk.names()) == everybody
            await desk.press("I", "g")
            assert desk.names() == forwards


async def test_the_own_order_can_be_reversed_too_and_begins_at_its_top(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("5", "I")
        assert desk.names() == ["Hazel Ready", "Larch Partly", "Ivy Late"]
        assert desk.cursor() == "Hazel Ready"
        assert "earliest anniversary first, reversed" in desk.status()
        await desk.press("s", "I")
        assert desk.names() == ["Ivy Late", "Larch Partly", "Hazel Ready"]


async def test_the_menu_marks_the_column_and_leaves_the_order_alone_when_closed(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "s")
        assert "n Customer \u2193" in desk.screen_text()
        for key in ("x", "3", "enter"):
            await desk.press(key)
            assert "Sort by" in desk.screen_text()
        await desk.press("escape")
        assert "Sort by" not in desk.screen_text()
        assert "by customer " in desk.status()
        await desk.press("s", "q", "j")
        assert desk.cursor() == "Birch Council"


async def test_each_tab_has_its_own_order(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "s", "n", "2")
        assert "oldest request first" in desk.status()
        await desk.press("3")
        assert desk.names() == ["Elm Overdue", "Fir Suspended"]


async def test_the_menu_follows_the_look_and_what_happens_below_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        await desk.settle(preview=True)
        await desk.press("s")
        first = desk.screen_text()
        before = {segment.style for strip in desk._strips() for segment in strip if "Sort by" in segment.text}
        await desk.press("escape")
        desk.app.theme = "ansi-light"
        await desk.settle(preview=True)
        await desk.press("s")
        assert desk.screen_text() == first
        after = {segment.style for strip in desk._strips() for segment in strip if "Sort by" in segment.text}
        assert before
        assert after
        assert not before & after
        below = desk.app.screen_stack[0]
        assert isinstance(below, CustomersScreen)
        below.action_tab(CustomerFilter.PAST_DUE)  # as news may come while somebody chooses
        await desk.settle()
        assert "Fir Suspended" in desk.screen_text()
        assert "Sort by" in desk.screen_text()


async def test_the_footer_knows_the_way_back_to_today_behind_the_menu(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("s", "escape", "greater_than_sign")
        assert "back to today" in desk.screen_text()
        await desk.press("s", "escape")
        assert "back to today" in desk.screen_text()
        await desk.press("equals_sign", "s", "escape")
        assert "back to today" not in desk.screen_text()
