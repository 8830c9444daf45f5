"""The order sheet at its key: which one is shown, what its keys say and write."""

from __future__ import annotations

import csv
import stat
from contextlib import closing
from pathlib import Path

from tests.support.builders import Ordered, Portfolio, Requested
from tests.support.clock import TODAY
from tests.support.desk import Desk, desk_on
from viptui.data.audit import list_activity
from viptui.data.database import open_database

FIR = "PA00000010"


def sheets_of_many(path: Path) -> Path:
    """A customer with two Purchase Authorizations that wait, one that does not, and forty orders."""
    with closing(open_database(str(path), create=True)):
        Portfolio().customer(
            "Elm",
            requested=[
                Requested(days_ago=40, number="PA-OLD", quantity=2),
                Requested(days_ago=3, number="PA-NEW"),
                Requested(days_ago=9, number="PA-DONE", status="cancelled"),
            ],
            ordered=[Ordered(days_ago=100 + each, number=f"OR-{each}") for each in range(40)],
        )
    return path


def written(target: Path) -> list[Path]:
    return sorted((target.parent / "exports").iterdir())


async def test_the_only_sheet_is_shown_at_once(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "S")
        assert desk.title().startswith(f" Order sheet  {FIR}")
        screen = desk.screen_text()
        assert " Customer: Fir Suspended" in screen
        assert " Order: not placed yet" in screen
        assert "   12 x Acrobat Pro (SKU-0001)" in screen
        await desk.press("escape")
        assert desk.cursor() == "Fir Suspended"


async def test_it_is_shown_from_the_details_and_the_palette_too(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "enter", "S")
        assert desk.title().startswith(f" Order sheet  {FIR}")
        await desk.press("q", ":")
        await desk.type("order sheet")
        assert "S       Order sheet: what the ordering system wants" in desk.screen_text()
        await desk.press("enter")
        assert desk.title().startswith(f" Order sheet  {FIR}")


async def test_of_several_what_waits_comes_first_then_orders_newest_first(tmp_path: Path) -> None:
    async with desk_on(sheets_of_many(tmp_path / "elm.db"), size=(80, 24)) as desk:
        await desk.press("6", "S")
        rows = [line.strip() for line in desk.lines()]
        at = rows.index("Elm")
        assert rows[at : at + 4] == [
            "Elm",
            "1 PA-NEW, pending 3d, 1 x Acrobat Pro",
            "2 PA-OLD, overdue 40d, 2 x Acrobat Pro",
            f"3 OR-0 of {TODAY.replace(year=2025, month=12, day=10)}, 1 x Acrobat Pro",
        ]
        assert "22 more, the arrows go through all" in desk.screen_text()
        await desk.press("up", "enter")
        assert desk.title().startswith(" Order sheet  OR-39")
        await desk.press("q", "S", "2")
        assert desk.title().startswith(" Order sheet  PA-OLD")


async def test_a_customer_without_any_is_told(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "S")
        assert desk.notice() == "Birch Council has no order and no Purchase Authorization that waits."


async def test_without_a_customer_there_is_no_sheet(empty: Path) -> None:
    async with desk_on(empty) as desk:
        await desk.press("S")
        assert desk.notice() == "There is no customer under the cursor: choose one first."


async def test_copying_says_that_the_terminal_may_not_take_it(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "S", "y")
        rest = "was sent to the terminal for its clipboard; not every terminal takes it. w writes a file."
        assert desk.notice() == f"The sheet {rest}"
        await desk.press("Y")
        assert desk.notice() == f"The sheet as CSV {rest}"


async def test_what_is_too_long_for_a_clipboard_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.db"
    with closing(open_database(str(path), create=True)):
        product = "A product with a long name " * 3_000
        Portfolio().customer("Elm", requested=[Requested(days_ago=3, product=product)])
    async with desk_on(path) as desk:
        await desk.press("6", "S", "y")
        assert "That is too long for a clipboard" in desk.notice()


async def test_it_is_written_as_csv_and_as_text_and_never_over_a_file(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "S", "w")
        first = small.parent / "exports" / f"order-sheet-pa00000010-{TODAY}.csv"
        assert "".join(desk.notice().split()) == "".join(f"Wrote the sheet to {first}.".split())
        before = first.read_bytes()
        (entry,) = await desk.app.services.ask(list_activity)
        assert (entry.action, entry.subject, entry.organization_name) == ("order.sheet", FIR, "Fir Suspended")
        assert entry.after == {"file": str(first)}
        await desk.press("y", "w", "W")
        assert [path.name for path in written(small)] == [
            f"order-sheet-pa00000010-{TODAY}-2.csv",
            f"order-sheet-pa00000010-{TODAY}.csv",
            f"order-sheet-pa00000010-{TODAY}.txt",
        ]
        assert len(await desk.app.services.ask(list_activity)) == 3  # copying leaves no trace, as looking leaves none
        assert first.read_bytes() == before
    assert {stat.S_IMODE(path.stat().st_mode) for path in written(small)} == {0o600}
    with first.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["customer"], row["authorization_number"], row["quantity"]) == ("Fir Suspended", FIR, "12")
    text = first.with_suffix(".txt").read_text()
    assert text.startswith("Customer: Fir Suspended\nVIP ID: ")
    assert "\n  12 x Acrobat Pro (SKU-0001)\n" in text


async def test_a_folder_that_cannot_be_written_is_told(small: Path) -> None:
    (small.parent / "exports").write_text("not a folder")
    async with desk_on(small) as desk:
        await desk.press("3", "S", "w")
        assert "No file can be written in" in desk.notice()


async def test_text_from_data_drives_no_terminal_through_a_file(tmp_path: Path) -> None:
    path = tmp_path / "evil.db"
    with closing(open_database(str(path), create=True)):
        Portfolio().customer("=1\x1b]0;evil\x07\nTotal: 0", requested=[Requested(days_ago=3)])
    async with desk_on(path) as desk:
        await desk.press("6", "S", "W", "w")
        assert "␛]0;evil␇␊Total: 0" in desk.screen_text()
    sheet, text = written(path)
    assert text.read_text().splitlines()[0] == "Customer: =1␛]0;evil␇␊Total: 0"
    assert sheet.read_text().splitlines()[1].startswith("\"'=1")


async def test_as_of_another_day_sheets_are_shown_and_written(small: Path) -> None:
    async with desk_on(small, read_only=True) as desk:
        await desk.press("3", "S", "w")
        assert "Wrote the sheet to" in desk.notice()


async def order_of_fir(desk: Desk, *way: str) -> None:
    """Place the order of all that Fir Suspended waits for."""
    await desk.press("3", *way, "o", "enter")
    assert desk.notice().endswith("S shows its order sheet.")


async def test_after_an_order_its_sheet_is_shown_although_the_cursor_has_gone_on(small: Path) -> None:
    async with desk_on(small) as desk:
        await order_of_fir(desk)
        assert desk.cursor() == "Elm Overdue"
        number = desk.app.placed_order
        assert number.startswith("ORD")
        await desk.press("S")
        assert f"1 {number} of Fir Suspended, just placed" in desk.screen_text()
        assert "2 PA00000008, overdue 31d, 2 x Acrobat Pro" in desk.screen_text()
        await desk.press("1")
        assert desk.title().startswith(f" Order sheet  {number}")
        assert " Customer: Fir Suspended" in desk.screen_text()
        await desk.press("escape", "S")
        assert desk.title().startswith(" Order sheet  PA00000008")


async def test_after_an_order_on_the_details_its_sheet_is_shown_at_once(small: Path) -> None:
    async with desk_on(small) as desk:
        await order_of_fir(desk, "enter")
        number = desk.app.placed_order
        await desk.press("S")
        assert desk.title().startswith(f" Order sheet  {number}")


async def test_a_sheet_is_read_again(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "S", "R")
        assert " Customer: Fir Suspended" in desk.screen_text()
        await desk.press("?")
        assert "Copy it as CSV" in desk.screen_text()
