"""One definition of the filters, two readers: SQL and Python select the same customers, whatever the facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.records import add_member, columns_of
from viptui.data import costs, triples
from viptui.data.access import Way
from viptui.data.database import write_transaction
from viptui.data.day_counts import recount
from viptui.data.models import Customer
from viptui.data.queries import count_customers, count_filters, find_row, list_customers
from viptui.data.ranks import rank_of
from viptui.data.sql import is_sqlite
from viptui.rows import CustomerRow
from viptui.rules.civil import add_months
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import CustomerFilter, criteria, matches
from viptui.rules.folding import fold
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import PRESETS, VipPolicy, policy_from
from viptui.rules.renewal import OrderFact, outlook
from viptui.rules.standing import standing

POLICIES = (VipPolicy(), *(policy_from({"preset": preset}) for preset in PRESETS), VipPolicy(grace_days=14))
MEMBERS = ("ana.kovac", "Ben.Adler")
CENTRE = date(2028, 2, 29)

days = st.integers(-100, 100).map(lambda offset: CENTRE + timedelta(days=offset))
maybe_days = st.none() | days | st.sampled_from([date(1990, 1, 1), date(2199, 12, 31)])


@st.composite
def any_facts(draw: st.DrawFn) -> CustomerFacts:
    """Any facts that there can be together: see `viptui.rules.facts.CustomerFacts`."""
    if not draw(st.booleans()):
        return CustomerFacts()
    facts = CustomerFacts(has_products=True)
    if open_days := draw(st.lists(days, max_size=2)):
        facts = facts._replace(
            oldest_open_authorization_on=min(open_days),
            newest_open_authorization_on=max(open_days),
            open_licences=draw(st.integers(1, 3)),
            open_amount=draw(st.none() | st.sampled_from([Decimal(0), Decimal("10.50"), Decimal(2_000_000)])),
        )
    if (due_on := draw(maybe_days)) is None:
        return facts
    return facts._replace(
        renewed_on=add_months(due_on, -12) if draw(st.booleans()) else None,
        renewal_due_on=due_on,
        renewal_following_on=add_months(due_on, 12) if due_on.year < 2199 and draw(st.booleans()) else None,
        licences_due=draw(st.integers(1, 2)),
        licences_renewed=draw(st.integers(0, 1)),
    )


@dataclass(frozen=True)
class Given:
    """What hypothesis makes up for one customer."""

    facts: CustomerFacts
    name: str
    email: str
    member: int | None
    anniversary_on: date | None
    invited_on: date | None
    is_pending: bool
    segment: str


customers = st.builds(
    Given,
    facts=any_facts(),
    name=st.sampled_from(["Ärzte", "arzte", "Zoo", "zoo", "東京", "Łódź", "_", "-a", "A b"]),
    email=st.sampled_from(["a@x.example", "B@x.example", "é@x.example", ""]),
    member=st.none() | st.integers(0, len(MEMBERS) - 1),
    anniversary_on=maybe_days,
    invited_on=maybe_days,
    is_pending=st.booleans(),
    segment=st.sampled_from(["Commercial", "Education", "Government"]),
)

batches = st.lists(customers, max_size=25)

order_facts = st.builds(
    OrderFact,
    ordered_on=st.integers(-800, 100).map(lambda offset: CENTRE + timedelta(days=offset)),
    quantity=st.integers(-2, 5),
    renewal=st.booleans(),
)


@st.composite
def customers_with_a_past(draw: st.DrawFn) -> Given:
    """A customer whose renewal dates follow from orders, as they always do outside tests."""
    made_up = draw(customers)
    history = outlook(made_up.anniversary_on, draw(st.lists(order_facts, max_size=4)))
    if not made_up.facts.has_products:
        return made_up
    return replace(
        made_up,
        facts=made_up.facts._replace(
            renewed_on=history.renewed_on,
            renewal_due_on=history.due_on,
            renewal_following_on=history.following_on,
        ),
    )


PROPERTY = settings(
    derandomize=True,
    phases=(__import__("hypothesis").Phase.generate,),
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def members(database: str) -> Sequence[int]:
    """A database with a team; the value is the members' ids."""
    return [add_member(login).id for login in MEMBERS]


def fill(batch: Sequence[Given], members: Sequence[int]) -> list[tuple[int, Given]]:
    """Put these customers, and no others, into the database; with their ids."""
    with write_transaction():
        Customer.delete().execute()
        if batch:
            Customer.insert_many([stored_columns(each, members) for each in batch]).execute()
        if is_sqlite():
            triples.divide()
            triples.make()
        recount()
        ids = [row.id for row in Customer.select(Customer.id).order_by(Customer.vip_key)]
    return list(zip(ids, batch, strict=True))


def stored_columns(each: Given, members: Sequence[int]) -> dict[str, Any]:
    return columns_of(
        each.name,
        contact_email=each.email,
        managed_by=None if each.member is None else members[each.member],
        anniversary_on=each.anniversary_on,
        invited_on=each.invited_on,
        invitation_status="Pending" if each.is_pending else "Accepted",
        market_segment=each.segment,
        **{field: getattr(each.facts, field) for field in CustomerFacts._fields},
    )


@pytest.fixture(params=["as weighed", Way.WALK, Way.SIFT, Way.SORT], ids=str)
def preferred(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way to the rows in turn costs nothing; walking is given up after a few rows.

    The ranges of the search's index are as small as they can be, or have too many customers to be sorted.
    """
    if request.param == "as weighed":
        return
    monkeypatch.setattr(triples, "EACH", 1 if request.param is Way.WALK else 2)
    monkeypatch.setattr(triples, "MOST_IN_A_RANGE", 2 if request.param is Way.SORT else 100)
    for name in ("FIRST_ROWS", "MANY_ROWS"):
        monkeypatch.setattr(costs, name, 2)
    monkeypatch.setattr(costs, "RARE", 0)
    monkeypatch.setattr(costs, "FEW", 10_000 if request.param is Way.SORT else 0)
    free = {Way.WALK: ("LOOK",), Way.SIFT: ("SIFT", "COLLECT", "COLLECT_SHORT"), Way.SORT: ("SORT",)}
    for way, names in free.items():
        for name in names:
            monkeypatch.setattr(costs, name, 0 if way is request.param else 1_000)


@PROPERTY
@given(batch=batches, some_days=st.lists(days, min_size=1, max_size=4), policy=st.sampled_from(POLICIES))
def test_sql_and_python_select_the_same_customers(
    members: Sequence[int], batch: list[Given], some_days: list[date], policy: VipPolicy
) -> None:
    stored = fill(batch, members)
    for today in some_days:
        for member in (None, *range(len(MEMBERS))):
            login = None if member is None else MEMBERS[member].upper()
            counts = count_filters(today, policy, login)
            for tab in CustomerFilter:
                wanted = criteria(tab, today, policy)
                expected = {
                    identifier
                    for identifier, each in stored
                    if matches(wanted, each.facts) and member in (None, each.member)
                }
                listing = Listing(filter=tab, managed_by=login)
                rows = list_customers(listing, today, policy)
                assert {row.id for row in rows} == expected
                assert len(rows) == len(expected) == counts[tab] == count_customers(listing, today, policy)


@PROPERTY
@given(
    batch=st.lists(customers_with_a_past(), max_size=15),
    today=days,
    tab=st.sampled_from(CustomerFilter),
    size=st.integers(1, 7),
    mine=st.booleans(),
    search=st.sampled_from(["", "o", "zo", "rzt", "example"]),
)
@pytest.mark.parametrize("reverse", [False, True], ids=["forwards", "reversed"])
@pytest.mark.parametrize("column", SortColumn)
def test_pages_by_key_join_to_the_whole_list(
    members: Sequence[int],
    preferred: None,
    column: SortColumn,
    reverse: bool,
    batch: list[Given],
    today: date,
    tab: CustomerFilter,
    size: int,
    mine: bool,
    search: str,
) -> None:
    fill(batch, members)
    policy = VipPolicy()
    listing = Listing(filter=tab, sort=column, reverse=reverse, managed_by=MEMBERS[0] if mine else None, search=search)
    rows = list_customers(listing, today, policy)
    assert [row for page in pages_forwards(listing, today, size) for row in page] == list(rows)
    assert [row for page in reversed([*pages_backwards(listing, today, size)]) for row in page] == list(rows)
    assert list(rows) == sorted(rows, key=lambda row: in_order(row, column, today, reverse), reverse=reverse)
    for index, row in enumerate(rows):
        assert rank_of(listing, today, policy, row.sort_key) == index
        assert find_row(listing, today, policy, row.id) == row


def pages_forwards(listing: Listing, today: date, size: int) -> Iterator[tuple[CustomerRow, ...]]:
    page = list_customers(listing, today, VipPolicy(), limit=size)
    while page:
        yield page
        page = list_customers(listing, today, VipPolicy(), limit=size, after=page[-1].sort_key)


def pages_backwards(listing: Listing, today: date, size: int) -> Iterator[tuple[CustomerRow, ...]]:
    page = list_customers(listing, today, VipPolicy(), limit=size, last=True)
    while page:
        yield page
        page = list_customers(listing, today, VipPolicy(), limit=size, before=page[0].sort_key)


def in_order(row: CustomerRow, column: SortColumn, today: date, reverse: bool) -> tuple[Any, ...]:
    """Where a row belongs, worked out without SQL; absent dates and amounts come last in either direction."""
    name = (fold(row.organization_name), row.id)
    match column:
        case SortColumn.NAME:
            return name
        case SortColumn.EMAIL:
            return row.contact_email, *name
        case SortColumn.LICENCES:
            return row.facts.open_licences, *name
        case SortColumn.SEGMENT:
            return row.market_segment, *name
        case SortColumn.MANAGED_BY:
            return (row.managed_by or "").casefold(), *name
    value: Any = {
        SortColumn.STATE: row.facts.oldest_open_authorization_on,
        SortColumn.AMOUNT: row.facts.open_amount,
        SortColumn.ANNIVERSARY: anniversary(row, today),
        SortColumn.INVITATION: row.invited_on if row.invitation_status == "Pending" else None,
        SortColumn.INVITED: row.invited_on,
    }[column]
    return (reverse, value, *name) if value is not None else (not reverse, *name)


def anniversary(row: CustomerRow, today: date) -> date | None:
    return standing(row.anniversary_on, row.facts, today, VipPolicy()).anniversary_on
