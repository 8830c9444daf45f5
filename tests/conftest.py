"""Fixtures for all tests: databases on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from tests.support.servers import postgres_server
from viptui.data.database import open_database

ENGINES = ("sqlite", "postgres")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a running PostgreSQL server. That none can be started is a failure, not a reason to skip."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated(postgres: str) -> Iterator[str]:
    """Name of a migrated PostgreSQL database to copy; migrating takes longer than all that most tests do."""
    with _new_database(postgres, "template1") as url:
        open_database(url, create=True).close()
        yield urlsplit(url).path.removeprefix("/")


@pytest.fixture
def new_postgres_database(postgres: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped after the test."""
    with _new_database(postgres, "template1") as url:
        yield url


@pytest.fixture
def migrated_postgres_database(postgres: str, migrated: str) -> Iterator[str]:
    """The URL of a PostgreSQL database with viptui's empty tables, dropped after the test."""
    with _new_database(postgres, migrated) as url:
        yield url


@contextmanager
def _new_database(postgres: str, template: str) -> Iterator[str]:
    name = f"viptui_{uuid4().hex}"
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))
    base, _, parameters = postgres.partition("?")
    yield f"{base.rpartition('/')[0]}/{name}" + (f"?{parameters}" if parameters else "")
    with psycopg.connect(make_conninfo(postgres), autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture(params=ENGINES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test's database is to be: a path that does not exist yet, or an empty PostgreSQL database.

    For a test that opens it with `database` the PostgreSQL one has its tables already.
    """
    if request.param == "sqlite":
        return str(tmp_path / "test.db")
    is_opened = "database" in request.fixturenames
    url: str = request.getfixturevalue("migrated_postgres_database" if is_opened else "new_postgres_database")
    return url


@pytest.fixture
def database(target: str) -> Iterator[str]:
    """An empty viptui database on each engine, open on the test's thread; the value is its target."""
    opened = open_database(target, create=True)
    yield target
    if not opened.is_closed():
        opened.close()
