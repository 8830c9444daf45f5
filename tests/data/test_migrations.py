"""The schema: the migrations make what the models expect, all of it or nothing, however many begin at once."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

import viptui
from viptui.data.database import is_postgres, open_database
from viptui.data.migrations import applied, known
from viptui.data.models import ALL_TABLES
from viptui.data.proxy import database_proxy
from viptui.data.sqlite import APPLICATION_ID

TABLES = frozenset(model._meta.table_name for model in ALL_TABLES) | {"schema_migration"}


def test_every_migration_is_applied_and_known(database: str) -> None:
    assert applied(database_proxy.obj) == set(known())
    assert _own(database_proxy.get_tables()) == TABLES


def test_migrations_make_what_the_models_expect(database: str) -> None:
    describe = _postgres_schema if is_postgres(database) else _sqlite_schema
    migrated = describe()
    database_proxy.drop_tables(ALL_TABLES, cascade=is_postgres(database))
    database_proxy.create_tables(ALL_TABLES)
    assert migrated == describe()
    assert len(migrated) > len(ALL_TABLES)


def _own(names: Iterable[str]) -> set[str]:
    """Tables that the models know: not SQLite's own, not those of the search."""
    return {each for each in names if not each.startswith(("sqlite_", "customer_search"))}


def _sqlite_schema() -> list[Any]:
    """Every table and index by its statement, without quotes and layout; the constraints of a table in any order.

    Without what serves the search: that is not the same on both engines, so that no model has it.
    """
    rows = database_proxy.execute_sql(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name <> 'schema_migration' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'customer_search%' ORDER BY type, name"
    )
    return [(kind, name, *_parts(" ".join(sql.replace('"', "").split()))) for kind, name, sql in rows]


def _parts(statement: str) -> tuple[Any, ...]:
    """A statement's head, the columns in their order and the constraints, which a later column may stand behind."""
    head, _, body = statement.partition("(")
    parts = [each.strip() for each in re.split(r",(?![^(]*\))", body.rpartition(")")[0])]
    constraints = [each for each in parts if each.startswith("FOREIGN KEY")]
    columns = [each for each in parts if each not in constraints]
    for place, column in enumerate(columns):  # one that was added later names itself what it refers to
        columns[place], refers, target = column.partition(" REFERENCES ")
        constraints += [f"FOREIGN KEY ({column.split()[0]}) REFERENCES {target}"] * bool(refers)
    return head.strip(), columns, sorted(constraints)


def _postgres_schema() -> list[Any]:
    """Every column, constraint and index."""
    return [row for query in (COLUMNS, CONSTRAINTS, INDEXES) for row in database_proxy.execute_sql(query).fetchall()]


COLUMNS = (
    "SELECT table_name, ordinal_position, column_name, data_type, character_maximum_length, is_nullable, "
    "collation_name, column_default FROM information_schema.columns "
    "WHERE table_schema = 'public' AND table_name <> 'schema_migration' ORDER BY 1, 2"
)
CONSTRAINTS = (
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace AND conrelid <> 'schema_migration'::regclass ORDER BY 1, 2"
)
INDEXES = (
    "SELECT tablename, indexname, indexdef FROM pg_indexes "
    "WHERE schemaname = 'public' AND tablename <> 'schema_migration' "
    "AND indexname <> 'customer_by_search_text' ORDER BY 1, 2"
)

OPENER = """
import sys
from viptui.data.database import import_peewee, open_database

import_peewee(sys.argv[1])
import playhouse.migrations
print("ready", flush=True)
sys.stdin.readline()
open_database(sys.argv[1], create=True).close()
print("done", flush=True)
"""


@pytest.mark.parametrize("attempt", range(3))
def test_four_programs_at_once_all_open_a_new_database(target: str, attempt: int) -> None:
    openers = [_opener(target) for _ in range(4)]
    for each in openers:
        _go(each)
    outcomes = [(*each.communicate(timeout=60), each.returncode) for each in openers]
    assert outcomes == [("done\n", "", 0)] * 4
    opened = open_database(target)
    assert len(opened.execute_sql("SELECT name FROM schema_migration").fetchall()) == len(known())
    opened.close()


@pytest.mark.parametrize("seed", range(8))
def test_killed_in_the_middle_leaves_the_old_or_the_new(target: str, seed: int) -> None:
    tables = _kill_while_it_opens(target, seed, prepare=_empty_file)
    assert tables in (set(), TABLES)
    open_database(target, create=True).close()
    assert _tables_of(target) == TABLES


@pytest.mark.parametrize("seed", range(8))
def test_killed_while_a_new_file_is_made_leaves_none_or_a_whole_one(tmp_path: Path, seed: int) -> None:
    target = str(tmp_path / "test.db")
    _kill_while_it_opens(target, seed, prepare=lambda _: None)
    if Path(target).exists():
        assert _tables_of(target) == TABLES
    open_database(target, create=True).close()
    assert _tables_of(target) == TABLES


def _kill_while_it_opens(target: str, seed: int, prepare: Callable[[str], None]) -> set[str]:
    """Kill a program at a random moment of its opening; the tables that it leaves."""
    prepare(target)
    opener = _opener(target)
    _go(opener)
    time.sleep(Random(seed).uniform(0, 0.08))
    opener.kill()
    opener.communicate()
    return _tables_of(target)


def _empty_file(target: str) -> None:
    """A viptui file without tables, so that the migration runs in place."""
    if not is_postgres(target):
        file = sqlite3.connect(target)
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute("PRAGMA journal_mode = wal")
        file.close()


def _tables_of(target: str) -> set[str]:
    if is_postgres(target):
        with psycopg.connect(target) as server:
            return {name for (name,) in server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    if not Path(target).exists():
        return set()
    file = sqlite3.connect(target)
    names = _own(name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    file.close()
    return names - {"sqlite_sequence"}


def _opener(target: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", OPENER, target],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(viptui.__file__).parents[1],
    )


def _go(opener: subprocess.Popen[str]) -> None:
    assert opener.stdin is not None
    assert opener.stdout is not None
    assert opener.stdout.readline() == "ready\n"
    opener.stdin.write("\n")
    opener.stdin.flush()
