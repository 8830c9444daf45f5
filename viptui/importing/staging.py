"""Temporary tables in which the rows of the files are gathered, so that the database compares and not Python.

They are the connection's own: nobody else sees them, and nobody waits while they are filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from peewee import OperationalError, __exception_wrapper__  # type: ignore[attr-defined]

from viptui.data.failures import tidied_up
from viptui.data.fields import POSTGRES_TYPES, SQLITE_TYPES
from viptui.data.proxy import database_proxy
from viptui.data.sql import execute_many, fetch, is_sqlite
from viptui.errors import StorageUnavailable
from viptui.importing.columns import KINDS, Kind
from viptui.importing.derived import Record

_SQLITE_CACHE_KIB: Final = 131_072
"""While an import runs; random keys go into a dozen indexes."""


def run(statement: str) -> int:
    """Run a statement; the number of rows that it changed."""
    cursor = database_proxy.obj.execute_sql(statement)
    return int(cursor.rowcount)


def differs() -> str:
    """The operator that tells two values apart even if one of them is NULL."""
    return "IS NOT" if is_sqlite() else "IS DISTINCT FROM"


@contextmanager
def staging_tables() -> Iterator[None]:
    """Empty temporary tables, dropped in the end; outside of a transaction."""
    _drop()
    for kind in KINDS:
        run(_create(kind))
    run("CREATE TEMPORARY TABLE import_changed (kind TEXT NOT NULL, id INTEGER NOT NULL)")
    run("CREATE TEMPORARY TABLE import_touched (customer_id INTEGER PRIMARY KEY)")
    run(f"CREATE TEMPORARY TABLE import_link (key {_types()['code_point']} PRIMARY KEY, order_id INTEGER NOT NULL)")
    with tidied_up(_drop), sqlite_set("main.cache_size", -_SQLITE_CACHE_KIB):
        yield


@contextmanager
def loading() -> Iterator[None]:
    """One transaction that fills temporary tables; it holds nothing of the database itself.

    Raises:
        StorageUnavailable: the disk is full, or the server is gone.
    """
    database = database_proxy.obj
    try:
        with database.atomic("DEFERRED") if is_sqlite() else database.atomic():
            yield
            for kind in KINDS:
                run(f"CREATE INDEX {kind.stage}_key ON {kind.stage} ({kind.key})")
    except OperationalError as error:
        raise StorageUnavailable(f"Nothing was written: {error}.") from error


def load(kind: Kind, records: Iterable[Record]) -> None:
    """Put records into their temporary table."""
    columns = ", ".join(kind.columns)
    if is_sqlite():
        marks = ", ".join("?" for _ in kind.columns)
        execute_many(f"INSERT INTO {kind.stage} ({columns}) VALUES ({marks})", records)
        return
    cursor: Any = database_proxy.obj.cursor()
    with __exception_wrapper__, cursor.copy(f"COPY {kind.stage} ({columns}) FROM STDIN") as copy:
        for record in records:
            copy.write_row(record)


def find_heads() -> None:
    """Note the first row of each record, and the record that the database has of it already."""
    for kind in KINDS:
        run(
            f"CREATE TEMPORARY TABLE {kind.heads} "
            f"(id INTEGER PRIMARY KEY, key {_types()['code_point']} NOT NULL, target INTEGER)"
        )
        run(
            f"INSERT INTO {kind.heads} (id, key, target) SELECT MIN(s.id), s.{kind.key}, MAX(t.id) FROM {kind.stage} s "
            f"LEFT JOIN {kind.table} t ON t.{kind.key} = s.{kind.key} GROUP BY s.{kind.key} ORDER BY 1"
        )
        run(f"CREATE INDEX {kind.heads}_key ON {kind.heads} (key)")
        run(f"CREATE INDEX {kind.heads}_target ON {kind.heads} (target) WHERE target IS NOT NULL")
        if not is_sqlite():
            run(f"ANALYZE {kind.stage}")
            run(f"ANALYZE {kind.heads}")


def touched_customers() -> Iterator[int]:
    """The customers whose rows have changed, by id; may be read while others are written."""
    last = 0
    while batch := fetch(_TOUCHED, (last,)):
        yield from (customer for (customer,) in batch)
        ((last,),) = batch[-1:]


def lock_tables() -> None:
    """Keep other writers out until the end of the transaction; readers go on. SQLite has done so already."""
    if not is_sqlite():
        run(
            "LOCK TABLE team_member, product, customer, customer_order, purchase_authorization "
            "IN SHARE ROW EXCLUSIVE MODE"
        )


_TOUCHED: Final = "SELECT customer_id FROM import_touched WHERE customer_id > ? ORDER BY customer_id LIMIT 5000"


def has_several_rows(kind: Kind) -> bool:
    """Whether any record has more than one row."""
    ((rows, records),) = fetch(f"SELECT (SELECT COUNT(*) FROM {kind.stage}), (SELECT COUNT(*) FROM {kind.heads})")
    return bool(rows > records)


def has_known_records(kind: Kind) -> bool:
    """Whether the database has any of the records already."""
    return bool(fetch(f"SELECT 1 FROM {kind.heads} WHERE target IS NOT NULL LIMIT 1"))


def _create(kind: Kind) -> str:
    types = _types()
    identity = "INTEGER PRIMARY KEY" if is_sqlite() else "SERIAL PRIMARY KEY"
    columns = [f"id {identity}", "file INTEGER NOT NULL", "line INTEGER NOT NULL"]
    columns += [f"{each.column} {each.type.format(**types)}" for each in kind.fields]
    columns += [f"{each} {types['code_point']}" for each in kind.derived]
    return f"CREATE TEMPORARY TABLE {kind.stage} ({', '.join(columns)})"


def _types() -> dict[str, str]:
    types = SQLITE_TYPES if is_sqlite() else POSTGRES_TYPES
    return {"text": "TEXT", "code_point": types["CODE_POINT"], "date": types["CIVIL_DATE"]}


def _drop() -> None:
    tables = [name for kind in KINDS for name in (kind.stage, kind.heads)]
    for name in (*tables, "import_changed", "import_touched", "import_link"):
        run(f"DROP TABLE IF EXISTS {name}")


@contextmanager
def sqlite_set(name: str, value: int) -> Iterator[None]:
    """A setting of SQLite that is another one for a while; PostgreSQL is left as it is."""
    if not is_sqlite():
        yield
        return
    ((before,),) = fetch(f"PRAGMA {name}")
    run(f"PRAGMA {name} = {value}")
    with tidied_up(partial(run, f"PRAGMA {name} = {before}")):
        yield
