"""Pages of lists whose rows stand far apart in the order's indexes: found, and found from the page's key on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count, product
from typing import Any

import pytest

from tests.data.test_filters_property import pages_backwards, pages_forwards
from tests.support.records import add_customer, add_member
from viptui.data import costs
from viptui.data.database import is_postgres
from viptui.data.proxy import database_proxy
from viptui.data.queries import list_customers
from viptui.data.ranks import rank_of
from viptui.rows import CustomerRow
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy

TODAY = date(2026, 11, 22)
POLICY = VipPolicy()

BOTH_WAYS = pytest.mark.parametrize("reverse", [False, True], ids=["forwards", "reversed"])


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def joined(listing: Listing, size: int) -> tuple[CustomerRow, ...]:
    """The whole list; its pages by key join to it from either end, and every place in it is told."""
    rows = list_customers(listing, TODAY, POLICY)
    assert tuple(row for page in pages_forwards(listing, TODAY, size) for row in page) == rows
    assert tuple(row for page in reversed([*pages_backwards(listing, TODAY, size)]) for row in page) == rows
    assert [rank_of(listing, TODAY, POLICY, row.sort_key) for row in rows] == list(range(len(rows)))
    return rows


@BOTH_WAYS
@pytest.mark.parametrize("mine", [False, True], ids=["everybody's", "mine"])
def test_merged_days_join_to_the_whole_list(
    database: str, monkeypatch: pytest.MonkeyPatch, reverse: bool, mine: bool
) -> None:
    monkeypatch.setattr(costs, "BEGIN", 0)
    member, numbers = add_member("ana").id, count()
    for due, invited, managed_by in product((-3, 0, 5), (-900, -400, None), (member, None)):
        for _ in range(2):
            add_customer(
                f"n{next(numbers) * 7 % 36:02}",
                has_products=True,
                renewal_due_on=day(due),
                anniversary_on=day(due),
                invited_on=None if invited is None else day(invited - due % 2),
                managed_by=managed_by,
            )
    tab = CustomerFilter.READY_FOR_RENEWAL
    listing = Listing(filter=tab, sort=SortColumn.INVITED, reverse=reverse, managed_by="ana" if mine else None)
    for size in (1, 3, 5, 40):
        assert len(joined(listing, size)) == (18 if mine else 36)


@BOTH_WAYS
def test_who_has_bought_and_has_no_anniversary_stands_at_the_end(database: str, reverse: bool) -> None:
    listing = Listing(filter=CustomerFilter.PAST_DUE, sort=SortColumn.ANNIVERSARY, reverse=reverse)
    waiting = {
        "has_products": True,
        "oldest_open_authorization_on": day(-40),
        "newest_open_authorization_on": day(-40),
        "open_licences": 1,
    }
    for name in "abc":
        add_customer(name)
    add_customer("given", anniversary_on=day(100))
    for name, offset in (("early", 20), ("late", 200)):
        add_customer(name, anniversary_on=day(offset), **waiting)
    with_one = ["late", "early"] if reverse else ["early", "late"]
    assert [row.organization_name for row in joined(listing, 1)] == with_one
    add_customer("never", **waiting)
    assert [row.organization_name for row in joined(listing, 1)] == [*with_one, "never"]
    assert [row.organization_name for row in joined(listing, 2)] == [*with_one, "never"]


@BOTH_WAYS
def test_streams_that_overlap_come_in_the_order_of_what_is_shown(database: str, reverse: bool) -> None:
    dates: dict[str, dict[str, Any]] = {
        "due": {"anniversary_on": day(-5), "renewal_due_on": day(-5), "has_products": True},
        "rolled": {"anniversary_on": day(-60)},
        "stored": {"anniversary_on": day(290)},
        "rolled from long ago": {"anniversary_on": date(2023, 9, 15)},
        "far": {"anniversary_on": day(900)},
    }
    for name, columns in dates.items():
        add_customer(name, **columns)
    listing = Listing(sort=SortColumn.ANNIVERSARY, reverse=reverse)
    expected = ["due", "stored", "rolled from long ago", "rolled", "far"]
    for size in (1, 2, 40):
        names = [row.organization_name for row in joined(listing, size)]
        assert names == (expected[::-1] if reverse else expected)


def test_a_page_by_licences_begins_at_its_key(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if is_postgres(database):
        pytest.skip("plans are told to SQLite alone")
    for name, licences in (("a", 1), ("b", 2), ("c", 2), ("d", 3)):
        add_customer(name, open_licences=licences)
    listing = Listing(sort=SortColumn.LICENCES)
    second = list_customers(listing, TODAY, POLICY)[1]
    plans = planned(monkeypatch, lambda: list_customers(listing, TODAY, POLICY, limit=2, after=second.sort_key))
    assert "(open_licences,sort_name)>(?,?)" in plans


def planned(monkeypatch: pytest.MonkeyPatch, read: Callable[[], object]) -> str:
    """How SQLite reads what is read."""
    database = database_proxy.obj
    execute, seen = database.execute_sql, []

    def note(statement: str, parameters: Any = None, *rest: Any) -> Any:
        seen.append((statement, parameters))
        return execute(statement, parameters, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(database, "execute_sql", note)
        read()
    steps = [row for each, given in seen for row in execute(f"EXPLAIN QUERY PLAN {each}", given).fetchall()]
    return "\n".join(step[3] for step in steps)
