"""Writing what a list shows: the menu, the files, and what is said about them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.screens.test_snapshots import SIZES, compare
from tests.support.clock import TODAY
from tests.support.desk import Desk, desk_on
from tests.support.sheets import Workbook
from viptui.screens.customers import CustomersScreen
from viptui.screens.reporting import offer_report
from viptui.services import Services


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is handed to the terminal's clipboard."""
    texts: list[str] = []
    monkeypatch.setattr("viptui.app.ViptuiApp.copy", lambda _, text: texts.append(text))
    return texts


def written(desk: Desk) -> dict[str, Path]:
    """The files of the exports folder by their names."""
    return {each.name: each for each in desk.app.services.exports.glob("*")}


def names(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["organization_name"] for row in csv.DictReader(file)]


async def test_enter_writes_csv_of_what_the_list_shows(small: Path, copied: list[str]) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await desk.press("3", "I")
        shown = desk.names()
        await desk.press("x")
        assert f"past-due-{TODAY}.csv" in desk.screen_text()
        await desk.press("enter")
        (path,) = written(desk).values()
        assert names(path) == shown == ["Elm Overdue", "Fir Suspended"]
        assert copied == [str(path)]
        assert f"Wrote 2 customers to {path}; the path was sent to the clipboard." in desk.notice()


async def test_the_letters_write_the_other_forms(small: Path, copied: list[str]) -> None:
    async with desk_on(small) as desk:
        await desk.press("3")
        shown = desk.names()
        for letter in ("c", "e", "s", "X", "j"):
            await desk.press("x", letter)
        files = written(desk)
        assert set(files) == {f"past-due-{TODAY}{ending}" for ending in (".csv", "-2.csv", ".xlsx", "-2.xlsx", ".json")}
        assert files[f"past-due-{TODAY}-2.csv"].read_bytes().startswith(b"\xef\xbb\xbfvip_id;")
        assert names(files[f"past-due-{TODAY}.csv"]) == shown
        assert [row[1] for row in Workbook(files[f"past-due-{TODAY}.xlsx"]).rows()[1:]] == shown
        assert [row["organization_name"] for row in json.loads(files[f"past-due-{TODAY}.json"].read_text())] == shown
        assert len(copied) == 5


async def test_a_writes_all_customers_whatever_is_shown(small: Path, copied: list[str]) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "m", "/", *"elm", "down", "x", "a")
        (path,) = written(desk).values()
        assert (path.name, len(names(path))) == (f"all-{TODAY}.csv", 13)


async def test_the_arrows_choose_too_and_escape_writes_nothing(small: Path, copied: list[str]) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "x", "escape", "x", "q")
        assert written(desk) == {}
        await desk.press("x", "down", "down", "down", "enter")
        assert list(written(desk)) == [f"past-due-{TODAY}.json"]


async def test_marked_customers_can_be_written_alone(small: Path, copied: list[str]) -> None:
    async with desk_on(small) as desk:
        await desk.press("3")
        screen = desk.app.screen
        assert isinstance(screen, CustomersScreen)
        row = screen.customer()
        assert row is not None
        offer_report(screen, screen.listing(), [row.id])
        await desk.settle()
        assert "Write 1 marked customer into" in desk.screen_text()
        await desk.press("enter")
        assert names(written(desk)[f"marked-{TODAY}.csv"]) == ["Fir Suspended"]


async def test_details_have_no_report(small: Path, copied: list[str]) -> None:
    async with desk_on(small) as desk:
        await desk.press("3", "enter", "x")
        assert "A report has what a list shows: esc goes back to it." in desk.notice()


async def test_whoever_waits_is_told_how_far_it_is(
    small: Path, copied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    monkeypatch.setattr("viptui.screens.reporting.PATIENCE", 0.01)
    gate, real = Event(), Services.write_report

    def slowly(services: Services, *arguments: object, told: object, **options: object) -> object:
        assert callable(told)
        told(4711)
        gate.wait(30)
        return real(services, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Services, "write_report", slowly)
    async with desk_on(small) as desk:
        await desk.press("3")
        await desk.strike("x", "enter")
        await desk.until(lambda: "Writing the report: 4,711 customers so far." in desk.notice())
        gate.set()
        await desk.settle()
        assert "Wrote 2 customers" in desk.notice()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screen_of_the_menu(small: Path, size: tuple[int, int]) -> None:
    async with desk_on(small, size=size) as desk:
        desk.app.services.exports = Path.home() / "viptui-exports"
        await desk.press("3")
        await desk.settle(preview=True)
        await desk.press("x")
        compare(f"report-menu-{size[0]}x{size[1]}", desk.screen_text())
