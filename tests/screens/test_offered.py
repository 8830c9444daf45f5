"""The footer offers what can be done: over a list that has nobody no verb about a customer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import Desk, desk_on
from viptui.data.database import open_database


def offers(desk: Desk) -> list[str]:
    """The words of the footer without the keys before them."""
    return desk.footer().split()[1::2]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_search_that_finds_nobody_leaves_search_filter_and_invitation(
    small: Path, size: tuple[int, int]
) -> None:
    async with desk_on(small, size=size) as desk:
        usual = desk.footer()
        assert {"details", "order", "authorize", "remind"} <= {*offers(desk)}
        await desk.press("/", *"zz", "down")
        assert offers(desk) == ["invite", "search", "filter", "mine", "refresh", "quit", "all", "help"]
        await desk.press("escape")
        assert desk.footer() == usual


async def test_an_action_that_can_be_done_again_is_offered_where_somebody_is(small: Path) -> None:
    async with desk_on(small, size=(120, 40)) as desk:
        await desk.press("3", "z", "enter")
        assert ". snooze again" in desk.footer()
        await desk.press("z", "enter")
        assert desk.names() == []
        assert "again" not in desk.footer()


async def test_verbs_for_marked_customers_stay_although_none_of_them_is_here(small: Path) -> None:
    async with desk_on(small, size=(120, 40)) as desk:
        await desk.press("space", "/", *"zz", "down")
        assert "-> 1 marked" in desk.footer()
        assert "a authorize" in desk.footer()


async def test_without_any_customers_there_is_somebody_to_invite(tmp_path: Path) -> None:
    open_database(str(tmp_path / "empty.db"), create=True).close()
    async with desk_on(tmp_path / "empty.db", size=(120, 40)) as desk:
        assert "i invite" in desk.footer()
        assert "a authorize" not in desk.footer()
