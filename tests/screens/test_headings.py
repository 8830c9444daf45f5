"""The first line says which day it is and that nothing can be changed, the last one how to leave, however narrow."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.support.desk import desk_on

SMALLEST: Final = (60, 15)

SCREENS: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("3",),
    "details": ("3", "enter"),
    "why": ("3", "W"),
    "order sheet": ("3", "S"),
    "triage": ("3", "T"),
    "summary of a triage": ("3", "T", "E"),
    "dashboard": ("d",),
    "activity": ("L",),
    "entry of the activity": ("L", "enter"),
    "outbox": ("O",),
    "mail": ("O", "enter"),
    "administration": ("A",),
}
"""The keys that lead to screens that stay open for a while."""


@pytest.mark.parametrize("size", [SMALLEST, (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_each_tells_the_day_and_how_to_leave(shop: Path, name: str, size: tuple[int, int]) -> None:
    async with desk_on(shop) as desk:
        await desk.press("3", "o", "ctrl+s")  # a mail, and an entry
    async with desk_on(shop, size=size) as desk:
        await desk.press(*SCREENS[name])
        assert desk.title().endswith(" 2026-03-20")
        assert "esc " in desk.footer() or name == "list"


@pytest.mark.parametrize("name", ["outbox", "mail", "activity", "entry of the activity", "dashboard"])
async def test_each_tells_that_nothing_can_be_changed(shop: Path, name: str) -> None:
    async with desk_on(shop) as desk:
        await desk.press("3", "o", "ctrl+s")
    async with desk_on(shop, size=SMALLEST, read_only=True) as desk:
        await desk.press(*SCREENS[name])
        assert desk.title().endswith("as of 2026-03-20, read-only")


async def test_paused_gives_way_neither_to_a_name_nor_to_another_day(small: Path) -> None:
    async with desk_on(small, size=SMALLEST) as desk:
        await desk.press("3", "Z", "}")
        assert " PAUSED " in desk.title()
        assert desk.title().endswith("AS OF 2026-03-27 (+7 days) read-only")


async def test_what_an_empty_list_says_has_as_many_lines_as_it_takes(empty: Path) -> None:
    async with desk_on(empty, size=SMALLEST) as desk:
        await desk.press("A", "2")
        said = " ".join(" ".join(desk.lines()[4:-1]).split())
        assert said == "There are no products yet: a adds one, 'viptui import-products' takes a price list over."
