"""Verbs on marked customers: a summary before, each by itself, what is refused stops no other, a result after."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.screens.test_forms import history
from tests.screens.test_marks import marked
from tests.support.acting import do
from tests.support.desk import Desk, desk_on
from viptui.data.audit import list_activity
from viptui.data.models import Customer
from viptui.errors import StorageUnavailable
from viptui.record_rows import ActivityRow
from viptui.rules.filters import CustomerFilter
from viptui.screens import bulk
from viptui.screens.bulk_screens import Progress, Results


def text(desk: Desk) -> str:
    """The screen on one line."""
    return " ".join(desk.screen_text().split())


async def test_reminders_to_many_are_shown_first_and_those_refused_stay_marked(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "V", "r")
        assert desk.form() == "Send reminder  2 customers"
        assert "1 of 2 can be done, 1 cannot; 1 mail leaves the house. Nothing has been done yet." in text(desk)
        assert "Reminded Aster Clinic of its invitation" in text(desk)
        assert "Left out, 1: 1 The invitation has been accepted" in text(desk)
        assert "Birch Council 00000000000000000002" in text(desk)
        assert "The mail: To contact" in text(desk)
        assert await history(desk) == []
        await desk.press("y")
        assert isinstance(desk.app.screen, Results)
        assert "Send reminder: 1 done, 1 refused." in text(desk)
        assert "Customers on which nothing was done stay marked." in text(desk)
        await desk.press("escape")
        assert marked(desk) == ["Birch Council"]
        assert await history(desk) == ["invitation.remind"]


async def test_nothing_is_done_unless_it_is_confirmed(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "V", "r", "enter", "escape")
        assert await history(desk) == []
        assert len(marked(desk)) == 2


async def test_where_all_are_refused_the_reasons_are_told_and_nothing_is_asked(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "r")
        assert "0 of 2 can be done, 2 cannot." in text(desk)
        await desk.press("y")
        assert isinstance(desk.app.screen, Results)
        await desk.press("escape")
        assert len(marked(desk)) == 2


async def test_what_waits_is_ordered_for_all_and_hidden_ones_are_named(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("2", "V", "3", "V", "o")
        assert "4 of 4 can be done" in text(desk)
        assert "Marked, but not in the list that is shown, 2:" in text(desk)
        assert "Cedar School 00000000000000000003" in text(desk)
        await desk.press("y")
        assert desk.notice() == "Place an order: 4 done."
        assert [desk.badge(each) for each in (CustomerFilter.PENDING_REQUESTS, CustomerFilter.PAST_DUE)] == ["0", "0"]
        assert "marked" not in desk.status()


async def test_renewals_depend_on_the_tab_and_elsewhere_a_menu_asks(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("5", "V", "n")
        assert desk.form() == "Renew licences  3 customers"
        await desk.press("y")
        assert desk.notice() == "Renew licences: 3 done."
        assert desk.badge(CustomerFilter.READY_FOR_RENEWAL) == "0"
        await desk.press("4", "space", "6", "space", "n")
        assert "1 Send the renewal notice" in desk.screen_text()
        assert "2 Renew licences" in desk.screen_text()
        await desk.press("escape", "4", "n")
        assert "Told" in text(desk)
        await desk.press("y", "escape")
        assert (await history(desk))[0] == "renewal.notify"


async def test_one_form_hands_all_of_them_over(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "M")
        assert desk.form() == "Change who manages  2 marked customers"
        await desk.fill(To="ben")
        await desk.press("enter", "enter")
        assert "2 of 2 can be done" in text(desk) or "Ben Adler now manages" in text(desk)
        await desk.press("y")
        assert desk.notice() == "Change who manages: 2 done."
        assert marked(desk) == []


async def test_one_note_is_written_for_each(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "t", "ctrl+s")
        assert desk.errors()
        await desk.type("Called.")
        await desk.press("ctrl+s")
        assert "2 of 2 can be done" in text(desk)
        await desk.press("escape")
        assert desk.form() == "Add a note  2 marked customers"  # what was typed stands
        await desk.press("ctrl+s", "y")
        assert desk.notice() == "Add a note: 2 done."
        assert desk.form() == ""
        assert await history(desk) == ["note.add", "note.add"]
        await desk.press("3", "V", "t")
        assert "Called." not in desk.screen_text()


@pytest.mark.parametrize("key", ["a", "D"])
async def test_what_makes_no_sense_for_several_says_so(small: Path, key: str) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", key)
        if key == "D":  # removing is possible, and takes the number typed
            assert "0 of 2 can be done" in text(desk)
        else:
            assert desk.notice() == ("Create Purchase Authorization: one customer at a time. esc drops the 2 marks.")


async def test_inviting_says_that_it_is_about_none_of_them(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "i")
        assert desk.form() == "Invite a customer"
        assert "is about none of the marked customers" in desk.notice()


async def test_a_single_mark_is_acted_on_as_the_row_would_be_wherever_the_cursor_is(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "space", "3", "a")
        assert desk.form() == "Create Purchase Authorization  Birch Council  00000000000000000002"
        await desk.press("escape", "t")
        await desk.type("Called.")
        await desk.press("ctrl+s")
        assert desk.notice().startswith("Noted for Birch Council")
        assert "marked" not in desk.status()
        assert desk.cursor() == "Fir Suspended"


async def test_removing_many_takes_their_number(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "V", "D")
        assert desk.labels() == ["Type 2 to do it"]
        await desk.press("2", "enter")
        assert desk.notice() == "Remove customer: 2 done."
        assert desk.badge(CustomerFilter.ALL) == "11"
        assert "No longer marked" not in desk.screen_text()


async def test_one_that_somebody_else_removes_stops_no_other(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "V", "e")
        assert "1 of 2 can be done" in text(desk)
        await desk.press("escape", "t")
        await desk.type("Called.")
        await desk.press("ctrl+s")
        assert "2 of 2 can be done" in text(desk)
        await desk.app.services.ask(do, "customer.remove", "00000000000000000002")
        await desk.press("y")
        assert "Add a note: 1 done, 1 refused." in text(desk)
        assert "There is no customer 00000000000000000002" in text(desk)


async def test_escape_stops_after_the_current_one(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PATIENCE", 0.001)
    async with desk_on(small) as desk:
        await desk.press("6", "V", "t")
        await desk.type("Called.")
        await desk.press("ctrl+s")
        begun, go_on = slow_execution(desk, monkeypatch)
        await desk.strike("y")
        await desk.until(lambda: isinstance(desk.app.screen, Progress))
        await begun.wait()
        assert "working 0/13" in desk.screen_text()
        await desk.strike("escape")
        assert "working 0/13 stopping after this one" in text(desk)
        go_on.set()
        await desk.settle()
        assert "Add a note: 1 done, stopped, 12 not begun." in text(desk)
        await desk.press("escape")
        assert len(marked(desk)) == 12
        assert len(await history(desk)) == 1


async def test_a_form_is_carried_out_once_however_often_it_is_sent(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "t")
        await desk.type("Called.")
        await desk.press("ctrl+s")
        begun, go_on = slow_execution(desk, monkeypatch)
        await desk.strike("y")
        await begun.wait()
        await desk.strike("ctrl+s", "escape")
        go_on.set()
        await desk.settle()
        assert desk.form() == ""
        assert await history(desk) == ["note.add", "note.add"]
        assert desk.names() == ["Fir Suspended", "Elm Overdue"]


async def test_a_dry_run_that_is_stopped_does_nothing(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PATIENCE", 0.001)
    async with desk_on(small) as desk:
        await desk.press("3", "V")
        begun, go_on = slow_execution(desk, monkeypatch)
        await desk.strike("o")
        await desk.until(lambda: isinstance(desk.app.screen, Progress))
        await begun.wait()
        await desk.strike("escape")
        go_on.set()
        await desk.settle()
        assert desk.notice() == "Stopped: nothing has been done."
        assert len(marked(desk)) == 2


async def test_a_database_that_fails_in_the_middle_ends_it(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "o")
        execute, done = desk.app.services.execute_some, []

        async def failing(action: Any, asked: Any, **kwargs: Any) -> Any:
            if done:
                return [StorageUnavailable("The disk is full.")]
            done.append(await execute(action, asked[:1], **kwargs))
            return done[0]

        monkeypatch.setattr(desk.app.services, "execute_some", failing)
        await desk.press("y")
        assert "Place an order: 1 done, 1 refused." in text(desk)
        assert "The disk is full." in text(desk)
        await desk.press("escape")
        assert marked(desk) == ["Elm Overdue"]


async def test_a_verb_waits_for_what_is_being_marked(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.burst("1", "V", "r")
        assert "1 of 2 can be done" in text(desk)


async def test_a_dry_run_of_many_is_what_is_shown_in_any_case(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "exclamation_mark", "o")
        assert "2 of 2 can be done" in text(desk)
        await desk.press("escape")
        assert await history(desk) == []
        assert "dry run" not in desk.screen_text().lower()


async def test_on_another_day_nothing_is_done_on_many_and_the_marks_stay(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "V", "right_curly_bracket", "o")
        assert "= goes back to today" in desk.notice()
        assert "2 marked" in desk.status()
        await desk.press("equals_sign", "o")
        assert "2 of 2 can be done" in text(desk)


async def test_as_of_another_day_nothing_is_done_on_many(small: Path) -> None:
    async with desk_on(small, read_only=True) as desk:
        await desk.press("3", "V", "o")
        assert "Everything is read-only as of" in desk.notice()


async def test_after_a_verb_the_cursor_goes_on_where_the_row_stays_and_waits_where_it_leaves(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "j", "t")
        await desk.type("Called.")
        await desk.press("ctrl+s")
        assert desk.cursor() == "Cedar School"
        await desk.press("o", "enter")
        assert desk.cursor() == "Dahlia Media"
        await desk.press("3", "o", "enter")
        assert (desk.names(), desk.cursor()) == (["Elm Overdue"], "Elm Overdue")


async def test_what_is_done_on_the_details_leaves_the_cursor_on_the_customer(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "j", "enter", "t")
        await desk.type("Called.")
        await desk.press("ctrl+s", "q")
        assert desk.cursor() == "Birch Council"


async def test_the_rows_stay_where_they_are_when_the_cursor_goes_on(many: Path) -> None:
    async with desk_on(many) as desk:
        await desk.press("6", "ctrl+d", "ctrl+d", "ctrl+d", "j", "j")
        names, cursor = desk.names(), desk.cursor()
        await desk.press("t")
        await desk.type("Called.")
        await desk.press("ctrl+s")
        assert desk.names() == names
        assert desk.cursor() == names[names.index(cursor or "") + 1]


async def test_without_confirmation_of_single_mails_a_reminder_is_one_key(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.app.services.in_background(invite_again)
        desk.app.services.confirm_single = False
        await desk.press("1")
        first, second = desk.names()
        await desk.press("r", "r")
        assert await reminded(desk) == [first, second]
        async with desk.slow_database():
            await desk.strike("g", "r", "r")
        assert await reminded(desk) == [first, second, first, second]


async def reminded(desk: Desk) -> list[str]:
    """Who was reminded, in turn."""
    rows: tuple[ActivityRow, ...] = await desk.app.services.ask(list_activity, "", limit=50)
    return [row.organization_name or "" for row in reversed(rows) if row.action == "invitation.remind"]


def invite_again() -> None:
    Customer.update(invitation_status="Pending").execute()


def slow_execution(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """An event once the first command has been begun, and one that lets it and all others go on."""
    begun, go_on = asyncio.Event(), asyncio.Event()
    execute = desk.app.services.execute_some

    async def slow(*args: Any, **kwargs: Any) -> Any:
        begun.set()
        await go_on.wait()
        return await execute(*args, **kwargs)

    monkeypatch.setattr(desk.app.services, "execute_some", slow)
    return begun, go_on
