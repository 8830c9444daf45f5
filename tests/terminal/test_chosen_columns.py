"""Columns on the command line: as a table, as CSV, as JSON, in a report, from a view; refused by name."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from tests.terminal.test_listing_commands import TODAY, Shell, on_sqlite, portfolio, refused, viptui  # noqa: F401
from viptui.data.database import connected, open_database
from viptui.data.views import save_view
from viptui.rules.filters import CustomerFilter
from viptui.rules.views import View, saved


@on_sqlite
def test_a_table_has_the_columns_in_the_order_in_which_they_are_named(viptui: Shell) -> None:  # noqa: F811
    lines = viptui("list", "--filter", "past-due", "--columns", "vip-id,name,state,anniversary,invited").splitlines()
    assert lines[0].split() == ["VIP", "ID", "Customer", "State", "Anniversary", "Days", "Invited"]
    assert lines[1].split() == ["LaTe", "Łate", "OVERDUE", "41d"]


@on_sqlite
def test_licences_in_a_renewal_tab_are_those_to_renew(viptui: Shell) -> None:  # noqa: F811
    words = ("list", "--filter", "ready-for-renewal", "--columns=licences,renewal")
    assert viptui(*words).splitlines()[1].split() == ["5", "ready"]
    assert json.loads(viptui(*words, "--json"))[0]["licences_to_renew"] == 5


@on_sqlite
def test_csv_and_json_have_their_fields_only(viptui: Shell) -> None:  # noqa: F811
    words = ("list", "--filter", "past-due", "--columns", "vip-id,amount,name")
    rows = list(csv.reader(io.StringIO(viptui(*words, "--csv"))))
    assert rows == [["vip_id", "amount_waiting", "currency", "organization_name"], ["LaTe", "10510.50", "EUR", "Łate"]]
    ((late,), titles) = json.loads(viptui(*words, "--json")), rows[0]
    assert list(late) == titles
    report = viptui("report", "--filter", "past-due", "--columns", "vip-id,amount,name", "--output", "-")
    assert list(csv.reader(io.StringIO(report))) == rows


@on_sqlite
@pytest.mark.parametrize("command", [("list",), ("report", "--output", "-")], ids=["list", "report"])
def test_columns_that_there_are_not_are_refused_with_those_that_there_are(
    refused: Shell,  # noqa: F811
    command: tuple[str, ...],
) -> None:
    status, sentence = refused(*command, "--columns", "name,colour")
    assert status == 2
    assert sentence.startswith("viptui: --columns 'colour' is not a column: choose from name, email, state, ")


def test_a_view_has_its_columns_unless_others_are_asked_for(portfolio: str, viptui: Shell) -> None:  # noqa: F811
    me = ("--me", "ana")
    view = View(CustomerFilter.PAST_DUE, columns=("vip-id", "name"))
    database = open_database(portfolio)
    with connected(database):
        save_view("ana", saved("numbers", view), datetime(2026, 11, 21, tzinfo=UTC))
    database.close()
    shown = viptui("list", "--view", "numbers", *me)
    assert shown.splitlines()[0].split() == ["VIP", "ID", "Customer"]
    assert viptui("list", "--view", "numbers", "--csv", *me).splitlines()[0] == "vip_id,organization_name"
    assert viptui("report", "--view", "numbers", "--output=-", *me).splitlines()[0] == "vip_id,organization_name"
    assert viptui("list", "--view", "numbers", "--columns=state", *me).split() == ["State", "OVERDUE", "41d"]
    assert viptui("views", *me).splitlines()[1].split(maxsplit=1) == ["numbers", "past-due  columns vip-id,name"]
    assert json.loads(viptui("views", "--json", *me))[0]["columns"] == ["vip-id", "name"]
