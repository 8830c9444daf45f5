"""Taking back all that one action did to many, and doing it again: a summary before, progress, a result after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.test_bulk import slow_execution, text
from tests.screens.test_forms import history
from tests.support.acting import do
from tests.support.desk import Desk, desk_on
from viptui.data.models import Note
from viptui.screens import bulk
from viptui.screens.bulk_screens import Progress, Results


async def note_all(desk: Desk, tab: str = "3") -> None:
    """Write the same about all customers of a tab."""
    await desk.press(tab, "V", "t")
    await desk.type("Called.")
    await desk.press("ctrl+s", "y")
    assert "done." in desk.notice()


async def notes(desk: Desk) -> int:
    return await desk.app.services.ask(lambda: Note.select().count())


async def test_all_of_it_is_shown_taken_back_and_done_again(small: Path) -> None:
    async with desk_on(small) as desk:
        await note_all(desk)
        await desk.press("u")
        assert desk.form() == 'Take back what was done  2 of "Add a note", 2026-03-20 12:00'
        assert "2 of 2 can be done. Nothing has been done yet." in text(desk)
        assert "(Noted for Elm Overdue: Called). Removed the note of ana.kovac for Elm Overdue" in text(desk)
        assert await notes(desk) == 2
        await desk.press("y")
        assert desk.notice() == "Take back what was done: 2 done."
        assert await notes(desk) == 0
        await desk.press("U")
        assert desk.form() == 'Do again what was taken back  2 of "Add a note", 2026-03-20 12:00'
        await desk.press("y")
        assert await notes(desk) == 2
        await desk.press("u")
        assert desk.form() == 'Take back what was done  2 of "Add a note", 2026-03-20 12:00'
        await desk.press("y", "U", "escape")
        assert await notes(desk) == 0


async def test_escape_takes_nothing_back(small: Path) -> None:
    async with desk_on(small) as desk:
        await note_all(desk)
        await desk.press("u", "escape")
        assert await notes(desk) == 2


async def test_what_was_done_to_one_since_comes_first_and_is_taken_back_alone(small: Path) -> None:
    async with desk_on(small) as desk:
        await note_all(desk)
        await desk.press("5", "t")
        await desk.type("Alone.")
        await desk.press("ctrl+s", "u")
        assert desk.form().startswith("Take back what was done  entry ")
        await desk.press("y", "u")
        assert desk.form().startswith('Take back what was done  2 of "Add a note"')


async def test_one_that_was_taken_back_in_the_activity_is_no_part_of_it_any_more(small: Path) -> None:
    async with desk_on(small) as desk:
        await note_all(desk, "6")
        await desk.press("L", "j", "u", "y", "escape", "u")
        assert desk.form().startswith('Take back what was done  12 of "Add a note"')
        assert "12 of 12 can be done" in text(desk)


async def test_mails_that_are_written_and_orders_are_told_as_one_reason(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "o", "y", "u")
        assert isinstance(desk.app.screen, Results)
        assert "0 of 2 can be done, 2 cannot." in text(desk)
        assert "Left out, 2: 2 … has been ordered. Until …" in text(desk).replace("Cannot be taken back. ", "")
        assert "requests a return authorization" in text(desk)
        await desk.press("escape")
        assert (await history(desk)).count("order.place") == 2


async def test_one_that_changes_meanwhile_stops_no_other(small: Path) -> None:
    async with desk_on(small) as desk:
        await note_all(desk)
        await desk.press("u")
        await desk.app.services.ask(do, "note.remove", "1")
        await desk.press("y")
        assert "Take back what was done: 1 done, 1 refused." in text(desk)
        assert "What could not be done stays as it is" in text(desk)
        assert await notes(desk) == 0


async def test_escape_stops_it_and_the_rest_can_be_taken_back_later(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PATIENCE", 0.001)
    async with desk_on(small) as desk:
        await note_all(desk, "6")
        await desk.press("u")
        begun, go_on = slow_execution(desk, monkeypatch)
        await desk.strike("y")
        await desk.until(lambda: isinstance(desk.app.screen, Progress))
        await begun.wait()
        await desk.strike("escape")
        go_on.set()
        await desk.settle()
        assert "1 done, stopped, 12 not begun." in text(desk)
        await desk.press("escape", "u")
        assert desk.form().startswith('Take back what was done  12 of "Add a note"')


async def test_from_the_details_the_same_is_offered(small: Path) -> None:
    async with desk_on(small) as desk:
        await note_all(desk)
        await desk.press("enter", "u")
        assert desk.form().startswith('Take back what was done  2 of "Add a note"')
