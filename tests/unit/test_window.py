"""The loaded rows of a long list: what is added and dropped, that indexes stay true, and what is asked for next."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from viptui.rows import CustomerRow, Page
from viptui.rules.facts import NO_FACTS
from viptui.widgets.window import MOST_LOADED, Edge, RowWindow, Wish

NOBODY_LOOKS = range(0)


def row(number: int) -> CustomerRow:
    return CustomerRow(
        id=number,
        vip_id=str(number),
        organization_name=f"Company {number}",
        contact_email="",
        market_segment="Commercial",
        managed_by=None,
        invitation_status="Accepted",
        invited_on=None,
        anniversary_on=date(2026, 1, 1),
        facts=NO_FACTS,
        sort_key=(number,),
    )


ROWS = tuple(row(number) for number in range(3000))


def window(first: int, end: int, total: int = 3000) -> RowWindow:
    return RowWindow.of(Page(rows=ROWS[first:end], first=first, total=total))


def is_true(rows: RowWindow) -> bool:
    return all(rows.row_at(index) is ROWS[index] for index in range(rows.first, rows.end))


def test_rows_are_found_by_their_index_in_the_list() -> None:
    rows = window(100, 150)
    assert rows.row_at(99) is None
    assert rows.row_at(100) is ROWS[100]
    assert rows.row_at(149) is ROWS[149]
    assert rows.row_at(150) is None
    assert rows.end == 150


def test_an_empty_window_has_no_rows() -> None:
    assert RowWindow().row_at(0) is None
    assert RowWindow().end == 0


def test_rows_are_added_at_both_ends() -> None:
    rows = window(100, 150)
    rows.append(ROWS[150:200], wanted=50, keep=range(100, 120))
    rows.prepend(ROWS[50:100], wanted=50, keep=range(100, 120))
    assert (rows.first, rows.end) == (50, 200)
    assert is_true(rows)


def test_the_farthest_rows_are_dropped() -> None:
    rows = window(0, MOST_LOADED)
    rows.append(ROWS[MOST_LOADED : MOST_LOADED + 100], wanted=100, keep=range(MOST_LOADED - 30, MOST_LOADED))
    assert (rows.first, rows.end) == (100, MOST_LOADED + 100)
    rows.prepend(ROWS[:100], wanted=100, keep=range(100, 130))
    assert (rows.first, rows.end) == (0, MOST_LOADED)
    assert is_true(rows)


def test_rows_on_the_screen_are_never_dropped() -> None:
    rows = window(0, MOST_LOADED)
    rows.append(ROWS[MOST_LOADED : MOST_LOADED + 100], wanted=100, keep=range(30))
    assert rows.first == 0
    rows = window(1000, 1000 + MOST_LOADED)
    rows.prepend(ROWS[900:1000], wanted=100, keep=range(1570, 1600))
    assert rows.row_at(1599) is ROWS[1599]
    assert is_true(rows)


def test_fewer_rows_than_wanted_mean_that_the_list_ends_there() -> None:
    rows = window(0, 50, total=100)
    rows.append(ROWS[50:80], wanted=50, keep=range(30))
    assert (rows.total, rows.end) == (80, 80)
    rows = window(40, 90)
    rows.prepend(ROWS[10:40], wanted=40, keep=range(40, 60))
    assert rows.first == 0  # ten rows have gone since the list was counted


def test_a_random_walk_keeps_what_is_on_the_screen() -> None:
    random = Random(1)
    rows, top, size = window(1000, 1100), 1000, 40
    for _ in range(2000):
        top = max(rows.first, min(top + random.randint(-80, 80), rows.end - size))
        keep = range(top, top + size)
        if top - rows.first > rows.end - top:
            rows.append(ROWS[rows.end : rows.end + 70], wanted=len(ROWS[rows.end : rows.end + 70]), keep=keep)
        else:
            count = min(70, rows.first)
            rows.prepend(ROWS[rows.first - count : rows.first], wanted=count, keep=keep)
        assert is_true(rows)
        assert all(rows.row_at(index) is not None for index in keep)
        assert len(rows.rows) <= MOST_LOADED + 70


def test_a_list_that_nobody_has_counted_grows_with_its_rows_until_it_ends() -> None:
    rows = RowWindow.of(Page(rows=ROWS[:50], first=0, total=None))
    assert (rows.total, rows.is_counted, rows.goes_on) == (50, False, True)
    rows.append(ROWS[50:100], wanted=50, keep=range(20))
    assert (rows.total, rows.is_counted, rows.goes_on) == (100, False, True)
    rows.append(ROWS[100:120], wanted=50, keep=range(20))
    assert (rows.total, rows.is_counted, rows.goes_on) == (120, True, False)


def test_a_count_that_comes_later_is_final() -> None:
    rows = RowWindow.of(Page(rows=ROWS[:50], first=0, total=None))
    rows.counted(3000)
    assert (rows.total, rows.is_counted, rows.goes_on) == (3000, True, True)


def test_rows_between_two_indexes_are_those_of_them_that_are_loaded() -> None:
    rows = window(100, 150)
    assert rows.between(90, 101) == list(ROWS[100:102])
    assert rows.between(149, 160) == [ROWS[149]]
    assert rows.between(10, 20) == []


SIZE = 40
"""Rows on the screen."""

AHEAD = {
    # loaded from, to, rows of the list, top of the screen: what is asked for, next to which row
    "nothing in the middle of what is loaded": (400, 800, 3000, 560, None),
    "nothing as long as two more pages are there": (0, 220, 3000, 100, None),
    "what follows from a row further on": (0, 220, 3000, 101, Wish(Edge.AFTER, ROWS[219], 160)),
    "nothing below the last row": (2800, 3000, 3000, 2960, None),
    "nothing as long as two pages before are there": (400, 800, 3000, 480, None),
    "what comes before from a row further up": (400, 800, 3000, 479, Wish(Edge.BEFORE, ROWS[400], 160)),
    "no more than there is before": (50, 800, 3000, 60, Wish(Edge.BEFORE, ROWS[50], 50)),
    "nothing above the first row": (0, 600, 3000, 0, None),
    "what follows first, where both are short": (100, 150, 3000, 105, Wish(Edge.AFTER, ROWS[149], 160)),
    "nothing of an empty list": (0, 0, 0, 0, None),
    "what may follow in a list that is not counted": (0, 50, None, 0, Wish(Edge.AFTER, ROWS[49], 160)),
}


@pytest.mark.parametrize(("first", "end", "total", "top", "wish"), AHEAD.values(), ids=AHEAD)
def test_what_is_asked_for_ahead_of_the_screen(
    first: int, end: int, total: int | None, top: int, wish: Wish | None
) -> None:
    rows = RowWindow.of(Page(rows=ROWS[first:end], first=first, total=total))
    assert rows.ask_ahead(top, SIZE) == wish
    assert rows.asked == wish
    assert rows.goal is None


TOWARDS = {
    # loaded from, to, rows of the list, where to: what is asked for, next to which row
    "the first row": (1000, 1100, 3000, 0, Wish(Edge.FIRST, None, 40)),
    "close to the first row": (1000, 1100, 3000, 79, Wish(Edge.FIRST, None, 119)),
    "up, not so far": (1000, 1100, 3000, 80, Wish(Edge.BEFORE, ROWS[1000], 1000)),
    "a page up": (1000, 1100, 3000, 990, Wish(Edge.BEFORE, ROWS[1000], 90)),
    "the next row": (1000, 1100, 3000, 1100, Wish(Edge.AFTER, ROWS[1099], 80)),
    "down, not so far": (1000, 1100, 3000, 2919, Wish(Edge.AFTER, ROWS[1099], 1899)),
    "close to the last row": (1000, 1100, 3000, 2920, Wish(Edge.LAST, None, 120)),
    "the last row": (1000, 1100, 3000, 2999, Wish(Edge.LAST, None, 41)),
    "the last row of a short list": (0, 0, 30, 29, Wish(Edge.FIRST, None, 69)),
    "on in a list that is not counted": (0, 100, None, 139, Wish(Edge.AFTER, ROWS[99], 119)),
}


@pytest.mark.parametrize(("first", "end", "total", "index", "wish"), TOWARDS.values(), ids=TOWARDS)
def test_what_is_asked_for_on_the_way_to_a_row(first: int, end: int, total: int | None, index: int, wish: Wish) -> None:
    rows = RowWindow.of(Page(rows=ROWS[first:end], first=first, total=total))
    assert rows.ask_towards(index, SIZE) == wish
    assert rows.goal == index


def test_an_empty_list_has_no_row_to_go_to() -> None:
    rows = window(0, 0, total=0)
    assert rows.ask_towards(0, SIZE) is None
    assert (rows.goal, rows.asked) == (None, None)


def test_one_question_at_a_time_but_the_goal_is_the_newest() -> None:
    rows = window(1000, 1100)
    assert rows.ask_towards(1110, SIZE) is not None
    assert rows.ask_towards(1120, SIZE) is None
    assert rows.ask_ahead(1080, SIZE) is None
    assert rows.take(ROWS[1100:1190], keep=range(1060, 1100)) == 1120
    assert (rows.goal, rows.asked) == (None, None)
    assert rows.ask_ahead(1120, SIZE) == Wish(Edge.AFTER, ROWS[1189], 160)


def test_what_has_not_come_can_be_asked_for_again() -> None:
    rows = window(1000, 1100)
    wish = rows.ask_towards(1110, SIZE)
    rows.give_up()
    assert (rows.goal, rows.asked) == (None, None)
    assert rows.ask_towards(1110, SIZE) == wish


TAKEN = {
    # where to, rows that come, whether somebody still wants to go there: loaded from, to
    "after": (1110, ROWS[1100:1190], True, 1000, 1190),
    "after, for nobody": (1110, ROWS[1100:1190], False, 1000, 1190),
    "before": (990, ROWS[910:1000], True, 910, 1100),
    "before, for nobody": (990, ROWS[910:1000], False, 910, 1100),
    "the first ones": (0, ROWS[:40], True, 0, 40),
    "the first ones, for nobody": (0, ROWS[:40], False, 1000, 1100),
    "the last ones": (2999, ROWS[2959:], True, 2959, 3000),
    "the last ones, for nobody": (2999, ROWS[2959:], False, 1000, 1100),
}


@pytest.mark.parametrize(("goal", "come", "is_awaited", "first", "end"), TAKEN.values(), ids=TAKEN)
def test_rows_that_come_are_taken(
    goal: int, come: tuple[CustomerRow, ...], is_awaited: bool, first: int, end: int
) -> None:
    rows = window(1000, 1100)
    wish = rows.ask_towards(goal, SIZE)
    assert wish is not None
    assert wish.limit == len(come)
    if not is_awaited:
        rows.goal = None
    assert rows.take(come, keep=range(1000, 1040)) == (goal if is_awaited else None)
    assert (rows.first, rows.end, rows.total) == (first, end, 3000)
    assert is_true(rows)


def test_the_first_rows_of_a_list_do_not_count_it() -> None:
    rows = RowWindow.of(Page(rows=ROWS[1000:1100], first=1000, total=None))
    rows.ask_towards(0, SIZE)
    rows.take(ROWS[:40], keep=range(1000, 1040))
    assert (rows.total, rows.is_counted, rows.goes_on) == (1100, False, True)


SHOWN = {
    # top of the screen: whether it shows a row that is not loaded
    "all of it loaded": (1030, False),
    "begins with what is loaded": (1000, False),
    "begins before": (999, True),
    "ends with what is loaded": (1060, False),
    "ends after": (1061, True),
}


@pytest.mark.parametrize(("top", "is_exceeded"), SHOWN.values(), ids=SHOWN)
def test_a_screen_that_shows_more_than_is_loaded(top: int, is_exceeded: bool) -> None:
    rows = window(1000, 1100)
    assert rows.is_exceeded(top, SIZE) is is_exceeded
    assert rows.lacks(range(top, top + SIZE)) is is_exceeded
    assert window(1000, 1100, total=1100).is_exceeded(1070, SIZE) is False  # the list ends on the screen
