"""A slow line: what the interface changes by itself, what it says, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import Desk, desk_on
from viptui.link import WAITS


async def be_held_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let frames wait for the terminal, as long as it takes for a line to be called slow."""
    now = 0.0
    for tick in range(2 * WAITS):
        monkeypatch.setattr("viptui.link.monotonic", lambda now=now: now)
        desk.app._link.may_draw(behind=tick % 2 == 0)
        now += 1
    monkeypatch.undo()
    await desk.settle()


async def test_a_slow_line_gets_the_lean_look_once(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small, theme="auto") as desk:
        assert (desk.app.theme, "slow link" in desk.title()) == ("dark", False)
        await be_held_up(desk, monkeypatch)
        assert desk.app.theme == "ansi-dark"
        assert " slow link  2026-03-20" in desk.title()
        assert desk.notice().startswith("The line is slow: the look is ansi-dark now, and fewer frames are drawn.")
        desk.app.clear_notifications()
        await be_held_up(desk, monkeypatch)
        assert desk.notice() == ""
        await desk.press("3", "j")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("enter")
        assert "slow link" in desk.title()


async def test_there_is_a_way_back(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small, theme="auto") as desk:
        await be_held_up(desk, monkeypatch)
        await desk.press(":")
        await desk.type("line: fast")
        await desk.press("enter")
        assert (desk.app.theme, "slow link" in desk.title()) == ("dark", False)
        assert 'link = "fast"' in desk.notice()
        await be_held_up(desk, monkeypatch)
        assert desk.app.theme == "dark"
        await desk.press(":")
        await desk.type("line: slow")
        await desk.press("enter")
        assert (desk.app.theme, "slow link" in desk.title()) == ("ansi-dark", True)


async def test_a_look_that_was_chosen_stays(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small, theme="light") as desk:
        await be_held_up(desk, monkeypatch)
        assert (desk.app.theme, "slow link" in desk.title()) == ("light", True)
        assert desk.notice().startswith("The line is slow: fewer frames are drawn.")
    async with desk_on(small, theme="auto") as desk:
        await desk.press(":")
        await desk.type("look high")
        await desk.press("enter")
        await be_held_up(desk, monkeypatch)
        assert desk.app.theme == "high-contrast"


async def test_the_settings_can_say_it(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small, theme="auto", link="slow") as desk:
        assert (desk.app.theme, "slow link" in desk.title(), desk.notice()) == ("ansi-dark", True, "")
    async with desk_on(small, theme="auto", link="fast") as desk:
        await be_held_up(desk, monkeypatch)
        assert (desk.app.theme, "slow link" in desk.title()) == ("dark", False)
