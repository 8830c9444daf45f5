"""Walking through a list that is longer than what is loaded of it, in every order, in both directions."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.clock import TODAY, FixedClock
from tests.support.desk import Desk, desk_on
from viptui.data.database import open_database
from viptui.data.queries import list_customers
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy
from viptui.screens.sort_menu import LETTERS
from viptui.widgets.customer_table import CustomerTable
from viptui.widgets.window import Edge, Wish

NO_PRODUCTS, PENDING, PAST_DUE, _, _, ALL = CustomerFilter

TALL = (80, 104)
PAGE = TALL[1] - 10  # title, tabs, search, heads, preview and footer take the rest


def expected(path: Path, sort: SortColumn, *, reverse: bool) -> list[str]:
    with closing(open_database(str(path), read_only=True)):
        rows = list_customers(Listing(sort=sort, reverse=reverse), TODAY, VipPolicy())
    return [row.organization_name for row in rows]


def position(desk: Desk) -> int:
    """The number of the customer under the cursor, from 1."""
    found = re.search(r"([\d,]+) / ", desk.status())
    assert found
    return int(found[1].replace(",", ""))


def seen(desk: Desk) -> dict[int, str]:
    """The visible customers by their index in the list, reckoned from the cursor's."""
    names = desk.names()
    cursor = desk.cursor()
    assert cursor is not None
    first = position(desk) - 1 - names.index(cursor)
    return {first + at: name for at, name in enumerate(names)}


async def walk(desk: Desk, key: str, times: int) -> list[str]:
    """What one sees on the way, put together."""
    found = seen(desk)
    for _ in range(times):
        await desk.press(key)
        here = seen(desk)
        assert all(found.get(index, name) == name for index, name in here.items())
        found |= here
    return [found[index] for index in sorted(found)]


@pytest.mark.parametrize("letter", ["s", "a"])
async def test_a_walk_down_and_up_meets_everybody_in_order(many: Path, letter: str) -> None:
    sort = LETTERS[letter]
    pages = 1500 // PAGE + 1
    forwards = expected(many, sort, reverse=False)
    backwards = expected(many, sort, reverse=True)
    async with desk_on(many, size=TALL) as desk:
        await desk.press("6", "s", letter)
        if "reversed" in desk.status():
            await desk.press("I", "g")
        assert await walk(desk, "pagedown", pages) == forwards
        assert position(desk) == 1500
        await desk.press("I", "G")
        assert await walk(desk, "pageup", pages) == backwards
        assert position(desk) == 1


async def test_every_key_moves_by_its_step(many: Path) -> None:
    names = expected(many, SortColumn.NAME, reverse=False)
    async with desk_on(many, size=(80, 24)) as desk:
        await desk.press("6")
        assert len(desk.names()) == 19
        at = 0
        steps = {"j": 1, "down": 1, "ctrl+d": 10, "pagedown": 19, "ctrl+f": 19, "k": -1, "up": -1}
        steps |= {"ctrl+u": -10, "pageup": -19, "ctrl+b": -19}
        for key, step in [*steps.items(), *reversed(steps.items())]:
            await desk.press(key)
            at = max(0, at + step)
            assert (position(desk) - 1, desk.cursor()) == (at, names[at])
        for key, index in {"G": 1499, "g": 0, "end": 1499, "up": 1498, "home": 0, "k": 0}.items():
            await desk.press(key)
            assert (position(desk) - 1, desk.cursor()) == (index, names[index])


async def test_at_the_edge_the_list_scrolls_by_a_line(many: Path) -> None:
    names = expected(many, SortColumn.NAME, reverse=False)
    async with desk_on(many, size=(80, 24)) as desk:
        await desk.press("6", *["j"] * 18)
        assert desk.names() == names[:19]
        await desk.press("j")
        assert desk.names() == names[1:20]
        await desk.press("j", *["k"] * 18)
        assert desk.names() == names[2:21]
        await desk.press("k")
        assert desk.names() == names[1:20]
        assert desk.cursor() == names[1]


async def test_a_held_key_arrives_at_the_right_customer(many: Path) -> None:
    names = expected(many, SortColumn.NAME, reverse=False)
    async with desk_on(many, size=(80, 24)) as desk:
        await desk.press("6")
        await desk.burst(*["down"] * 150)
        assert desk.cursor() == names[150]
        await desk.burst(*["ctrl+d"] * 60)
        assert desk.cursor() == names[750]
        await desk.burst(*["pageup"] * 30)
        assert desk.cursor() == names[180]
        await desk.burst("G", *["up"] * 200)
        assert desk.cursor() == names[1299]
        await desk.burst("g", *["pagedown"] * 20, "g", "down")
        assert desk.cursor() == names[1]
        assert len(desk.names()) == 19


async def test_rows_that_a_list_asked_for_do_not_come_into_the_next_one(many: Path) -> None:
    names = expected(many, SortColumn.NAME, reverse=False)
    async with desk_on(many, size=(80, 24)) as desk:
        table = desk.app.screen.query_one(CustomerTable)
        late = CustomerTable.Wanted(Wish(Edge.AFTER, table.current, 80))
        await desk.press("6")
        table.post_message(late)
        await desk.settle()
        await desk.burst(*["down"] * 150)
        assert desk.cursor() == names[150]


async def test_keys_do_not_wait_for_ever_for_one_whose_effect_nobody_reports(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_on(many, size=(80, 24)) as desk:
        await desk.press("6")
        monkeypatch.setattr("viptui.typed_ahead.LONGEST", 0.05)
        real = CustomerTable.call_later
        monkeypatch.setattr(
            CustomerTable, "call_later", lambda self, *call: call[0].__name__ == "_follow" or real(self, *call)
        )
        await desk.burst("j", "j", "j")
        assert position(desk) == 4


async def test_the_customer_stays_under_the_cursor_through_a_refresh(many: Path) -> None:
    async with desk_on(many, size=(80, 24)) as desk:
        await desk.press("6", *["pagedown"] * 12, "k", "k")
        before = (desk.cursor(), desk.names(), position(desk))
        await desk.press("R")
        assert (desk.cursor(), desk.names(), position(desk)) == before
        await desk.press("3", "6")
        assert (desk.cursor(), desk.names(), position(desk)) == before
        await desk.press("/", *"company", "enter", "escape")
        await desk.press("I", "I")
        assert len(desk.names()) == 19


async def test_after_a_page_in_the_middle_the_way_back_is_loaded_too(many: Path) -> None:
    names = expected(many, SortColumn.NAME, reverse=False)
    async with desk_on(many, size=(80, 24)) as desk:
        await desk.press("6", "/", *names[700][-5:], "down", "escape")
        assert (desk.cursor(), position(desk)) == (names[700], 701)
        found = await walk(desk, "pageup", 38)
        assert found == names[: len(found)]
        assert len(found) == 719


async def test_rows_that_are_fetched_after_midnight_go_on_with_the_list_of_the_day_before(
    many: Path, clock: FixedClock
) -> None:
    names = expected(many, SortColumn.ANNIVERSARY, reverse=False)
    async with desk_on(many, clock, size=TALL) as desk:
        await desk.press("6", "s", "d")
        clock.advance(days=40)
        assert await walk(desk, "pagedown", 1500 // PAGE + 1) == names


async def test_a_tab_counts_its_own_customers(many: Path) -> None:
    async with desk_on(many) as desk:
        for key, tab in {"1": NO_PRODUCTS, "2": PENDING, "3": PAST_DUE, "6": ALL}.items():
            await desk.press(key, "G")
            assert f"{position(desk):,}" == desk.badge(tab)
