"""Columns of the list: chosen, moved, shown in their full width, kept in views, and written as they are shown."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.screens.test_views import menu, save
from tests.support.desk import Desk, desk_on

USUAL = ["Customer", "E-mail", "State", "Lic.", "Amount", "Anniversary", "Seg", "Managed by", "Invitation"]
WIDE = (200, 40)


def heads(desk: Desk) -> list[str]:
    """The heads of the columns, without the arrow of the order."""
    line = desk.lines()[3].strip("<> ").replace("\u2193", "").replace("\u2191", "")
    known = [*USUAL, "VIP ID", "Renewal", "Invited"]
    found = [head for head in known if head in line]
    return sorted(found, key=line.index)


async def test_letters_show_and_hide_columns_and_enter_takes_them(small: Path) -> None:
    async with desk_on(small, size=WIDE) as desk:
        assert heads(desk) == USUAL
        await desk.press("C", "p", "e", "a", "space", "enter")  # space: the column of the last letter again
        assert heads(desk) == [head for head in USUAL if head != "E-mail"] + ["VIP ID"]
        assert "00000000000000000009" in desk.lines()[4]
        assert "a view (b) or the setting columns keeps them" in desk.notice()


async def test_arrows_move_the_column_with_the_cursor(small: Path) -> None:
    async with desk_on(small, size=WIDE) as desk:
        await desk.press("C", "j", "j", "left", "left", "enter")
        assert heads(desk)[:3] == ["State", "Customer", "E-mail"]
        await desk.press("C", "k", ">", ">", "<", "enter")  # the cursor goes round; nothing is right of the last
        assert heads(desk)[:3] == ["State", "Customer", "E-mail"]
        await desk.press("j")
        assert desk.lines()[5].startswith(">   ! OVERDUE 31d")


async def test_escape_leaves_the_columns_as_they_were(small: Path) -> None:
    async with desk_on(small, size=WIDE) as desk:
        await desk.press("C", "p", "s", "escape")
        assert heads(desk) == USUAL
        assert desk.notice() == ""


async def test_one_column_stays_at_least(small: Path) -> None:
    async with desk_on(small, size=WIDE) as desk:
        await desk.press("C", *"nesladgmv", "enter")
        assert heads(desk) == ["Invitation"]
        await desk.press("j", "k", "G")
        assert desk.lines()[5].startswith(">  ")


async def test_o_brings_the_columns_back_as_they_came(small: Path) -> None:
    async with desk_on(small, size=WIDE, columns=("vip-id", "name")) as desk:
        assert heads(desk) == ["VIP ID", "Customer"]
        await desk.press("C", "s", "enter")
        assert heads(desk) == ["VIP ID", "Customer", "State"]
        await desk.press("C", "o", "enter")
        assert heads(desk) == ["VIP ID", "Customer"]


async def test_columns_hold_on_all_tabs_and_stay_with_the_cursor(small: Path) -> None:
    async with desk_on(small, size=WIDE) as desk:
        await desk.press("j", "C", "e", "enter")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("6")
        assert "E-mail" not in heads(desk)
        await desk.press("escape", "R")
        assert "E-mail" not in heads(desk)


@pytest.mark.parametrize("size", [(60, 15), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_wide_no_column_folds_away_but_is_reached_sideways(small: Path, size: tuple[int, int]) -> None:
    async with desk_on(small, size=size) as desk:
        narrow = heads(desk)
        await desk.press("right", "left")  # nothing is out at either end
        assert heads(desk) == narrow
        await desk.press("w")
        assert heads(desk)[:2] == ["Customer", "E-mail"]
        assert desk.lines()[3].startswith(" > ")
        seen = {*heads(desk)}
        for _ in range(12):
            await desk.press("right")
            seen |= {*heads(desk)}
        assert seen == {*USUAL, "VIP ID", "Renewal", "Invited"}
        assert desk.lines()[3].startswith("<  ")
        assert heads(desk)[0] == "Customer"
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]
        await desk.press("left", "w")
        assert heads(desk) == narrow


async def test_wide_says_so_where_everything_has_room(small: Path) -> None:
    async with desk_on(small, size=WIDE, columns=("name", "vip-id")) as desk:
        await desk.press("w")
        assert desk.notice() == "Wide: all columns have room already."


async def test_an_order_by_a_hidden_column_is_told_in_words(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "s", "e")
        assert "hidden" not in desk.status()
        await desk.press("C", "e", "enter")
        assert "by e-mail, E-mail hidden" in desk.status()
        await desk.press("C", "o", "enter")
        assert "hidden" not in desk.status()


async def test_a_view_keeps_its_columns_on_its_tab(small: Path) -> None:
    async with desk_on(small, size=WIDE) as desk:
        await desk.press("3", "C", *"eslagdmv", "p", "enter")
        await save(desk, "numbers")
        await desk.press("C", "o", "enter")
        await save(desk, "usual")
        assert heads(desk) == USUAL
        await desk.press("6", "b")
        assert menu(desk)[:2] == ["1 numbers  past-due  columns name,vip-id", "2 usual  past-due"]
        await desk.press("1")
        assert heads(desk) == ["Customer", "VIP ID"]
        await desk.press("6")
        assert heads(desk) == USUAL
        await desk.press("3")
        assert heads(desk) == ["Customer", "VIP ID"]
        await desk.press("b", "2")
        assert heads(desk) == USUAL


async def test_the_command_of_a_view_names_the_columns(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    monkeypatch.setattr("viptui.app.ViptuiApp.copy", lambda _, text: texts.append(text))
    async with desk_on(small, columns=("name", "vip-id")) as desk:
        await desk.press("b", "c")
        assert texts == ["viptui list --filter past-due --columns=name,vip-id"]


async def test_reports_write_the_columns_that_were_chosen_and_a_whole_one_all(small: Path) -> None:
    async with desk_on(small, size=(60, 15), columns=("vip-id", "name", "anniversary")) as desk:
        await desk.press("x")
        assert "the columns that were chosen" in " ".join(desk.screen_text().split())
        await desk.press("c", "x", "j", "space", "x", "e", "escape", "escape", "x", "a")
        files = {each.name: each for each in desk.app.services.exports.glob("*")}
        folder = desk.app.services.exports
    (plain,) = [each for name, each in files.items() if name.startswith("past-due") and name.endswith(".csv")]
    with plain.open(newline="") as file:
        titles, *rows = csv.reader(file)
    assert titles == ["vip_id", "organization_name", "anniversary_date", "days_to_anniversary"]
    assert [row[1] for row in rows] == ["Fir Suspended", "Elm Overdue"]
    (as_json,) = folder.glob("past-due*.json")
    assert [list(each) for each in json.loads(as_json.read_text())] == [titles, titles]
    (marked,) = folder.glob("marked*.csv")
    assert marked.read_text(encoding="utf-8-sig").splitlines()[0] == ";".join(titles)
    (everything,) = folder.glob("all*.csv")
    assert everything.read_text().startswith("vip_id,organization_name,contact_email,")


async def test_rows_are_copied_with_the_columns_that_are_shown(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    monkeypatch.setattr("viptui.app.ViptuiApp.copy", lambda _, text: texts.append(text))
    async with desk_on(small, columns=("vip-id", "name")) as desk:
        await desk.press("Y", "r")
        assert texts == ["VIP ID\tCustomer\n00000000000000000009\tFir Suspended\n"]


async def test_the_smallest_screen_shows_all_columns_one_after_the_other(small: Path) -> None:
    async with desk_on(small, size=(60, 15)) as desk:
        await desk.press("C")
        assert "VIP ID" in desk.screen_text()
        assert "Invited" not in desk.screen_text()
        await desk.press("k")
        assert "> i [ ] Invited" in desk.screen_text()
        assert "esc leaves as it was" in desk.screen_text()
