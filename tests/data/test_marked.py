"""What marks are read with: customers by their ids, and stretches of a list longer than a page."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.records import add_customer
from viptui.data import marked
from viptui.data.marked import look_up, rows_of, stretch
from viptui.data.models import Customer
from viptui.data.queries import list_customers
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy

TODAY = date(2026, 11, 21)
POLICY = VipPolicy()
BY_NAME = Listing()


@pytest.fixture
def ids(database: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Customers called a … j; statements and pages take few of them at once."""
    monkeypatch.setattr(marked, "_AT_ONCE", 3)
    monkeypatch.setattr(marked, "_PAGE", 3)
    for name in "abcdefghij":
        add_customer(name)
    return dict(Customer.select(Customer.organization_name, Customer.id).tuples())


def test_rows_come_in_the_order_in_which_they_are_asked_for_without_those_that_are_gone(ids: dict[str, int]) -> None:
    rows = rows_of([ids["h"], ids["b"], 10**6, ids["j"], ids["a"]])
    assert "".join(row.organization_name for row in rows) == "hbja"
    assert set(rows) <= {row._replace(sort_key=()) for row in list_customers(BY_NAME, TODAY, POLICY)}
    assert rows_of([]) == ()


@pytest.mark.parametrize(
    ("listing", "shown"),
    [(BY_NAME, "abcdh"), (Listing(search="c"), "c"), (Listing(managed_by="nobody"), "")],
    ids=["all", "a search", "a member's"],
)
def test_it_is_told_who_is_there_and_who_is_in_a_list(ids: dict[str, int], listing: Listing, shown: str) -> None:
    found = look_up([*(ids[name] for name in "abcdh"), 10**6], listing, TODAY, POLICY)
    vip_ids = dict(Customer.select(Customer.id, Customer.vip_id).tuples())
    assert found.there == {ids[name]: vip_ids[ids[name]] for name in "abcdh"}
    assert found.shown == {ids[name] for name in shown}


@pytest.mark.parametrize("listing", [BY_NAME, Listing(sort=SortColumn.NAME, reverse=True)], ids=["by name", "reversed"])
def test_a_stretch_goes_on_over_the_ends_of_pages(ids: dict[str, int], listing: Listing) -> None:
    rows = list_customers(listing, TODAY, POLICY)
    for number in (0, 1, 3, 4, 9, 10, 11):
        assert stretch(listing, TODAY, POLICY, number) == list(rows[:number])
    assert stretch(listing, TODAY, POLICY, 5, after=rows[1].sort_key) == list(rows[2:7])
