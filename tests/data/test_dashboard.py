"""The figures of the dashboard: what the rows say, on both engines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.support.builders import Ordered, Portfolio, Requested, crowd, one_of_each
from tests.support.clock import TODAY
from viptui.data.crossings import record_evaluation
from viptui.data.dashboard import ageing, place_of, workload
from viptui.data.database import write_transaction
from viptui.data.models import AuthorizationLine, Customer, Product, TeamMember
from viptui.data.queries import count_filters
from viptui.rules.dashboard import Way, age_bands, way_to_age, way_to_week, weeks_ahead
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

POLICY = VipPolicy()


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_open_requests_by_age_with_what_is_known_of_their_price(database: str) -> None:
    portfolio = Portfolio()
    portfolio.product("Priced", price=Decimal("19.95"))
    portfolio.product("Dollars", price=Decimal(10)).save()
    Product.update(currency="USD").where(Product.name == "Dollars").execute()
    portfolio.customer(
        "One",
        requested=[
            Requested(days_ago=0, quantity=2, product="Priced"),
            Requested(days_ago=30, quantity=3, product="Unknown"),
            Requested(days_ago=31, quantity=5, product="Dollars"),
            Requested(days_ago=31, quantity=5, product="Dollars", status="ordered"),
        ],
    )
    portfolio.customer("Two", requested=[Requested(days_ago=60, product="Priced"), Requested(days_ago=61)])
    pending, overdue, suspended = ageing(TODAY, POLICY)
    assert pending[1:] == (2, 5, {"EUR": Decimal("39.90")}, 3)
    assert overdue[1:] == (2, 6, {"EUR": Decimal("19.95"), "USD": Decimal(50)}, 0)
    assert suspended[1:] == (1, 1, {}, 1)
    assert [each.authorizations for each in ageing(TODAY + timedelta(days=1), POLICY)] == [1, 2, 2]


def test_a_change_is_counted_at_once(database: str) -> None:
    portfolio = Portfolio()
    portfolio.customer("One", requested=[Requested(days_ago=0)])
    assert ageing(TODAY, POLICY)[0].authorizations == 1
    portfolio.customer("Two", requested=[Requested(days_ago=1)])
    assert ageing(TODAY, POLICY)[0].authorizations == 2


def test_weeks_have_what_is_to_be_renewed(database: str) -> None:
    one_of_each(Portfolio())
    weeks = workload(TODAY, POLICY).weeks
    found = {(each.first - TODAY).days: each.customers for each in weeks if each.customers}
    # Larch renewed a part of the anniversary in 10 days, Hazel has one in 12, Ginkgo in 40; Kauri has renewed all.
    assert found == {7: 2, 35: 1}
    assert len(weeks) == 13


def test_the_team_has_what_the_tabs_count(database: str) -> None:
    one_of_each(Portfolio())
    TeamMember.create(login="gone", login_key="gone", status="inactive")
    TeamMember.create(login="new", login_key="new")
    team = workload(TODAY, POLICY).team
    assert [each.login for each in team] == ["ana.kovac", "ben.adler", "new", None]
    for each in team[:3]:
        counts = count_filters(TODAY, POLICY, each.login)
        assert each[1:] == (
            counts[CustomerFilter.ALL],
            counts[CustomerFilter.PAST_DUE],
            counts[CustomerFilter.UPCOMING_RENEWALS],
            counts[CustomerFilter.READY_FOR_RENEWAL],
        )
    assert team[3].customers == 1  # Mimosa


def test_the_figures_are_those_of_the_rows(database: str) -> None:
    crowd(Portfolio(), 300)
    by_member: Counter[int | None] = Counter()
    past_due: Counter[int | None] = Counter()
    for manager, oldest in Customer.select(Customer.managed_by, Customer.oldest_open_authorization_on).tuples():
        by_member[manager] += 1
        past_due[manager] += oldest is not None and (TODAY - oldest).days > 30
    team = workload(TODAY, POLICY).team
    ids = {each.login: each.id for each in TeamMember.select()} | {None: None}
    assert {ids[each.login]: (each.customers, each.past_due) for each in team} == {
        each: (by_member[each], past_due[each]) for each in by_member
    }
    assert sum(each.licences for each in ageing(TODAY, POLICY)) == sum(
        quantity for (quantity,) in AuthorizationLine.select(AuthorizationLine.quantity).tuples()
    )


def test_past_days_are_as_they_were_counted_or_what_is_open_still(database: str) -> None:
    portfolio = Portfolio()
    portfolio.customer("One", requested=[Requested(days_ago=40)])
    portfolio.customer("Two", requested=[Requested(days_ago=31)])
    for past_due in (7, 5):  # the newest of a day counts
        with write_transaction():
            record_evaluation(
                ago(14), {CustomerFilter.PAST_DUE: past_due}, 0, evaluator="x", now=datetime(2026, 3, 6, tzinfo=UTC)
            )
    with write_transaction():  # what is recorded of today is older than today's data
        record_evaluation(TODAY, {CustomerFilter.PAST_DUE: 9}, 0, evaluator="x", now=datetime(2026, 3, 20, tzinfo=UTC))
    *before, two_weeks, week, today = workload(TODAY, POLICY).trend
    assert today == (TODAY, 2, True)
    assert week == (ago(7), 1, False)
    assert two_weeks == (ago(14), 5, True)
    assert [each.customers for each in before] == [0] * 10


def test_the_cursor_belongs_to_the_first_customer_of_the_bar(database: str) -> None:
    portfolio = Portfolio()
    new: Callable[..., int] = portfolio.customer
    new("Suspended", requested=[Requested(days_ago=90)])
    later = new("Later", requested=[Requested(days_ago=40)])
    first = new("First", requested=[Requested(days_ago=60)])
    bands = age_bands(POLICY)
    place = place_of(way_to_age(bands[1], TODAY), TODAY, POLICY)
    assert place is not None
    assert (place.customer, place.listing) == (first, Listing(filter=CustomerFilter.PAST_DUE))
    assert place_of(way_to_age(bands[0], TODAY), TODAY, POLICY) is None
    due = new("Due", ordered=[Ordered(days_ago=290)], anniversary_in=75)
    assert place_of(way_to_week(*weeks_ahead(TODAY)[10], TODAY, POLICY), TODAY, POLICY).customer == due
    assert place_of(way_to_week(*weeks_ahead(TODAY)[9], TODAY, POLICY), TODAY, POLICY) is None
    whose = Way(Listing(filter=CustomerFilter.PAST_DUE, managed_by="nobody"), way_to_age(bands[1], TODAY).begins_at)
    assert place_of(whose, TODAY, POLICY) is None
    assert later != first


def test_an_empty_database_has_figures(database: str) -> None:
    assert [each.authorizations for each in ageing(TODAY, POLICY)] == [0, 0, 0]
    load = workload(TODAY, POLICY)
    assert {each.customers for each in (*load.weeks, *load.trend)} == {0}
    assert load.team == ()
