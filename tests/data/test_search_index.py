"""The index behind the search: it has what the rows hold, whatever happens to them, and it is what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.clock import TODAY
from tests.support.records import add_customer, columns_of
from viptui.data.database import is_postgres, open_database, write_transaction
from viptui.data.models import Customer
from viptui.data.proxy import database_proxy
from viptui.data.queries import list_customers
from viptui.data.search import Found, contains
from viptui.data.sql import execute, fetch
from viptui.rules.folding import fold
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

PROPERTY = settings(
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

names = st.text(st.sampled_from("aAbäÄß東京 '\"\\%_&|!:*()<->"), min_size=1, max_size=8).filter(str.strip)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[str]:
    """An empty viptui database on the engine whose index is a table with triggers."""
    path = str(tmp_path / "own.db")
    with closing(open_database(path, create=True)):
        yield path


def store(batch: Sequence[str]) -> None:
    """These customers and no others."""
    with write_transaction():
        Customer.delete().execute()
        Customer.insert_many([columns_of(name, vip_id=f"9{at}") for at, name in enumerate(batch)]).execute()


def rows_with(text: str) -> set[int]:
    """Ids of the customers that hold a text, told in Python."""
    return {row.id for row in Customer.select() if fold(text) in row.search_text}


@PROPERTY
@given(batch=st.lists(names, min_size=1, max_size=8), text=names)
def test_index_finds_what_the_rows_hold(database: str, batch: list[str], text: str) -> None:
    store(batch)
    here = contains(text)
    looked_at = {customer for (customer,) in fetch(f"SELECT c.id FROM customer c WHERE {here.sql}", here.parameters)}
    assert looked_at == rows_with(text)
    if not is_postgres(database):
        found = Found(text)
        assert {customer for (customer,) in fetch(found.ids.sql, found.ids.parameters)} == looked_at
        assert found.count() == len(looked_at)
        assert found.count(1) == min(1, len(looked_at))


@PROPERTY
@given(batch=st.lists(names, min_size=3, max_size=8), changed=names)
def test_index_follows_every_change(sqlite: str, batch: list[str], changed: str) -> None:
    store(batch)
    with write_transaction():
        first, second, *_ = [row.id for row in Customer.select(Customer.id).order_by(Customer.id)]
        Customer.update(search_text=fold(changed)).where(Customer.id == first).execute()
        Customer.update(organization_name="another", search_text=Customer.search_text).execute()
        Customer.delete().where(Customer.id == second).execute()
        execute("INSERT INTO customer_search (customer_search, rank) VALUES ('integrity-check', 1)")
    assert first in {customer for (customer,) in fetch(Found(changed).ids.sql, Found(changed).ids.parameters)}


def test_a_text_that_no_field_can_hold_is_found_nowhere(sqlite: str) -> None:
    add_customer("Alpha")
    for text in ("a\0", "a" * 20_000, "q"):
        assert Found(text).count() == 0
        assert fetch(Found(text).ids.sql, Found(text).ids.parameters) == []


def test_short_texts_are_found_at_the_very_end_of_a_text(database: str) -> None:
    with write_transaction():
        Customer.create(**columns_of("x", vip_id="9z") | {"search_text": "9z"})
    for text in ("z", "9z", "9"):
        here = contains(text)
        assert fetch(f"SELECT COUNT(*) FROM customer c WHERE {here.sql}", here.parameters) == [(1,)]


def test_a_rare_beginning_of_very_many_triples_is_found(sqlite: str) -> None:
    store([f"東{chr(0x4E00 + number)}" for number in range(1_500)])
    assert Found("東").count() == 1_500


@pytest.mark.parametrize("text", ["lph", "al"])
def test_the_index_can_be_used(database: str, text: str) -> None:
    add_customer("Alpha")
    if is_postgres(database):
        fetch_plan = "EXPLAIN SELECT c.id FROM customer c WHERE " + contains(text).sql
        database_proxy.obj.execute_sql("SET enable_seqscan = off")
        plan = fetch(fetch_plan, contains(text).parameters)
        assert "customer_by_search_text" in str(plan)
    else:
        plan = fetch(f"EXPLAIN QUERY PLAN {Found(text).ids.sql}", Found(text).ids.parameters)
        assert "VIRTUAL TABLE INDEX" in str(plan)


@pytest.mark.parametrize("text", ["lph", "al", "a"])
def test_a_search_in_the_order_of_names_fetches_no_row_without_the_text(sqlite: str, text: str) -> None:
    add_customer("Alpha")
    engine: Any = database_proxy.obj
    asked: list[tuple[str, Any]] = []
    engine.query_hooks.append(lambda event: asked.append((event.sql, event.params)))
    found = list_customers(Listing(search=text), TODAY, VipPolicy(), limit=40)
    engine.query_hooks.clear()
    assert [row.organization_name for row in found] == ["Alpha"]
    (walk,) = [each for each in asked if "LIKE" in each[0]]
    plan = str(fetch(f"EXPLAIN QUERY PLAN {walk[0]}", walk[1]))
    assert "USING COVERING INDEX customer_by_name_and_text" in plan
