"""Looking at another day: everything follows, nothing can be changed, and the way back is one key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from tests.screens.test_days import contents, window_opens_tomorrow
from tests.screens.test_forms import history
from tests.support.clock import TODAY, FixedClock
from tests.support.desk import Desk, desk_on
from viptui.actions import BY_ID
from viptui.clock import FixedDay
from viptui.commands.note import AddNote
from viptui.data.crossings import last_evaluation
from viptui.data.database import connected
from viptui.data.queries import count_filters
from viptui.errors import CommandRejected
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy

NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter

# keys, days from today, and what the title says
STEPS: Mapping[str, tuple[tuple[str, ...], int, str]] = {
    "a day later": ((">",), 1, "AS OF 2026-03-21 (+1 day) read-only"),
    "two days earlier": (("<", "<"), -2, "AS OF 2026-03-18 (-2 days) read-only"),
    "a week later": (("}",), 7, "AS OF 2026-03-27 (+7 days) read-only"),
    "a week and a day earlier": (("(", "<"), -8, "AS OF 2026-03-12 (-8 days) read-only"),
    "a week later on another keyboard": ((")",), 7, "AS OF 2026-03-27 (+7 days) read-only"),
    "there and back": (("}", "{"), 0, "2026-03-20"),
    "a day that is typed": ((":", *"as-of 2026-04-20", "enter"), 31, "AS OF 2026-04-20 (+31 days) read-only"),
    "so far from today": (("<", ":", *"as-of +14d", "enter"), 14, "AS OF 2026-04-03 (+14 days) read-only"),
    "the end of the month": ((":", *"AS OF eom", "enter"), 11, "AS OF 2026-03-31 (+11 days) read-only"),
    "back with one key": ((">", ">", "="), 0, "2026-03-20"),
    "chosen first, typed then": ((":", *"another day", "enter", *"+1w", "enter"), 7, "AS OF 2026-03-27 (+7 days)"),
}


def badges_on(desk: Desk, days: int) -> list[str]:
    """The badges of a day as they are counted without the interface."""
    with connected(desk.app.services.database):
        counts = count_filters(TODAY + timedelta(days=days), VipPolicy())
    return [f"{counts[each]:,}" for each in CustomerFilter]


@pytest.mark.parametrize(("keys", "days", "title"), STEPS.values(), ids=STEPS)
async def test_keys_lead_to_a_day(small: Path, keys: tuple[str, ...], days: int, title: str) -> None:
    async with desk_on(small) as desk:
        await desk.press(*keys)
        assert title in desk.title()
        assert ("AS OF" in desk.title()) == (days != 0)
        assert [desk.badge(each) for each in CustomerFilter] == badges_on(desk, days)
        assert ("back to today" in desk.footer()) == (days != 0)


async def test_the_list_the_preview_and_the_details_follow(small: Path) -> None:
    async with desk_on(small) as desk:
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]
        await desk.press(">")
        await desk.settle(preview=True)
        assert desk.names() == ["Fir Suspended", "Elm Overdue", "Dahlia Media"]
        assert desk.cursor() == "Fir Suspended"
        assert "SUSPENDED 62d" in desk.preview()
        await desk.press("G", "enter")
        assert "OVERDUE 31d" in desk.screen_text()
        assert "AS OF 2026-03-21" in desk.title()
        await desk.press("=")
        assert "pending 30d" in desk.screen_text()
        assert desk.title().endswith(" 2026-03-20")
        await desk.press("<", "q")
        assert "AS OF 2026-03-19" in desk.title()
        assert desk.names() == ["Fir Suspended"]
        assert desk.badge(PAST_DUE) == "1"
        assert "back to today" in desk.footer()


async def test_actions_refuse_and_name_the_way_back(small: Path) -> None:
    before = contents(small)
    async with desk_on(small) as desk:
        evaluated = contents(small)
        await desk.press("}")
        for key in ("a", "o", "r", "i", "n", "D", "e", "t", "u", "!"):
            desk.app.clear_notifications()
            await desk.press(key)
            assert desk.notice() == "Everything is read-only as of 2026-03-27: = goes back to today.", key
            assert desk.form() == ""
        with pytest.raises(CommandRejected, match="read-only"):
            await desk.app.services.execute(BY_ID["note.add"], AddNote(vip_id="1", body="x"), "request")
        await desk.press("5", "6", "m", "m", "3")
        assert contents(small) == evaluated
        await desk.press("=", "3", "t")
        assert desk.form().startswith("Add a note")
    assert contents(small) != before


async def test_what_is_carried_out_after_coming_back_goes_by_the_day_it_is(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("}", "}", "1", "=", "a")
        await desk.type("incopy")
        await desk.press("enter", "5", "ctrl+s", "2", "G", "enter")
        assert "created 2026-03-20" in desk.screen_text()


async def test_the_worker_goes_by_the_day_it_is(tmp_path: Path, clock: FixedClock) -> None:
    path = window_opens_tomorrow(tmp_path / "a.db")
    async with desk_on(path, clock) as desk:
        await desk.press("}")
        badges = [desk.badge(each) for each in CustomerFilter]
        await desk.tick()
        with connected(desk.app.services.database):
            assert (found := last_evaluation()) is not None
            assert found.evaluated_on == TODAY
        assert [desk.badge(each) for each in CustomerFilter] == badges
        clock.advance(days=1)
        await desk.tick()
        with connected(desk.app.services.database):
            assert (found := last_evaluation()) is not None
            assert found.evaluated_on == TODAY + timedelta(days=1)
        assert [desk.badge(each) for each in CustomerFilter] == badges  # what is new is told once one is back
        assert "AS OF 2026-03-27" in desk.title()
        await desk.press("=")
        assert desk.badge(READY) == "1 (+1)"
        assert desk.title().endswith(" 2026-03-21")


async def test_a_day_that_comes_meanwhile_stays_read_only_until_one_goes_back(small: Path, clock: FixedClock) -> None:
    async with desk_on(small, clock) as desk:
        await desk.press(">")
        clock.advance(days=1)
        await desk.tick()
        await desk.press("a")
        assert "read-only" in desk.notice()
        assert "AS OF 2026-03-21 (today) read-only" in desk.title()
        await desk.press("=")
        assert desk.title().endswith(" 2026-03-21")


async def test_from_a_day_of_the_command_line_one_comes_back_to_it(small: Path) -> None:
    async with desk_on(small, FixedDay(UTC, date(2026, 4, 20)), read_only=True) as desk:
        await desk.press("}", "a")
        assert "AS OF 2026-04-27 (+7 days) read-only" in desk.title()
        assert "leave out --as-of" in desk.notice()
        await desk.press("=")
        assert desk.title().endswith("as of 2026-04-20, read-only")


@pytest.mark.parametrize(
    ("typed", "notice"),
    [("as-of soon", "Enter a date such as"), ("as-of 2026-02-30", "2026-02-30"), ("as-of 2500-01-01", "1990 to 2199")],
)
async def test_a_day_that_cannot_be_meant_changes_nothing(small: Path, typed: str, notice: str) -> None:
    async with desk_on(small) as desk:
        await desk.press(":")
        await desk.type(typed)
        await desk.press("enter")
        assert notice in desk.notice()
        assert desk.title().endswith(" 2026-03-20")


async def test_keys_in_a_hurry_end_on_the_last_day(small: Path) -> None:
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.strike(">", ">", "}", "<")
            assert "AS OF 2026-03-28 (+8 days)" in desk.title()
        assert [desk.badge(each) for each in CustomerFilter] == badges_on(desk, 8)
        await desk.burst(">", "6", "=", "3")
        assert [desk.badge(each) for each in CustomerFilter] == badges_on(desk, 0)
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]


async def test_a_report_of_another_day_has_its_standings_and_leaves_no_trace(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press(">", "x", "enter")
        (report,) = (small.parent / "exports").iterdir()
        assert report.name == "past-due-2026-03-21.csv"
        assert len(report.read_text(encoding="utf-8").splitlines()) == 4
        assert "Wrote 3 customers" in desk.notice()


@pytest.mark.parametrize("size", [(60, 15), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_day_is_told_in_whole_at_any_width(small: Path, size: tuple[int, int]) -> None:
    async with desk_on(small, size=size) as desk:
        await desk.press("}", "}")
        assert desk.title().endswith("AS OF 2026-04-03 (+14 days) read-only")


async def test_what_is_being_carried_out_is_finished_first(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("4", "n")
        async with desk.slow_database():
            await desk.strike("y", ">")
            assert desk.notice() == "Something is being carried out: look at another day once that is done."
        assert "2026-03-20" in desk.title()
        assert await history(desk) == ["renewal.notify"]
        await desk.press(">")
        assert "AS OF 2026-03-21" in desk.title()
