"""A list typed in the palette: what Enter would do, what completes it, and what points to a fault."""

from __future__ import annotations

from pathlib import Path

from tests.support.desk import Desk, desk_on
from viptui.rules.filters import CustomerFilter


def entries(desk: Desk) -> list[str]:
    """The lines of the palette."""
    return [line.split("|")[1].strip() for line in desk.lines() if line.count("|") > 1]


async def test_a_line_shows_a_list(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", ":")
        await desk.type('past-due mine sort=-days late>0 "elm"')
        assert any(
            line.startswith('> enter   Show Past Due Requests, mine, called "elm", late>0') for line in entries(desk)
        )
        await desk.press("enter")
        assert desk.tab() is CustomerFilter.PAST_DUE
        assert desk.mine()
        assert desk.names() == ["Elm Overdue"]
        assert "/ elm  f late>0" in desk.status()
        await desk.press(":")
        await desk.type("all everyone")
        await desk.press("enter")
        assert (desk.tab(), desk.mine(), len(desk.names())) == (CustomerFilter.ALL, False, 13)


async def test_it_leads_back_from_the_details(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "enter", ":")
        await desk.type("ready sort=-name")
        await desk.press("enter")
        assert desk.tab() is CustomerFilter.READY_FOR_RENEWAL
        assert desk.names() == sorted(desk.names(), reverse=True)


async def test_words_are_completed_with_tab_or_by_choosing_them(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press(":")
        await desk.type("past-")
        assert "> tab     … past-due" in entries(desk)
        await desk.press("tab")
        assert ": past-due" in entries(desk)
        assert any(line.startswith("> enter   Show Past Due Requests, oldest request first") for line in entries(desk))
        await desk.type("so")
        await desk.press("down", "enter")
        await desk.press("tab", "enter")
        assert desk.tab() is CustomerFilter.PAST_DUE
        assert "by customer" in desk.status()


async def test_a_fault_stands_below_its_word(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press(":")
        await desk.type("ready sort=dayz mine")
        line, fault = next(desk.lines()[at : at + 2] for at in range(9) if "ready sort" in desk.lines()[at])
        assert line.index("dayz") == fault.index("^ 'dayz' is no column: did you mean days?")
        await desk.press("enter")
        assert "ready sort=dayz mine" in desk.screen_text()
        await desk.press("escape")
        assert desk.tab() is CustomerFilter.PAST_DUE


async def test_a_saved_view_is_opened_and_changed(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "f")
        await desk.type("segment:com")
        await desk.press("enter", "b", "s")
        await desk.type("shop keepers")
        await desk.press("enter", "escape", "3", ":")
        await desk.type("view=sh")
        await desk.press("tab")
        await desk.type("sort=-name")
        assert "Show All Customers, segment:commercial, by customer, reversed" in desk.screen_text()
        await desk.press("enter")
        assert desk.tab() is CustomerFilter.ALL
        assert desk.names() == sorted(desk.names(), reverse=True)
        await desk.press(":")
        await desk.type("view=shopkeepers")
        assert "there is no view 'shopkeepers': did you mean shop keepers?" in desk.screen_text()


async def test_mine_wants_a_member_of_the_team(small: Path) -> None:
    async with desk_on(small, me="somebody") as desk:
        await desk.press(":")
        await desk.type("past-due mine")
        assert "somebody is not in the team" in desk.screen_text()
        await desk.press("enter", "escape")
        assert not desk.mine()


async def test_a_hint_tells_how_and_begins_one(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press(":")
        await desk.type("list in one line")
        await desk.press("enter")
        assert ": past-due" in entries(desk)
        await desk.press("enter")
        assert desk.tab() is CustomerFilter.PAST_DUE


async def test_names_still_find_what_they_found(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", ":")
        await desk.type("past")
        assert any(line.startswith("> 3       Show Past Due Requests") for line in entries(desk))
        await desk.press("enter")
        assert desk.tab() is CustomerFilter.PAST_DUE


async def test_what_is_wrong_is_told_to_its_end(small: Path) -> None:
    async with desk_on(small, size=(60, 15)) as desk:
        await desk.press(":")
        await desk.type("past-due sort=nothing")
        told = " ".join(desk.screen_text().replace("|", " ").split())
        assert "'nothing' is no column: there are name, email, state, licences, amount, anniversary," in told
        assert "invited, days" in told


async def test_what_is_wrong_with_a_filter_is_told_on_two_lines_and_shows_where_it_is_cut(small: Path) -> None:
    async with desk_on(small, size=(60, 15)) as desk:
        await desk.press("f")
        await desk.type("nothing:edu")
        await desk.press("enter")
        assert desk.lines()[3].startswith("   ! character 1: 'nothing' is nothing that can be asked")
        assert desk.lines()[4].endswith("…")
