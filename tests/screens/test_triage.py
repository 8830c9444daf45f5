"""A triage session: customer by customer, left and taken up again, and what is told in the end."""

from __future__ import annotations

from pathlib import Path

from tests.support.desk import Desk, desk_on
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing


def title(desk: Desk) -> str:
    return " ".join(desk.title().split())


async def test_a_list_is_worked_through_to_its_summary(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3")
        names = desk.names()
        await desk.press("T")
        for number, name in enumerate(names, start=1):
            assert title(desk).startswith(f"Triage {number}/{len(names)} {name} ")
            await desk.press("enter")
        assert title(desk).startswith("Triage Past Due Requests")
        assert f"Looked at and left as it is: {len(names)}" in desk.screen_text()
        await desk.press("q")
        assert desk.tab() is CustomerFilter.PAST_DUE
        assert desk.notice() == "The triage of Past Due Requests is over."
        await desk.press("T")
        assert title(desk).startswith("Triage 1/")


async def test_an_action_goes_on_to_the_next_customer_and_a_note_does_not(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("3", "T")
        first = title(desk)
        await desk.press("t")
        await desk.type("Called them")
        await desk.press("ctrl+s")
        assert title(desk) == first
        await desk.press("o", "ctrl+s")
        assert title(desk).startswith("Triage 2/")
        assert desk.notice().startswith("Ordered")
        await desk.press("E")
        text = desk.screen_text()
        assert "Worked on: 1" in text
        assert "Ordered ORD00000010" in text
        assert "Looked at and left as it is: 1" in text


async def test_who_is_done_elsewhere_is_told_in_the_title(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("3", "T", "o", "ctrl+s", "K")
        assert title(desk).startswith("Triage 1/")
        assert title(desk).endswith("no longer in Past Due Requests 2026-03-20")


async def test_steps_back_stop_at_the_first(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "T", "enter", "backspace")
        assert title(desk).startswith("Triage 1/")
        await desk.press("K")
        assert desk.notice() == "This is the first customer of the list."


async def test_a_session_that_was_left_is_gone_on_with(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "T", "enter", "q")
        assert desk.notice().startswith("Triage is at 2/")
        await desk.press("T")
        assert "go on with Past Due Requests, at 2/" in desk.screen_text()
        await desk.press("g")
        assert title(desk).startswith("Triage 2/")
        await desk.press("q", "T", "enter")
        assert title(desk).startswith("Triage 2/")
    async with desk_on(small) as desk:
        await desk.press("6", "T", "n")
        assert title(desk).startswith("Triage 1/13")


async def test_a_session_is_ended_before_its_end(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "T", "E", "D", "T")
        assert title(desk).startswith("Triage 1/")


async def test_an_empty_list_says_so(empty: Path) -> None:
    async with desk_on(empty) as desk:
        await desk.press("T")
        assert desk.notice() == "There is nobody in Past Due Requests: nothing to triage."


async def test_a_summary_is_written_and_never_over_another(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "T", "E", "w", "w")
        files = sorted(each.name for each in (small.parent / "exports").iterdir())
        assert files == ["triage-past-due-2026-03-20-2.txt", "triage-past-due-2026-03-20.txt"]
        text = (small.parent / "exports" / files[1]).read_text()
        assert text.startswith("Triage: Past Due Requests, ")


async def test_nothing_is_begun_where_nothing_can_be_kept(small: Path) -> None:
    async with desk_on(small, read_only=True) as desk:
        await desk.press("T")
        assert "read-only" in desk.notice()


async def test_a_triage_that_had_no_room_opens_once_there_is_some(small: Path) -> None:
    async with desk_on(small, size=(50, 10), triage=Listing(filter=CustomerFilter.PAST_DUE)) as desk:
        assert desk.screen_text().strip() == "the terminal is too small: 60x15 at least"
        await desk.resize(80, 24)
        assert title(desk).startswith("Triage 1/2 Fir Suspended")
        await desk.press("q")
        await desk.resize(50, 10)
        await desk.resize(80, 24)
        assert desk.tab() is CustomerFilter.PAST_DUE


async def test_enter_right_behind_the_key_goes_on_with_the_session(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "T", "enter")
        here = title(desk)
        await desk.press("q")
        await desk.burst("T", "enter")
        assert title(desk) == here
