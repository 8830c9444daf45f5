"""Taking back what was done last, from the list and from the details: shown first, or told why not."""

from __future__ import annotations

from pathlib import Path

from tests.screens.test_forms import history
from tests.support.acting import act_on, do
from tests.support.desk import Desk, desk_on
from viptui.data.database import connected
from viptui.rules.filters import CustomerFilter


async def accept(desk: Desk) -> None:
    """Note that Aster Clinic has accepted."""
    await desk.press("1", "j", "e", "1", "enter")
    assert desk.notice() == "Aster Clinic accepted the terms on 2026-03-20."


async def test_what_would_be_taken_back_is_shown_and_y_does_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await accept(desk)
        await desk.press("u")
        assert desk.form().startswith("Take back what was done  entry ")
        screen = " ".join(desk.screen_text().split())
        assert "This would be the result; nothing has been done yet. Took " in screen
        assert "(Aster Clinic accepted the terms on 2026-03-20). Aster Clinic has not accepted" in screen
        assert len(await history(desk)) == 1
        await desk.press("y")
        assert desk.notice().endswith("Aster Clinic has not accepted the terms after all; its invitation is pending.")
        assert len(await history(desk)) == 2
        assert desk.cursor() == "Aster Clinic"


async def test_escape_takes_nothing_back(small: Path) -> None:
    async with desk_on(small) as desk:
        await accept(desk)
        await desk.press("u", "escape")
        assert len(await history(desk)) == 1
        assert desk.cursor() == "Aster Clinic"


async def test_what_was_taken_back_is_done_again_from_the_details(small: Path) -> None:
    async with desk_on(small) as desk:
        await accept(desk)
        await desk.press("enter", "u", "y", "U")
        assert desk.form().startswith("Do again")
        await desk.press("y")
        assert desk.notice().endswith("again. Aster Clinic accepted the terms on 2026-03-20.")
        await desk.press("U")
        assert desk.notice().startswith("There is nothing of yours to do again")
        await desk.press("escape", "L")
        again, back, accepted = [line.rstrip() for line in desk.lines() if "Aster Clinic  " in line]
        assert "  Did entry 1 again." in again
        assert "  taken back: Took entry 1 back" in back
        assert "  taken back: Aster Clinic accepted" in accepted


async def test_what_has_left_the_house_is_told_with_what_helps(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "j", "r", "enter", "u")
        assert desk.form() == ""
        assert "cannot be taken back. Its mail has not left yet: D in the outbox (O) gives it up." in desk.notice()


async def test_without_anything_done_that_is_said(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("u")
        assert desk.notice().startswith("There is nothing of yours to take back")
        await desk.press("U")
        assert desk.notice().startswith("There is nothing of yours to do again")


async def test_as_of_another_day_nothing_is_taken_back(small: Path) -> None:
    async with desk_on(small) as desk:
        await accept(desk)
    async with desk_on(small, read_only=True) as desk:
        await desk.press("u")
        assert "read-only" in desk.notice()


async def test_y_takes_back_what_was_shown_whatever_is_done_meanwhile(small: Path) -> None:
    async with desk_on(small) as desk:
        await accept(desk)
        await desk.press("u")

        def note() -> None:
            with connected(desk.app.services.database):
                do("note.add", "00000000000000000001", act=act_on(), body="From another terminal")

        await desk.app.services.ask(note)
        await desk.press("y")
        assert "Aster Clinic has not accepted the terms after all" in desk.notice()
        assert desk.badge(CustomerFilter.ALL) == "13"
