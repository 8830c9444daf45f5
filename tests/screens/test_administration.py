"""The administration on the screen: the team, the products, the change codes, and their keys."""

from __future__ import annotations

import asyncio
import re
from contextlib import closing
from datetime import timedelta
from itertools import takewhile
from pathlib import Path

import pytest

from tests.screens.test_snapshots import SIZES, compare
from tests.support.clock import NOON, FixedClock
from tests.support.desk import Desk, desk_on
from viptui.actions import BY_ID
from viptui.data.database import open_database
from viptui.data.models import Product, ResellerChange, TeamMember
from viptui.rules.filters import CustomerFilter
from viptui.screens import administration
from viptui.screens.acting import way_back

VALID = "1A2B-3C4D-5E6F-7A8B"


@pytest.fixture
def house(shop: Path) -> Path:
    """A team of three, six products of which one is no longer sold, and a code in each state."""
    with closing(open_database(str(shop))):
        TeamMember.create(
            login="eva.lind", login_key="eva.lind", name="Eva Lind", email="", role="admin", status="inactive"
        )
        Product.update(active=False).where(Product.name == "Photoshop").execute()
        Product.update(market_segment="Education", offering_type="Enterprise").where(
            Product.name == "Illustrator"
        ).execute()
        ana = TeamMember.get(TeamMember.login == "ana.kovac")
        for code, hours_ago, used in ((VALID, 1, False), ("9C0D-1E2F-3A4B-5C6D", 80, False), ("77AA", 90, True)):
            issued = NOON - timedelta(hours=hours_ago)
            ResellerChange.create(
                vip_id=f"4F{hours_ago:02}",
                admin_email=f"admin{hours_ago}@aster.example",
                code=code,
                requested_by=None if used else ana,
                issued_at=issued,
                expires_at=issued + timedelta(hours=72),
                used_at=issued + timedelta(hours=1) if used else None,
            )
    return shop


def rows(desk: Desk) -> list[str]:
    """The lines of the list, with single spaces; notices stand further down."""
    return [" ".join(line.split()) for line in takewhile(str.strip, desk.lines()[4:-1])]


def chosen(desk: Desk) -> str:
    """The first word of the row under the cursor."""
    (line,) = [line for line in desk.lines()[4:-1] if line.startswith(">")]
    return line[1:].split()[0]


async def is_still(clock: FixedClock) -> bool:
    """Whether nobody looks at the clock any more, as drawing a code does, once what was to be drawn has been."""
    for _ in range(5):
        before = clock._now
        await asyncio.sleep(0.2)
        if clock._now == before:
            return True
    return False


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(("tab", "name"), [("1", "team"), ("2", "products"), ("3", "change-codes")])
async def test_screen(house: Path, tab: str, name: str, size: tuple[int, int]) -> None:
    async with desk_on(house, size=size) as desk:
        await desk.press("A", tab)
        compare(f"administration-{name}-{size[0]}x{size[1]}", desk.screen_text())


async def test_it_is_in_the_palette_and_at_its_key_on_the_details_too(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press(":")
        await desk.type("team, products")
        assert "A       Team, products and change codes" in desk.screen_text()
        await desk.press("enter")
        assert "[1 Team]" in desk.screen_text()
        await desk.press("q")
        assert desk.tab() is CustomerFilter.PAST_DUE
        await desk.press("enter", "A", "escape")
        assert desk.title().startswith(" Fir Suspended")


async def test_the_tabs_are_walked_and_each_offers_its_own_keys(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A")
        assert "D deactivate  o role  n login" in desk.footer()
        await desk.press("l")
        assert "D stop selling  s sell again" in desk.footer()
        await desk.press("o")
        assert desk.form() == ""  # a key of the team
        await desk.press("]")
        assert "s send a code  c complete" in desk.footer()
        await desk.press("D")
        assert desk.form() == ""
        await desk.press("?")
        assert "Send a customer of another reseller the code" in desk.screen_text()
        assert "Note that a product is no longer sold" not in desk.screen_text()
        await desk.press("escape", "l")
        assert rows(desk)[0].startswith(">ana.kovac")
        await desk.press("h")
        assert rows(desk)[0].startswith(f">{VALID}")


async def test_a_member_is_added_and_the_cursor_stays_on_its_row(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "j", "a")
        await desk.fill(Login="aaron.moss", Name="Aaron Moss")
        await desk.press("ctrl+s")
        assert desk.notice().startswith("Aaron Moss is in the team as member.")
        assert [row.split()[0] for row in rows(desk)][:3] == ["aaron.moss", "ana.kovac", ">ben.adler"]
        assert "4 members" in desk.screen_text()


async def test_who_leaves_hands_the_customers_over(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "j", "D")
        assert desk.form() == "Deactivate team member  Ben Adler  ben.adler"
        await desk.press("right", "ctrl+s")
        assert "Ben Adler has left the team; Ana Kovac now manages 6 customers" in desk.notice()
        assert rows(desk)[:2] == [
            "ana.kovac Ana Kovac ana.kovac@reseller.example primary admin active 12",
            ">ben.adler Ben Adler ben.adler@reseller.example member inactive 0",
        ]


async def test_another_role_and_another_login_and_the_cursor_goes_with_it(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "j", "o", "a", "ctrl+s")
        assert desk.notice() == "Ben Adler is now admin, no longer member."
        assert "ben.adler@reseller.example admin active 6" in rows(desk)[1]
        await desk.press("n")
        await desk.fill(New_login="zoe.adler")
        await desk.press("ctrl+s")
        assert [row.split()[0] for row in rows(desk)] == ["ana.kovac", "eva.lind", ">zoe.adler"]


async def test_only_the_primary_admin_changes_the_team(house: Path) -> None:
    async with desk_on(house, me="ben.adler") as desk:
        await desk.press("A", "o", "m", "ctrl+s")
        assert desk.errors()[""].startswith("Only the primary admin may change the team: ask them to do it.")
        await desk.press("escape", "y")
        assert "primary admin active" in rows(desk)[0]


async def test_a_product_is_sold_no_longer_and_again(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "2", "j", "j", "D")
        assert desk.notice() == "Creative Cloud for enterprise (65304ENT) is no longer sold."
        assert rows(desk)[2] == ">65304ENT Creative Cloud for enterprise all all order directly no"
        await desk.press("D")
        assert desk.notice() == "Creative Cloud for enterprise is off sale already: leave it as it is."
        await desk.press("s")
        assert rows(desk)[2].endswith("order directly yes")


async def test_a_product_is_added(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "2", "a")
        await desk.fill(SKU="65299BC01", Name="Animate", Price="31.50", Currency="EUR")
        await desk.press("ctrl+s")
        assert "65299BC01 Animate all all 31.50 EUR PA allowed yes" in rows(desk)
        assert chosen(desk) == "SKU-0001"


async def test_products_are_searched_while_typing(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "2", "/")
        await desk.type("In")
        assert [row.split()[1] for row in rows(desk)] == ["InCopy", "InDesign"]
        assert desk.status().endswith("2 of 7 products")
        await desk.type("x")
        assert rows(desk) == ['None of the products has "Inx" in it: esc drops the search.']
        await desk.press("backspace", "enter", "j", "D")
        assert desk.notice() == "InDesign (65292BC01) is no longer sold."
        assert (len(rows(desk)), chosen(desk)) == (2, "65292BC01")
        await desk.press("escape")
        assert (len(rows(desk)), chosen(desk)) == (7, "65292BC01")
        await desk.press("/")
        await desk.type("65304")
        await desk.press("enter", "1")
        assert desk.search() == ""
        await desk.press("escape")
        assert desk.tab() is CustomerFilter.PAST_DUE


async def test_a_long_list_scrolls_with_its_cursor(house: Path) -> None:
    with closing(open_database(str(house))):
        for number in range(60):
            Product.create(sku=f"Z{number:02}", sku_key=f"z{number:02}", name=f"Zebra {number:02}")
    async with desk_on(house, size=(80, 24)) as desk:
        await desk.press("A", "2", *"jjj", "k")
        assert (chosen(desk), len(rows(desk))) == ("65304ENT", 19)
        await desk.press("pagedown", "j", "j")
        assert chosen(desk) == rows(desk)[-1].split()[0].removeprefix(">") == "Z16"
        await desk.press("k")
        assert (chosen(desk), rows(desk)[-1].split()[0]) == ("Z15", "Z16")
        await desk.press("G")
        assert chosen(desk) == "Z59"
        await desk.press("g")
        assert (chosen(desk), rows(desk)[0].split()[0]) == ("SKU-0001", ">SKU-0001")


async def test_a_code_is_sent(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "3", "s")
        assert desk.form() == "Send reseller change code"  # of another customer than the one under the cursor
        await desk.fill(VIP_number="5A00", Admin_e_mail="kim@birch.example")
        await desk.press("ctrl+s")
        assert "Sent kim@birch.example a reseller change code for 5A00" in desk.notice()
        assert "5A00 kim@birch.example ana.kovac valid 71 h 59 min" in rows(desk)[0]
        assert chosen(desk) == VALID


async def test_the_code_under_the_cursor_is_completed(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "3", "c")
        assert desk.form() == "Complete reseller change  4F01  admin1@aster.example"
        assert re.search(rf" > Code +{VALID}", desk.screen_text())
        await desk.fill(Organization_name="Walnut Works", Contact_name="Kim Example")
        await desk.go_to("Market segment")
        await desk.press("c", "tab", "t")
        await desk.fill(Anniversary_date="2026-06-15")
        await desk.press("ctrl+s")
        assert "Walnut Works (4F01) has moved here" in desk.notice()
        assert rows(desk)[0] == f">{VALID} 4F01 admin1@aster.example ana.kovac used"
        await desk.press("c")
        assert VALID not in desk.screen_text()  # it has been used


async def test_the_codes_of_others_begin_an_empty_form(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "3", "j", "c")
        assert desk.form() == "Complete reseller change"
        assert "9C0D" not in desk.screen_text()


async def test_enter_tells_all_and_offers_what_can_be_done(house: Path) -> None:
    async with desk_on(house, size=(80, 24)) as desk:
        await desk.press("A", "2", "j", "j", "enter")
        told = "65304ENT, Creative Cloud for enterprise, segment all, type all, order directly, sold yes"
        assert told in " ".join(desk.screen_text().split())
        await desk.press("D")
        assert desk.notice() == "Creative Cloud for enterprise (65304ENT) is no longer sold."


async def test_the_time_left_runs_down_by_itself(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(administration, "SECONDS_BETWEEN_COUNTDOWNS", 0.02)
    clock = FixedClock()
    async with desk_on(house, clock) as desk:
        await desk.press("A", "3")
        assert rows(desk)[0].endswith("valid 70 h 59 min")
        clock.advance(hours=70)
        await desk.until(lambda: rows(desk)[0].endswith("valid 0 h 59 min"))
        await desk.press("c", "f1")
        clock.advance(hours=1)
        await desk.press("escape", "escape")
        assert rows(desk)[0].endswith("ana.kovac expired")  # at once, however long it was covered


async def test_nothing_runs_where_no_time_runs_out(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(administration, "SECONDS_BETWEEN_COUNTDOWNS", 0.01)
    clock = FixedClock()
    async with desk_on(house, clock) as desk:
        await desk.press("A", "3")
        assert not await is_still(clock)
        await desk.press("2")
        assert await is_still(clock)
        await desk.press("3")
        clock.advance(hours=71)
        await desk.until(lambda: "valid" not in desk.screen_text())
        assert await is_still(clock)


async def test_between_two_minutes_nothing_is_drawn(house: Path) -> None:
    clock = FixedClock()
    async with desk_on(house, clock) as desk:
        await desk.press("A", "3")
        assert await is_still(clock)


async def test_what_was_typed_for_a_row_is_taken_up_there(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A", "3", "c")
        await desk.fill(Organization_name="Walnut Works")
        await desk.press("escape", "l")
        assert desk.notice() == "Complete reseller change is kept: A leads back to it."
        await desk.press("j", "c")
        assert "Walnut" not in desk.screen_text()
        await desk.press("escape", "k", "c")
        assert "Walnut Works" in desk.screen_text()


WAYS = {
    "without a subject, at its key": ("invitation.send", "", "i"),
    "without a key, in the palette": ("team.add", "", ":"),
    "on its customer": ("customer.reassign", "4F00", "M"),
    "on its customer without a key": ("commitment.record", "4F00", ":"),
    "on its mail": ("mail.resend", "7", "O"),
    "on its member": ("team.role", "ben.adler", "A"),
    "on its code, though it has a key": ("reseller_change.complete", VALID, "A"),
    "without a code, at its key": ("reseller_change.complete", "", "e"),
}


@pytest.mark.parametrize(("action", "subject", "key"), WAYS.values(), ids=WAYS)
def test_the_way_back_to_an_interrupted_form(action: str, subject: str, key: str) -> None:
    assert way_back(BY_ID[action], subject) == key


async def test_where_there_is_nothing_it_says_what_to_do(empty: Path) -> None:
    async with desk_on(empty, size=(80, 24)) as desk:
        await desk.press("A", "enter", "D")
        assert "The team has no members yet: a adds the first one." in desk.screen_text()
        assert desk.notice() == "There is no member under the cursor."
        await desk.press("2")
        assert "There are no products yet: a adds one," in desk.screen_text()
        await desk.press("3")
        assert "No reseller change code has been sent yet: s sends one." in desk.screen_text()
        await desk.press("1", "a")
        await desk.fill(Login="ana.kovac")
        await desk.press("ctrl+s")
        assert rows(desk) == [">ana.kovac ana.kovac member active 0"]


async def test_as_of_another_day_nothing_is_changed(house: Path) -> None:
    async with desk_on(house, read_only=True) as desk:
        await desk.press("A", "2", "D")
        assert "Everything is read-only" in desk.notice()
        assert "read-only" in desk.title()


async def test_keys_that_come_before_the_rows_act_on_nothing_else(house: Path) -> None:
    async with desk_on(house) as desk:
        await desk.press("A")
        async with desk.slow_database():
            await desk.strike("2", "D")
            assert desk.notice() == "There is no product under the cursor."
        assert rows(desk)[0].startswith(">SKU-0001")


async def test_names_from_outside_cannot_drive_the_terminal(house: Path) -> None:
    hostile = "\x1b]0;owned\x07\u202e[red]株式会社"
    with closing(open_database(str(house))):
        TeamMember.update(name=hostile).where(TeamMember.login == "ben.adler").execute()
        Product.update(name=hostile, currency="\x1b[2J").where(Product.sku == "SKU-0001").execute()
        ResellerChange.update(admin_email=hostile).execute()
    async with desk_on(house) as desk:
        for keys in (("A", "j", "enter"), ("escape", "D"), ("escape", "2", "G", "enter"), ("escape", "3", "enter")):
            await desk.press(*keys)
            text = desk.screen_text()
            assert "␛" in text, text
            assert not set(text) & set("\x1b\x07\u202e")
            assert {strip.cell_length for strip in desk._strips()} == {120}
