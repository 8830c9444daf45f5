"""The demonstration: seeded, complete, and true to the program's own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from viptui.data.demo import generate_demo
from viptui.data.demo.names import BROKEN, BROKEN_EVERY, FIRST_BROKEN
from viptui.data.demo.story import script
from viptui.data.facts import recomputed_facts
from viptui.data.models import (
    AuditEntry,
    Authorization,
    AuthorizationLine,
    Customer,
    Note,
    Order,
    OrderLine,
    Product,
    TeamMember,
)
from viptui.data.queries import count_filters, list_customers
from viptui.data.search import search_text
from viptui.errors import ViptuiError
from viptui.rows import CustomerRow
from viptui.rules.authorization import AuthorizationState, AuthorizationStatus
from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import fold, key_of
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.parsing import LONGEST_NAME, clean_text, required_text
from viptui.rules.policy import MarketSegment, UpcomingBasis, VipPolicy
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import Standing, standing

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
POLICY = VipPolicy()
ME = "Robin"

LEAP_DAY = date(2028, 2, 29)
MONTH_END = date(2027, 3, 31)


def fill(customers: int = 60, seed: int = 1, *, today: date = TODAY, policy: VipPolicy = POLICY) -> None:
    generate_demo(customers, seed, today, NOW, policy, me=ME)


def rows() -> tuple[CustomerRow, ...]:
    return list_customers(Listing(sort=SortColumn.NAME), TODAY, POLICY)


def standings(today: date = TODAY, policy: VipPolicy = POLICY) -> list[Standing]:
    return [standing(row.anniversary_on, row.facts, today, policy) for row in rows()]


def everything() -> list[tuple[object, ...]]:
    """All rows, but for their own ids."""
    return [
        row[1:]
        for table in (Product, TeamMember, Customer, Order, OrderLine, Authorization, AuthorizationLine, Note)
        for row in table.select().order_by(table.id).tuples()
    ]


def erase() -> None:
    Order.delete().where(Order.returns.is_null(False)).execute()
    for table in (AuditEntry, Note, AuthorizationLine, Authorization, OrderLine, Order, Customer, Product, TeamMember):
        table.delete().execute()


def test_the_same_seed_makes_the_same_customers(database: str) -> None:
    fill(100)
    first = everything()
    erase()
    fill(100)
    assert everything() == first


def test_another_seed_makes_others(database: str) -> None:
    fill(seed=1)
    first = [row.vip_id for row in rows()]
    erase()
    fill(seed=2)
    assert not set(first) & {row.vip_id for row in rows()}


@pytest.mark.parametrize("customers", [1, 7, 40, 41])
def test_there_are_as_many_as_were_asked_for(database: str, customers: int) -> None:
    fill(customers)
    assert count_filters(TODAY, POLICY)[CustomerFilter.ALL] == customers


@pytest.mark.parametrize("today", [TODAY, LEAP_DAY, MONTH_END])
def test_every_filter_shows_somebody_to_everybody_and_to_me(database: str, today: date) -> None:
    fill(today=today)
    assert all(count_filters(today, POLICY).values())
    assert all(count_filters(today, POLICY, ME).values())


@pytest.mark.parametrize("today", [TODAY, LEAP_DAY, MONTH_END])
def test_every_state_is_there(database: str, today: date) -> None:
    fill(today=today)
    there = standings(today)
    assert {each.renewal_phase for each in there} == set(RenewalPhase)
    assert {each.authorization_state for each in there} == {None, *AuthorizationState}
    assert {status for (status,) in Authorization.select(Authorization.status).tuples()} == set(AuthorizationStatus)
    assert {each.partially_renewed for each in there} == {True, False}


def test_every_state_is_there_under_other_numbers_too(database: str) -> None:
    policy = replace(
        POLICY, overdue_after=14, grace_days=14, upcoming_days=60, upcoming_basis=UpcomingBasis.WINDOW_OPEN
    )
    fill(policy=policy)
    there = standings(policy=policy)
    assert {each.renewal_phase for each in there} == set(RenewalPhase)
    assert {each.authorization_state for each in there} == {None, *AuthorizationState}


def test_the_days_at_which_something_changes_are_there(database: str) -> None:
    fill(len(script(POLICY)))
    ages = {(TODAY - created).days for (created,) in open_authorizations()}
    assert {0, 14, 29, 30, 31, 45, 60, 61, 150} <= ages
    distances = {(row.facts.renewal_due_on - TODAY).days for row in rows() if row.facts.renewal_due_on}
    assert {45, 31, 30, 0, -1, -30, -31} <= distances


def open_authorizations() -> list[tuple[date]]:
    return list(
        Authorization.select(Authorization.created_on).where(Authorization.status == AuthorizationStatus.OPEN).tuples()
    )


def test_the_rest_of_the_story_is_there(database: str) -> None:
    fill()
    customers = list(Customer.select())
    assert {each.select_level for each in customers} == {None, 1, 2, 3, 4}
    assert {12, 13, 36, 48} <= {each.term_months for each in customers}
    assert {"Pending", "Accepted"} == {each.invitation_status for each in customers}
    assert len({each.commitment_status for each in customers}) > 4
    assert {"initial", "add-on", "renewal", "return"} == {kind for (kind,) in Order.select(Order.kind).tuples()}
    assert Note.select().count()
    assert AuditEntry.select().where(AuditEntry.customer.is_null(False)).count()


def test_the_price_list_has_its_exceptions(database: str) -> None:
    fill(1)
    products = list(Product.select())
    assert {each.currency for each in products} == {"EUR", "USD", None}
    assert [each.pa_allowed for each in products].count(False) == 2
    assert [each.unit_price for each in products].count(None) == 1
    direct = {each.id for each in products if not each.pa_allowed}
    assert not direct & {product for (product,) in AuthorizationLine.select(AuthorizationLine.product_id).tuples()}


@pytest.mark.parametrize(("me", "members"), [("Robin", 7), ("greta.holm", 6), (None, 6)])
def test_there_is_one_primary_admin_and_somebody_inactive(database: str, me: str | None, members: int) -> None:
    generate_demo(50, 1, TODAY, NOW, POLICY, me=me)
    team = list(TeamMember.select())
    assert len(team) == members
    assert [each.role for each in team].count("primary_admin") == 1
    assert [each.status for each in team].count("inactive") == 1


def test_the_stored_facts_are_those_that_follow_from_the_rows(database: str) -> None:
    fill(200)
    stored: dict[int, CustomerFacts] = {row.id: row.facts for row in rows()}
    assert recomputed_facts(stored) == stored


def test_what_is_folded_is_what_the_program_folds(database: str) -> None:
    fill(200)
    for each in Customer.select():
        fields = (
            each.organization_name, each.organization_name_english, each.contact_name, each.contact_email,
            each.vip_id, each.city,
        )  # fmt: skip
        assert each.sort_name == fold(each.organization_name)
        assert each.search_text == search_text(fields)
        assert each.vip_key == key_of(each.vip_id)


def test_every_text_would_pass_an_import(database: str) -> None:
    fill(300)
    for each in Customer.select():
        assert required_text(each.organization_name, maximum=LONGEST_NAME) == each.organization_name
        assert each.organization_name.isascii() or each.organization_name_english.isascii()
        for text in (each.contact_name, each.address, each.city, each.postal_code):
            assert clean_text(text, maximum=LONGEST_NAME) == text


def test_every_mail_address_leads_nowhere(database: str) -> None:
    fill(300)
    addresses = [address for (address,) in Customer.select(Customer.contact_email).tuples()]
    addresses += [address for (address,) in TeamMember.select(TeamMember.email).tuples()]
    assert all(address.isascii() and address.count("@") == 1 for address in addresses)
    assert all(address.endswith(".example") for address in addresses)


def test_broken_names_come_back_as_they_went_in(database: str) -> None:
    fill(40)
    names = [name for (name,) in Customer.select(Customer.organization_name).order_by(Customer.id).tuples()]
    assert names[FIRST_BROKEN::BROKEN_EVERY][: len(BROKEN)] == [name for name, _, _ in BROKEN]
    assert 180 in {len(name) for name in names}


def test_no_two_organizations_have_one_name(database: str) -> None:
    fill(3000)
    names = [row.organization_name for row in rows()]
    assert len(set(names)) == len(names)


def test_nothing_is_dated_in_the_future(database: str) -> None:
    fill(500)
    dates = [day for (day,) in Order.select(Order.ordered_on).tuples()]
    dates += [day for (day,) in Authorization.select(Authorization.created_on).tuples()]
    dates += [day for day, _ in Customer.select(Customer.invited_on, Customer.id).tuples()]
    assert max(dates) <= TODAY
    assert max(written for (written,) in Note.select(Note.written_at).tuples()) < NOW


def test_nobody_asks_for_more_while_something_is_past_due(database: str) -> None:
    fill(500)
    made: dict[int, list[date]] = {}
    for customer, created in (
        Authorization.select(Authorization.customer_id, Authorization.created_on)
        .where(Authorization.status == AuthorizationStatus.OPEN)
        .tuples()
    ):
        made.setdefault(customer, []).append(created)
    limit = timedelta(days=POLICY.overdue_after)
    assert all(max(days) - min(days) <= limit for days in made.values())


def test_an_extended_term_fits_its_segment(database: str) -> None:
    fill(500)
    for each in Customer.select().where(Customer.term_months > 12):
        assert each.term_months <= POLICY.extended_term_max_months(MarketSegment(each.market_segment))
        assert each.commitment_status is None


def test_a_database_in_use_is_refused(database: str) -> None:
    fill(5)
    before = everything()
    with pytest.raises(ViptuiError, match="in use"):
        fill(5)
    assert everything() == before


def test_what_is_added_later_gets_an_id_of_its_own(database: str) -> None:
    fill(5)
    member = TeamMember.create(login="later", login_key="later")
    assert member.id > 7


def test_progress_is_told_batch_by_batch(database: str) -> None:
    told: list[tuple[int, int]] = []
    generate_demo(2500, 1, TODAY, NOW, POLICY, progress=lambda done, total: told.append((done, total)))
    assert told == [(2000, 2500), (2500, 2500)]
