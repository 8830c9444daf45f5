"""Snoozing on the command line: lists for programs hide nobody unless they are asked to."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from datetime import date

import pytest

from tests.terminal.test_listing_commands import NOON, TODAY, Shell, names, on_sqlite
from tests.terminal.test_listing_commands import portfolio as portfolio
from tests.terminal.test_listing_commands import refused as refused
from tests.terminal.test_listing_commands import viptui as viptui
from viptui.cli import run
from viptui.data.database import write_transaction
from viptui.data.models import Customer, Snooze
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
def snoozed(portfolio: str) -> None:
    """Ana has snoozed who is past due."""
    late = Customer.get(Customer.vip_id == "LaTe")
    with write_transaction():
        Snooze.create(login="ana", customer=late, tab="past-due", until_on=date(2026, 12, 1), created_at=NOON)


def test_snooze_and_wake_and_what_is_told_of_them(shell: Ran) -> None:
    who_sleeps = ("list", "--where", "snoozed", "--json", "--me", "ana")
    assert "Nothing was done." in shell("snooze", "LATE", "--dry-run")
    assert names(shell(*who_sleeps)) == []
    shell("snooze", "LATE", "--until", "+30d", "--request-id", "r1")
    assert "nothing was done now" in shell("snooze", "LATE", "--until", "+30d", "--request-id", "r1")
    assert names(shell(*who_sleeps)) == ["Łate"]
    assert json.loads(shell("wake", "LATE", "--json"))["after"] == {"snoozed_until": "awake", "tabs": []}
    assert names(shell(*who_sleeps)) == []
    assert "Took" in shell("undo")
    assert names(shell(*who_sleeps)) == ["Łate"]


@on_sqlite
def test_lists_hide_only_when_asked(viptui: Shell, snoozed: None) -> None:
    past_due = ("list", "--json", "--filter", "past-due", "--me", "Ana")
    assert names(viptui(*past_due)) == ["Łate"]
    assert names(viptui(*past_due, "--without-snoozed")) == []
    assert names(viptui("list", "--json", "--me", "ben", "--filter", "past-due", "--without-snoozed")) == ["Łate"]
    assert names(viptui("list", "--json", "--me", "ana", "--where", "snoozed")) == ["Łate"]


@on_sqlite
def test_counts_leave_them_out_and_all_has_everybody(viptui: Shell, snoozed: None) -> None:
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
    words = shlex.split(command_of(View(CustomerFilter.PAST_DUE), "ana", TODAY, without_snoozed=True))
    assert words[-3:] == ["--without-snoozed", "--me=ana", f"--as-of={TODAY}"]
    assert names(viptui(*words[1:], "--json")) == []
