"""How a database is: sound or damaged, searchable or not, of this version or an older one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.builders import Portfolio, one_of_each
from viptui.data.database import open_database
from viptui.data.health import health
from viptui.data.migrations import known
from viptui.data.proxy import database_proxy
from viptui.errors import OlderDatabase


def test_a_sound_database(database: str) -> None:
    one_of_each(Portfolio())
    found = health(database)
    is_file = Path(database).exists()
    assert found.engine.startswith("SQLite 3." if is_file else "PostgreSQL 1")
    assert (found.customers, found.damage, found.sampled, found.missing) == (13, "", 13, 0)
    assert found.size > 10_000
    assert (found.free is not None) is is_file


def test_an_empty_database(database: str) -> None:
    found = health(database)
    assert (found.customers, found.damage, found.sampled, found.missing) == (0, "", 0, 0)


@pytest.mark.parametrize("target", ["sqlite"], indirect=True)
def test_customers_that_the_search_does_not_find(database: str) -> None:
    one_of_each(Portfolio())
    database_proxy.obj.execute_sql("INSERT INTO customer_search (customer_search) VALUES ('delete-all')")
    assert health(database).missing == 13


def test_an_older_database_is_not_updated_by_looking(database: str) -> None:
    newest = known()[-1]
    parameter = database_proxy.obj.param
    database_proxy.obj.execute_sql(f"DELETE FROM schema_migration WHERE name = {parameter}", (newest,))
    with pytest.raises(OlderDatabase):
        open_database(database, read_only=True)
