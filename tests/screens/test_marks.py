"""Marking customers in the list: what is marked stays marked wherever one looks, and is plain to see."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.support.acting import do
from tests.support.desk import Desk, desk_on
from viptui.errors import StorageUnavailable
from viptui.screens import marking


def marked(desk: Desk) -> list[str]:
    """The customers with a mark, of those that are visible."""
    return [name for margin, name in desk._rows() if "*" in margin]


async def test_while_the_rows_are_read_it_says_that_it_marks(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small) as desk:
        gate, read = asyncio.Event(), desk.app.services.in_background

        async def slow(*args: Any, **kwargs: Any) -> Any:
            await gate.wait()
            return await read(*args, **kwargs)

        monkeypatch.setattr(desk.app.services, "in_background", slow)
        await desk.strike("V")
        assert "-> marking…" in desk.footer()
        gate.set()
        await desk.settle()
        assert "-> 2 marked" in desk.footer()


async def test_marking_that_fails_leaves_no_word_behind(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small) as desk:

        async def failing(*_args: object, **_kwargs: object) -> None:
            raise StorageUnavailable("The server is gone.")

        monkeypatch.setattr(desk.app.services, "in_background", failing)
        await desk.press("V")
        assert (desk.notice(), "->" in desk.footer()) == ("The server is gone.", False)


async def test_space_marks_and_goes_on(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "space", "space")
        assert (marked(desk), desk.cursor()) == (["Aster Clinic", "Birch Council"], "Cedar School")
        assert "2 marked  " in desk.status()
        assert "-> 2 marked" in desk.footer()


async def test_space_again_takes_a_mark_back(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "space", "space", "g", "space")
        assert marked(desk) == ["Birch Council"]
        await desk.press("space")
        assert marked(desk) == []
        assert "marked" not in desk.status() + desk.footer()


async def test_the_last_customer_is_marked_where_the_cursor_stays(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "G", "space")
        assert (marked(desk), desk.cursor()) == (["Mimosa Quiet"], "Mimosa Quiet")


async def test_a_mark_stands_beside_the_cursor(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "space", "k")
        assert [line[:12] for line in desk.lines() if "Aster" in line or "Birch" in line] == [
            ">* Aster Cli",
            "   Birch Cou",
        ]


async def test_a_range_follows_the_cursor_both_ways_until_it_is_ended(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "space", "j", "v", "j", "j")
        assert marked(desk) == ["Aster Clinic", "Cedar School", "Dahlia Media", "Elm Overdue"]
        await desk.press("k", "k", "k", "k")
        assert marked(desk) == ["Aster Clinic", "Birch Council", "Cedar School"]
        await desk.press("j", "v", "G")
        assert marked(desk) == ["Aster Clinic", "Birch Council", "Cedar School"]


async def test_escape_takes_a_range_back_then_drops_the_search_then_the_marks(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "space", "v", "j", "escape")
        assert marked(desk) == ["Aster Clinic"]
        await desk.press("/", "a", "enter", "escape")
        assert (desk.search(), marked(desk)) == ("", ["Aster Clinic"])
        await desk.press("escape")
        assert marked(desk) == []
        await desk.press("escape")
        assert len(desk.names()) == 13


async def test_a_range_reaches_beyond_the_loaded_rows(many: Path) -> None:
    async with desk_on(many) as desk:
        await desk.press("6", "v", "G")
        assert "1,500 marked" in desk.status()
        await desk.press("g", "j")
        assert "2 marked" in desk.status()
        await desk.press("v")
        assert len(marked(desk)) == 2


async def test_all_that_the_list_shows_are_marked_and_unmarked(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "space", "2", "V")
        assert marked(desk) == desk.names() == ["Dahlia Media", "Cedar School"]
        assert "3 marked (1 hidden)" in desk.status()
        await desk.press("V")
        assert marked(desk) == []
        assert "1 marked (1 hidden)" in desk.status()


async def test_a_list_that_is_very_long_is_marked_up_to_a_limit(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "MOST_AT_ONCE", 1_200)
    async with desk_on(many) as desk:
        await desk.press("6", "V")
        assert "1,200 marked" in desk.status()
        assert "Marked the first 1,200 in this order; the list is longer" in desk.notice()
        await desk.press("V")
        assert "marked" not in desk.status()
        await desk.press("v", "G")
        assert "1,200 marked" in desk.status()
        assert "A range has at most 1,200 customers" in desk.notice()


async def test_marks_survive_tabs_search_order_mine_and_refresh(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "space")
        assert marked(desk) == ["Fir Suspended"]
        await desk.press("4")
        assert "1 marked (1 hidden)" in desk.status()
        await desk.press("6", "s", "n")
        assert marked(desk) == ["Fir Suspended"]
        assert "1 marked  " in desk.status()
        await desk.press("R")
        assert marked(desk) == ["Fir Suspended"]
        await desk.press("m")
        assert "1 marked (1 hidden)" in desk.status()  # Ben's
        await desk.press("m", "/")
        await desk.type("elm")
        assert "1 marked (1 hidden)" in desk.status()
        await desk.press("escape")
        assert marked(desk) == ["Fir Suspended"]


async def test_at_80_columns_the_marks_are_told_and_the_search_too(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await desk.press("6", "space", "3", "/")
        await desk.type("overdue")
        await desk.press("down")
        assert "/ overdue" in desk.status()
        assert "1 marked (1 hidden)" in desk.status()
        assert "-> 1 marked" in desk.footer()
        assert "help" in desk.footer()


async def test_a_marked_customer_that_somebody_else_removes_is_marked_no_more(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "space", "space")
        await desk.app.services.ask(do, "customer.remove", "00000000000000000002")
        await desk.press("R")
        assert "No longer marked, somebody has removed it: Birch Council." in desk.notice()
        assert marked(desk) == ["Aster Clinic"]


async def test_space_pressed_before_the_list_has_come_marks_in_that_list(small: Path) -> None:
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.strike("2", "space", "space")
        assert marked(desk) == ["Dahlia Media", "Cedar School"]


async def test_copying_hands_over_the_vip_ids_of_the_row_or_of_the_marks(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_on(small) as desk:
        copied = copies_of(desk, monkeypatch)
        await desk.press("6", "y")
        assert copied == ["00000000000000000001\n"]
        assert desk.notice() == "1 VIP ID sent to the terminal's clipboard."
        await desk.press("space", "space", "space", "y")
        assert copied[1] == "00000000000000000001\n00000000000000000002\n00000000000000000003\n"
        assert desk.notice() == "3 VIP IDs sent to the terminal's clipboard."


async def test_addresses_and_rows_are_copied_from_a_menu(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        copied = copies_of(desk, monkeypatch)
        await desk.press("3", "space", "space", "5", "Y")
        assert "Copy of 2 marked" in desk.screen_text()
        await desk.press("e")
        assert [each.count("@") for each in copied[0].splitlines()] == [1, 1]
        assert desk.notice() == "2 e-mail addresses sent to the terminal's clipboard."
        await desk.press("3", "Y", "r")
        heads, first, second = copied[1].splitlines()
        assert heads.split("\t")[:2] == ["Customer", "State"]
        assert first.split("\t")[:2] == ["Fir Suspended", "!! SUSPENDED 61d"]
        assert second.split("\t")[0] == "Elm Overdue"
        assert desk.notice() == "2 rows sent to the terminal's clipboard."


async def test_the_details_are_copied_with_the_same_keys(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small) as desk:
        copied = copies_of(desk, monkeypatch)
        await desk.press("6", "space", "enter", "y")
        assert copied == ["00000000000000000002\n"]
        await desk.press("Y", "r")
        assert copied[1].splitlines()[1].startswith("Birch Council\t")


async def test_what_is_too_long_for_a_clipboard_is_told(many: Path) -> None:
    async with desk_on(many) as desk:
        await desk.press("6", "V", "Y", "r")
        assert "That is too long for a clipboard" in desk.notice()


async def test_without_a_customer_nothing_is_copied_or_marked(empty: Path) -> None:
    async with desk_on(empty) as desk:
        await desk.press("space", "v", "V")
        assert "marked" not in desk.status()
        for key in ("y", "Y"):
            await desk.press(key)
            assert desk.notice() == "There is no customer under the cursor: choose one first."
            desk.app.clear_notifications()


async def test_a_report_has_the_marked_customers(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "space", "3", "space", "exclamation_mark", "x")
        assert "Dry run: write 2 marked customers into" in desk.screen_text()
        await desk.press("enter")
        assert desk.notice().startswith("Dry run: x would write 2 customers to ")
        await desk.press("x", "enter")
        assert desk.notice().startswith("Wrote 2 customers to ")
        (path,) = (small.parent / "exports").iterdir()
        assert path.name == "marked-2026-03-20.csv"
        assert [line.split(",")[1] for line in path.read_text().splitlines()[1:]] == ["Birch Council", "Fir Suspended"]
        await desk.press("L")
        assert "Wrote 2 marked customers" in " ".join(desk.screen_text().split()), desk.screen_text()


def copies_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is handed to the clipboard from now on."""
    copied: list[str] = []
    monkeypatch.setattr(desk.app, "copy", copied.append)
    return copied
