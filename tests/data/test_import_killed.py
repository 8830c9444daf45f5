"""A first import that is killed, at whatever moment, has left nothing, or everything; what is left works."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.support.portfolio import authorization, customer, order, write_portfolio
from viptui.cli import run
from viptui.data.database import open_database
from viptui.data.queries import count_customers
from viptui.data.sql import fetch
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

MANY = 400
"""Customers that do not fit into the cache of `_DIES`, so that the file is written to before the end."""

STEPS = {
    "before anything is stored": ("comparing the rows", 0),
    "between the tables": ("storing Purchase Authorizations", 0),
    "while facts are stored": ("making the indexes: 1 of", 0),
    "among the indexes": ("making the indexes: 12 of", 0),
    "before the search's index": ("making the search's index", 0),
    "once all is stored": ("looking at how the rows are spread", MANY),
}

_DIES = """
import os, signal, sys
from viptui.data.database import import_peewee
path, step, *words = sys.argv[1:]
import_peewee(path)
from viptui.cli import importing, run
from viptui.importing import search_apart, staging
def show(bar, progress):
    if progress.step.startswith(step):
        os.kill(os.getpid(), signal.SIGKILL)
importing.ProgressBar.show = show
staging._SQLITE_CACHE_KIB = 40
run([*words, "--database", path])
"""


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> str:
    ids = [f"A{number}" for number in range(MANY)]
    return write_portfolio(
        tmp_path_factory.mktemp("portfolio"),
        customers=[customer(vip_id=each, organization_name=f"Widgets of {each}") for each in ids],
        authorizations=[authorization(vip_id=each, authorization_number=f"P{each}") for each in ids],
        orders=[order(vip_id=each, order_number=f"O{each}") for each in ids],
    )


@pytest.mark.parametrize(("step", "customers"), STEPS.values(), ids=STEPS)
def test_a_first_import_that_is_killed(tmp_path: Path, portfolio: str, step: str, customers: int) -> None:
    path = tmp_path / "own.db"
    with closing(open_database(str(path), create=True)):
        empty = path.stat().st_size
    killed = subprocess.run(
        [sys.executable, "-c", _DIES, str(path), step, "import", portfolio], check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    is_half_written = path.with_name("own.db-journal").exists()
    assert is_half_written == step.startswith(("storing", "making"))
    assert not is_half_written or path.stat().st_size > empty
    assert run(["counts", "--database", str(path)]) == 0
    assert look(path) == customers
    assert run(["import", portfolio, "--database", str(path)]) == 0
    assert look(path) == MANY


_IS_ENDED = """
import os, signal, sys
from viptui.data.database import import_peewee
path, step, *words = sys.argv[1:]
import_peewee(path)
from viptui.cli import importing, run
def show(bar, progress):
    if progress.step.startswith(step):
        os.kill(os.getpid(), signal.SIGTERM)
importing.ProgressBar.show = show
sys.exit(run([*words, "--database", path]))
"""


@pytest.mark.parametrize(("step", "customers"), STEPS.values(), ids=STEPS)
def test_a_first_import_that_is_told_to_end(tmp_path: Path, portfolio: str, step: str, customers: int) -> None:
    path = tmp_path / "own.db"
    with closing(open_database(str(path), create=True)):
        pass
    ended = _end(path, step, portfolio)
    assert ended.returncode == 128 + signal.SIGTERM
    if step == "making the search's index" and "all was" in ended.stderr:
        customers = MANY  # nothing came behind it but the end
    what = "all was imported." if customers else "nothing was imported. Import the files again."
    assert ended.stderr == f"viptui: Ended by a signal: {what}\n"
    assert ended.stdout == ""
    assert not path.with_name("own.db-journal").exists()
    assert look(path) == customers


def test_a_database_that_the_import_has_made_goes_with_it(tmp_path: Path, portfolio: str) -> None:
    assert _end(tmp_path / "own.db", "storing", portfolio).returncode == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_a_statement_under_way_does_not_keep_it(tmp_path: Path, portfolio: str) -> None:
    path = tmp_path / "own.db"
    with closing(open_database(str(path), create=True)):
        pass
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n"
    kill = "os.kill(os.getpid(), signal.SIGTERM)"
    slow = f"import threading; from viptui.data.sql import fetch; threading.Timer(0.5, lambda: {kill}).start(); "
    script = _IS_ENDED.replace(kill, f"{slow}fetch({endless!r})")
    ended = _end(path, "storing", portfolio, script)
    assert ended.returncode == 128 + signal.SIGTERM
    assert "nothing was imported" in ended.stderr
    assert look(path) == 0


def _end(path: Path, step: str, portfolio: str, script: str = _IS_ENDED) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", script, str(path), step, "import", portfolio],
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
    )


_DIES_BESIDE_ANOTHER = """
import os, signal, sys
from viptui.data.database import import_peewee
path, moment, *words = sys.argv[1:]
import_peewee(path)
from viptui.cli import importing, run
from viptui.importing import search_apart
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
def show(bar, progress):
    if progress.step == moment:
        die()
search_apart.MANY = 1
importing.ProgressBar.show = show
if moment == "the index is made":
    search_apart._answer = die
if __name__ == "__main__":
    run([*words, "--database", path])
"""

MOMENTS = {
    "when the other process has just begun": "storing orders",
    "when the other process may be at work": "working out renewals",
    "when the other process has done its work": "the index is made",
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_the_process_that_makes_the_search_index_ends_with_a_killed_import(
    tmp_path: Path, portfolio: str, moment: str
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    path = tmp_path / "own.db"
    with closing(open_database(str(path), create=True)):
        pass
    killed = subprocess.run(
        [sys.executable, "-c", _DIES_BESIDE_ANOTHER, str(path), moment, "import", portfolio],
        env=os.environ | {"TMPDIR": str(folder)},
        stdout=subprocess.PIPE,  # the other process has it too: this waits for both
        check=False,
        timeout=60,
    )
    assert killed.returncode == -signal.SIGKILL
    assert list(folder.iterdir()) == []
    assert run(["counts", "--database", str(path)]) == 0


def look(path: Path) -> int:
    """The number of customers in a database that is as it should be."""
    with closing(open_database(str(path))):
        assert fetch("PRAGMA integrity_check") == [("ok",)]
        assert fetch("PRAGMA journal_mode") == [("wal",)]
        found = fetch("SELECT COUNT(*) FROM customer")[0][0]
        assert count_customers(Listing(search="widgets"), date(2026, 3, 20), VipPolicy()) == found
        return int(found)
