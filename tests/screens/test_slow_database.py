"""Keys pressed while the database does not answer: nothing freezes, nothing is lost, the last one counts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.support.desk import desk_on
from viptui.errors import StorageUnavailable
from viptui.rules.filters import CustomerFilter

NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter


async def test_tabs_pressed_quickly_end_on_the_last_one(small: Path) -> None:
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.strike("1", "2", "4", "6", "5")
        assert desk.tab() is READY
        assert desk.names() == ["Ivy Late", "Larch Partly", "Hazel Ready"]


async def test_tabs_passed_meanwhile_keep_their_customers(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "G", "3")
        async with desk.slow_database():
            await desk.strike("6", "4", "3", "6")
        assert (desk.tab(), desk.cursor()) == (ALL, "Mimosa Quiet")
        await desk.press("3")
        assert desk.cursor() == "Fir Suspended"


async def test_mine_and_a_tab_both_count(small: Path) -> None:
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.strike("m", "5")
        assert (desk.mine(), desk.tab(), desk.names()) == (True, READY, ["Ivy Late"])
        async with desk.slow_database():
            await desk.strike("m", "m", "m")
        assert (desk.mine(), len(desk.names())) == (False, 3)


async def test_a_wrong_me_is_told_whatever_came_after(small: Path) -> None:
    async with desk_on(small, me="zoe.unknown") as desk:
        async with desk.slow_database():
            await desk.strike("m", "5", "6")
        assert "zoe.unknown is not in the team" in desk.notice()
        assert (desk.mine(), desk.tab(), len(desk.names())) == (False, ALL, 13)


async def test_a_search_is_typed_without_waiting_for_its_rows(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        async with desk.slow_database():
            await desk.strike("/", *"iv")
            assert desk.search() == "iv"
        await desk.press("y")
        assert (desk.search(), desk.names()) == ("ivy", ["Ivy Late"])


async def test_no_letter_is_lost_while_rows_come_in(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "/")
        for text in ("ivy", "aster clinic", "mimosa", "fir suspended"):
            await desk.burst("ctrl+u", *text)
            assert (desk.search(), len(desk.names())) == (text, 1)


async def test_end_and_home_end_where_the_last_key_says(many: Path) -> None:
    async with desk_on(many) as desk:
        await desk.press("6")
        first = desk.cursor()
        async with desk.slow_database():
            await desk.strike("G", "g")
        assert desk.cursor() == first
        await desk.press("G")
        last = desk.cursor()
        async with desk.slow_database():
            await desk.strike("g", "G")
        assert desk.cursor() == last
        assert "1,500 / 1,500" in desk.status()


async def test_keys_that_arrive_in_one_piece_do_what_they_do_one_by_one(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.burst("6", "/", *"ivy", "enter", "enter")
        assert "Ivy Late" in desk.title()
        await desk.burst("q", "escape", "s", "n", "g")
        assert "by customer, reversed" in desk.status()
        assert desk.cursor() == "Mimosa Quiet"


async def test_enter_twice_opens_the_details_once(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.burst("enter", "enter")
        await desk.press("q")
        assert desk.tab() is PAST_DUE


async def test_a_verb_behind_a_tab_means_the_row_that_comes_with_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        async with desk.slow_database():
            await desk.strike("3", "o")
            assert desk.form() == ""
        assert desk.form().startswith("Place an order  Fir Suspended")


async def test_keys_in_one_piece_act_on_the_row_of_the_tab_that_was_asked_for(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        async with desk.slow_database():
            await desk.burst_without_waiting("3", "o", "enter")
        assert desk.notice().startswith("Ordered")
        assert (desk.tab(), desk.names()) == (PAST_DUE, ["Elm Overdue"])


@pytest.mark.parametrize(("key", "told"), [("W", "Why"), ("enter", ""), ("a", "Create Purchase Authorization")])
async def test_other_keys_about_a_row_wait_for_it_too(small: Path, key: str, told: str) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        async with desk.slow_database():
            await desk.strike("3", key)
        assert told in desk.title()
        assert "Fir Suspended" in desk.title()


async def test_what_is_copied_is_of_the_tab_that_was_asked_for(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small) as desk:
        copied: list[str] = []
        monkeypatch.setattr(desk.app, "copy", copied.append)
        await desk.press("6")
        async with desk.slow_database():
            await desk.strike("3", "y")
        row = desk.app.screen.query_one("CustomerTable").current
        assert copied == [f"{row.vip_id}\n"]
        assert desk.cursor() == "Fir Suspended"


async def test_movement_goes_on_while_another_tab_is_on_its_way(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        async with desk.slow_database():
            await desk.strike("3", "j", "j")
            assert desk.cursor() == "Cedar School"
        assert desk.tab() is PAST_DUE


async def test_escape_forgets_what_waits_and_what_was_typed_behind_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        async with desk.slow_database():
            await desk.strike("3", "o", "enter", "d", "escape", "j")
        assert (desk.form(), desk.tab(), desk.badge(PAST_DUE)) == ("", PAST_DUE, "2")
        await desk.press("o")
        assert desk.form().startswith("Place an order")


async def test_a_tab_that_does_not_come_takes_its_verb_with_it(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small) as desk:
        await desk.press("6")
        with monkeypatch.context() as broken:
            broken.setattr(desk.app.services, "answer", _unreachable)
            await desk.burst("3", "o", "enter")
        assert "The server is gone." in [each.message for each in desk.app._notifications]
        assert desk.form() == ""
        await desk.press("o")
        assert (desk.form(), desk.notice()) == ("", "This list has not come: R reads it again.")
        await desk.press("R", "o")
        assert desk.form().startswith("Place an order  Fir Suspended")


async def test_what_is_typed_behind_a_menu_that_opens_is_for_the_menu(small: Path) -> None:
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.burst_without_waiting("e", "1")
        assert desk.form().startswith("Record acceptance  Fir Suspended")
        await desk.press("escape")
        assert desk.tab() is PAST_DUE


async def test_keys_behind_a_customer_that_is_opened_mean_that_one(small: Path) -> None:
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.burst_without_waiting("enter", "t", *"quite q", "ctrl+s")
        assert desk.form() == ""
        assert desk.notice() == "Noted for Fir Suspended: quite q"


async def test_keys_behind_a_customer_whose_row_is_on_its_way_mean_that_one(small: Path) -> None:
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.burst_without_waiting("4", "enter", "t", *"quite q", "ctrl+s")
        assert desk.notice() == "Noted for Ginkgo Upcoming: quite q"


async def test_keys_behind_a_customer_that_does_not_come_do_nothing(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_on(small) as desk:
        with monkeypatch.context() as broken:
            broken.setattr(desk.app.services, "ask", _unreachable_after_a_while)
            await desk.burst("enter", "t", *"uuq")
            assert desk.notice() == "The server is gone."
            await desk.press("t")
        assert desk.notice() == "The customer has not come: R reads it again."
        await desk.press("R", "t")
        assert desk.form().startswith("Add a note  Fir Suspended")


async def test_keys_behind_a_menu_of_the_details_are_for_the_menu(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("enter")
        async with desk.slow_database():
            await desk.burst_without_waiting("e", "1")
        assert desk.form().startswith("Record acceptance  Fir Suspended")


async def test_a_verb_behind_another_one_waits_for_what_that_has_made_of_the_customer(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("enter", "z", "enter")
        async with desk.slow_database():
            await desk.burst_without_waiting("u", "z")
        assert desk.form().startswith("Snooze  Fir Suspended"), "nobody sleeps any more who could be woken"


async def test_escape_leaves_the_details_and_forgets_what_waits_there(small: Path) -> None:
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.burst_without_waiting("enter", "t", *"no")
            await desk.strike("escape")
        assert (desk.form(), desk.tab(), desk.cursor()) == ("", PAST_DUE, "Fir Suspended")


async def test_keys_behind_a_step_of_a_triage_mean_the_next_customer(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("T")
        assert "Fir Suspended" in desk.title()
        async with desk.slow_database():
            await desk.burst_without_waiting("J", "t", *"seen", "ctrl+s")
        assert desk.notice() == "Noted for Elm Overdue: seen"


async def test_rows_that_failed_to_come_are_asked_for_again(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(many) as desk:
        await desk.press("6")
        first = desk.names()
        with monkeypatch.context() as broken:
            broken.setattr(desk.app.services, "answer", _unreachable)
            await desk.press("G")
        assert "The server is gone." in desk.notice()
        assert desk.names() == first
        await desk.press("G")
        assert desk.names() != first


async def _unreachable_after_a_while(*_args: object, **_kwargs: object) -> None:
    await asyncio.sleep(0.3)
    await _unreachable()


async def _unreachable(*_args: object, **_kwargs: object) -> None:
    raise StorageUnavailable("The server is gone.")


async def test_whoever_waits_is_told_so_until_the_answer_comes(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viptui.waiting.LONG", 0.1)
    async with desk_on(small) as desk:
        async with desk.slow_database():
            await desk.strike("6")
            await desk.until(lambda: desk.notice() == "Waiting for the database.")
            await desk.strike("1")
            assert desk.notice() == "Waiting for the database."
        assert desk.tab() is NO_PRODUCTS
        assert desk.notice() == ""
