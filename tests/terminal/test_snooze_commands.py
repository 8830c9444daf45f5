"""Snoozing on the command line: lists for programs hide nobody unless they are asked to."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable

import pytest

from tests.terminal.test_listing_commands import TODAY, Shell, names, on_sqlite
from tests.terminal.test_listing_commands import portfolio as portfolio
from tests.terminal.test_listing_commands import refused as refused
from tests.terminal.test_listing_commands import viptui as viptui
from viptui.cli import run
from viptui.data.models import Snooze
from viptui.rules.filters import CustomerFilter
from viptui.rules.views import View, command_of

Ran = Callable[..., str]


@pytest.fixture
def shell(portfolio: str, capsys: pytest.CaptureFixture[str]) -> Ran:
    """The program on the day it is."""

    def ran(*words: str) -> str:
        assert run(["--database", portfolio, "--me", "ana", *words]) == 0
        return capsys.readouterr().out

    return ran


@pytest.fixture
def snoozed(shell: Ran) -> None:
    """The customer without products and another one."""
    shell("snooze", "PEND", "LATE", "--until", "+300d", "--request-id", "r1")


def test_snooze_and_wake_and_what_is_told_of_them(shell: Ran) -> None:
    assert "Nothing was done." in shell("snooze", "LATE", "--dry-run")
    assert Snooze.select().count() == 0
    shell("snooze", "LATE", "--request-id", "r1")
    assert "nothing was done now" in shell("snooze", "LATE", "--request-id", "r1")
    assert json.loads(shell("wake", "LATE", "--json"))["after"] == {"snoozed_until": "awake", "tabs": []}
    assert Snooze.select().count() == 0
    assert "Took" in shell("undo")
    assert Snooze.select().count() > 0


@on_sqlite
def test_lists_hide_only_when_asked(viptui: Shell, snoozed: None) -> None:
    Snooze.update(until_on="2026-12-01", tab="past-due").execute()
    past_due = ("list", "--json", "--filter", "past-due", "--me", "Ana")
    assert names(viptui(*past_due)) == ["Łate"]
    assert names(viptui(*past_due, "--without-snoozed")) == []
    assert names(viptui("list", "--json", "--me", "ben", "--filter", "past-due", "--without-snoozed")) == ["Łate"]
    assert names(viptui("list", "--json", "--me", "ana", "--where", "snoozed")) == ["Łate"]


@on_sqlite
def test_counts_leave_them_out_and_all_has_everybody(viptui: Shell, snoozed: None) -> None:
    Snooze.update(until_on="2026-12-01", tab="past-due").execute()
    plain = json.loads(viptui("counts", "--json", "--me", "ana"))
    without = json.loads(viptui("counts", "--json", "--me", "ana", "--without-snoozed"))
    assert without == plain | {"past-due": plain["past-due"] - 1}
    assert plain["past-due"] == 1
    assert json.loads(viptui("counts", "--json", "--me", "ana", "--without-snoozed", "--filter=past-due")) == {
        "past-due": 0
    }


@on_sqlite
def test_the_list_of_all_leaves_nobody_out(refused: Callable[..., tuple[int, str]]) -> None:
    status, said = refused("list", "--without-snoozed")
    assert status == 2
    assert "choose a tab with --filter, or say --where=-snoozed" in said


@on_sqlite
def test_the_command_line_that_is_copied_leaves_out_the_same(viptui: Shell, snoozed: None) -> None:
    Snooze.update(until_on="2026-12-01", tab="past-due").execute()
    words = shlex.split(command_of(View(CustomerFilter.PAST_DUE), "ana", TODAY, without_snoozed=True))
    assert words[-3:] == ["--without-snoozed", "--me=ana", f"--as-of={TODAY}"]
    assert names(viptui(*words[1:], "--json")) == []
