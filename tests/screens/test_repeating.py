"""Doing the last action again: on the next customer or on marked ones, with what was typed, confirmed as ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.test_forms import history
from tests.screens.test_marks import marked
from tests.support.desk import Desk, desk_on


def text(desk: Desk) -> str:
    """The screen on one line."""
    return " ".join(desk.screen_text().split())


async def test_without_anything_done_there_is_nothing_to_do_again(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press(".")
        assert desk.notice().startswith("There is nothing to do again yet")
        assert "again" not in desk.footer()
        await desk.press("?", *"the last action")
        assert ".                 Do the last action again" in desk.screen_text()


async def test_what_was_typed_is_offered_for_the_next_customer_and_sent_with_enter(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "t", *"called", "ctrl+s")
        assert desk.cursor() == "Birch Council"
        assert ". note again" in desk.footer()
        await desk.press(".")
        assert desk.form().startswith("Add a note  Birch Council")
        assert "Note called" in text(desk)
        assert await history(desk) == ["note.add"]
        await desk.press("enter")
        assert "Noted for Birch Council: called" in desk.notice()
        assert desk.cursor() == "Cedar School"
        await desk.press(".", "escape")  # nothing has been typed by anybody: nothing to ask
        assert desk.form() == ""
        assert await history(desk) == ["note.add", "note.add"]


async def test_a_snooze_is_done_again_without_asking(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "z", *"+3d", "enter")
        assert desk.names() == ["Elm Overdue"]
        await desk.press("!", ".")
        assert desk.form().startswith("dry run  Snooze  Elm Overdue")
        await desk.press("escape", "escape", ".")
        assert desk.form() == ""
        assert "Snoozed Elm Overdue until Mon 2026-03-23" in desk.notice()
        assert await history(desk) == ["customer.snooze", "customer.snooze"]


async def test_what_is_typed_over_it_is_offered_after_that(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "t", *"one", "ctrl+s", ".")
        await desk.fill(Note="two")
        await desk.press("ctrl+s", ".")
        assert "Note two" in text(desk)
        await desk.press("ctrl+r")
        assert "two" not in text(desk)


async def test_marked_customers_get_it_after_one_look_and_without_the_form(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "t", *"called", "ctrl+s", "space", "space", ".")
        assert desk.form() == "Add a note  2 customers"
        assert "2 of 2 can be done" in text(desk)
        assert "called" in text(desk)
        assert await history(desk) == ["note.add"]
        await desk.press("escape")
        assert len(marked(desk)) == 2
        await desk.press(".", "y")
        assert desk.notice() == "Add a note: 2 done."
        assert marked(desk) == []
        assert (await history(desk)).count("note.add") == 3


async def test_marked_customers_are_snoozed_again_at_once_and_a_dry_run_only_shows_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "z", *"+3d", "enter", "3", "V", "!", ".")
        assert desk.form() == "Snooze  2 customers"
        assert "until Mon 2026-03-23" in text(desk)
        await desk.press("escape", ".")
        assert desk.form() == ""
        assert desk.notice() == "Snooze: 2 done. u undo"
        assert desk.names() == []


async def test_a_day_in_words_is_the_same_for_marked_customers(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "o")
        await desk.fill(Ordered_on="-1d")
        await desk.press("ctrl+s", "2", "V", ".")
        assert desk.form() == "Place an order  2 customers"
        assert "on 2026-03-19" in text(desk)


async def test_products_of_one_customer_stand_in_the_form_for_marked_ones(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "o")
        await desk.fill(Products="incopy")
        await desk.press("enter", "3", "ctrl+s", "2", "V", ".")
        assert desk.form() == "Place an order  2 marked customers"
        assert "InCopy" in text(desk)


async def test_what_was_done_to_many_is_done_again_to_one_and_to_many(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "space", "space", "M", "right")
        await desk.press("ctrl+s", "y")
        done = desk.notice()
        assert done.startswith("Change who manages: ")
        await desk.press(".")
        assert desk.form().startswith("Change who manages  Cedar School")
        await desk.press("escape", "space", "space", ".")
        assert desk.form() == "Change who manages  2 customers"
        await desk.press("y")
        assert desk.notice() == done


async def test_an_action_that_asks_nothing_is_looked_at_before_as_ever(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("4", "n")
        form = desk.form()
        assert form.startswith("Send the renewal notice  Ginkgo Upcoming")
        await desk.press("y")
        assert ". send the renewal notice again" in desk.footer()
        await desk.press("5", ".")
        assert desk.form().startswith("Send the renewal notice") or desk.notice()
        assert (await history(desk)).count("renewal.notify") == 1


async def test_what_belongs_to_one_customer_is_not_offered_to_another(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "j", "r")
        assert desk.form().startswith("Send reminder  Aster Clinic")
        await desk.fill(Contact_e_mail="new@aster.example")
        await desk.press("ctrl+s")
        assert ". remind again" in desk.footer()
        await desk.press("g", ".")
        assert desk.form().startswith("Send reminder")
        assert "new@aster.example" not in desk.screen_text()


async def test_a_refusal_and_a_dry_run_are_nothing_to_do_again(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "!", "t", *"x", "ctrl+s", "escape", "escape", "y")
        assert await history(desk) == []
        await desk.press(".")
        assert desk.notice().startswith("There is nothing to do again yet")


async def test_taking_something_back_is_not_what_is_done_again(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "t", *"x", "ctrl+s", "u", "y")
        assert "note.remove" in await history(desk)
        await desk.press(".")
        assert desk.form().startswith("Add a note")


async def test_it_works_on_the_details_too_and_waits_for_its_turn(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "t", *"x", "ctrl+s", "enter", ".")
        assert desk.form().startswith("Add a note  Birch Council")
        await desk.press("escape", "escape")
        await desk.burst("space", ".")
        assert desk.form() == "Add a note  Birch Council  00000000000000000002"


async def test_read_only_refuses_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "t", *"x", "ctrl+s", ">", ".")
        assert "read-only" in desk.notice()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_footer_and_the_palette_name_it(small: Path, size: tuple[int, int]) -> None:
    async with desk_on(small, size=size) as desk:
        await desk.press("6", "t", *"x", "ctrl+s")
        assert ". note again" in desk.footer()
        await desk.press(":", *"add a note again", "enter")
        assert desk.form().startswith("Add a note  Birch Council")
