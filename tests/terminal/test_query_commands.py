"""Queries and saved views on the command line."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.terminal.test_listing_commands import TODAY, Shell, names, on_sqlite
from tests.terminal.test_listing_commands import portfolio as portfolio
from tests.terminal.test_listing_commands import refused as refused
from tests.terminal.test_listing_commands import viptui as viptui
from viptui.data.views import save_view
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import SortColumn
from viptui.rules.query import parse_query
from viptui.rules.views import View, command_of, saved

NOW = datetime(2026, 11, 21, tzinfo=UTC)

FOUND = {
    "a tab": ("past-due", ["Łate"]),
    "days past due": ("late>10", ["Łate"]),
    "days past due exactly": ("late=11", ["Łate"]),
    "too few": ("late>11", []),
    "not": ("not no-products -past-due", ["Pending", "Ready", "Upcoming"]),
    "mine": ("mine -no-products", ["Pending"]),
    "somebody's": ("manager:BEN", ["Łate"]),
    "nobody's": ("manager:none left<40", ["Ready"]),
    "a text": ('late "@l"', ["Łate"]),
    "a state": ("state:upcoming,ready", ["Ready", "Upcoming"]),
    "an amount": ("amount>10510.49", ["Łate"]),
    "exactly the amount": ("amount=10510.50", ["Łate"]),
    "an invitation": ("invited>=20", ["Invited"]),
}


@pytest.mark.parametrize(("query", "expected"), FOUND.values(), ids=FOUND)
def test_what_a_query_lists(viptui: Shell, query: str, expected: list[str]) -> None:
    assert sorted(names(viptui("list", "--json", "--me", "ana", "--where", query))) == sorted(expected)


@on_sqlite
def test_a_query_goes_with_all_other_options(viptui: Shell) -> None:
    words = ("--where", "state:upcoming,ready", "--search", "e", "--sort=-name", "--filter", "ready-for-renewal")
    assert names(viptui("list", "--json", *words)) == ["Ready"]


@on_sqlite
def test_counts_of_what_a_query_asks(viptui: Shell) -> None:
    counts = json.loads(viptui("counts", "--json", "--where", "-no-products -ready"))
    assert [*counts.values()] == [0, 1, 1, 1, 0, 3]


@on_sqlite
def test_a_report_of_what_a_query_asks(viptui: Shell) -> None:
    lines = viptui("report", "--output", "-", "--where", "past-due").splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["Łate"]


@on_sqlite
def test_a_report_is_called_after_its_query(portfolio: str, viptui: Shell, tmp_path: Path) -> None:
    (tmp_path / "viptui").mkdir(exist_ok=True)
    (tmp_path / "viptui" / "config.toml").write_text(f'exports = "{tmp_path}"\n')
    report = json.loads(viptui("report", "--json", "--where", "segment:com late>1"))
    assert report == {
        "path": str(tmp_path / "all-segment-commercial-late-1-2026-11-21.csv"),
        "customers": 1,
        "dry_run": False,
        "repeated": False,
    }


FAULTS = {
    "an unknown field": (
        "mine segmet:edu",
        "--where, character 6: 'segmet' is nothing that can be asked: did you mean",
    ),
    "nobody in the team": ("manager:anna", "--where, character 9: nobody in the team is 'anna': did you mean ana?"),
    "a value that is missing": ("late>", "--where, character 1: after 'late>' a whole number is missing"),
}


@on_sqlite
@pytest.mark.parametrize(("query", "sentence"), FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("command", ["list", "counts", "report"])
def test_what_is_wrong_is_wrong_usage(
    refused: Callable[..., tuple[int, str]], command: str, query: str, sentence: str
) -> None:
    status, said = refused(command, "--where", query)
    assert status == 2
    assert sentence in said
    assert said.count("\n") == 1


@on_sqlite
def test_mine_wants_a_member_of_the_team(refused: Callable[..., tuple[int, str]]) -> None:
    status, said = refused("list", "--where", "mine", "--me", "nobody")
    assert (status, "--me LOGIN" in said) == (1, True)


@pytest.fixture
def views(portfolio: str) -> None:
    """Two views of ana's."""
    save_view("ana", saved("late ones", View(query=parse_query("late>0"), reverse=True)), NOW)
    mine = View(CustomerFilter.PENDING_REQUESTS, mine=True, search="pend", sort=SortColumn.NAME)
    save_view("ana", saved("my own", mine), NOW)


def test_a_view_lists_what_was_saved(viptui: Shell, views: None) -> None:
    assert names(viptui("list", "--json", "--view", "LATE ones", "--me", "ana")) == ["Łate"]
    assert json.loads(viptui("counts", "--json", "--view", "my own", "--me", "ana")) == {"pending-requests": 1}


def test_views_are_listed(viptui: Shell, views: None) -> None:
    table = [line.split("  ", 1) for line in viptui("views", "--me", "ana").splitlines()]
    assert [[name.strip(), shows.strip()] for name, shows in table] == [
        ["View", "Shows"],
        ["late ones", "all  late>0  -name"],
        ["my own", "pending-requests mine  / pend  name"],
    ]
    assert [each["name"] for each in json.loads(viptui("views", "--json", "--me", "ana"))] == ["late ones", "my own"]
    assert viptui("views", "--me", "ben") == ""


@on_sqlite
def test_a_view_that_is_not_there(refused: Callable[..., tuple[int, str]], views: None) -> None:
    status, said = refused("list", "--view", "other", "--me", "ana")
    assert (status, said) == (1, "viptui: ana has no view 'other'. There are late ones, my own.\n")


@on_sqlite
@pytest.mark.parametrize("option", ["--mine", "--where=mine", "--filter=all", "--search=x", "--sort=name"])
def test_a_view_says_it_all(refused: Callable[..., tuple[int, str]], views: None, option: str) -> None:
    status, said = refused("list", "--view", "my own", "--me", "ana", option)
    assert status == 2
    assert option.partition("=")[0] in said


@on_sqlite
def test_the_command_line_that_is_copied_lists_the_same(viptui: Shell, views: None) -> None:
    view = View(mine=True, search="e", sort=SortColumn.NAME, reverse=True, query=parse_query("mine -no-products"))
    words = shlex.split(command_of(view, "ana", date.fromisoformat(str(TODAY))))
    assert names(viptui(*words[1:], "--json")) == ["Pending"]
