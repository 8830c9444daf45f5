"""Whole screens as text, compared exactly with the files in ``snapshots``.

After a change that is meant, write them anew and look at the difference::

    VIPTUI_UPDATE_SCREENS=1 python -m pytest tests/screens/test_snapshots.py
    git diff tests/screens/snapshots
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.support.desk import desk_on

SNAPSHOTS: Final = Path(__file__).parent / "snapshots"
SIZES: Final = ((80, 24), (120, 40))

SCREENS: Final[Mapping[str, tuple[str, ...]]] = {
    "no-products": ("1",),
    "pending-requests": ("2",),
    "past-due": ("3",),
    "upcoming-renewals": ("4",),
    "ready-for-renewal": ("5",),
    "all-customers": ("6",),
    "mine": ("6", "m"),
    "search": ("6", "/", *"elm"),
    "search-without-hit": ("3", "m", "/", *"nobody"),
    "sort-menu": ("6", "s"),
    "columns-menu": ("6", "C", "p"),
    "wide": ("5", "w", "right"),
    "marks": ("3", "space", "6", "j", "space", "space"),
    "help": ("?",),
    "details-of-requests": ("3", "j", "enter"),
    "details-of-a-renewal": ("5", "j", "enter"),
    "details-without-products": ("1", "enter"),
    "order-sheet-of-a-request": ("3", "S"),
    "order-sheet-of-an-order": ("4", "S"),
    "menu-of-order-sheets": ("5", "j", "S"),
    "dashboard": ("d",),
    "dashboard-of-the-team": ("d", "3", "l"),
}
"""The keys that lead to each screen."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_screen(small: Path, name: str, size: tuple[int, int]) -> None:
    async with desk_on(small, size=size) as desk:
        *way, last = SCREENS[name]
        await desk.press(*way)
        await desk.settle(preview=True)
        await desk.press(last)
        await desk.settle(preview=True)
        compare(f"{name}-{size[0]}x{size[1]}", desk.screen_text())


FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "form-of-an-invitation": ("i", *"Müller & Söhne", "tab", "tab", "c", *["tab"] * 9, *"+20m"),
    "form-with-faults": ("i", *"Müller & Söhne", "ctrl+s"),
    "form-of-an-authorization": ("1", "a", *"incopy", "enter", "5", "+", *"i"),
    "form-that-is-refused": ("3", "a"),
    "form-of-a-reminder": ("1", "j", "r"),
    "look-at-an-authorization": ("1", "a", *"incopy", "enter", "5", "ctrl+t"),
    "word-to-type": ("1", "D", *"000"),
    "menu-of-events": ("1", "e"),
    "form-of-a-renewal": ("5", "j", "n"),
    "form-of-a-return": ("5", "j", "D", "1"),
    "reminders-to-many": ("1", "V", "3", "space", "r"),
    "what-came-of-many": ("1", "V", "r", "y"),
    "form-of-a-snooze": ("3", "z", *"fri"),
    "tab-without-who-is-snoozed": ("3", "z", "enter"),
    "who-is-snoozed": ("3", "z", "enter", "6", "f", *"snoozed", "enter"),
    "palette": ("1", ":", *"c"),
    "activity": ("1", "j", "r", "enter", "L"),
}
"""The keys that lead to each form, and to what stands around it."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", FORMS)
async def test_form(shop: Path, name: str, size: tuple[int, int]) -> None:
    async with desk_on(shop, size=size) as desk:
        first, *others = FORMS[name]
        await desk.press(first)
        await desk.settle(preview=True)  # it stands behind what opens over the list
        await desk.press(*others)
        desk.app.clear_notifications()
        await desk.settle(preview=True)
        compare(f"{name}-{size[0]}x{size[1]}", desk.screen_text())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screen_of_an_empty_database(empty: Path, size: tuple[int, int]) -> None:
    async with desk_on(empty, size=size) as desk:
        compare(f"empty-database-{size[0]}x{size[1]}", desk.screen_text())


def compare(name: str, text: str) -> None:
    """Hold a screen against its file, or write the file if that is asked for."""
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("VIPTUI_UPDATE_SCREENS"):
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")
