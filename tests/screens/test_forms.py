"""Forms: what stands on them, what keys do, what happens to what was typed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.support.clock import FixedClock
from tests.support.desk import Desk, desk_on
from viptui.data.audit import list_activity
from viptui.data.drafts import DraftRow, list_drafts
from viptui.errors import StorageUnavailable
from viptui.record_rows import ActivityRow
from viptui.rules.filters import CustomerFilter

INVITATION = {
    "Organization_name": "Tree Doctors",
    "Market_segment": "c",
    "Type": "t",
    "Address": "1 Elm Street",
    "City": "Bonn",
    "Region": "NRW",
    "Postal_code": "53111",
    "Country": "DE",
    "Contact_name": "Kim Example",
    "Contact_e_mail": "kim@tree.example",
}
SUSPENDED, OVERDUE = "Fir Suspended", "Elm Overdue"


async def history(desk: Desk) -> list[str]:
    rows: tuple[ActivityRow, ...] = await desk.app.services.ask(list_activity, "", limit=50)
    return [row.action for row in rows]


async def drafts(desk: Desk) -> tuple[DraftRow, ...]:
    return await desk.app.services.in_background(list_drafts, "ana.kovac")


async def kept(desk: Desk) -> None:
    """Wait until what was typed is kept."""
    typed = desk.app.screen._pane.kept()
    for _ in range(200):
        await desk.settle()
        if [each.typed for each in await drafts(desk)] == [typed]:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nothing was kept")


# Moving about


async def test_tab_goes_through_all_fields_to_the_button_and_round(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        seen = []
        for _ in desk.labels():
            seen.append(desk.field())
            await desk.press("tab")
        assert seen == desk.labels()
        assert desk.field() == "[ Invite a customer ]"
        await desk.press("tab")
        assert desk.field() == "Organization name"
        await desk.press("shift+tab", "up", "down")
        assert desk.field() == "[ Invite a customer ]"


async def test_enter_goes_on_and_sends_from_the_last_field(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incop")
        await desk.press("enter")
        await desk.type("5")
        await desk.press("enter")
        assert desk.field() == "PO number"
        await desk.press("enter")
        assert desk.notice().startswith("Created PA00000005 for Birch Council: 5 x InCopy.")
        assert desk.form() == ""


async def test_ctrl_u_clears_a_field(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.type("abc")
        await desk.press("ctrl+u")
        assert "abc" not in desk.screen_text()


async def test_keys_of_the_list_are_text_in_a_form(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.type("q?:/iDL1")
        assert "q?:/iDL1" in desk.screen_text()


async def test_keys_that_come_in_one_piece_end_in_the_right_fields(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1")
        await desk.burst("a", *"incopy", "enter", *"12", "enter", *"PO 7", "enter")
        assert "12 x InCopy" in desk.notice()


async def test_who_types_faster_than_products_come_takes_the_first_one_found(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1")
        async with desk.slow_database():
            await desk.strike("a", *"incop", "enter", *"12", "enter", *"PO 7", "enter")
            assert "working…" in desk.screen_text()
        assert "12 x InCopy" in desk.notice()


async def test_a_product_typed_ahead_that_has_no_authorization_is_refused_at_its_field(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1")
        async with desk.slow_database():
            await desk.strike("a", *"enterp", "tab", *"2", "ctrl+s")
        assert "order it directly" in desk.errors()["Products"]
        assert not desk.notice()


# Sending


async def test_an_invitation_is_looked_at_once_more_and_then_sent(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.fill(**INVITATION)
        await desk.press("ctrl+s")
        screen = desk.screen_text()
        assert "cannot be edited once it is invited" in screen
        assert "Mail to kim@tree.example" in screen
        assert await history(desk) == []
        await desk.press("enter")
        assert await history(desk) == []  # only y does it
        await desk.press("y")
        assert desk.notice().startswith("Invited Tree Doctors as ")
        assert desk.badge(CustomerFilter.NO_PRODUCTS) == "3"
        assert await history(desk) == ["invitation.send"]


async def test_no_is_what_escape_says_and_the_form_is_still_there(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.fill(**INVITATION)
        await desk.press("ctrl+s", "escape")
        assert desk.form() == "Invite a customer"
        assert "Tree Doctors" in desk.screen_text()
        assert await history(desk) == []


async def test_near_duplicates_are_shown_before_an_invitation_is_sent(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.fill(**{**INVITATION, "Organization_name": "Aster Clinik"})
        await desk.press("ctrl+s")
        assert "Looks like Aster Clinic (00000000000000000001" in desk.screen_text()


async def test_a_preview_shows_the_mail_without_sending_it(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incopy")
        await desk.press("enter", "5", "ctrl+t")
        assert "nothing has been done yet" in desk.screen_text()
        assert "Mail to contact2@customer.example" in desk.screen_text()
        await desk.press("escape")
        assert await history(desk) == []


async def test_a_second_press_while_it_is_sent_does_nothing(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incopy")
        await desk.press("enter", "5")
        async with desk.slow_database():
            await desk.strike("ctrl+s", "ctrl+s", "enter", "x", "escape")
            assert "working…" in desk.screen_text()
            assert desk.form().startswith("Create Purchase Authorization")
        assert await history(desk) == ["authorization.create"]
        assert desk.form() == ""


# Refused


async def test_all_faults_are_shown_at_once_and_the_cursor_goes_to_the_first(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.fill(Organization_name="Müller GmbH", Country="Germany", Anniversary_date="soon")
        await desk.press("ctrl+s")
        errors = desk.errors()
        assert desk.field() == "Name in English"
        assert "special characters" in errors["Name in English"]
        assert errors["Market segment"] == "Choose Commercial, Education or Government."
        assert errors["Country"] == "Use at most 2 characters; there are 7."
        assert errors["Anniversary date"].startswith("Enter a date such as 2026-03-20, +30d")
        assert "Organization name" not in errors
        assert "Müller GmbH" in desk.screen_text()


async def test_a_refusal_loses_nothing_and_the_corrected_form_is_sent(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.fill(**{**INVITATION, "Country": "Germany"})
        await desk.press("ctrl+s")
        assert list(desk.errors()) == ["Country"]
        await desk.fill(Country="DE")
        assert desk.errors() == {}
        await desk.press("ctrl+s", "y")
        assert desk.notice().startswith("Invited Tree Doctors")


async def test_what_no_field_is_at_fault_for_stands_at_the_top_from_the_beginning(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "a")
        assert desk.errors()[""].startswith("PA00000010 of 2026-01-18 is suspended: place its order first")


async def test_a_field_is_not_faulted_before_it_is_left(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.type("ab")
        assert desk.errors() == {}
        await desk.press("tab")
        assert desk.errors() == {"Organization name": "Use at least 4 characters; there are 2."}


async def test_a_database_that_cannot_be_written_keeps_the_form(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StorageUnavailable("The disk is full: nothing was written.")

    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incopy")
        await desk.press("enter", "5")
        monkeypatch.setattr(desk.app.services, "perform", fail)
        await desk.press("ctrl+s")
        assert desk.errors()[""] == "The disk is full: nothing was written."
        assert "InCopy" in desk.screen_text()
        monkeypatch.undo()
        await desk.press("ctrl+s")
        assert await history(desk) == ["authorization.create"]


async def test_an_order_of_nothing_that_waits_is_not_one_of_everything(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("3", "o", "tab", " ", "ctrl+s")
        assert desk.errors() == {"Purchase Authorizations": "Mark at least one with space, or name a product below."}
        assert await history(desk) == []
        await desk.press(" ", "ctrl+s")
        assert desk.notice().startswith("Ordered ")


async def test_products_that_are_ordered_directly_are_shown_and_refused(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("creative")
        assert "order directly" in desk.screen_text()
        await desk.press("down", "enter")
        assert "order directly (o), or choose another product." in desk.errors()["Products"]


async def test_a_product_that_is_unknown_is_refused_at_its_line(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incopy")
        await desk.press("enter", "5", "+")
        await desk.type("unheard")
        await desk.press("enter", "7", "ctrl+s")
        assert desk.errors()["Products"].startswith("There is no product unheard")
        assert "InCopy" in desk.screen_text()


# Echoes


async def test_the_months_of_an_extended_term_are_echoed_while_they_are_typed(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.fill(Market_segment="c", Anniversary_date="+40m")
        assert "not allowed: An extended term has 13 to 36 months for Commercial" in desk.screen_text()
        await desk.fill(Anniversary_date="+20m")
        assert "= Sat 2027-11-20, 20 months: allowed" in desk.screen_text()
        await desk.fill(Market_segment="e", Anniversary_date="+40m")
        assert "40 months: allowed" in desk.screen_text()


async def test_a_name_with_special_characters_asks_for_an_english_one(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.type("Łódź AG")
        assert "needed: the name has special characters" in desk.screen_text()


async def test_a_reminder_says_where_it_goes(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "j", "r")
        assert "if left empty: contact1@customer.example" in desk.screen_text()
        await desk.press("enter")
        assert desk.notice() == "Reminded Aster Clinic of its invitation; the mail goes to contact1@customer.example."


# Hostile text


async def test_pasted_lines_and_control_characters_break_nothing(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.paste("Evil \x1b]0;title\x07 [/] [red]\r\nsecond\tline\n")
        assert desk.field() == "Organization name"
        assert "Evil ]0;title [/] [red] second line" in desk.screen_text()
        await desk.paste("x" * 5000)
        assert desk.form() == "Invite a customer"


# Leaving


async def test_a_form_in_which_nothing_was_typed_is_left_at_once(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i", "escape")
        assert desk.form() == ""
        assert desk.cursor() == SUSPENDED


async def test_leaving_asks_if_something_was_typed(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i", "a", "b", "escape", "enter")
        assert "throw away what was typed" in desk.screen_text()
        await desk.press("escape")
        assert desk.form() == "Invite a customer"
        await desk.press("escape", "y")
        assert desk.form() == ""
        assert await drafts(desk) == ()


async def test_escape_closes_the_list_of_products_first(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a", "i", "n", "escape")
        assert "InDesign" not in desk.screen_text()
        assert desk.form().startswith("Create Purchase Authorization")


# Drafts


async def test_what_was_typed_is_kept_and_there_when_the_form_opens_again(small: Path, clock: FixedClock) -> None:
    async with desk_on(small, clock) as desk:
        await desk.press("i")
        await desk.fill(Organization_name="Tree Doctors", Market_segment="e")
        await kept(desk)
    async with desk_on(small, clock) as desk:
        await desk.press("i")
        assert "You were interrupted at 12:00; this is what you had typed. ctrl+r starts over." in desk.screen_text()
        assert "Tree Doctors" in desk.screen_text()
        assert "[Education]" in desk.screen_text()
        await desk.press("ctrl+r")
        assert "Tree Doctors" not in desk.screen_text()
        assert await drafts(desk) == ()


async def test_a_form_that_is_left_for_later_is_taken_up_again(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("i")
        await desk.fill(Organization_name="Tree", Contact_name="Al")
        await desk.press("escape", "l")
        assert desk.notice() == "Invite a customer is kept: i leads back to it."
        await desk.press("i")
        assert "Tree" in desk.screen_text()
        await desk.type("ba")  # where typing stopped
        assert "Alba" in desk.screen_text()


@pytest.mark.parametrize(
    ("typed", "then", "line"),
    [
        ("incop", ("y", "enter", "5"), "InCopy x 5"),
        ("incopy\r1", ("2",), "InCopy x 12"),
        ("incopy\r1+phot", ("o", "enter", "7"), "Photoshop x 7"),
    ],
)
async def test_lines_are_taken_up_in_the_cell_in_which_they_were_left(
    shop: Path, typed: str, then: tuple[str, ...], line: str
) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        for key in typed:
            await desk.press("enter" if key == "\r" else key)
        while "leave it for later" not in desk.screen_text():
            await desk.press("escape")
        await desk.press("l", "a", *then)
        assert line in " ".join(desk.screen_text().split())


async def test_a_form_that_was_sent_is_kept_no_longer(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incopy")
        await kept(desk)
        await desk.press("enter", "5", "ctrl+s")
        assert await drafts(desk) == ()


async def test_each_customer_has_a_draft_of_its_own(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incopy")
        await desk.press("escape", "escape", "l", "j", "a")
        assert "InCopy" not in desk.screen_text()
        assert "incopy" not in desk.screen_text()


async def test_a_request_that_was_carried_out_before_the_crash_is_told_and_not_offered(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incopy")
        await desk.press("enter", "5")
        await kept(desk)
        await desk.settle()
        form = desk.app.screen
        step = form._step()
        await desk.app.services.execute(form._action, step.command, step.request_id)  # and no answer comes
    async with desk_on(shop) as desk:
        await desk.press("2", "/", *"birch", "enter", "a")
        assert "What you had typed before was carried out: Created PA00000005" in desk.screen_text()
        await desk.press("escape")
        assert await history(desk) == ["authorization.create"]
        assert await drafts(desk) == ()


async def test_a_request_that_is_sent_twice_acts_once(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "a")
        await desk.type("incopy")
        await desk.press("enter", "5")
        step = desk.app.screen._step()
        await desk.app.services.execute(desk.app.screen._action, step.command, step.request_id)
        await desk.press("ctrl+s")
        assert desk.notice().startswith("This had been carried out before. Created PA00000005")
        assert await history(desk) == ["authorization.create"]


# After it


async def test_the_cursor_goes_to_the_next_customer_when_this_one_has_left_the_tab(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1")
        first, second = desk.names()
        await desk.press("a")
        await desk.type("incopy")
        await desk.press("enter", "5", "ctrl+s")
        assert desk.names() == [second]
        assert desk.cursor() == second
        assert (desk.badge(CustomerFilter.NO_PRODUCTS), desk.badge(CustomerFilter.PENDING_REQUESTS)[:1]) == ("1", "3")
        assert first not in desk.names()


async def test_the_details_follow_and_have_the_same_keys(shop: Path) -> None:
    async with desk_on(shop) as desk:
        await desk.press("1", "enter", "a")
        assert desk.form().startswith("Create Purchase Authorization  Birch Council")
        await desk.type("incopy")
        await desk.press("enter", "5", "ctrl+s")
        assert "Created PA00000005 for Birch Council: 5 x InCopy." in desk.notice()
        assert "PA00000005  created 2026-03-20" in desk.screen_text()
        await desk.press("escape")
        assert desk.names() == ["Aster Clinic"]


async def test_nothing_is_offered_when_everything_is_read_only(small: Path) -> None:
    async with desk_on(small, read_only=True) as desk:
        await desk.press("i")
        assert desk.form() == ""
        assert desk.notice() == "Everything is read-only as of 2026-03-20: leave out --as-of to change something."
