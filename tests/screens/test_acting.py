"""Actions without a form: at once, after a look, or after a word; menus, the palette, the activity."""

from __future__ import annotations

from pathlib import Path

from tests.screens.test_forms import history
from tests.support.desk import desk_on
from viptui.actions import ACTIONS, BY_ID
from viptui.rules.filters import CustomerFilter
from viptui.screens.acting import Target, act_on
from viptui.screens.verbs import GROUPS


async def test_every_action_is_in_the_palette_with_its_key(small: Path) -> None:
    async with desk_on(small) as desk:
        for action in (each for each in ACTIONS if each.key or not each.has_own_door):
            await desk.press(":")
            await desk.type(action.title)
            rows = [line for line in desk.lines() if action.title in line and " : " not in line]
            assert rows, desk.screen_text()
            assert (action.key or "") in rows[0].partition(action.title)[0]
            await desk.press("escape")


async def test_every_key_of_the_table_is_in_the_help_and_does_something(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("?")
        for _ in range(6):
            await desk.press("pagedown")
        await desk.press("escape", "6")
        for key in GROUPS:
            before = desk.screen_text()
            await desk.press(key)
            assert desk.screen_text() != before or desk.notice(), key
            await desk.press("escape")


async def test_removing_a_customer_takes_its_number(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "D")
        assert desk.form().startswith("Remove customer  Birch Council")
        await desk.press("y", "enter")
        assert "That is not 00000000000000000002" in " ".join(desk.screen_text().split())
        assert await history(desk) == []
        await desk.press("ctrl+u")
        await desk.type("00000000000000000002")
        await desk.press("enter")
        assert desk.notice() == "Removed Birch Council (00000000000000000002)."
        assert desk.names() == ["Aster Clinic"]
        assert desk.badge(CustomerFilter.ALL) == "12"


async def test_a_removed_customer_is_offered_to_be_invited_again(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "D")
        await desk.type("00000000000000000002")
        await desk.press("enter", "i")
        screen = " ".join(desk.screen_text().split())
        assert "These are the data of Birch Council, which you have just removed. ctrl+r starts over." in screen
        assert "[Government]" in screen
        await desk.press("ctrl+r")
        assert "[Government]" not in desk.screen_text()


async def test_data_that_are_only_offered_are_left_without_a_question(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "D")
        await desk.type("00000000000000000002")
        await desk.press("enter", "i", "escape")
        assert desk.form() == ""
        await desk.press("i", *"x", "escape")
        assert "Leave the form?" in desk.screen_text()


async def test_a_notice_goes_when_a_menu_a_form_or_a_question_comes(small: Path) -> None:
    async with desk_on(small) as desk:
        for key in ("e", "a", "D"):
            await desk.press("1", "n")
            assert desk.notice()
            await desk.press(key)
            assert not desk.notice()
            await desk.press("escape")


async def test_removing_a_customer_from_its_details_goes_back_to_the_list(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "enter", "D")
        await desk.type("00000000000000000002")
        await desk.press("enter")
        assert desk.names() == ["Aster Clinic"]


async def test_a_refused_action_says_why_and_asks_nothing(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", *"jjjjjjjj", ":")
        await desk.type("remove customer")
        await desk.press("enter")
        assert "so it cannot be removed" in desk.notice()
        assert desk.form() == ""


async def test_returns_are_not_offered_to_be_returned(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "/")
        await desk.type("fir suspended")
        await desk.press("enter", "o", "enter", "D", "1", "ctrl+s")
        (number,) = [each.removeprefix("Type ").removesuffix(" to do it") for each in desk.labels()]
        await desk.type(number)
        await desk.press("enter")
        assert desk.notice().startswith("Returned ")
        await desk.press("D")
        assert "Return an order RET" not in desk.screen_text()


async def test_a_menu_lets_choose_which_purchase_authorization_is_cancelled(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("2", "j", "D")
        assert "1 Cancel Purchase Authorization PA00000004, pending 3d, 5 x Acrobat Pro" in desk.screen_text()
        await desk.press("enter")
        assert "2 Remove customer" in desk.screen_text()  # Enter alone chooses nothing
        await desk.press("down", "enter")
        assert desk.form().startswith("Cancel Purchase Authorization  Cedar School")
        await desk.type("pa00000004")
        await desk.press("enter")
        assert desk.notice() == "Cancelled PA00000004 of Cedar School; its licences are gone."
        assert desk.badge(CustomerFilter.PENDING_REQUESTS) == "1"


async def test_an_event_is_chosen_from_a_menu(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "j", "e")
        assert "1 Record acceptance" in desk.screen_text()
        await desk.press("1")
        assert desk.form().startswith("Record acceptance  Aster Clinic")
        await desk.type("today")
        assert "= Fri 2026-03-20, today" in desk.screen_text()
        await desk.press("enter")
        assert desk.notice() == "Aster Clinic accepted the terms on 2026-03-20."


async def test_a_menu_is_left_without_a_choice(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("e", "escape")
        assert "Record acceptance" not in desk.screen_text()
        assert desk.cursor() == "Fir Suspended"


async def test_the_palette_finds_what_is_typed_and_enter_does_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", ":")
        await desk.type("creat auth")
        await desk.press("enter")
        assert desk.form().startswith("Create Purchase Authorization  Birch Council")
        await desk.press("escape", "ctrl+p")
        await desk.type("only the customers that I manage")
        await desk.press("enter")
        assert desk.mine()


async def test_a_palette_without_a_hit_says_so(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press(":")
        await desk.type("xyzzy")
        assert "nothing is called that" in desk.screen_text()
        await desk.press("enter", "escape")
        assert desk.cursor() == "Fir Suspended"


async def test_without_a_customer_an_action_asks_for_one(empty: Path) -> None:
    async with desk_on(empty) as desk:
        await desk.press("a")
        assert desk.notice() == "There is no customer under the cursor: choose one first."
        await desk.press("i")
        assert desk.form() == "Invite a customer"


async def test_the_activity_shows_what_was_done_and_is_searched(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("L")
        assert "Nothing has been done yet." in desk.screen_text()
        await desk.press("escape", "1", "j", "r", "enter", "e", "1", "enter", "L")
        lines = desk.lines()
        assert "ana.kovac     Aster Clinic                Aster Clinic accepted the terms on 2026-03-20." in lines[3]
        assert "Reminded Aster Clinic" in lines[4]
        await desk.press("/")
        await desk.type("remind")
        assert "Reminded Aster Clinic" in desk.lines()[3]
        assert "accepted the terms" not in "".join(desk.lines()[3:10])
        await desk.press("escape")
        assert "accepted the terms" in desk.lines()[3]
        await desk.press("q")
        assert desk.cursor() == "Aster Clinic"


async def test_an_action_on_several_customers_wants_their_number_and_names_those_left_out(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1")
        numbers = ("00000000000000000001", "00000000000000000002", "00000000000000000003")
        targets = [Target(each, f"Customer {each[-1]}") for each in numbers]
        act_on(desk.app.screen, BY_ID["customer.remove"], targets)
        await desk.settle()
        screen = desk.screen_text()
        assert "Left out, 1:" in screen
        assert "Customer 3" in screen
        assert desk.labels() == ["Type 2 to do it"]
        await desk.press("2", "enter")
        assert desk.notice() == "Remove customer: 2 done, 1 refused."
        await desk.press("escape")
        assert desk.badge(CustomerFilter.ALL) == "11"
