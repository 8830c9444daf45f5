"""``viptui import`` as it is typed: exit status, streams, and what is left on the disk."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.portfolio import authorization, csv_text, customer, order, write_portfolio
from viptui.cli import run

TABLE = """\
Imported:
                              added    changed  unchanged
Customers                         1          0          0
Purchase Authorizations           1          0          0
Orders                            1          0          0
Products                          1
Team members                      1
"""


@pytest.fixture
def portfolio(tmp_path: Path) -> str:
    rows = {"customers": [customer()], "authorizations": [authorization()], "orders": [order()]}
    return write_portfolio(tmp_path / "portfolio", **rows)


def viptui(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "viptui", *words], capture_output=True, text=True, check=False, timeout=60
    )


def test_import_tells_on_standard_output_what_it_did(portfolio: str, target: str) -> None:
    done = viptui("import", portfolio, "--database", target)
    assert (done.returncode, done.stdout, done.stderr) == (0, TABLE, "")


def test_a_refusal_is_told_on_standard_error(tmp_path: Path) -> None:
    folder = write_portfolio(tmp_path / "portfolio", customers=[customer(contact_email="\x1b[2J")])
    database = tmp_path / "viptui.db"
    done = viptui("import", folder, "--database", str(database))
    assert (done.returncode, done.stdout) == (1, "")
    assert "customers.csv, line 2, column contact_email: Remove the hidden character U+001B." in done.stderr
    assert "\x1b" not in done.stderr
    assert not list(tmp_path.glob("*viptui.db*"))


def test_a_refusal_leaves_an_older_database_where_it_is(tmp_path: Path) -> None:
    database = tmp_path / "viptui.db"
    assert run(["init", "--database", str(database)]) == 0
    assert run(["import", str(tmp_path / "gone.csv"), "--database", str(database)]) == 1
    assert database.exists()


def test_json_has_the_counts(portfolio: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["init", "--database", target])
    capsys.readouterr()
    assert run(["import", portfolio, "--database", target, "--json", "--dry-run"]) == 0
    one = {"added": 1, "changed": 0, "unchanged": 0}
    assert json.loads(capsys.readouterr().out) == {
        "dry_run": True,
        "customers": one,
        "authorizations": one,
        "orders": one,
        "products_added": 1,
        "team_members_added": 1,
        "anniversaries_set": 0,
    }


def test_a_dry_run_makes_no_database(portfolio: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = tmp_path / "folder" / "viptui.db"
    assert run(["import", portfolio, "--database", str(database), "--dry-run"]) == 0
    assert capsys.readouterr().out.startswith("Would be imported (nothing was written):\n")
    assert not database.parent.exists()


def test_a_second_import_says_so(portfolio: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["import", portfolio, "--database", target])
    capsys.readouterr()
    assert run(["import", portfolio, "--database", target]) == 0
    assert capsys.readouterr().out.startswith("Nothing to change: the database holds all of this already.\n")


def test_as_of_only_looks(portfolio: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", portfolio, "--database", str(tmp_path / "viptui.db"), "--as-of", "2026-03-20"]
    assert run(words) == 2
    assert "--dry-run" in capsys.readouterr().err
    assert run([*words, "--dry-run"]) == 0
    assert not (tmp_path / "viptui.db").exists()


WRONG_USAGE = {
    "an encoding that does not exist": ["--encoding", "klingon"],
    "an encoding that is none of text": ["--encoding", "base64"],
    "a map without a field": ["--map", "city"],
}


@pytest.mark.parametrize("words", WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage(words: list[str], portfolio: str, tmp_path: Path) -> None:
    assert run(["import", portfolio, "--database", str(tmp_path / "viptui.db"), *words]) == 2
    assert not (tmp_path / "viptui.db").exists()


def test_columns_without_a_meaning_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "c.csv"
    file.write_text(csv_text([dict(customer()) | {"Shoe size": "42"}]), encoding="utf-8", newline="")
    assert run(["import", str(file), "--database", str(tmp_path / "viptui.db")]) == 0
    assert capsys.readouterr().err == f"viptui: {file}: columns without a meaning here were ignored: Shoe size\n"


def test_other_columns_and_encodings_by_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "c.csv"
    text = csv_text([customer(city="Zürich", organization_name="Müller")], delimiter=";").replace("city", "Ort")
    file.write_bytes(text.encode("cp1250"))
    words = ["--map", "Ort=city", "--encoding", "cp1250"]
    assert run(["import", str(file), "--database", str(tmp_path / "viptui.db"), *words]) == 0
    assert run(["list", "--database", str(tmp_path / "viptui.db"), "--search", "zurich", "--csv"]) == 0
    assert "Müller" in capsys.readouterr().out
