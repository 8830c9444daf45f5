"""Who came into a filter since a login last looked: the same customers that the badge counts, on both engines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.records import add_customer, add_member
from viptui.data.arrivals import arrived_among, next_arrival
from viptui.data.crossings import deltas, ensure_looks, record_look
from viptui.data.database import write_transaction
from viptui.data.day_counts import recount
from viptui.data.models import Customer
from viptui.data.queries import list_customers
from viptui.data.snapshot import more_customers, take_snapshot
from viptui.rows import SortKey
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy
from viptui.workers.reevaluate import reevaluate

POLICY = VipPolicy()
TODAY = date(2026, 3, 20)
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
PAST_DUE = Listing(filter=CustomerFilter.PAST_DUE)
ME = "ana.kovac"


@pytest.fixture
def news(database: str) -> str:
    """Customers a … f are past due; b, d and e since today, which ana has not looked at; x is not."""
    ben = add_member("ben.adler")
    for name in "abcdefx":
        age = {"x": 10, "b": 31, "d": 31, "e": 31}.get(name, 50)
        day = TODAY - timedelta(days=age)
        add_customer(
            name,
            oldest_open_authorization_on=day,
            newest_open_authorization_on=day,
            has_products=True,
            managed_by=ben if name == "e" else None,
        )
    with write_transaction():
        recount()
    ensure_looks(ME, NOON)
    for days in (-1, 0):
        reevaluate(now=NOON + timedelta(seconds=1), today=TODAY + timedelta(days=days), policy=POLICY, evaluator="test")
    return database


def walk(listing: Listing, times: int, after: SortKey | None = None) -> tuple[str, list[int]]:
    """The names that the key comes to one after the other, and their ranks."""
    names, ranks = "", []
    for _ in range(times):
        place = next_arrival(listing, TODAY, POLICY, login=ME, after=after)
        if place is None:
            return names + "-", ranks
        names += Customer.get_by_id(place.customer).organization_name
        ranks.append(place.rank)
        after = place.key
    return names, ranks


# the list, how often the key is pressed, who is reached at which places
WALKS = {
    "the list's own order": (PAST_DUE, 4, ("bdeb", [3, 4, 5, 3])),
    "by name": (Listing(filter=CustomerFilter.PAST_DUE, sort=SortColumn.NAME), 4, ("bdeb", [1, 3, 4, 1])),
    "reversed": (
        Listing(filter=CustomerFilter.PAST_DUE, sort=SortColumn.NAME, reverse=True),
        4,
        ("edbe", [1, 2, 4, 1]),
    ),
    "of one member": (Listing(filter=CustomerFilter.PAST_DUE, managed_by="ben.adler"), 2, ("e-", [0])),
    "of a search": (Listing(filter=CustomerFilter.PAST_DUE, search="d"), 2, ("d-", [0])),
    "of another filter": (Listing(filter=CustomerFilter.PENDING_REQUESTS), 1, ("-", [])),
    "of everybody": (Listing(), 1, ("-", [])),
    "of a filter that nobody came into": (Listing(filter=CustomerFilter.READY_FOR_RENEWAL), 1, ("-", [])),
}


@pytest.mark.parametrize(("listing", "times", "wanted"), WALKS.values(), ids=WALKS)
def test_one_after_the_other_and_round(news: str, listing: Listing, times: int, wanted: tuple[str, list[int]]) -> None:
    assert walk(listing, times) == wanted


def test_from_a_row_in_between(news: str) -> None:
    by_name = Listing(filter=CustomerFilter.PAST_DUE, sort=SortColumn.NAME)
    rows = list_customers(by_name, TODAY, POLICY)
    assert walk(by_name, 1, after=rows[2].sort_key) == ("d", [3])


def test_they_are_whom_the_badge_counts(news: str) -> None:
    rows = list_customers(PAST_DUE, TODAY, POLICY)
    arrived = arrived_among(ME, CustomerFilter.PAST_DUE, [row.id for row in rows], TODAY)
    assert names(rows, arrived) == "bde"
    assert deltas(ME, TODAY, POLICY)[CustomerFilter.PAST_DUE] == len(arrived)
    assert arrived_among("ben.adler", CustomerFilter.PAST_DUE, [row.id for row in rows], TODAY) == frozenset()
    assert arrived_among(ME, CustomerFilter.PAST_DUE, [], TODAY) == frozenset()


def test_a_page_names_those_on_it(news: str) -> None:
    shown = take_snapshot(PAST_DUE, TODAY, POLICY, login=ME, size=4)
    assert names(shown.page.rows, shown.page.news) == "b"
    more = more_customers(
        PAST_DUE, TODAY, POLICY, login=ME, with_news=True, limit=4, after=shown.page.rows[-1].sort_key
    )
    assert names(more.rows, more.news) == "de"
    assert take_snapshot(PAST_DUE, TODAY, POLICY, login="", size=4).page.news == frozenset()


def test_a_look_ends_the_news(news: str) -> None:
    record_look(ME, CustomerFilter.PAST_DUE, NOON + timedelta(seconds=2))
    assert walk(PAST_DUE, 1) == ("-", [])
    assert take_snapshot(PAST_DUE, TODAY, POLICY, login=ME, size=4).page.news == frozenset()


def test_whoever_has_left_the_filter_since_is_no_news(news: str) -> None:
    with write_transaction():
        Customer.update(oldest_open_authorization_on=None, newest_open_authorization_on=None).where(
            Customer.organization_name == "d"
        ).execute()
        recount()
    assert walk(PAST_DUE, 3) == ("beb", [3, 4, 3])


def names(rows: Sequence[object], chosen: frozenset[int]) -> str:
    return "".join(row.organization_name for row in rows if row.id in chosen)  # type: ignore[attr-defined]
