"""Lists that move: what Z keeps back, and whom F follows from list to list."""

from __future__ import annotations

from pathlib import Path

from tests.support.acting import do
from tests.support.clock import FixedClock
from tests.support.desk import Desk, desk_on
from viptui.data.models import Customer
from viptui.rules.filters import CustomerFilter

NO_PRODUCTS, PENDING, PAST_DUE, UPCOMING, READY, ALL = CustomerFilter


async def order_elsewhere(desk: Desk, name: str) -> None:
    """A colleague places the order of a customer."""

    def place() -> None:
        do("order.place", Customer.get(Customer.organization_name == name).vip_id)

    await desk.app.services.ask(place)


async def test_while_it_is_paused_nothing_changes_by_itself_and_then_all_at_once(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("Z")
        assert "PAUSED since 12:00, Z goes on" in desk.title()
        await order_elsewhere(desk, "Fir Suspended")
        await desk.tick()
        assert (desk.badge(PAST_DUE), desk.names()) == ("2", ["Fir Suspended", "Elm Overdue"])
        assert "changed" not in desk.status()
        await desk.press("Z")
        assert "PAUSED" not in desk.title()
        assert (desk.badge(PAST_DUE), desk.names()) == ("1", ["Elm Overdue"])


async def test_without_a_pause_the_badges_come_by_themselves(small: Path) -> None:
    async with desk_on(small) as desk:
        await order_elsewhere(desk, "Fir Suspended")
        await desk.tick()
        assert desk.badge(PAST_DUE) == "1"
        assert "1 changed, R sorts again" in desk.status()


async def test_a_pause_that_missed_nothing_ends_without_a_word(small: Path) -> None:
    async with desk_on(small) as desk:
        names = desk.names()
        await desk.press("Z", "Z")
        assert ("PAUSED" in desk.title(), desk.names()) == (False, names)


async def test_by_hand_it_is_read_again_also_while_it_is_paused(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("Z")
        await order_elsewhere(desk, "Fir Suspended")
        await desk.press("R")
        assert (desk.badge(PAST_DUE), desk.names()) == ("1", ["Elm Overdue"])
        assert "PAUSED" in desk.title()
        await order_elsewhere(desk, "Elm Overdue")
        await desk.tick()
        assert desk.badge(PAST_DUE) == "1"


async def test_what_one_does_oneself_shows_also_while_it_is_paused(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("Z", "o", "enter")
        assert (desk.badge(PAST_DUE), desk.names()) == ("1", ["Elm Overdue"])


async def test_another_day_comes_when_the_pause_ends(small: Path) -> None:
    clock = FixedClock()
    async with desk_on(small, clock) as desk:
        await desk.press("2", "Z")
        before = desk.badge(PAST_DUE)
        clock.advance(days=60)
        await desk.tick()
        assert desk.badge(PAST_DUE) == before
        await desk.press("Z")
        assert desk.badge(PAST_DUE) != before


async def test_the_cursor_goes_with_a_customer_to_every_list_that_has_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("j", "F")
        assert desk.notice().startswith("Following Elm Overdue: the cursor goes with it")
        assert "follows Elm Overdue  " in desk.status()
        await desk.press("6")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("s", "n")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("I")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("/")
        await desk.type("e")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("enter", "escape", "m")
        await desk.press("m", "5")
        assert "follows Elm Overdue, not here" in desk.status()
        assert desk.cursor() == "Ivy Late"
        await desk.press("3", "F")
        assert desk.notice() == "Elm Overdue is followed no more."
        await desk.press("6", "G", "3", "6")
        assert (desk.cursor(), "follows" in desk.status()) == ("Mimosa Quiet", False)


async def test_whoever_moves_the_cursor_away_works_there_undisturbed(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("F", "j", "R")
        assert desk.cursor() == "Elm Overdue"
        await desk.press("6")
        assert desk.cursor() == "Fir Suspended"


async def test_where_a_followed_customer_has_gone_is_told(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("F")
        await order_elsewhere(desk, "Fir Suspended")
        await desk.press("R")
        assert desk.notice() == "Fir Suspended has left Past Due Requests: it is in no other tab now."
        assert "follows Fir Suspended, not here" in desk.status()
        desk.app.clear_notifications()
        await desk.press("R")
        assert desk.notice() == ""


async def test_the_cursor_stays_with_a_followed_customer_after_an_action_on_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "j", "F", "t")
        await desk.type("Called.")
        await desk.press("ctrl+s")
        assert desk.cursor() == "Birch Council"


async def test_a_followed_customer_that_is_removed_is_followed_no_more(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "F")
        name = desk.cursor()
        await desk.app.services.ask(
            lambda: do("customer.remove", Customer.get(Customer.organization_name == name).vip_id)
        )
        await desk.press("R")
        assert desk.notice() == f"{name} is followed no more: somebody has removed it."
        assert "follows" not in desk.status()


async def test_in_an_empty_list_there_is_nobody_to_follow(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("/")
        await desk.type("nobody is called so")
        await desk.press("enter", "F")
        assert "There is no customer under the cursor" in desk.notice()


async def test_both_fit_a_narrow_screen(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await desk.press("F", "Z", "space")
        assert "PAUSED since 12:00, Z goes on" in desk.title()
        assert "1 marked  follows Fir Suspended" in desk.status()
        assert "/ 2" in desk.status()


async def test_hidden_marks_leave_room_to_say_that_whom_one_follows_is_not_here(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await desk.press("3", "F", "space", "5")
        assert "1 marked (1 hidden)  follows Fir Sus…, not here  " in desk.status()
        assert desk.status().startswith(" /")
