"""Snoozing from the list, the details and a triage session: the row leaves, the badge drops, and `u` brings it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.test_forms import history
from tests.support.clock import FixedClock
from tests.support.desk import Desk, desk_on
from viptui.rules.filters import CustomerFilter

NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter


async def title_of(desk: Desk) -> str:
    return " ".join(desk.title().split())


async def test_two_keys_snooze_for_a_week_and_the_cursor_goes_on(small: Path) -> None:
    async with desk_on(small) as desk:
        assert (desk.names(), desk.badge(PAST_DUE)) == (["Fir Suspended", "Elm Overdue"], "2")
        await desk.press("z")
        assert desk.form().startswith("Snooze  Fir Suspended")
        assert "= Fri 2026-03-27, in a week; Enter takes it" in desk.screen_text()
        await desk.press("enter")
        assert (desk.names(), desk.cursor(), desk.badge(PAST_DUE)) == (["Elm Overdue"], "Elm Overdue", "1")
        assert desk.notice() == "Snoozed Fir Suspended until Fri 2026-03-27. u undo"
        assert "1 snoozed" in desk.status()
        assert desk.badge(ALL) == "13"


async def test_keys_that_come_in_one_piece_walk_through_the_tab(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.burst("z", "enter")
        assert desk.names() == ["Elm Overdue"]
        await desk.burst("z", "f", "r", "i", "enter")
        assert (desk.names(), desk.badge(PAST_DUE)) == ([], "0")
        assert desk.empty_text().splitlines()[0].strip() == "All 2 customers here are snoozed."


async def test_a_day_can_be_typed_and_only_one_ahead(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z")
        await desk.type("today")
        await desk.press("enter")
        assert desk.errors() == {"Until": "2026-03-20 is not ahead: choose a day from tomorrow on."}
        await desk.fill(Until="+2d")
        assert "= Sun 2026-03-22, in 2 days" in desk.screen_text()
        await desk.press("enter")
        assert desk.notice().startswith("Snoozed Fir Suspended until Sun 2026-03-22.")


async def test_undo_asks_nothing_and_so_does_redo(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "u")
        assert (desk.names(), desk.badge(PAST_DUE)) == (["Fir Suspended", "Elm Overdue"], "2")
        assert desk.notice().startswith("Took entry 1 back (Snoozed Fir Suspended until Fri 2026-03-27).")
        await desk.press("U")
        assert (desk.names(), desk.badge(PAST_DUE)) == (["Elm Overdue"], "1")
        await desk.press("L")
        assert "Snoozed Fir Suspended" in desk.screen_text()


async def test_a_dry_run_shows_what_undo_would_do(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "!", "u")
        assert desk.form().startswith("Take back what was done")
        await desk.press("escape")
        assert desk.badge(PAST_DUE) == "1"


async def test_all_shows_it_with_a_sign_and_the_preview_says_until_when(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "6")
        await desk.type("/fir")
        await desk.press("enter")
        await desk.settle(preview=True)
        assert desk._rows() == [("> z", "Fir Suspended")]
        assert "snoozed until 2026-03-27 in Past Due Requests" in desk.preview()
        await desk.press("enter")
        assert "Your work tabs          snoozed until 2026-03-27 in Past Due Requests" in desk.screen_text()
        await desk.press("W")
        assert "you have snoozed it until 2026-03-27" in " ".join(desk.screen_text().split())


async def test_the_query_finds_them_in_all_and_in_the_tab(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "f")
        await desk.type("snoozed")
        await desk.press("enter")
        assert (desk.names(), desk.badge(PAST_DUE)) == (["Fir Suspended"], "1")
        assert "snoozed  oldest" not in desk.status(), "with the query the tab hides nobody"
        await desk.press("escape", "6", "f")
        await desk.type("snoozed")
        await desk.press("enter")
        assert desk.names() == ["Fir Suspended"]


async def test_who_is_snoozed_can_be_woken_by_the_same_key(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "f")
        await desk.type("snoozed")
        await desk.press("enter", "z")
        assert any(line.startswith("  2 Wake ") for line in desk.lines())
        await desk.press("2")
        assert desk.notice() == "Woke Fir Suspended: back in your work tabs. u undo"
        assert (desk.names(), desk.badge(PAST_DUE)) == ([], "2")


async def test_marked_customers_are_snoozed_at_once(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("V", "z")
        assert desk.form().startswith("Snooze  2 marked customers")
        await desk.press("enter")
        assert (desk.names(), desk.badge(PAST_DUE)) == ([], "0")
        assert desk.notice() == "Snooze: 2 done. u undo"
        assert "marked" not in desk.status()
        await desk.press("u")
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]


async def test_a_dry_run_on_marked_ones_shows_and_does_nothing(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("V", "!", "z", "enter")
        assert "Snoozed 2 customers: Fir Suspended, Elm Overdue until Fri 2026-03-27." in desk.screen_text()
        assert await history(desk) == []


async def test_marked_customers_of_whom_some_sleep_can_be_woken(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "6")
        await desk.type("/s")
        await desk.press("enter", "V", "z")
        assert any(line.startswith("  2 Wake ") for line in desk.lines())
        await desk.press("2")
        assert desk.badge(PAST_DUE) == "2"


async def test_looked_at_on_a_later_day_it_is_back(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "right_curly_bracket")
        assert "Fir Suspended" in desk.names()
        assert "snoozed" not in desk.status()
        await desk.press("<")
        assert "Fir Suspended" not in desk.names()
        assert "1 snoozed" in desk.status()
        await desk.press("z")
        assert "read-only" in desk.notice()


async def test_when_its_day_has_come_it_is_back(small: Path, clock: FixedClock) -> None:
    async with desk_on(small, clock) as desk:
        await desk.press("z")
        await desk.type("+1d")
        await desk.press("enter")
        clock.advance(days=1)
        await desk.tick()
        assert "R sorts again" in desk.status()
        await desk.press("R")
        assert "Fir Suspended" in desk.names()


async def test_rows_that_are_loaded_later_are_those_that_are_awake(many: Path) -> None:
    async with desk_on(many, size=(80, 15)) as desk:
        first, second = desk.names()[:2]
        await desk.press("z", "enter", "j", "z", "enter")
        total = int(desk.badge(PAST_DUE).replace(",", ""))
        assert second in desk.names()
        await desk.press("G")
        assert f"{total:,} / {total:,}" in desk.status()
        await desk.press("g")
        assert desk.cursor() == second
        assert first not in desk.names()


async def test_triage_leaves_them_out_and_goes_on_after_the_key(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "T")
        assert (await title_of(desk)).startswith("Triage 1/1 Elm Overdue")
        await desk.press("z", "enter")
        assert "Worked on: 1" in desk.screen_text()
        assert "Snoozed Elm Overdue until Fri 2026-03-27." in desk.screen_text()


@pytest.mark.parametrize("key", ["W", "z"])
async def test_the_command_of_a_tab_that_hides_somebody_says_so(small: Path, key: str) -> None:
    async with desk_on(small) as desk:
        if key == "z":
            await desk.press("z", "enter")
        else:
            await desk.press("W", "escape")
        await desk.press("b", "c")
        hides = "viptui list --filter past-due --without-snoozed --me=ana.kovac"
        assert desk.notice() == f"Copied: {hides if key == 'z' else 'viptui list --filter past-due'}"


async def test_a_report_has_the_rows_that_are_shown(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("z", "enter", "x", "enter")
        assert "1 customer" in desk.notice()
