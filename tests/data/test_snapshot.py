"""What the screen gets in one trip: where the cursor stands after a change, and what is counted when."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

import psycopg
import pytest

from tests.support.records import add_customer
from viptui.data import snapshot as module
from viptui.data.database import is_postgres, write_transaction
from viptui.data.models import Customer
from viptui.data.queries import count_at_once, count_customers
from viptui.data.snapshot import Snapshot, take_snapshot
from viptui.data.sql import data_version
from viptui.rows import Beginning, Place
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy

TODAY = date(2026, 11, 21)
POLICY = VipPolicy()
BY_NAME = Listing()


@pytest.fixture
def letters(database: str) -> str:
    """Customers called a … j."""
    for name in "abcdefghij":
        add_customer(name)
    return database


def look(listing: Listing = BY_NAME, place: Place | None = None, size: int = 4) -> Snapshot:
    return take_snapshot(listing, TODAY, POLICY, login="ana", size=size, place=place)


def names(shown: Snapshot) -> str:
    return "".join(row.organization_name for row in shown.page.rows)


def stand_on(name: str, listing: Listing = BY_NAME) -> Place:
    """The place of a customer, as a screen remembers it."""
    shown = look(listing, size=20)
    index = names(shown).index(name)
    row = shown.page.rows[index]
    return Place(listing=listing, day=TODAY, version=shown.version, customer=row.id, rank=index, key=row.sort_key)


def test_without_a_place_the_list_begins_at_its_top(letters: str) -> None:
    shown = look()
    assert (names(shown), shown.cursor, shown.page.first, shown.page.total) == ("abcd", 0, 0, 10)


def test_the_cursor_stays_on_its_customer(letters: str) -> None:
    shown = look(place=stand_on("f"))
    assert (names(shown), shown.cursor, shown.page.first, shown.page.total) == ("defghij", 5, 3, 10)


def test_the_customer_is_found_again_in_another_order(letters: str) -> None:
    shown = look(Listing(reverse=True), place=stand_on("c"))
    assert (shown.cursor, shown.page.rows[shown.cursor - shown.page.first].organization_name) == (7, "c")


def test_whoever_follows_takes_the_place_of_a_customer_that_has_left(letters: str) -> None:
    place = stand_on("f")
    with write_transaction():
        Customer.delete().where(Customer.organization_name == "f").execute()
    shown = look(place=place)
    assert shown.cursor == 5
    assert shown.page.rows[shown.cursor - shown.page.first].organization_name == "g"


def test_another_list_without_the_customer_begins_at_its_top(letters: str) -> None:
    shown = look(Listing(search="a"), place=stand_on("f"))
    assert (names(shown), shown.cursor) == ("a", 0)


def test_a_known_place_is_not_counted_again_until_the_data_change(
    letters: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = stand_on("f")
    monkeypatch.setattr(module, "_rank_of", lambda *_: pytest.fail("it is known"))
    assert look(place=place).cursor == 5
    monkeypatch.undo()
    add_customer("aa")
    assert look(place=place).cursor == 6


def test_version_changes_with_every_change_of_whoever_it_was(letters: str) -> None:
    before = data_version()
    assert data_version() == before
    add_customer("own")
    own = data_version()
    assert own != before
    _elsewhere(letters, "UPDATE customer SET city = 'elsewhere'")
    assert data_version() != own


def _elsewhere(target: str, statement: str) -> None:
    """Run a statement on a connection of somebody else."""
    with closing(psycopg.connect(target) if is_postgres(target) else sqlite3.connect(target)) as other:
        other.execute(statement)
        other.commit()


def test_a_common_text_is_shown_before_it_is_counted(letters: str) -> None:
    with write_transaction():
        Customer.update(search_text="common").execute()
    for text in ("m", "mm"):
        listing = Listing(search=text, sort=SortColumn.NAME)
        assert count_at_once(listing, TODAY, POLICY) is None
        shown = look(listing)
        assert (names(shown), shown.page.total) == ("abcd", None)
        assert count_customers(listing, TODAY, POLICY) == 10
        assert look(listing, size=11).page.total == 10


def test_a_longer_text_is_looked_for_from_where_the_shorter_one_began(letters: str) -> None:
    with write_transaction():
        Customer.update(search_text="none").execute()
        Customer.update(search_text="vip").where(Customer.organization_name > "d").execute()
        Customer.update(search_text="vi").where(Customer.organization_name == "a").execute()
    shorter = look(Listing(search="vi"), size=20)
    assert names(shorter) == "aefghij"
    beginning = Beginning(version=shorter.version, key=shorter.page.rows[1].sort_key)
    longer = Listing(search="vip")
    found = take_snapshot(longer, TODAY, POLICY, login="ana", size=20, beginning=beginning)
    assert (names(found), found.page.total) == ("efghij", 6)
    add_customer("aa")  # its VIP ID holds the text
    assert names(take_snapshot(longer, TODAY, POLICY, login="ana", size=20, beginning=beginning)) == "aaefghij"
