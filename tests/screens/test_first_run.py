"""The first minutes: an empty database, the import from within, and the tour of the demonstration."""

from __future__ import annotations

from contextlib import closing
from multiprocessing import resource_tracker
from pathlib import Path
from threading import Event

import pytest

from tests.support.clock import TODAY
from tests.support.desk import Desk, desk_on
from tests.support.portfolio import authorization, customer, order, write_portfolio
from viptui import importing
from viptui.app import DEMO
from viptui.data.audit import list_activity
from viptui.data.database import open_database
from viptui.data.queries import count_filters
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy

ALL = CustomerFilter.ALL


def panel(desk: Desk) -> str:
    """What the tour says."""
    found = desk.app.screen_stack[0].query("#tour")
    return " ".join("".join(text for text, _ in line) for each in found for line in each.lines)


# An empty database


@pytest.mark.parametrize("size", [(60, 15), (80, 24)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_an_empty_database_names_the_letters_to_begin_with(empty: Path, size: tuple[int, int]) -> None:
    async with desk_on(empty, size=size) as desk:
        told = [line.split("  ")[0] for line in desk.empty_text().splitlines() if line]
        assert told == ["There are no customers yet. A letter begins:", "d", "f", "i", "?"]
        assert "…" not in desk.empty_text()
        await desk.press("?")
        assert "Import a folder of CSV files" in desk.screen_text()


async def test_d_leaves_for_the_demonstration(empty: Path) -> None:
    async with desk_on(empty) as desk:
        await desk.strike("d")
        await desk.closed()
        assert desk.app.return_value == DEMO


async def test_i_invites_the_first_customer(empty: Path) -> None:
    async with desk_on(empty) as desk:
        await desk.press("i")
        assert desk.form() == "Invite a customer"


async def test_the_letters_mean_nothing_where_there_are_customers(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("f", "escape", "d", "escape")  # they have other meanings then
        assert desk.cursor() == "Fir Suspended"
        assert desk.app.is_running
        await desk.press("?")
        assert "Import a folder of CSV files" not in desk.screen_text()


async def test_read_only_offers_nothing_that_writes(empty: Path) -> None:
    async with desk_on(empty, read_only=True) as desk:
        assert "made-up customers" in desk.empty_text()
        assert "viptui import" not in desk.empty_text()
        await desk.press("f", "escape")  # it has another meaning then
        assert desk.cursor() is None
        assert "There are no customers yet" in desk.empty_text()


# The import


async def test_a_folder_is_imported_and_the_list_shows_it(empty: Path, tmp_path: Path) -> None:
    folder = write_portfolio(
        tmp_path / "csv", customers=[customer()], authorizations=[authorization()], orders=[order()]
    )
    async with desk_on(empty) as desk:
        await desk.press("f")
        await desk.type(folder)
        await desk.press("enter")
        assert "Imported:" in desk.screen_text()
        assert "Customers                         1          0          0" in desk.screen_text()
        await desk.press("escape", "6")
        assert desk.names() == ["Łódź Widgets"]
        assert desk.badge(ALL) == "1"
    with closing(open_database(str(empty))):
        (entry,) = [each for each in list_activity("", limit=10) if each.action == "import"]
    assert (entry.actor, entry.summary.startswith("Imported files: 1 customers added")) == ("ana.kovac", True)


def held_import(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """An event once an import has read its first rows, and one that lets it go on."""
    reached, go_on, read = Event(), Event(), importing._Report.read

    def slow(self: importing._Report, done: int, rows: int) -> None:
        reached.set()
        assert go_on.wait(20)
        read(self, done, rows)

    monkeypatch.setattr(importing._Report, "read", slow)
    return reached, go_on


async def test_an_import_can_be_stopped_and_nothing_is_half_done(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_portfolio(tmp_path / "csv", customers=[customer()])
    reached, go_on = held_import(monkeypatch)
    async with desk_on(empty) as desk:
        await desk.press("f")
        await desk.type(folder)
        await desk.strike("enter")
        await desk.until(reached.is_set)
        await desk.strike("escape")
        assert "The import is under way" in desk.screen_text()
        await desk.strike("s")
        assert "Stopping the import" in desk.notice()
        go_on.set()
        await desk.settle()
        assert "Stopped: nothing was imported." in desk.screen_text()
        await desk.press("escape")
        assert "There are no customers yet" in desk.empty_text()
        await desk.press("f")
        await desk.type(folder)
        await desk.press("enter")
        assert "Imported:" in desk.screen_text()


@pytest.mark.parametrize(("letter", "customers"), [("s", "0"), ("w", "1")])
async def test_leaving_during_an_import_says_what_is_waited_for_and_asks(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, letter: str, customers: str
) -> None:
    folder = write_portfolio(tmp_path / "csv", customers=[customer()])
    reached, go_on = held_import(monkeypatch)
    async with desk_on(empty) as desk:
        await desk.press("f")
        await desk.type(folder)
        await desk.strike("enter")
        await desk.until(reached.is_set)
        await desk.strike("ctrl+q")
        assert "stop the import and leave viptui: nothing is imported" in desk.screen_text()
        await desk.strike("ctrl+q", "escape", "f1", "ctrl+q", letter)
        go_on.set()
        await desk.closed()
    with closing(open_database(str(empty))):
        assert str(count_filters(TODAY, VipPolicy())[ALL]) == customers


async def test_what_is_stored_already_is_not_stopped_any_more(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_portfolio(tmp_path / "csv", customers=[customer()])
    reached, go_on, step = Event(), Event(), importing._Report.step

    def slow(self: importing._Report, name: str) -> None:
        if name == importing.STORED:
            reached.set()
            assert go_on.wait(20)
        step(self, name)

    monkeypatch.setattr(importing._Report, "step", slow)
    async with desk_on(empty) as desk:
        await desk.press("f")
        await desk.type(folder)
        await desk.strike("enter")
        await desk.until(reached.is_set)
        await desk.strike("escape", "s")
        go_on.set()
        await desk.settle()
        assert "Imported:" in desk.screen_text()


async def test_large_files_are_read_by_another_process(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viptui.importing.WORTH_A_PROCESS", 0)
    monkeypatch.setattr(resource_tracker._resource_tracker, "_fd", None)  # as if nobody had begun one before
    folder = write_portfolio(tmp_path / "csv", customers=[customer()])
    async with desk_on(empty) as desk:
        await desk.press("f")
        await desk.type(folder)
        await desk.press("enter")
        assert "Imported:" in desk.screen_text()


async def test_a_look_at_the_files_changes_nothing(empty: Path, tmp_path: Path) -> None:
    folder = write_portfolio(tmp_path / "csv", customers=[customer()])
    async with desk_on(empty) as desk:
        await desk.press("f")
        await desk.type(folder)
        await desk.press("ctrl+t")
        assert "Would be imported (nothing was written):" in desk.screen_text()
        await desk.press("escape")
        assert "There are no customers yet" in desk.empty_text()


async def test_faults_are_told_and_the_folder_can_be_tried_again(empty: Path, tmp_path: Path) -> None:
    folder = write_portfolio(tmp_path / "csv", customers=[customer(contact_email="no address")])
    async with desk_on(empty, size=(60, 15)) as desk:
        await desk.press("f", "enter")
        assert "needed: where the files lie" in desk.screen_text()
        await desk.type(folder)
        await desk.press("enter")
        assert "Nothing was imported." in desk.screen_text()
        assert "line 2" in desk.screen_text()
        write_portfolio(tmp_path / "csv", customers=[customer()])
        await desk.press("ctrl+s")
        assert "Imported:" in desk.screen_text()


async def test_a_folder_that_is_not_there_is_told(empty: Path) -> None:
    async with desk_on(empty) as desk:
        await desk.press("f")
        await desk.type("/nowhere/at/all")
        await desk.press("enter")
        assert "/nowhere/at/all" in desk.screen_text()
        assert "Nothing was imported." in desk.screen_text()


async def test_the_import_is_in_the_palette_wherever_there_are_customers(small: Path, tmp_path: Path) -> None:
    folder = write_portfolio(tmp_path / "csv", customers=[customer()])
    async with desk_on(small) as desk:
        await desk.press(":")
        await desk.type("import")
        await desk.press("enter")
        await desk.type(folder)
        await desk.press("ctrl+s", "escape")
        assert desk.badge(ALL) == "14"


async def test_as_of_another_day_files_are_only_looked_at(small: Path, tmp_path: Path) -> None:
    folder = write_portfolio(tmp_path / "csv", customers=[customer()])
    async with desk_on(small, read_only=True) as desk:
        await desk.press(":")
        await desk.type("import")
        await desk.press("enter")
        await desk.type(folder)
        await desk.press("ctrl+s")
        assert "read-only" in desk.notice()
        assert "Imported" not in desk.screen_text()


# The tour


async def test_the_tour_names_five_keys_one_after_the_other(shop: Path) -> None:
    async with desk_on(shop, tour=True) as desk:
        for number, key in enumerate(("3", "W", "o", "u", "?"), start=1):
            assert panel(desk).startswith(f" Tour {number}/5")
            await desk.press("j", "k")  # other keys do what they always do
            assert panel(desk).startswith(f" Tour {number}/5")
            await desk.press(key)
            if key == "o":
                assert desk.form().startswith("Place an order")
                await desk.press("escape")
            elif key in "W?":
                assert desk.title().startswith(" ?" if key == "?" else " Why")
                await desk.press("escape")
        assert panel(desk).startswith(" That was the tour")
        await desk.press("j")
        assert panel(desk) == ""
        assert desk.cursor() == "Elm Overdue"


async def test_the_tour_names_keys_as_they_are_bound(small: Path) -> None:
    keys = {
        "tab.past-due": "f8,3",
        "screen.why": "ctrl+y",
        "why.back": "z",
        "action.order.place": "ctrl+o",
        "form.leave": "f9",
        "screen.palette": "f7",
    }
    async with desk_on(small, keys=keys, tour=True) as desk:
        assert panel(desk).endswith(" f8  shows who is past due; the day begins with the longest")
        await desk.press("f8")
        assert panel(desk).endswith(" ctrl+y  says rule by rule why a customer is here; z goes back")
        await desk.press("W", "ctrl+y", "z")
        assert panel(desk).endswith(" ctrl+o  places the order of what waits: Enter does it, f9 leaves")
        await desk.press("ctrl+o", "f9", "u")
        assert panel(desk).endswith(" ?  shows all keys; f7 finds every action by its name")


async def test_esc_ends_the_tour_and_it_does_not_come_back(small: Path) -> None:
    async with desk_on(small, size=(60, 15), tour=True) as desk:
        head, text = desk.lines()[2:4]
        assert (head, text) == (" Tour 1/5   esc ends it", " 3  shows who is past due; the day begins with the longest")
        await desk.press("escape")
        assert panel(desk) == ""
        await desk.press("3", "6")
        assert panel(desk) == ""
        assert desk.tab() is ALL


async def test_what_is_typed_or_done_elsewhere_is_no_answer_to_the_tour(small: Path) -> None:
    async with desk_on(small, tour=True) as desk:
        await desk.press("/", "3", "escape")
        assert panel(desk).startswith(" Tour 1/5")
        await desk.press("3", "enter", "W", "escape", "escape")
        assert panel(desk).startswith(" Tour 2/5")


async def test_without_being_asked_there_is_no_tour(small: Path) -> None:
    async with desk_on(small) as desk:
        assert panel(desk) == ""
