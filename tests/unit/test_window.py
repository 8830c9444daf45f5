"""The loaded rows of a long list: what is added, what is dropped, and that indexes stay true."""

from __future__ import annotations

from datetime import date
from random import Random

from viptui.rows import CustomerRow, Page
from viptui.rules.facts import NO_FACTS
from viptui.widgets.window import MOST_LOADED, RowWindow

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
