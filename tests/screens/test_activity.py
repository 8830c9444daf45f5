"""The activity: a cursor over what was done, an entry in full, taking that one back."""

from __future__ import annotations

from pathlib import Path

from tests.support.acting import act_on, do
from tests.support.desk import Desk, desk_on
from viptui.data.database import connected
from viptui.screens.activity import PAGE

ASTER, BIRCH = "00000000000000000001", "00000000000000000002"


async def notes(desk: Desk, *bodies: str) -> None:
    """Notes on Aster Clinic, written beside the screen by the same member."""

    def write() -> None:
        with connected(desk.app.services.database):
            for body in bodies:
                do("note.add", ASTER, act=act_on(), body=body)

    await desk.app.services.ask(write)


def under_cursor(desk: Desk) -> str:
    (line,) = [line for line in desk.lines() if line.startswith(">")]
    return line


async def test_the_cursor_goes_over_what_was_done_and_enter_shows_all_of_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await notes(desk, "first", "second", "third")
        await desk.press("L")
        assert "third" in under_cursor(desk)
        await desk.press("j", "j")
        assert "first" in under_cursor(desk)
        await desk.press("enter")
        screen = " ".join(desk.screen_text().split())
        assert "Who ana.kovac From test Action Add a note (note.add)" in screen
        assert f"Customer Aster Clinic {ASTER} After body first" in screen
        await desk.press("escape")
        assert "first" in under_cursor(desk)


async def test_u_takes_back_what_the_cursor_stands_on(small: Path) -> None:
    async with desk_on(small) as desk:
        await notes(desk, "first", "second", "third")
        await desk.press("L", "j", "u")
        assert desk.form().startswith("Take back what was done  entry 2")
        await desk.press("y")
        assert "Took entry 2 back (Noted for Aster Clinic: second)" in " ".join(desk.notice().split())
        assert "taken back: Noted for Aster Clinic: second" in desk.screen_text()
        assert "second" in under_cursor(desk)


async def test_u_on_an_entry_in_full_says_why_not(small: Path) -> None:
    async with desk_on(small) as desk:
        await notes(desk, "first")
        await desk.press("L", "enter", "u", "y")
        assert "Taken back    by entry 2" in desk.screen_text()
        await desk.press("u")
        assert "took entry 1 back already" in desk.notice()
        assert "u on entry 2 under L does it again" in desk.notice()


async def test_a_search_begins_at_its_newest_entry(small: Path) -> None:
    async with desk_on(small) as desk:
        await notes(desk, "first", "second", "third")
        await desk.press("L", "G", "/")
        await desk.type("not")
        assert "third" in under_cursor(desk)


async def test_the_cursor_comes_to_the_end_of_a_long_history(small: Path) -> None:
    async with desk_on(small) as desk:
        await notes(desk, *(f"note number {number}" for number in range(PAGE + 5)))
        await desk.press("L")
        assert f"{PAGE} and more, newest first" in desk.screen_text()
        await desk.press("G", "G")
        assert "note number 0" in under_cursor(desk)
        assert f"{PAGE + 5}, newest first" in desk.screen_text()


async def test_on_a_narrow_screen_an_entry_is_one_line(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await notes(desk, "first", "second")
        await desk.press("L")
        assert "Noted for Aster Clinic: second" in desk.lines()[3]
        assert "Noted for Aster Clinic: first" in desk.lines()[4]
