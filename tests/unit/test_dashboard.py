"""What the dashboard counts on a day, where its bars lead, and how it is drawn in little room."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from viptui.dashboard_rows import Ageing, MemberLoad, PastDueDay, RenewalWeek
from viptui.rules.dashboard import age_bands, days_back, way_to_age, way_to_load, way_to_week, weeks_ahead
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import PRESETS, VipPolicy
from viptui.screens.dashboard_lines import (
    Cursor,
    ageing_panel,
    screen_lines,
    team_panel,
    trend_panel,
    weeks_panel,
)
from viptui.widgets.paint import SpanLine, span_width

TODAY = date(2026, 11, 21)
POLICY = VipPolicy()


def test_ages_are_those_of_the_states() -> None:
    assert [each.words for each in age_bands(POLICY)] == ["0-30", "31-60", "61+"]
    assert [each.words for each in age_bands(VipPolicy(**PRESETS["vip-14-60"]))] == ["0-14", "15-60", "61+"]


def test_weeks_begin_today_and_leave_no_day_out() -> None:
    weeks = weeks_ahead(TODAY)
    assert (weeks[0], weeks[-1]) == (
        (TODAY, date(2026, 11, 27)),
        (date(2027, 2, 13), date(2027, 2, 19)),
    )
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(weeks))
    assert (len(weeks), days_back(TODAY)[0], days_back(TODAY)[-1]) == (13, date(2026, 8, 29), TODAY)


WEEKS = {
    "a week of the open window": (0, CustomerFilter.READY_FOR_RENEWAL, None, False),
    "the week in which upcoming begins": (4, CustomerFilter.READY_FOR_RENEWAL, None, True),
    "a week that is upcoming": (5, CustomerFilter.UPCOMING_RENEWALS, None, False),
    "the week in which upcoming ends": (6, CustomerFilter.UPCOMING_RENEWALS, None, True),
    "a week that no tab has": (7, CustomerFilter.ALL, SortColumn.ANNIVERSARY, False),
}


@pytest.mark.parametrize(("number", "tab", "sort", "is_cut"), WEEKS.values(), ids=WEEKS)
def test_a_week_leads_to_the_list_nearest_to_it(
    number: int, tab: CustomerFilter, sort: SortColumn | None, is_cut: bool
) -> None:
    first, last = weeks_ahead(TODAY)[number]
    way = way_to_week(first, last, TODAY, POLICY)
    assert way.listing == Listing(filter=tab, sort=sort)
    assert {each.first for each in way.begins_at} == {first}
    assert all(each.last is not None and (each.last < last) == is_cut for each in way.begins_at)
    assert ("Those after" in way.remark) == is_cut


def test_an_age_leads_to_its_tab() -> None:
    pending, overdue, suspended = (way_to_age(each, TODAY) for each in age_bands(POLICY))
    assert pending.listing.filter is CustomerFilter.PENDING_REQUESTS
    assert overdue.listing == suspended.listing == Listing(filter=CustomerFilter.PAST_DUE)
    (begins,) = overdue.begins_at
    assert (begins.first, begins.last) == (date(2026, 9, 22), date(2026, 10, 21))


def test_a_load_leads_to_the_members_customers() -> None:
    assert way_to_load("ben", CustomerFilter.ALL).listing == Listing(managed_by="ben")
    assert way_to_load(None, CustomerFilter.PAST_DUE).remark.startswith("Customers that nobody manages")


PANELS = (
    ageing_panel(
        [
            Ageing(band, number * 1000, number * 7000, {"EUR": Decimal("1234567.5") * number}, number)
            for number, band in enumerate(age_bands(POLICY))
        ],
        TODAY,
    ),
    weeks_panel([RenewalWeek(*each, number) for number, each in enumerate(weeks_ahead(TODAY))], TODAY, POLICY),
    team_panel([MemberLoad(f"member.{number:02}", 262_500, 39_000, 14_000, 33_000) for number in range(20)]),
    trend_panel([PastDueDay(day, 40_000, is_counted=day == TODAY) for day in days_back(TODAY)], TODAY),
)


def text(line: SpanLine) -> str:
    return "".join(part for part, _ in line)


@pytest.mark.parametrize(("width", "height"), [(80, 21), (120, 37), (72, 18), (200, 60)])
def test_the_panels_stand_side_by_side(width: int, height: int) -> None:
    for active in range(4):
        cursors = [Cursor() for _ in PANELS]
        lines = screen_lines(PANELS, cursors, active, width, height)
        assert len(lines) <= height
        assert all(span_width(line) <= width for line in lines)
        assert sum(text(line).count("> ") for line in lines) == 1  # one cursor
        assert sum(text(line).count("[") for line in lines) == 1  # in one panel


@pytest.mark.parametrize(("width", "height"), [(60, 12), (40, 9), (79, 10), (24, 5)])
def test_a_small_screen_shows_the_panel_with_the_cursor(width: int, height: int) -> None:
    lines = screen_lines(PANELS, [Cursor(), Cursor(at=12), Cursor(), Cursor()], 1, width, height)
    assert len(lines) == min(height, 14)
    assert text(lines[0]).startswith("[2 Renewals")
    assert text(lines[-1]).startswith("> 02-13")
    assert text(lines[-1]).endswith(" 12")


def test_bars_are_as_long_as_their_numbers_say() -> None:
    lines = screen_lines(PANELS, [Cursor()] * 4, 0, 60, 15)
    halves = [2 * text(line).count("\u2588") + text(line).count("\u258c") for line in lines[1:4]]
    assert halves[0] == 0
    assert halves[2] == 2 * halves[1] > 0


def test_another_measure_draws_other_bars() -> None:
    rows = [MemberLoad("ana", 100, 1, 1, 1), MemberLoad("ben", 1, 100, 1, 1)]
    panel = team_panel(rows)
    by_customers, by_past_due = (
        [text(line).count("\u2588") for line in screen_lines([panel], [Cursor(measure=each)], 0, 60, 5)[1:]]
        for each in (0, 1)
    )
    assert by_customers == by_past_due[::-1]
    assert panel.bars[0].way(1).listing == Listing(filter=CustomerFilter.PAST_DUE, managed_by="ana")


def test_nothing_is_drawn_of_nothing() -> None:
    (heading, words) = screen_lines([ageing_panel([], TODAY)], [Cursor()], 0, 60, 5)
    assert text(heading).startswith("[1 PA ageing, days]")
    assert text(words).strip() == "Adding up…"
    (_, line) = screen_lines([team_panel([MemberLoad("ana", 0, 0, 0, 0)])], [Cursor()], 0, 60, 5)
    assert "\u2588" not in text(line)


def test_what_is_not_sure_says_so() -> None:
    before, today = (text(line) for line in screen_lines([PANELS[3]], [Cursor(at=12)], 0, 60, 20)[12:14])
    assert before.endswith("40,000+")
    assert today.endswith("40,000 ")
