"""The index behind the search: it has what the rows hold, whatever happens to them, and it is what is asked."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import SqliteDatabase
from playhouse.migrations import Runner

from tests.support.clock import TODAY
from tests.support.records import add_customer, columns_of
from viptui.data import migrations, triples
from viptui.data.database import is_postgres, open_database, write_transaction
from viptui.data.models import Customer
from viptui.data.proxy import database_proxy
from viptui.data.queries import list_customers
from viptui.data.search import contains
from viptui.data.sql import execute, fetch
from viptui.data.triples import Found
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


@PROPERTY
@given(batch=st.lists(names, min_size=1, max_size=12), text=names, at_most=st.integers(1, 5), each=st.integers(1, 3))
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_stretches_follow_the_order_of_names_until_all_are_met(
    sqlite: str, backwards: bool, batch: list[str], text: str, at_most: int, each: int
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(triples, "EACH", each)
        store(batch)
        with write_transaction():
            make_ranges()
    names_of = {row.id: row.sort_name for row in Customer.select()}
    met: list[int] = []
    start: triples.Start | None = None
    for _ in range(len(batch) + 1):
        stretch = Found(text).stretch(start, at_most, backwards=backwards)
        assert stretch is not None
        assert not set(stretch.ids) & set(met)
        met += stretch.ids
        if stretch.end is None:
            break
        end = stretch.end.sort_name
        assert all((names_of[number] < end) != backwards for number in stretch.ids)
        left = {number for number in rows_with(text) if (names_of[number] < end) == backwards}
        assert left == rows_with(text) - set(met)
        start = stretch.end
    assert set(met) == rows_with(text)


def test_a_range_with_very_many_is_not_walked(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store(["Alpha"] * 6)
    monkeypatch.setattr(triples, "MOST_IN_A_RANGE", 5)
    assert Found("alpha").stretch(None, 1, backwards=False) is None
    monkeypatch.setattr(triples, "MOST_IN_A_RANGE", 6)
    stretch = Found("alpha").stretch(None, 1, backwards=False)
    assert stretch is not None
    assert len(stretch.ids) == 6
    listing = Listing(search="alpha")
    monkeypatch.setattr(triples, "MOST_IN_A_RANGE", 2)
    first = list_customers(listing, TODAY, VipPolicy(), limit=4)
    assert [*first, *list_customers(listing, TODAY, VipPolicy(), limit=4, after=first[-1].sort_key)] == list(
        list_customers(listing, TODAY, VipPolicy())
    )


def test_the_index_is_made_anew_once_the_database_has_outgrown_its_ranges(
    sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(triples, "EACH", 1)
    monkeypatch.setattr(triples, "WORTH_IT", 10)
    for number, ranges in ((10, 0), (16, 0), (17, 17), (40, 17)):
        store([f"Name {at:02}" for at in range(number)])
        with write_transaction():
            triples.make_if_outgrown()
            execute("INSERT INTO customer_search (customer_search, rank) VALUES ('integrity-check', 1)")
        assert fetch("SELECT COUNT(*) FROM customer_search_range") == [(ranges,)]
        assert Found("name").count() == number


def test_an_older_database_is_searched_as_well(tmp_path: Path) -> None:
    path = str(tmp_path / "own.db")
    open_database(path, create=True).close()
    with closing(sqlite3.connect(path)) as file:
        begun = file.execute("PRAGMA application_id").fetchone()
    Path(path).unlink()
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"PRAGMA application_id = {begun[0]:d}")
    older = SqliteDatabase(path)
    with closing(older), older.atomic():
        Runner(older, directory=str(Path(migrations.__file__).parent)).up(target="0009_search_by_name")
        for at in range(600):
            Customer.insert(**columns_of(f"Müller {at:03}", vip_id=f"9{at}")).execute(older)
    with closing(open_database(path)):
        assert Found("muller 5").count() == 100
        rows = list_customers(Listing(search="ller 5"), TODAY, VipPolicy(), limit=3)
        assert [row.organization_name for row in rows] == ["Müller 500", "Müller 501", "Müller 502"]
        ((ranges,),) = fetch("SELECT COUNT(*) FROM customer_search_range")
        assert ranges == 2
        with write_transaction():
            execute("INSERT INTO customer_search (customer_search, rank) VALUES ('integrity-check', 1)")


def make_ranges() -> None:
    triples.divide()
    triples.make()


@pytest.mark.parametrize("text", ["lph", "al"])
@pytest.mark.parametrize("last", [False, True], ids=["first page", "last page"])
def test_a_search_in_the_order_of_names_reads_what_is_on_the_page(sqlite: str, text: str, last: bool) -> None:
    store([f"Alpha {number:04}" for number in range(3_000)])
    with write_transaction():
        make_ranges()
    engine: Any = database_proxy.obj
    asked: list[tuple[str, Any]] = []
    engine.query_hooks.append(lambda event: asked.append((event.sql, event.params)))
    found = list_customers(Listing(search=text), TODAY, VipPolicy(), limit=40, last=last)
    engine.query_hooks.clear()
    assert len(found) == 40
    assert not any("LIKE" in statement for statement, _ in asked)
    (rows,) = [parameters for statement, parameters in asked if "json_each" in statement]
    assert 40 <= len(json.loads(rows[0])) <= 40 + 2 * triples.EACH**2
