"""The dashboard: bars under a cursor that lead to the lists behind them."""

from __future__ import annotations

from pathlib import Path

from tests.support.clock import FixedClock
from tests.support.desk import Desk, desk_on
from viptui.rules.filters import CustomerFilter
from viptui.screens.doors import DOORS


def panel(desk: Desk) -> str:
    """The heading of the panel with the cursor."""
    return desk.screen_text().partition("[")[2].partition("]")[0]


def told(desk: Desk) -> str:
    """What is said of the bar with the cursor."""
    return desk.lines()[-2].strip()


async def test_the_cursor_goes_over_bars_and_panels(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await desk.press("d")
        assert panel(desk) == "1 PA ageing, days"
        assert told(desk) == "2 PAs of 0-30 days, pending: 12 licences."
        await desk.press("j")
        assert told(desk) == "1 PA of 31-60 days, overdue: 2 licences."
        await desk.press("tab")
        assert panel(desk) == "2 Renewals, weeks from"
        await desk.press("down", "k", "j")
        assert told(desk) == "2 with licences to renew from 2026-03-27 to 2026-04-02."
        await desk.press("4")
        assert told(desk) == "2 are past due today."
        await desk.press("k")
        assert told(desk).startswith("At least 1 on 2026-03-13:")
        await desk.press("shift+tab")
        assert panel(desk) == "3 Team"
        await desk.press("1")
        assert told(desk).startswith("1 PA of 31-60 days")  # each panel keeps its cursor
        await desk.press("q")
        assert desk.tab() is CustomerFilter.PAST_DUE


async def test_enter_opens_the_list_at_the_first_customer_of_the_bar(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "d", "j", "enter")
        assert desk.tab() is CustomerFilter.PAST_DUE
        assert desk.cursor() == "Elm Overdue"
        assert "the suspended ones stand above" in desk.notice()
        await desk.press("d", "2", "j", "enter")
        assert (desk.tab(), desk.cursor()) == (CustomerFilter.READY_FOR_RENEWAL, "Larch Partly")
        await desk.press("d", "enter")
        assert (desk.tab(), desk.cursor()) == (CustomerFilter.PENDING_REQUESTS, "Dahlia Media")


async def test_enter_on_a_member_opens_what_the_bars_measure(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("d", "3", "j", "l", "enter")
        assert (desk.tab(), desk.names()) == (CustomerFilter.PAST_DUE, ["Fir Suspended"])
        assert "m ben.adler on" in desk.lines()[1]
        assert "customers of ben.adler, oldest request first" in desk.status()
        assert desk.badge(CustomerFilter.PAST_DUE) == "1"
        await desk.press("m")
        assert "m mine off" in desk.lines()[1]
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]
        await desk.press("d", "3", "h", "enter")
        assert (desk.tab(), desk.mine()) == (CustomerFilter.READY_FOR_RENEWAL, True)  # mine, at the last measure


async def test_from_the_details_enter_goes_to_the_list(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("enter", "d", "2", "G", "enter")
        assert desk.tab() is CustomerFilter.ALL
        assert "by anniversary" in desk.status()


async def test_another_day_and_a_change_are_counted_anew(small: Path, clock: FixedClock) -> None:
    async with desk_on(small, clock) as desk:
        await desk.press("d", "4", "G")
        assert told(desk) == "2 are past due today."
        clock.advance(days=1)
        await desk.tick()
        assert told(desk) == "3 are past due today."
        assert "2026-03-21" in desk.title()


async def test_another_day_can_be_looked_at(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("d", "4", ">")
        assert told(desk) == "3 are past due today."
        assert "AS OF 2026-03-21 (+1 day) read-only" in desk.title()
        await desk.press("enter")
        assert desk.names() == ["Fir Suspended", "Elm Overdue", "Dahlia Media"]
        await desk.press("d", "=", "4")
        assert told(desk) == "2 are past due today."


async def test_a_small_terminal_shows_one_panel(small: Path) -> None:
    async with desk_on(small, size=(60, 15)) as desk:
        await desk.press("d", "tab")
        assert panel(desk) == "2 Renewals, weeks from"
        assert "PA ageing" not in desk.screen_text()
        await desk.resize(120, 40)
        assert "PA ageing" in desk.screen_text()


async def test_an_empty_database_has_a_dashboard(empty: Path) -> None:
    async with desk_on(empty, size=(80, 24)) as desk:
        desk.app.push_screen(DOORS["screen.dashboard"].open())  # its key means something else on such a list
        await desk.settle()
        await desk.press("j", "l", "3", "j", "l", "enter")
        assert "The team has no members yet." in desk.screen_text()
        await desk.press("4", "enter")
        assert desk.tab() is CustomerFilter.PAST_DUE
