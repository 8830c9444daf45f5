"""Renewals and returns begin with all their lines: left alone, changed, dropped."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from tests.support.acting import do
from tests.support.builders import Ordered, Portfolio
from tests.support.desk import Desk, desk_on
from viptui.commands.perform import perform
from viptui.data.database import open_database
from viptui.data.details import customer_detail
from viptui.detail_rows import OrderRow
from viptui.rules.filters import CustomerFilter


@pytest.fixture
def elm(tmp_path: Path) -> Path:
    """A customer with licences of three products, all due in 12 days; one order is new enough to be returned."""
    path = tmp_path / "elm.db"
    with closing(open_database(str(path), create=True)):
        portfolio = Portfolio()
        portfolio.member("ana.kovac", "Ana Kovac", role="primary_admin")
        products = (("Acrobat Pro", 9, 353), ("InCopy", 4, 300), ("Photoshop", 2, 5))
        ordered = [
            Ordered(days_ago=ago, quantity=n, product=name, number=f"OR-{name[:2]}") for name, n, ago in products
        ]
        portfolio.customer("Elm", vip_id="ELM-1", ordered=ordered, anniversary_in=12)
    return path


async def newest_order(desk: Desk) -> OrderRow:
    detail = await desk.app.services.ask(customer_detail, "ELM-1")
    assert detail is not None
    return detail.orders[0]


async def ordered(desk: Desk) -> dict[str, int]:
    order = await newest_order(desk)
    return {line.product: line.quantity for line in order.lines}


def asked_lines(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The lines of every command that is carried out for good."""
    asked: list[object] = []

    def spy(action: object, command: object, act: object, *, dry_run: bool = False) -> object:
        if not dry_run:
            asked.append(command.lines)  # type: ignore[attr-defined]
        return perform(action, command, act, dry_run=dry_run)  # type: ignore[arg-type]

    monkeypatch.setattr("viptui.commands.perform.perform", spy)
    return asked


async def test_a_renewal_begins_with_all_that_is_due_and_enter_renews_it(
    elm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asked_lines(monkeypatch)
    async with desk_on(elm) as desk:
        await desk.press("5", "n")
        screen = desk.screen_text()
        for row in ("Acrobat Pro", "x 9", "InCopy", "x 4", "Photoshop", "x 2"):
            assert row in screen
        assert "Would be: Renewed 9 x Acrobat Pro, 4 x InCopy, 2 x Photoshop of Elm" in screen
        assert desk.field() == "[ Renew licences ]"
        await desk.press("enter")
        assert await ordered(desk) == {"Acrobat Pro": 9, "InCopy": 4, "Photoshop": 2}
        assert desk.badge(CustomerFilter.READY_FOR_RENEWAL) == "0"
        assert desk.notice().endswith("S shows its order sheet.")
    assert asked == [()]


async def test_another_quantity_and_a_dropped_line_renew_a_part(elm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_lines(monkeypatch)
    async with desk_on(elm) as desk:
        await desk.press("5", "n", "tab", "tab", "ctrl+u", "5", "tab", "ctrl+d")
        assert "Would be: Renewed 5 x Acrobat Pro, 2 x Photoshop of Elm" in desk.screen_text()
        assert "Still to be renewed until 2026-05-01: 8 licences of 15." in desk.screen_text()
        await desk.press("ctrl+s")
        assert await ordered(desk) == {"Acrobat Pro": 5, "Photoshop": 2}
        assert desk.badge(CustomerFilter.READY_FOR_RENEWAL) == "1"
        await desk.press("n")
        assert "Would be: Renewed 4 x Acrobat Pro, 4 x InCopy of Elm" in desk.screen_text()
        await desk.press("enter")
        assert desk.badge(CustomerFilter.READY_FOR_RENEWAL) == "0"
    assert len(asked) == 2
    assert asked[1] == ()


async def test_a_quantity_that_is_typed_back_is_everything_again(elm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_lines(monkeypatch)
    async with desk_on(elm) as desk:
        await desk.press("5", "n", "tab", "tab", "ctrl+u", "5", "ctrl+u", "9", "ctrl+s")
        assert await ordered(desk) == {"Acrobat Pro": 9, "InCopy": 4, "Photoshop": 2}
    assert asked == [()]


async def test_nothing_is_foreseen_below_a_refusal(elm: Path) -> None:
    async with desk_on(elm) as desk:
        await desk.press("5", "n")
        assert "Would be: Renewed" in desk.screen_text()
        await desk.press("tab", "tab", "ctrl+u")
        await desk.burst("x", "ctrl+s")
        assert desk.errors()
        assert "Would be" not in desk.screen_text()
        assert "As it stands" not in desk.screen_text()
        await desk.press("tab", "ctrl+u", "5")
        assert "Would be: Renewed 5 x Acrobat Pro" in desk.screen_text()


async def test_who_drops_every_line_does_not_renew_everything(elm: Path) -> None:
    async with desk_on(elm) as desk:
        await desk.press("5", "n", "tab", "ctrl+d", "ctrl+d", "ctrl+d")
        assert "As it stands: Products: Name at least one" in desk.screen_text()
        await desk.press("ctrl+s")
        assert desk.errors() == {"Products": "Name at least one; ctrl+r brings all of them back."}
        assert (await newest_order(desk)).kind == "initial"
        await desk.press("ctrl+r", "ctrl+s")
        assert await ordered(desk) == {"Acrobat Pro": 9, "InCopy": 4, "Photoshop": 2}


async def test_what_a_colleague_has_renewed_meanwhile_is_not_renewed_twice(elm: Path) -> None:
    async with desk_on(elm) as desk:
        await desk.press("5", "n")
        code = await desk.app.services.ask(do, "renewal.place", "ELM-1", lines=["SKU-0001=9"])
        assert not code.is_dry_run
        await desk.press("enter")
        assert await ordered(desk) == {"InCopy": 4, "Photoshop": 2}


async def test_after_other_products_were_renewed_nothing_stands_in_the_form(elm: Path) -> None:
    async with desk_on(elm) as desk:
        await desk.app.services.ask(do, "renewal.place", "ELM-1", lines=["SKU-0002=5"])
        await desk.press("5", "n")
        assert "Acrobat Pro" not in desk.screen_text()
        await desk.press("enter")
        assert "name what is still to be renewed" in desk.errors()["Products"]


async def test_a_form_that_is_typed_into_before_the_answer_gets_its_lines_too(elm: Path) -> None:
    async with desk_on(elm) as desk:
        await desk.press("5")
        async with desk.slow_database():
            await desk.strike(":", *"another year", "enter", *["tab"] * 3, *"4711")
        assert "x 9" in desk.screen_text()
        assert "4711" in desk.screen_text()
        assert "Would be: Renewed 9 x Acrobat Pro, 4 x InCopy, 2 x Photoshop" in desk.screen_text()


async def test_a_return_begins_with_what_the_order_still_has(elm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_lines(monkeypatch)
    async with desk_on(elm) as desk:
        await desk.press("6", ":", *"return an order", "enter", "1")
        assert desk.form().startswith("Return an order")
        assert "Would be: Returned 2 x Photoshop of OR-Ph" in desk.screen_text()
        await desk.press("tab", "tab", "ctrl+u", "1", "ctrl+s", *"OR-Ph", "enter")
        order = await newest_order(desk)
        assert (order.kind, [(line.product, line.quantity) for line in order.lines]) == ("return", [("Photoshop", 1)])
        await desk.press(":", *"return an order", "enter", "1")
        assert "Would be: Returned 1 x Photoshop of OR-Ph" in desk.screen_text()
        await desk.press("enter", *"OR-Ph", "enter")
        order = await newest_order(desk)
        assert (order.kind, [(line.product, line.quantity) for line in order.lines]) == ("return", [("Photoshop", 1)])
    assert [len(each) for each in asked] == [1, 0]  # type: ignore[arg-type]
