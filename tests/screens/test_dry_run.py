"""A dry run: the next action shows what it would do, through the same look as ever, and does nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.test_forms import history
from tests.support.desk import desk_on
from viptui.actions import ACTIONS
from viptui.screens.acting import Target, act_on
from viptui.screens.confirmation import Confirmation
from viptui.screens.forms.action_form import ActionForm

LOOK = "This would be the result; nothing has been done yet."


async def test_the_footer_says_so_until_escape(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        assert "dry run" not in desk.footer()
        await desk.press("!")
        assert "esc end dry run" in desk.footer()
        await desk.press("?", *"end the dry")
        assert desk.lines()[1].split() == [">", "esc", "End", "the", "dry", "run"]
        await desk.press("escape", "j", "4", "3")
        assert "esc end dry run" in desk.footer()
        await desk.press("/", *"elm", "down", "escape")
        assert "dry run" not in desk.footer()
        assert desk.search() == "elm"  # one rung at a time
        await desk.press("escape")
        assert desk.search() == ""


def words(footer: str) -> set[str]:
    return set(footer.split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_verbs_stay_in_the_footer(small: Path, size: tuple[int, int]) -> None:
    verbs = {"order", "authorize", "remind", "renew"}
    async with desk_on(small, size=size) as desk:
        assert words(desk.footer()) >= verbs
        await desk.press("!")
        assert words(desk.footer()) >= verbs
        assert desk.footer().startswith(" esc end dry run  ")
        await desk.press("enter")
        assert words(desk.footer()) >= verbs
        assert desk.footer().count("esc ") == 1, "it does not go back now"
        await desk.press("escape")
        assert desk.footer().startswith(" esc back  ")


async def test_an_action_without_a_form_is_shown(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("4", "!", "n")
        assert desk.form().startswith("Send the renewal notice  Ginkgo Upcoming")
        assert LOOK in desk.screen_text()
        await desk.press("escape")
        assert await history(desk) == []
        assert "dry run" not in desk.footer()


async def test_a_form_shows_what_would_happen_when_it_is_sent(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "!", "a")
        assert desk.form().startswith("dry run  Create Purchase Authorization")
        await desk.type("incopy")
        await desk.press("enter", "5", "ctrl+s")
        assert LOOK in desk.screen_text()
        assert "Created PA00000005 for Birch Council: 5 x InCopy." in desk.screen_text()
        assert await history(desk) == []
        await desk.press("escape", "ctrl+s")
        assert LOOK in desk.screen_text()  # the form stays a dry run
        await desk.press("y")
        assert "Created PA00000005" in desk.notice()
        assert await history(desk) == ["authorization.create"]


async def test_it_is_for_one_action(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "j", "!", "t", "escape", "t")
        assert desk.form().startswith("Add a note")
        await desk.type("Called")
        await desk.press("ctrl+s")
        assert await history(desk) == ["note.add"]


async def test_it_goes_along_to_the_details(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("4", "!", "enter")
        assert "esc end dry run" in desk.footer()
        await desk.press("n")
        assert LOOK in desk.screen_text()
        await desk.press("escape", "q")
        assert "dry run" not in desk.footer()
        await desk.press("!", "enter", "escape")
        assert desk.title().startswith(" Ginkgo Upcoming")
        await desk.press("escape")
        assert desk.names() == ["Ginkgo Upcoming"]


async def test_taking_back_is_shown(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("t")
        await desk.type("Called")
        await desk.press("ctrl+s", "!", "u")
        assert LOOK in desk.screen_text()
        await desk.press("escape")
        assert await history(desk) == ["note.add"]


async def test_a_report_names_its_file_and_writes_none(small: Path) -> None:
    folder = small.parent / "exports"
    async with desk_on(small) as desk:
        await desk.press("!", "x", "enter")
        assert desk.notice() == f"Dry run: x would write 2 customers to {folder / 'past-due-2026-03-20.csv'}."
        assert not folder.exists()
        await desk.press("x", "enter")
        assert desk.notice().startswith(f"Wrote 2 customers to {folder / 'past-due-2026-03-20.csv'};")
        await desk.press("!", "x", "enter")
        assert desk.notice() == f"Dry run: x would write 2 customers to {folder / 'past-due-2026-03-20-2.csv'}."


@pytest.mark.parametrize("action", [each for each in ACTIONS if not each.parameters], ids=lambda each: each.id)
async def test_nothing_without_a_form_is_carried_out(small: Path, action: object) -> None:
    async with desk_on(small) as desk:
        subjects = {"vip_id": "00000000000000000001", "number": "PA00000004", "note": "1", "entry": "1", "mail": "1"}
        await desk.press("!")
        known = next(each for each in ACTIONS if each is action)
        if known.has_own_door:
            return
        act_on(desk.app.screen, known, [Target(subjects.get(known.subject or "", "1"), "it")])
        await desk.settle()
        assert isinstance(desk.app.screen, Confirmation | ActionForm) or desk.notice()
        assert await history(desk) == []
        assert not desk.app.is_dry_run
