"""Reading lists: what the search finds, on both engines alike, and who the team is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.records import SEARCHABLE, add_customer, add_member, authorize, columns_of
from viptui.data.database import write_transaction
from viptui.data.models import Customer
from viptui.data.queries import count_customers, count_filters, find_member, list_customers, team_members
from viptui.rows import CustomerRow
from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import fold
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy

TODAY = date(2026, 11, 21)
POLICY = VipPolicy()

HOSTILE = (
    "%",
    "_",
    "\\",
    "*",
    "?",
    "[",
    "]",
    "'",
    '"',
    "%_",
    "\\%",
    "[a-z]",
    "--",
    ";",
    "''",
    "%%",
    "\\\\",
    "{}",
    "$1",
)
"""What means something in LIKE, GLOB, SQL text or a format, and nothing in a name."""


def found(text: str) -> list[CustomerRow]:
    return list(list_customers(Listing(search=text), TODAY, POLICY))


@pytest.fixture
def hostile_names(database: str) -> list[str]:
    """Customers whose names hold every hostile text, and one that holds none."""
    names = [f"a{text}b" for text in HOSTILE] + ["plain"]
    for name in names:
        add_customer(name)
    return names


@pytest.mark.parametrize("text", HOSTILE)
def test_signs_with_a_meaning_for_databases_are_searched_as_they_stand(hostile_names: list[str], text: str) -> None:
    assert {row.organization_name for row in found(text)} == {name for name in hostile_names if text in name}
    assert count_customers(Listing(search=text), TODAY, POLICY) == len(found(text))


letters = st.text(st.sampled_from("aAäÄßẞøØıİ%_\\*?[]'\" \t\nÉé́ł東"), max_size=6)


@settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(names=["STRASSE"], query="straße")
@example(names=["İzmir"], query="izmir")
@given(names=st.lists(letters.filter(str.strip), min_size=1, max_size=8), query=letters)
def test_search_finds_what_folds_alike_in_any_field(database: str, names: Sequence[str], query: str) -> None:
    with write_transaction():
        Customer.delete().execute()
        # each name in another field, so that every field is searched
        rows = [
            columns_of("Z", vip_id=f"9{number}") | {SEARCHABLE[number % 4]: name, "contact_email": "q"}
            for number, name in enumerate(names)
        ]
        made = [columns_of(row["organization_name"], **row) for row in rows]
        Customer.insert_many(made).execute()
    expected = {
        row["vip_id"]
        for row in made
        if not fold(query) or any(fold(query) in fold(str(row.get(field, ""))) for field in SEARCHABLE)
    }
    assert {row.vip_id for row in found(query)} == expected


def test_search_does_not_reach_across_two_fields(database: str) -> None:
    add_customer("Alpha", contact_name="Beta")
    assert found("alpha beta") == []
    assert len(found("beta")) == 1


def test_text_longer_than_any_name_is_found_nowhere(database: str) -> None:
    add_customer("Alpha")
    assert found("a" * 100_000) == []


def test_search_keeps_to_the_filter_and_the_team_member(database: str) -> None:
    ana = add_member("ana")
    mine = add_customer("Alpha", managed_by=ana)
    authorize(add_customer("Alpha too"), TODAY - timedelta(days=40), {"Photoshop": 1})
    authorize(mine, TODAY - timedelta(days=40), {"Photoshop": 1})
    listing = Listing(filter=CustomerFilter.PAST_DUE, managed_by="ANA", search="alpha")
    assert [row.id for row in list_customers(listing, TODAY, POLICY)] == [mine.id]


def test_customers_of_an_unknown_team_member_are_none(database: str) -> None:
    add_customer("Alpha")
    assert set(count_filters(TODAY, POLICY, "nobody").values()) == {0}


def test_anniversaries_without_licences_are_sorted_by_the_date_that_is_shown(database: str) -> None:
    add_customer("Later", anniversary_on=date(2020, 12, 31))  # shown as 2026-12-31
    add_customer("Leap", anniversary_on=date(2024, 2, 29))  # shown as 2027-02-28
    add_customer("Sooner", anniversary_on=date(2026, 12, 1))
    add_customer("None")
    rows = list_customers(Listing(sort=SortColumn.ANNIVERSARY), TODAY, POLICY)
    assert [row.organization_name for row in rows] == ["Sooner", "Later", "Leap", "None"]


def test_team_member_is_found_whatever_the_case(database: str) -> None:
    add_member("Ana.Kovac")
    add_member("ben")
    assert [member.login for member in team_members()] == ["Ana.Kovac", "ben"]
    member = find_member("ANA.KOVAC")
    assert member is not None
    assert member.login == "Ana.Kovac"
    assert find_member("carl") is None
