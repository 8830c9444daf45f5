"""What came into a tab since it was last looked at: the sign, and the key that goes through it."""

from __future__ import annotations

from pathlib import Path

from tests.support.builders import Portfolio, Requested
from tests.support.clock import FixedClock
from tests.support.desk import Desk, desk_on
from viptui.data.database import open_database
from viptui.rules.filters import CustomerFilter

NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter


def some_overdue_tomorrow(path: Path) -> Path:
    """Thirty customers overdue for long, and among them by name three that are overdue tomorrow."""
    database = open_database(str(path), create=True)
    portfolio = Portfolio()
    for number in range(30):
        portfolio.customer(f"Old {number:02}", requested=[Requested(days_ago=40 + number)], managed_by="ana.kovac")
    for name in ("Old 07 new", "Old 08 new", "Old 29 new"):
        portfolio.customer(name, requested=[Requested(days_ago=30)])
    database.close()
    return path


async def next_day(desk: Desk, clock: FixedClock) -> None:
    clock.advance(days=1)
    await desk.tick()


def marked(desk: Desk) -> list[str]:
    return [name for mark, name in desk._rows() if "+" in mark]


async def test_the_key_goes_from_one_to_the_next_and_round(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(some_overdue_tomorrow(tmp_path / "a.db"), clock, size=(80, 24)) as desk:
        await desk.press("s", "n", "R")
        await next_day(desk, clock)
        assert desk.badge(PAST_DUE) == "33 (+3)"
        assert marked(desk) == []  # the list stays as it is
        seen = []
        for _ in range(4):
            await desk.press("N")
            seen.append(desk.cursor())
        assert seen == ["Old 07 new", "Old 08 new", "Old 29 new", "Old 07 new"]
        assert marked(desk) == ["Old 07 new", "Old 08 new"]
        assert "+3 new, N goes there" in desk.status()
        assert desk.badge(PAST_DUE) == "33 (+3)"


async def test_rows_that_are_loaded_later_carry_the_sign_too(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(some_overdue_tomorrow(tmp_path / "a.db"), clock, size=(80, 15)) as desk:
        await next_day(desk, clock)
        await desk.press("R", "s", "n", "g", *["pagedown"] * 6)
        assert marked(desk) == ["Old 29 new"]


async def test_it_looks_only_among_those_that_fulfil_a_query(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(some_overdue_tomorrow(tmp_path / "a.db"), clock, size=(80, 24)) as desk:
        await desk.press("s", "n", "R")
        await next_day(desk, clock)
        await desk.press("f", *"-08 past-due", "enter")
        seen = []
        for _ in range(3):
            await desk.press("N")
            seen.append(desk.cursor())
        assert seen == ["Old 07 new", "Old 29 new", "Old 07 new"]
        assert "/ 31 of 33" in desk.status()


async def test_it_looks_only_in_the_list_that_is_shown(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(some_overdue_tomorrow(tmp_path / "a.db"), clock) as desk:
        await next_day(desk, clock)
        await desk.press("/", *"29", "enter", "N")
        assert desk.cursor() == "Old 29 new"
        await desk.press("N")
        assert desk.notice() == "No other customer came in since you last looked at this tab."
        await desk.press("escape", "m", "N")
        assert desk.notice() == "Nobody came into Past Due Requests since you last looked at it."


async def test_whoever_has_looked_has_no_news(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(some_overdue_tomorrow(tmp_path / "a.db"), clock) as desk:
        await desk.press("N")
        assert desk.notice() == "Nobody came into Past Due Requests since you last looked at it."
        await next_day(desk, clock)
        await desk.press("N", "6", "N")
        assert desk.notice() == "Nobody came into All Customers since you last looked at it."
        await desk.press("3")
        assert (desk.badge(PAST_DUE), marked(desk)) == ("33", [])
        await desk.press("N")
        assert "since you last looked" in desk.notice()


async def test_on_another_day_there_is_no_news(tmp_path: Path, clock: FixedClock) -> None:
    async with desk_on(some_overdue_tomorrow(tmp_path / "a.db"), clock) as desk:
        await next_day(desk, clock)
        await desk.press(">", "N")
        assert desk.notice() == "What is new is told as of today only: = goes back to it."
        assert (desk.badge(PAST_DUE), marked(desk)) == ("33", [])
        await desk.press("=", "N")
        assert desk.cursor() in marked(desk)
