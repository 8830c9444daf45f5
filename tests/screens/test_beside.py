"""Work that goes on beside a screen."""

from __future__ import annotations

import gc
from pathlib import Path

from tests.support.desk import desk_on
from viptui.errors import ViptuiError
from viptui.screens.base import ServiceScreen


async def test_work_that_is_replaced_before_it_begins_was_never_called(small: Path) -> None:
    called: list[str] = []

    async def work(name: str) -> None:
        called.append(name)

    async with desk_on(small) as desk:
        screen = desk.app.screen
        assert isinstance(screen, ServiceScreen)
        for name in ("first", "second", "third"):
            screen.start("test", work, name)
        await desk.settle()
        gc.collect()  # a coroutine that nobody awaited would be reported here
        assert called == ["third"]


async def test_work_of_other_groups_goes_on_and_what_goes_wrong_on_purpose_is_told(small: Path) -> None:
    called: list[str] = []

    async def work(name: str, *, fails: bool = False) -> None:
        called.append(name)
        if fails:
            raise ViptuiError("Nothing came of it.")

    async with desk_on(small) as desk:
        screen = desk.app.screen
        assert isinstance(screen, ServiceScreen)
        screen.start("one", work, "first")
        screen.start("other", work, "second", fails=True)
        await desk.settle()
        assert called == ["first", "second"]
        assert desk.notice() == "Nothing came of it."
