"""The preview under the list, a customer's details, and help."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.binding import Binding, BindingType

from tests.support.builders import Contact, Happened, Ordered, Portfolio, Requested, Said
from tests.support.desk import desk_on
from viptui.data.database import open_database
from viptui.screens.customer_detail import CustomerDetailScreen
from viptui.screens.customers import CustomersScreen
from viptui.screens.verbs import END_DRY_RUN
from viptui.widgets.customer_table import CustomerTable
from viptui.widgets.lines import Document

SECTIONS = [
    "Customer details",
    "Pending and overdue Purchase Authorizations",
    "Products",
    "Purchase Authorization history",
    "Orders",
    "Notes",
    "History",
]

FIELDS = [
    "VIP ID",
    "Organization name",
    "US-English name",
    "Primary contract owner",
    "Address",
    "VIP invitation status",
    "Type",
    "Anniversary date",
    "Renewal",
    "Term",
    "Market segment",
    "Managed by",
    "VIP Select",
    "3-year commit",
]


def full_customer(path: Path) -> None:
    """One customer of whom everything is known."""
    database = open_database(str(path), create=True)
    portfolio = Portfolio()
    portfolio.member("ana.kovac", "Ana Kovac")
    portfolio.customer(
        "東京大学",
        contact=Contact(english="University of Tokyo", email="kim@tokyo.example", region="Tokyo", country="JP"),
        requested=[
            Requested(days_ago=35, quantity=3, po_number="PO-9"),
            Requested(days_ago=80, quantity=2, status="ordered"),
            Requested(days_ago=90, quantity=1, status="cancelled"),
        ],
        ordered=[Ordered(days_ago=340, quantity=10, po_number="77"), Ordered(days_ago=80, quantity=2, kind="add-on")],
        anniversary_in=20,
        managed_by="ana.kovac",
        notes=[Said(author="ben.adler", body="Called twice.\nWants a quote.")],
        history=[Happened(actor="ana.kovac", action="invited", subject="東京大学")],
    )
    for number in range(5):
        portfolio.customer(f"Other {number}", requested=[Requested(days_ago=31)])
    database.close()


async def test_the_preview_follows_the_cursor(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.settle(preview=True)
        assert "Fir Suspended" in desk.preview()
        assert "SUSPENDED 61d" in desk.preview()
        assert "12 x Acrobat Pro" in desk.preview()
        await desk.press("j")
        await desk.settle(preview=True)
        assert "Elm Overdue" in desk.preview()
        await desk.press("p")
        assert desk.preview() == ""
        await desk.press("k", "p")
        await desk.settle(preview=True)
        assert "Fir Suspended" in desk.preview()
        await desk.press("/", *"zzz")
        await desk.settle(preview=True)
        assert "Fir" not in desk.preview()


async def test_a_small_terminal_has_no_preview_unasked(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        assert desk.preview() == ""
        await desk.press("p")
        await desk.settle(preview=True)
        assert "Fir Suspended" in desk.preview()


async def test_enter_opens_everything_about_a_customer(tmp_path: Path) -> None:
    full_customer(tmp_path / "full.db")
    async with desk_on(tmp_path / "full.db", size=(120, 70)) as desk:
        await desk.press("6", "G", "enter")
        text = desk.screen_text()
        assert [line.strip() for line in desk.lines() if line.strip() in SECTIONS] == SECTIONS
        assert [field for field in FIELDS if f"   {field} " in text] == FIELDS
        for value in (
            "University of Tokyo",
            "kim@tokyo.example",
            "PO-9",
            "PO 77",
            "OVERDUE 35d",
            "2026-04-09  (in 20 days)",
            "Ana Kovac",
            "Called twice.",
            "Wants a quote.",
            "invited",
            "12345",
        ):
            assert value in text
        assert "東京大学" in desk.title()


async def test_details_go_back_to_the_same_customer_and_line(many: Path) -> None:
    async with desk_on(many, size=(80, 24)) as desk:
        await desk.press("6", *["pagedown"] * 5, "k", "k", "k")
        before = (desk.cursor(), desk.names())
        for key in ("q", "escape", "backspace"):
            await desk.press("enter")
            assert before[0] is not None
            assert before[0] in desk.title()
            await desk.press(key)
            assert (desk.cursor(), desk.names()) == before


async def test_brackets_jump_from_section_to_section(tmp_path: Path) -> None:
    full_customer(tmp_path / "full.db")
    async with desk_on(tmp_path / "full.db", size=(80, 15)) as desk:
        await desk.press("6", "G", "enter")
        assert desk.lines()[1].strip() == SECTIONS[0]
        await desk.press("]")
        assert desk.lines()[1].strip() == SECTIONS[1]
        await desk.press("l", "[")
        assert desk.lines()[1].strip() == SECTIONS[1]
        await desk.press("h", "h")
        assert desk.lines()[1].strip() == SECTIONS[0]
        await desk.press("G")
        assert "invited" in desk.screen_text()
        await desk.press("g", "ctrl+d", "ctrl+d", "ctrl+u", "space", "pageup", "k", "home")
        assert desk.lines()[1].strip() == SECTIONS[0]


def without_end_of_dry_run(*bindings: Sequence[BindingType]) -> list[BindingType]:
    """All of them but what there is only during a dry run."""
    return [each for some in bindings for each in some if each is not END_DRY_RUN]


async def test_help_lists_every_key_of_the_list(small: Path) -> None:
    async with desk_on(small, size=(120, 60)) as desk:
        await desk.press("?")
        text = desk.screen_text()
        for binding in without_end_of_dry_run(CustomersScreen.BINDINGS, CustomerTable.BINDINGS):
            assert isinstance(binding, Binding)
            assert binding.id
            assert binding.tooltip
            assert binding.tooltip in text
        await desk.press("escape")
        assert desk.cursor() == "Fir Suspended"
        await desk.press("f1", "escape", "j")
        assert desk.cursor() == "Elm Overdue"


async def test_help_lists_every_key_of_the_details(small: Path) -> None:
    async with desk_on(small, size=(120, 60)) as desk:
        await desk.press("enter", "?")
        for binding in without_end_of_dry_run(CustomerDetailScreen.BINDINGS, Document.BINDINGS):
            assert isinstance(binding, Binding)
            assert binding.id
            assert binding.tooltip in desk.screen_text()
        await desk.press("escape")
        assert "Fir Suspended" in desk.title()
        await desk.press("q")
        assert desk.cursor() == "Fir Suspended"


async def test_a_customer_that_is_gone_is_told(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.app.services.ask(_remove, "Fir Suspended")
        await desk.press("enter")
        assert "is no longer there" in desk.notice()
        await desk.press("q", "R")
        assert desk.names() == ["Elm Overdue"]


def _remove(name: str) -> None:
    from viptui.data.database import write_transaction
    from viptui.data.models import Authorization, Customer

    with write_transaction():
        customer = Customer.get(Customer.organization_name == name)
        Authorization.delete().where(Authorization.customer == customer).execute()
        customer.delete_instance()


async def test_a_renewed_customer_has_nothing_left_to_renew(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "/")
        await desk.type("kauri")
        await desk.press("enter")
        await desk.settle(preview=True)
        assert "all licences, until 2027-" in desk.screen_text()
        await desk.press("enter")
        assert "= renewed   all licences, until 2027-" in desk.screen_text()
        assert "VIP Select              level " in desk.screen_text()
