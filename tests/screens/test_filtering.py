"""Filters typed as a query: the line, completion, errors, what is shown of it, and how it goes away."""

from __future__ import annotations

from pathlib import Path

from tests.support.builders import Portfolio
from tests.support.desk import Desk, desk_on
from viptui.data.database import open_database
from viptui.rules.filters import CustomerFilter


async def filter_by(desk: Desk, text: str) -> None:
    await desk.press("f", "ctrl+u")
    await desk.type(text)
    await desk.press("enter")


def prompt(desk: Desk) -> list[str]:
    """The line that is typed in and what stands below it."""
    return [line.strip() for line in desk.lines()[2:5]]


async def test_a_query_narrows_the_list_and_stands_above_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await filter_by(desk, "late>30")
        assert desk.names() == ["Fir Suspended"]
        assert "f late>30  (esc clears)" in desk.status()
        assert "1 / 1 of 2" in desk.status()
        await filter_by(desk, "-late>30  segment:com")
        assert desk.names() == ["Elm Overdue"]
        assert "f -late>30  segment:commercial" in desk.status()


async def test_badges_stay_those_of_the_tabs(small: Path) -> None:
    async with desk_on(small) as desk:
        before = [desk.badge(tab) for tab in CustomerFilter]
        await filter_by(desk, "segment:gov")
        assert desk.names() == []
        assert [desk.badge(tab) for tab in CustomerFilter] == before
        assert "Nobody in Past Due Requests fulfils all that is asked." in desk.empty_text()
        assert desk.empty_text().endswith("Esc clears the filter; f changes it.")


async def test_escape_takes_the_search_away_and_then_the_filter(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        await filter_by(desk, "mine")
        await desk.press("/", *"late", "down")
        assert desk.names() == ["Ivy Late"]
        assert "/ late  f mine  (esc clears)" in desk.status()
        await desk.press("escape")
        assert (len(desk.names()), desk.cursor()) == (6, "Ivy Late")
        assert "f mine" in desk.status()
        await desk.press("escape")
        assert (len(desk.names()), desk.cursor()) == (13, "Ivy Late")
        assert "f mine" not in desk.status()
        await desk.press("escape")
        assert len(desk.names()) == 13


async def test_each_tab_has_its_own_filter(small: Path) -> None:
    async with desk_on(small) as desk:
        await filter_by(desk, "mine")
        await desk.press("6")
        assert (len(desk.names()), "f mine" in desk.status()) == (13, False)
        await desk.press("3")
        assert (desk.names(), "f mine" in desk.status()) == (["Elm Overdue"], True)


async def test_escape_leaves_the_line_and_everything_as_it_was(small: Path) -> None:
    async with desk_on(small) as desk:
        await filter_by(desk, "mine")
        await desk.press("f")
        assert prompt(desk)[0] == "filter mine"
        await desk.type("segment:edu")
        await desk.press("escape")
        assert desk.names() == ["Elm Overdue"]
        assert "f mine  (esc clears)" in desk.status()
        await desk.press("f", "ctrl+u", "enter")
        assert len(desk.names()) == 2
        assert "/ search" in desk.status()


async def test_what_is_wrong_stands_below_its_place(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("f")
        await desk.type("mine segmet:edu")
        line, fault, _ = (each.rstrip() for each in desk.lines()[2:5])
        assert line.index("segmet") == fault.index("^")
        assert "did you mean segment?" in fault
        await desk.press("enter")
        assert prompt(desk)[0].startswith("filter mine segmet:edu")
        await desk.press(*["left"] * 5, "n", "enter")
        assert desk.names() == []
        assert "f mine  segment:edu" in desk.status()


async def test_enter_on_half_a_word_says_what_is_missing(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("f")
        await desk.type("segment:e")
        assert prompt(desk)[1] == "edu"
        await desk.press("enter")
        assert "'e' is no segment: did you mean edu?" in prompt(desk)[1]
        await desk.press("tab", "enter")
        assert desk.names() == ["Fir Suspended"]


async def test_tab_completes_and_goes_through_what_fits(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("f")
        assert prompt(desk)[1].startswith("no-products  pending  past-due")
        await desk.type("seg")
        await desk.press("tab")
        assert prompt(desk)[:2] == ["filter segment:", "commercial  edu  gov"]
        await desk.press("tab", "tab", "tab", "tab", "shift+tab")
        assert prompt(desk)[0] == "filter segment:gov"
        await desk.press("tab", "tab")
        await desk.type(",g")
        await desk.press("tab")
        assert prompt(desk)[0] == "filter segment:edu,gov"
        await desk.type(" manager:B")
        await desk.press("tab", "enter")
        assert "f segment:edu,gov  manager:ben.adler" in desk.status()
        assert desk.names() == ["Fir Suspended"]


async def test_nobody_else_than_the_team_can_be_named(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("f")
        await desk.type("manager:ben.alder")
        assert "nobody in the team is 'ben.alder': did you mean ben.adler?" in prompt(desk)[1]


async def test_mine_wants_a_member_of_the_team(small: Path) -> None:
    async with desk_on(small, me="somebody") as desk:
        await desk.press("f")
        await desk.type("mine")
        await desk.press("enter")
        assert "somebody is not in the team: start viptui with --me LOGIN" in prompt(desk)[1]
        await desk.press("escape")
        assert len(desk.names()) == 2


async def test_keys_typed_at_once_are_the_query(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.burst("f", *"mine 1", "enter")
        assert desk.tab() is CustomerFilter.PAST_DUE
        assert "f mine  1" in desk.status()


async def test_a_narrow_screen_shows_the_filter_rather_than_the_order(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        assert "oldest request first" in desk.status()
        await filter_by(desk, "late>0 -country:US segment:edu,gov")
        assert "f late>0  -country:US  segment:edu,gov" in desk.status()
        assert "oldest" not in desk.status()
        assert "1 / 1 of 2" in desk.status()


async def test_what_fulfils_a_query_is_counted_after_its_first_page(many: Path) -> None:
    async with desk_on(many) as desk:
        await desk.press("6")
        await filter_by(desk, "segment:com licences>0")
        assert desk.status().endswith("1 / 500 of 1,500")
        await desk.press("G")
        assert desk.status().endswith("500 / 500 of 1,500")


async def test_hostile_text_is_asked_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    database = open_database(str(path), create=True)
    Portfolio().customer("Foo [/] Ltd")
    database.close()
    async with desk_on(path) as desk:
        await desk.press("6")
        await filter_by(desk, '"[/]" "o [/"')
        assert desk.names() == ["Foo [/] Ltd"]
        assert 'f [/]  "o [/"' in desk.status()
