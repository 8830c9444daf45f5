"""Notices on the screen: a key stands on one line with the word that says what it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.desk import desk_on
from viptui.screens.base import ServiceScreen


@pytest.mark.parametrize(("width", "room"), [(60, 43), (66, 48), (80, 57), (120, 57)])
async def test_a_key_stays_with_its_word(small: Path, width: int, room: int) -> None:
    async with desk_on(small, size=(width, 24)) as desk:
        screen = desk.app.screen
        assert isinstance(screen, ServiceScreen)
        for spare in (0, 2, 3, 6):  # with 2 the key alone would have room, as Textual breaks lines
            desk.app.clear_notifications()
            await desk.settle()
            before = f"Snoozed {spare} " + "x" * (room - 10 - spare)
            screen.tell(f"{before} u undo")
            await desk.until(lambda before=before: f" {before}" in desk.screen_text())
            assert desk.notice_lines() == [before, "u undo"], spare
