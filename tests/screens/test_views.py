"""Saved views: saved under a name, opened by two keys, removed, and copied as a command."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.screens.test_filtering import filter_by
from tests.support.desk import Desk, desk_on
from viptui.app import ViptuiApp
from viptui.rules.filters import CustomerFilter


async def save(desk: Desk, name: str) -> None:
    await desk.press("b", "s")
    await desk.type(name)
    await desk.press("enter")


def menu(desk: Desk) -> list[str]:
    """The entries of the menu, as far as no notice covers them."""
    lines = [line[:58].rstrip() for line in desk.lines()]
    start = max(number for number, line in enumerate(lines) if line in (" Views", " Remove which view?"))
    return [line.strip() for line in lines[start + 1 : -2]]


async def test_a_view_is_opened_by_two_keys_as_it_was_saved(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "m", "s", "d")
        await filter_by(desk, "-no-products")
        await desk.press("/", *"a", "enter")
        shown = desk.names()
        await save(desk, "My own")
        assert desk.notice() == "Saved My own: b opens it."
        await desk.press("escape", "escape", "m", "3")
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]
        await desk.press("b", "1")
        assert (desk.tab(), desk.mine(), desk.names()) == (CustomerFilter.ALL, True, shown)
        assert "/ a  f -no-products" in desk.status()
        await desk.press("minus")
        assert desk.tab() is CustomerFilter.PAST_DUE


async def test_views_stay_and_belong_to_whoever_saved_them(small: Path) -> None:
    async with desk_on(small) as desk:
        await filter_by(desk, "mine late>0")
        await save(desk, "late")
    async with desk_on(small) as desk:
        await desk.press("b")
        assert menu(desk)[0] == "1 late  past-due  mine late>0"
        await desk.press("1")
        assert desk.names() == ["Elm Overdue"]
    async with desk_on(small, me="ben.adler") as desk:
        await desk.press("b")
        await desk.until(lambda: [entry[0] for entry in menu(desk)] == ["s", "c"])


async def test_a_view_under_the_same_name_takes_its_place(small: Path) -> None:
    async with desk_on(small) as desk:
        for query, name in (("mine", "one"), ("segment:edu", "two"), ("segment:gov", "ONE")):
            await filter_by(desk, query)
            await save(desk, name)
        await desk.press("b")
        assert menu(desk)[:2] == ["1 ONE  past-due  segment:gov", "2 two  past-due  segment:edu"]


async def test_the_first_nine_have_numbers_and_one_is_removed(small: Path) -> None:
    async with desk_on(small) as desk:
        for number in range(1, 11):
            await save(desk, f"view {number}")
        await desk.press("b")
        await desk.until(lambda: [entry.split()[0] for entry in menu(desk)] == [*"123456789", "view", "d", "s", "c"])
        await desk.press("d", "1")
        assert desk.notice() == "Removed view 1."
        await desk.press("b")
        assert menu(desk)[0].startswith("1 view 2 ")


async def test_a_number_pressed_before_the_views_have_come_is_waited_for(small: Path) -> None:
    async with desk_on(small) as desk:
        await filter_by(desk, "mine")
        await save(desk, "mine")
        await desk.press("escape", "6")
        async with desk.slow_database():
            await desk.strike("b", "1")
        assert (desk.tab(), desk.names()) == (CustomerFilter.PAST_DUE, ["Elm Overdue"])


async def test_a_view_wants_a_name(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("b", "s", "enter")
        assert "!" in desk.lines()[3]
        await desk.press("escape", "b")
        await desk.until(lambda: [entry[0] for entry in menu(desk)] == ["s", "c"])


async def test_as_of_another_day_nothing_is_saved_or_removed(small: Path) -> None:
    async with desk_on(small) as desk:
        await save(desk, "one")
    async with desk_on(small, read_only=True) as desk:
        await save(desk, "two")
        assert "read-only" in desk.notice()
        await desk.press("b", "d", "1")
        await desk.press("b")
        await desk.until(lambda: [entry[0] for entry in menu(desk)] == ["1", "d", "s", "c"])


async def test_the_command_line_of_what_is_shown_is_copied(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(ViptuiApp, "copy", lambda _app, text: copied.append(text))
    async with desk_on(small) as desk:
        await desk.press("b", "c")
        await desk.press("6", "m", "s", "a", "I")
        await filter_by(desk, 'mine "it\'s" $HOME')
        await desk.press("/", *"a b", "enter", "b", "c")
    assert [shlex.split(each) for each in copied] == [
        ["viptui", "list", "--filter", "past-due"],
        [
            *("viptui", "list", "--filter", "all", "--mine", "--me=ana.kovac"),
            *("--search=a b", "--sort=-amount", "--where=mine it's $HOME"),
        ],
    ]
