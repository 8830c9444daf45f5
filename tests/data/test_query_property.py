"""One meaning of a query, two readers: SQL and Python select the same customers, and those that a standing says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import eq, ge, gt, le, lt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.data.test_filters_property import (
    MEMBERS,
    PROPERTY,
    Given,
    customers_with_a_past,
    days,
    in_order,
    pages_backwards,
    pages_forwards,
    stored_columns,
)
from tests.data.test_filters_property import members as members  # a fixture
from tests.data.test_filters_property import preferred as preferred
from viptui.data import costs
from viptui.data.database import write_transaction
from viptui.data.day_counts import recount
from viptui.data.models import Customer
from viptui.data.models import Snooze as Stored
from viptui.data.queries import count_at_once, count_customers, find_row, list_customers, walk_customers
from viptui.data.ranks import rank_of
from viptui.data.search import search_text
from viptui.data.snapshot import take_badges, take_snapshot
from viptui.rules.conditions import Candidate, holds
from viptui.rules.filters import CustomerFilter, filters_of
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy, policy_from
from viptui.rules.query import Query, Term, parse_query
from viptui.rules.query_meaning import meaning
from viptui.rules.query_words import CHOICES, COMPARISONS, NUMBERS, TABS
from viptui.rules.snooze import WORK_TABS, Snooze, asleep
from viptui.rules.standing import standing

POLICIES = (VipPolicy(), policy_from({"preset": "legacy-60"}), VipPolicy(grace_days=14), VipPolicy(grace_days=0))
COMPARE: dict[str, Callable[[object, object], bool]] = {"<": lt, "<=": le, "=": eq, ">=": ge, ">": gt}
ME = MEMBERS[0]
NOON = datetime(2028, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Asked:
    """A customer, with what only queries ask for."""

    made: Given
    offering_type: str
    country: str
    level: int | None
    snoozes: tuple[tuple[str, Snooze], ...] = ()
    """With the keys of logins, each tab once for each."""

    def snoozed_by(self, login: str) -> list[Snooze]:
        return [snooze for key, snooze in self.snoozes if key == key_of(login)]

    def candidate(self) -> Candidate:
        made = self.made
        return Candidate(
            facts=made.facts,
            market_segment=made.segment,
            offering_type=self.offering_type,
            managed_by=None if made.member is None else MEMBERS[made.member],
            invitation_status="Pending" if made.is_pending else "Accepted",
            invited_on=made.invited_on,
            anniversary_on=made.anniversary_on,
            country=self.country,
            select_level=self.level,
            search_text=search_text([made.name, made.email]),
            snoozes={key_of(login): self.snoozed_by(login) for login in MEMBERS},
        )


snoozes = st.lists(
    st.tuples(st.sampled_from([key_of(each) for each in MEMBERS]), st.builds(Snooze, st.sampled_from(WORK_TABS), days)),
    max_size=6,
    unique_by=lambda each: (each[0], each[1].tab),
)

customers = st.builds(
    Asked,
    made=customers_with_a_past(),
    offering_type=st.sampled_from(["Team", "Enterprise"]),
    country=st.sampled_from(["DE", "us", "Austria", ""]),
    level=st.none() | st.integers(1, 4),
    snoozes=snoozes.map(tuple),
)
batches = st.lists(customers, max_size=20)


def chosen(name: str, values: Sequence[str]) -> st.SearchStrategy[Term]:
    some = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True).map(tuple)
    return st.builds(Term, st.just(name), st.just(":"), some)


terms = st.one_of(
    st.sampled_from([*TABS, "mine", "snoozed", "snoozed"]).map(Term),
    *(chosen(name, ["" if each == "none" else each for each in choice.values]) for name, choice in CHOICES.items()),
    chosen("state", list(CHOICES["state"].values)),
    chosen("manager", [*MEMBERS, "BEN.adler", "nobody", ""]),
    chosen("country", ["DE", "US", "austria", "FR"]),
    st.builds(
        lambda name, operator, number: Term(name, operator, (str(number),)),
        st.sampled_from([*NUMBERS, "left", "left", "late"]),
        st.sampled_from(COMPARISONS),
        st.integers(-70, 130) | st.sampled_from([0, 1, 2, 365, 366, 10_000, 999_999_999, -999_999_999]),
    ),
    st.builds(
        lambda operator, number: Term("amount", operator, (number,)),
        st.sampled_from(COMPARISONS),
        st.sampled_from(["0", "10.5", "10.4999", "2000000"]),
    ),
    st.sampled_from(["zoo", "rzt", "o", "東京", "example", "%", "nowhere"]).map(lambda text: Term(values=(text,))),
)
queries = st.lists(
    st.builds(lambda term, negated: term._replace(negated=negated), terms, st.booleans()), max_size=3
).map(lambda made: Query(tuple(dict.fromkeys(made))))


def fill(batch: Sequence[Asked], members: Sequence[int]) -> list[tuple[int, Asked]]:
    """Put these customers, and no others, into the database; with their ids."""
    rows = [
        stored_columns(each.made, members)
        | {
            "offering_type": each.offering_type,
            "country": each.country,
            "select_level": each.level,
            "search_text": search_text([each.made.name, each.made.email]),
        }
        for each in batch
    ]
    with write_transaction():
        Customer.delete().execute()
        if rows:
            Customer.insert_many(rows).execute()
        recount()
        ids = [row.id for row in Customer.select(Customer.id).order_by(Customer.vip_key)]
        for number, each in zip(ids, batch, strict=True):
            for login, snooze in each.snoozes:
                Stored.create(
                    login=login, customer=number, tab=snooze.tab.value, until_on=snooze.until_on, created_at=NOON
                )
    return list(zip(ids, batch, strict=True))


@PROPERTY
@given(batch=batches, some=st.lists(queries, min_size=1, max_size=6), today=days, policy=st.sampled_from(POLICIES))
def test_sql_and_python_select_the_same_customers(
    members: Sequence[int], batch: list[Asked], some: list[Query], today: date, policy: VipPolicy
) -> None:
    stored = fill(batch, members)
    for query in some:
        seen = query.seen_by(ME)
        wanted = meaning(seen, today, policy)
        expected = {number for number, each in stored if holds(wanted, each.candidate())}
        assert expected == {number for number, each in stored if is_as_asked(query, each, today, policy)}
        for tab in CustomerFilter:
            in_tab = {number for number, each in stored if tab in filters_of(each.made.facts, today, policy)}
            listing = Listing(filter=tab, query=seen if seen.terms else None)
            rows = list_customers(listing, today, policy)
            assert {row.id for row in rows} == expected & in_tab
            assert len(rows) == len(expected & in_tab) == count_customers(listing, today, policy)
            assert count_at_once(listing, today, policy) in (len(rows), None)
            assert [row.id for row in walk_customers(listing, today, policy)] == [row.id for row in rows]
            asleep_here = {number for number, each in stored if tab in is_asleep(each, today, policy)}
            rest = listing._replace(awake_for=ME)
            assert [row.id for row in list_customers(rest, today, policy)] == [
                row.id for row in rows if row.id not in asleep_here
            ]
            assert count_customers(rest, today, policy) == len((expected & in_tab) - asleep_here)
            assert count_at_once(rest, today, policy) in (len((expected & in_tab) - asleep_here), None)


@PROPERTY
@given(batch=batches, today=days, policy=st.sampled_from(POLICIES), mine=st.booleans())
def test_badges_leave_out_who_is_snoozed(
    members: Sequence[int], batch: list[Asked], today: date, policy: VipPolicy, mine: bool
) -> None:
    stored = fill(batch, members)
    whose = ME if mine else None
    shown = [each for _, each in stored if not mine or each.made.member == 0]
    badges = take_badges("", whose, today, policy, me=ME.upper())
    for tab in CustomerFilter:
        in_tab = [each for each in shown if tab in filters_of(each.made.facts, today, policy)]
        asleep_here = [each for each in in_tab if tab in is_asleep(each, today, policy)]
        assert badges.counts[tab] == len(in_tab) - len(asleep_here)
        assert badges.asleep.get(tab, 0) == len(asleep_here)
        listing = Listing(filter=tab, managed_by=whose, awake_for=ME)
        for one in (listing, listing._replace(awake_for=None)):
            page = take_snapshot(one, today, policy, login="", size=99, me=ME).page
            rows = list_customers(one, today, policy)
            assert (page.rows, page.total) == (rows, len(rows))
            known = {number for number, each in stored if is_asleep(each, today, policy)}
            assert page.asleep == known & {row.id for row in rows}


def is_asleep(each: Asked, today: date, policy: VipPolicy) -> tuple[CustomerFilter, ...]:
    """The tabs that I do without a customer in."""
    return asleep(each.snoozed_by(ME), each.made.facts, today, policy).tabs


@pytest.fixture
def impatient(preferred: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the rows are reached, walking is given up after a few of them."""
    monkeypatch.setattr(costs, "MANY_ENTRIES", 2)


@PROPERTY
@given(
    batch=batches,
    query=queries,
    today=days,
    tab=st.sampled_from(CustomerFilter),
    size=st.integers(1, 7),
    search=st.sampled_from(["", "", "zo", "rzt"]),
    mine=st.booleans(),
    reverse=st.booleans(),
    awake=st.booleans(),
)
@pytest.mark.parametrize("column", SortColumn)
def test_pages_by_key_join_to_the_whole_list(
    members: Sequence[int],
    impatient: None,
    column: SortColumn,
    batch: list[Asked],
    query: Query,
    today: date,
    tab: CustomerFilter,
    size: int,
    search: str,
    mine: bool,
    reverse: bool,
    awake: bool,
) -> None:
    fill(batch, members)
    policy = VipPolicy()
    listing = Listing(
        filter=tab,
        sort=column,
        reverse=reverse,
        managed_by=ME if mine else None,
        search=search,
        query=query.seen_by(ME) if query.terms else None,
        awake_for=ME if awake else None,
    )
    rows = list_customers(listing, today, policy)
    assert [row for page in pages_forwards(listing, today, size) for row in page] == list(rows)
    assert [row for page in reversed([*pages_backwards(listing, today, size)]) for row in page] == list(rows)
    assert list(rows) == sorted(rows, key=lambda row: in_order(row, column, today, reverse), reverse=reverse)
    for index, row in enumerate(rows):
        assert rank_of(listing, today, policy, row.sort_key) == index
        assert find_row(listing, today, policy, row.id) == row


def is_as_asked(query: Query, each: Asked, today: date, policy: VipPolicy) -> bool:
    """Whether a customer is wanted, by its standing and without the conditions that lists use."""
    return all(_fulfils(term, each, today, policy) is not term.negated for term in query.terms)


def _fulfils(term: Term, each: Asked, today: date, policy: VipPolicy) -> bool:
    made, facts = each.made, each.made.facts
    stands = standing(made.anniversary_on, facts, today, policy)
    member = None if made.member is None else MEMBERS[made.member].casefold()
    if not term.name:
        return bool(set(term.values) & {""}) or term.values[0] in search_text([made.name, made.email])
    if term.name in TABS:
        return TABS[term.name] in filters_of(facts, today, policy)
    if term.name == "mine":
        return member == ME.casefold()
    if term.name == "snoozed":
        return bool(is_asleep(each, today, policy))
    invited = None if made.invited_on is None or not made.is_pending else (today - made.invited_on).days
    numbers = {
        "late": stands.days_past_due,
        "age": stands.authorization_age,
        "left": stands.days_to_anniversary,
        "licences": facts.open_licences,
        "to-renew": facts.licences_due - facts.licences_renewed,
        "invited": invited,
        "amount": facts.open_amount,
    }
    if term.name in numbers:
        value = numbers[term.name]
        return value is not None and COMPARE[term.operator](value, Decimal(term.values[0]))
    words = {
        "manager": {member or ""},
        "country": {each.country.casefold()},
        "segment": {made.segment},
        "type": {each.offering_type},
        "invitation": {"Pending" if made.is_pending else "Accepted"},
        "level": {"" if each.level is None else str(each.level)},
        "state": {stands.authorization_state, stands.renewal_phase},
    }[term.name]
    known = CHOICES[term.name].values if term.name in CHOICES else {}
    return any(known.get(value, value if term.name in known else value.casefold()) in words for value in term.values)


def test_a_word_of_a_query_is_what_the_tab_is(database: str) -> None:
    query = parse_query("past-due")
    assert count_customers(Listing(query=query), date(2026, 3, 20), VipPolicy()) == 0
