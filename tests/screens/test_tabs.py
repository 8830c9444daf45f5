"""The filter tabs: which key shows which customers, and what the badges say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.desk import Desk, desk_on
from viptui.rules.filters import CustomerFilter

NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter

TABS: Mapping[CustomerFilter, tuple[str, list[str]]] = {
    NO_PRODUCTS: ("1", ["Birch Council", "Aster Clinic"]),
    PENDING: ("2", ["Dahlia Media", "Cedar School"]),
    PAST_DUE: ("3", ["Fir Suspended", "Elm Overdue"]),
    UPCOMING: ("4", ["Ginkgo Upcoming"]),
    READY: ("5", ["Ivy Late", "Larch Partly", "Hazel Ready"]),
}
EVERYBODY = [
    "Aster Clinic",
    "Birch Council",
    "Cedar School",
    "Dahlia Media",
    "Elm Overdue",
    "Fir Suspended",
    "Ginkgo Upcoming",
    "Hazel Ready",
    "Ivy Late",
    "Juniper Lapsed",
    "Kauri Renewed",
    "Larch Partly",
    "Mimosa Quiet",
]


async def test_the_list_begins_with_who_is_past_due(small: Path) -> None:
    async with desk_on(small) as desk:
        assert desk.tab() is PAST_DUE
        assert desk.names() == TABS[PAST_DUE][1]
        assert desk.cursor() == "Fir Suspended"


async def test_each_number_shows_its_tab_the_most_urgent_first(small: Path) -> None:
    async with desk_on(small) as desk:
        for tab, (key, names) in TABS.items():
            await desk.press(key)
            assert (desk.tab(), desk.names()) == (tab, names)
            assert desk.badge(tab) == str(len(names))
        for key in ("6", "1", "0"):
            await desk.press(key)
        assert (desk.tab(), desk.names()) == (ALL, EVERYBODY)
        assert desk.badge(ALL) == "13"


async def test_neighbouring_tabs_and_the_tab_before(small: Path) -> None:
    async with desk_on(small) as desk:
        for key, tab in {"l": UPCOMING, "]": READY, "h": UPCOMING, "[": PAST_DUE, "-": UPCOMING}.items():
            await desk.press(key)
            assert desk.tab() is tab
        await desk.press("-", "6", "l")
        assert desk.tab() is NO_PRODUCTS  # the tabs are a ring
        await desk.press("h")
        assert desk.tab() is ALL


async def test_a_tab_remembers_its_customer(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "down", "down", "down", "down", "3", "down")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("6")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("down", "3", "6")
        assert desk.cursor() == "Fir Suspended"
        await desk.press("3")
        assert desk.cursor() == "Elm Overdue"


async def test_tabs_passed_in_a_hurry_keep_their_customers(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "G", "3")
        await desk.burst("6", "4", "3", "6")
        assert (desk.tab(), desk.cursor()) == (ALL, "Mimosa Quiet")


async def test_mine_shows_my_customers_and_counts_them(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("m")
        assert desk.mine()
        assert desk.names() == ["Elm Overdue"]
        assert [desk.badge(tab) for tab in CustomerFilter] == ["1", "1", "1", "1", "1", "6"]
        await desk.press("5")
        assert desk.names() == ["Ivy Late"]
        await desk.press("m")
        assert not desk.mine()
        assert [desk.badge(tab) for tab in CustomerFilter] == ["2", "2", "2", "1", "3", "13"]
        assert desk.cursor() == "Ivy Late"


async def test_mine_is_not_lost_when_the_next_key_comes_at_once(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.burst("m", "5")
        assert (desk.mine(), desk.names()) == (True, ["Ivy Late"])
        await desk.burst("m", "m")
        assert (desk.mine(), desk.names()) == (True, ["Ivy Late"])


async def test_whoever_is_not_in_the_team_learns_how_to_say_who_they_are(small: Path) -> None:
    async with desk_on(small, me="zoe.unknown") as desk:
        await desk.press("m")
        assert "zoe.unknown is not in the team" in desk.notice()
        assert "--me LOGIN" in desk.notice()
        assert not desk.mine()
        assert desk.names() == TABS[PAST_DUE][1]


async def test_a_tab_without_customers_says_so(empty: Path, small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("m", "4", "m", "4", "/", *"zz", "enter")
        assert desk.names() == []
    async with desk_on(empty) as desk:
        assert "There are no customers yet." in desk.empty_text()
        assert "viptui import FOLDER" in desk.empty_text()
        assert "viptui demo" in desk.empty_text()
        assert [desk.badge(tab) for tab in CustomerFilter] == ["0"] * 6
        await desk.press("j", "G", "enter", "pagedown", "s", "n", "m")
        assert desk.cursor() is None


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_badges_stand_on_one_line_at_any_width(small: Path, size: tuple[int, int]) -> None:
    async with desk_on(small, size=size) as desk:
        await _is_whole(desk, size)


async def test_a_change_of_size_keeps_the_screen_whole(many: Path) -> None:
    async with desk_on(many, size=(80, 24)) as desk:
        for size in ((200, 100), (60, 15), (120, 40)):
            await desk.resize(*size)
            await _is_whole(desk, size)
        await desk.press("6", "G")
        await desk.resize(120, 100)
        assert len(desk.names()) == desk.app.screen.query_one("#list").size.height - 1
        assert desk.cursor() is not None


async def _is_whole(desk: Desk, size: tuple[int, int]) -> None:
    assert desk.title().endswith("2026-03-20")
    assert len(desk.title()) == size[0] - 1
    assert all(each["badge"] for each in desk._tabs())
    assert len(desk._tabs()) == 6
