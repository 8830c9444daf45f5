"""Working with a database whose engine fails: locked, full, damaged, cut off."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import peewee
import psycopg
import pytest

import viptui
from viptui.data.database import connected, open_database, write_transaction
from viptui.data.models import Look, Note, Reseller
from viptui.data.proxy import database_proxy
from viptui.data.queries import list_customers
from viptui.errors import StorageUnavailable
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

ROOT = Path(viptui.__file__).parents[1]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A closed SQLite database of viptui's with something in it."""
    path = tmp_path / "test.db"
    open_database(str(path), create=True)
    Reseller.insert_many([{"name": f"reseller {number}"} for number in range(5000)]).execute()
    database_proxy.close()
    return path


def test_damaged_page_is_a_sentence_wherever_it_is_met(made: Path) -> None:
    content = bytearray(made.read_bytes())
    tables = sqlite3.connect(made)
    pages = [page for (page,) in tables.execute("SELECT rootpage FROM sqlite_master WHERE name LIKE 'customer%'")]
    (reseller,) = tables.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reseller'").fetchone()
    (size,) = tables.execute("PRAGMA page_size").fetchone()
    tables.close()
    for page in (*pages, reseller):
        content[(page - 1) * size : page * size] = _bytes(page, size)
    made.write_bytes(content)
    opened = open_database(str(made))
    with pytest.raises(StorageUnavailable, match="malformed"), connected(opened):
        list_customers(Listing(), _TODAY, VipPolicy())
    with pytest.raises(StorageUnavailable, match="malformed"), connected(opened):
        list(Reseller.select())
    with (
        pytest.raises(StorageUnavailable, match=r"^Nothing was written: .*malformed"),
        connected(opened),
        write_transaction(),
    ):
        Reseller.create(name="Ours")
    opened.close()


_TODAY = date(2026, 3, 20)


def test_full_disk_is_a_sentence_and_passes(made: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FILL, str(made)], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.stderr == ""
    first, *rest = done.stdout.splitlines()
    assert first.startswith(("It is uncertain whether this was written: ", "Nothing was written: "))
    assert "cannot rollback" not in first  # the cause, not what followed from it
    assert rest == ["5000", "5001"]


_FILL = """
import resource, sys
from viptui.data.database import open_database, write_transaction
from viptui.data.models import Reseller
from viptui.errors import StorageUnavailable

opened = open_database(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    with write_transaction():
        for _ in range(2_000):
            Reseller.create(name="x" * 200)
except StorageUnavailable as error:
    print(error)
print(Reseller.select().count())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with write_transaction():
    Reseller.create(name="Ours")
print(Reseller.select().count())
opened.close()
"""


def test_deleted_file_is_not_made_anew(made: Path) -> None:
    opened = open_database(str(made))
    opened.close()
    made.unlink()
    with pytest.raises(StorageUnavailable), connected(opened):
        list(Reseller.select())
    assert not made.exists()


def test_locked_database_is_a_sentence(made: Path) -> None:
    opened = open_database(str(made))
    opened.execute_sql("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(made, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable, match="Nothing was written: database is locked"), write_transaction():
        Reseller.create(name="Ours")
    other.execute("ROLLBACK")
    other.close()
    with write_transaction():
        Reseller.create(name="Ours")
    opened.close()


def test_connection_that_the_server_has_cut_is_made_anew(new_postgres_database: str) -> None:
    opened = open_database(new_postgres_database, create=True)
    for work in (_read, _write):
        with pytest.raises(StorageUnavailable):
            _cut_at_work(new_postgres_database, opened, work)
        with connected(opened):
            work()
    opened.close()


def test_transaction_cut_by_the_server_leaves_nothing(new_postgres_database: str) -> None:
    opened = open_database(new_postgres_database, create=True)
    with pytest.raises(StorageUnavailable, match="Nothing was written"), connected(opened):
        _write_cut_short(new_postgres_database, opened)
    with connected(opened):
        assert Reseller.select().count() == 0
    opened.close()


def test_commit_that_nobody_answered_is_called_uncertain(new_postgres_database: str) -> None:
    opened = open_database(new_postgres_database, create=True)
    with pytest.raises(StorageUnavailable, match="uncertain whether"), connected(opened), write_transaction():
        _cut(new_postgres_database, opened)
    opened.close()


def test_connection_that_the_server_has_ended_meanwhile_is_made_anew(new_postgres_database: str) -> None:
    opened = open_database(new_postgres_database, create=True)
    for work in (_read, _write):
        _cut(new_postgres_database, opened)
        with connected(opened):
            work()
    opened.close()


def test_server_that_cannot_be_reached_any_more_counts_as_gone_within_a_minute(new_postgres_database: str) -> None:
    opened = open_database(new_postgres_database, create=True)
    told = opened.connection().info.get_parameters()
    assert int(told["tcp_user_timeout"]) == 30_000
    assert int(told["keepalives_idle"]) + int(told["keepalives_interval"]) * int(told["keepalives_count"]) == 60
    opened.close()
    own = f"{new_postgres_database}{'&' if '?' in new_postgres_database else '?'}keepalives_idle=7"
    opened = open_database(own)
    assert opened.connection().info.get_parameters()["keepalives_idle"] == "7"
    opened.close()


def test_notes_of_the_server_do_not_end_a_connection(new_postgres_database: str) -> None:
    opened = open_database(new_postgres_database, create=True)
    process = opened.connection().info.backend_pid
    with connected(opened):
        opened.execute_sql("LISTEN news")
        opened.commit()
    with psycopg.connect(new_postgres_database) as other:
        other.execute("NOTIFY news")
    with connected(opened):
        assert opened.connection().info.backend_pid == process
    opened.close()


@write_transaction()
def _write_cut_short(url: str, opened: Any) -> None:
    Reseller.create(name="Ours")
    _cut(url, opened)
    Reseller.create(name="Theirs")


def _cut_at_work(url: str, opened: Any, work: Callable[[], None]) -> None:
    with connected(opened):
        _cut(url, opened)
        work()


def _cut(url: str, opened: Any) -> None:
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", (opened.connection().info.backend_pid,))


def _read() -> None:
    list(Reseller.select())


def _write() -> None:
    with write_transaction():
        Reseller.create(name="Ours")


def test_broken_constraint_is_no_failure_of_the_engine(database: str) -> None:
    values = {"login": "anna", "tab": "all", "looked_at": None}
    with pytest.raises(peewee.IntegrityError), connected(database_proxy.obj), write_transaction():
        Look.insert(values).execute()
    with pytest.raises(peewee.IntegrityError), connected(database_proxy.obj), write_transaction():
        Note.insert(customer=1, author="", body="", written_at=_INSTANT).execute()


_INSTANT = datetime(2026, 3, 20, tzinfo=UTC)


def _bytes(seed: int, number: int) -> bytes:
    return Random(seed).randbytes(number)
