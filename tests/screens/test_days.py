"""What a new day changes on the screen, and what another day (``--as-of``) leaves alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date
from pathlib import Path

from tests.support.builders import Ordered, Portfolio, Requested
from tests.support.clock import FixedClock
from tests.support.desk import Desk, desk_on
from viptui.clock import FixedDay
from viptui.data.database import open_database
from viptui.rules.filters import CustomerFilter

NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter


def window_opens_tomorrow(path: Path) -> Path:
    database = open_database(str(path), create=True)
    portfolio = Portfolio()
    portfolio.customer("Acme", ordered=[Ordered(days_ago=334)], anniversary_in=31)
    portfolio.customer("Overdue for long", requested=[Requested(days_ago=40)])
    portfolio.customer("Overdue tomorrow", requested=[Requested(days_ago=30)])
    database.close()
    return path


async def next_day(desk: Desk, clock: FixedClock) -> None:
    clock.advance(days=1)
    await desk.tick()


async def test_tick_opens_the_window_and_the_badge_follows(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(window_opens_tomorrow(tmp_path / "a.db"), clock) as desk:
        assert desk.badge(READY) == "0"  # 31 days before the anniversary
        await next_day(desk, clock)
        assert desk.badge(READY) == "1 (+1)"
        assert desk.badge(PAST_DUE) == "2 (+1)"
        assert desk.title().endswith("2026-03-21")
        await desk.press("5")
        assert desk.names() == ["Acme"]
        assert "READY 30d" in desk.screen_text()


async def test_a_tick_does_not_move_the_list_under_the_cursor(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(window_opens_tomorrow(tmp_path / "a.db"), clock) as desk:
        assert desk.names() == ["Overdue for long"]
        assert "OVERDUE 40d" in desk.screen_text()
        await next_day(desk, clock)
        assert desk.names() == ["Overdue for long"]
        assert "OVERDUE 41d" in desk.screen_text()
        assert "1 changed, R sorts again" in desk.status()
        await desk.press("R")
        assert desk.names() == ["Overdue for long", "Overdue tomorrow"]
        assert desk.cursor() == "Overdue for long"
        assert "changed" not in desk.status()


async def test_the_cursor_keeps_its_line_when_its_customer_leaves_the_list(tmp_path: Path, clock: FixedClock) -> None:
    database = open_database(str(tmp_path / "a.db"), create=True)
    portfolio = Portfolio()
    for number in range(6):
        portfolio.customer(f"Pending {number}", requested=[Requested(days_ago=30 if number == 2 else 9 - number)])
    database.close()
    async with desk_on(tmp_path / "a.db", clock) as desk:
        await desk.press("2", "s", "n", "j", "j")
        assert desk.cursor() == "Pending 2"
        clock.advance(days=1)
        await desk.press("R")
        assert desk.cursor() == "Pending 3"


async def test_what_was_looked_at_is_no_news_any_more(tmp_path: Path, clock: FixedClock) -> None:
    path = window_opens_tomorrow(tmp_path / "a.db")
    async with desk_on(path, clock) as desk:
        await next_day(desk, clock)
        await desk.press("5", "6")
        await desk.tick()
        assert (desk.badge(READY), desk.badge(PAST_DUE)) == ("1", "2")
    async with desk_on(path, clock) as desk:
        assert desk.badge(READY) == "1"


async def test_leaving_counts_as_having_looked(tmp_path: Path, clock: FixedClock) -> None:
    path = window_opens_tomorrow(tmp_path / "a.db")
    async with desk_on(path, clock) as desk:
        await next_day(desk, clock)
        assert desk.badge(PAST_DUE) == "2 (+1)"
        desk.app.simulate_key("q")
        await desk.closed()
    async with desk_on(path, clock) as desk:
        assert (desk.badge(PAST_DUE), desk.badge(READY)) == ("2", "1 (+1)")


async def test_details_follow_the_day(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(window_opens_tomorrow(tmp_path / "a.db"), clock) as desk:
        await desk.press("enter")
        assert "OVERDUE 40d" in desk.screen_text()
        await next_day(desk, clock)
        assert "OVERDUE 41d" in desk.screen_text()
        assert desk.title().endswith("2026-03-21")


async def test_another_day_is_read_only_and_writes_nothing(small: Path) -> None:
    before = contents(small)
    async with desk_on(small, FixedDay(UTC, date(2026, 4, 20)), read_only=True) as desk:
        assert desk.title().endswith("as of 2026-04-20, read-only")
        assert desk.names() == ["Fir Suspended", "Elm Overdue", "Dahlia Media", "Cedar School"][: len(desk.names())]
        assert "SUSPENDED 92d" in desk.screen_text()
        await desk.tick()
        await desk.press("1", "6", "R", "enter")
        assert desk.title().endswith("as of 2026-04-20, read-only")
        await desk.press("q", "m", "m")
        assert desk.notice() == ""
        desk.app.simulate_key("q")
        await desk.closed()
    assert contents(small) == before


def contents(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
