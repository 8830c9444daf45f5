"""Views in the database: whose they are, under which names, and what of them comes back."""

from __future__ import annotations

import shlex
from datetime import UTC, date, datetime

import pytest

from viptui.data.views import find_view, list_views, remove_view, save_view
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.parsing import ParseError
from viptui.rules.query import QueryError, parse_query
from viptui.rules.views import View, command_of, in_words, parse_name, saved, with_manager

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
ME = "ana.kovac"
FULL = View(
    filter=CustomerFilter.PAST_DUE,
    mine=True,
    search="Łódź %",
    sort=SortColumn.AMOUNT,
    reverse=True,
    query=parse_query('mine segment:edu,gov late>45 -"a b"'),
    columns=("vip-id", "name"),
)


@pytest.mark.parametrize("view", [FULL, View()], ids=["everything", "nothing"])
def test_a_view_comes_back_as_it_was_saved(database: str, view: View) -> None:
    save_view(ME, saved("one", view), NOW)
    (found,) = list_views(ME)
    assert (found.name, found.view) == ("one", view)


def test_views_are_each_persons_own_and_come_in_the_order_of_saving(database: str) -> None:
    for name in ("zoo", "Ä", "b"):
        save_view(ME, saved(name, View()), NOW)
    save_view("ben.adler", saved("zoo", FULL), NOW)
    save_view(ME, saved("ZOO", FULL), NOW)
    assert [each.name for each in list_views(ME)] == ["ZOO", "Ä", "b"]
    remove_view(ME, "a")
    remove_view(ME, "nothing of that name")
    assert [each.name for each in list_views(ME)] == ["ZOO", "b"]
    assert [each.name for each in list_views("ben.adler")] == ["zoo"]


def test_a_view_is_found_whatever_the_case(database: str) -> None:
    save_view(ME, saved("My Own", FULL), NOW)
    found = find_view(ME, "my  own")
    assert found is not None
    assert found.view == FULL
    assert find_view("ben.adler", "my own") is None


def test_a_view_of_words_that_nobody_knows_any_more_is_there_and_says_so(database: str) -> None:
    save_view(ME, saved("new", View())._replace(query="colour:red"), NOW)
    (found,) = list_views(ME)
    assert in_words(found) == "all  colour:red"
    with pytest.raises(QueryError, match="colour"):
        _ = found.view


def test_columns_that_are_no_more_are_left_out(database: str) -> None:
    save_view(ME, saved("old", View())._replace(columns=("colour", "name")), NOW)
    (found,) = list_views(ME)
    assert found.columns == ("name",)
    assert in_words(found) == "all  columns name"


def test_a_view_is_the_list_of_whoever_opens_it() -> None:
    assert FULL.listing("ben") == Listing(
        filter=CustomerFilter.PAST_DUE,
        managed_by="ben",
        search="Łódź %",
        sort=SortColumn.AMOUNT,
        reverse=True,
        query=parse_query('manager:ben segment:edu,gov late>45 -"a b"'),
    )


COMMANDS = {
    "nothing but a tab": (View(), "viptui list --filter all"),
    "as of a day": (View(), "viptui list --filter all --as-of=2026-11-21"),
    "mine in the query": (View(query=parse_query("mine")), "viptui list --filter all --me=ana.kovac --where=mine"),
    "another order": (View(sort=SortColumn.NAME), "viptui list --filter all --sort=name"),
    "the tab's own order reversed": (
        View(CustomerFilter.PAST_DUE, reverse=True),
        "list --filter past-due --sort=-state",
    ),
    "columns": (View(columns=("name", "vip-id")), "viptui list --filter all --columns=name,vip-id"),
    "quoted for a shell": (View(search="it's; rm *"), "--search=it'\"'\"'s; rm *'"),
    "a minus at the beginning": (View(search="-x", query=parse_query("-mine")), "--search=-x --where=-mine"),
}


@pytest.mark.parametrize(("view", "expected"), COMMANDS.values(), ids=COMMANDS)
def test_the_command_line_of_a_view(view: View, expected: str) -> None:
    command = command_of(view, ME, date(2026, 11, 21) if "--as-of" in expected else None)
    assert expected in command
    assert shlex.split(command)[:4] == ["viptui", "list", "--filter", view.filter.value]


def test_the_customers_of_another_member_are_a_query() -> None:
    assert str(with_manager(FULL.query, "ben")) == 'manager:ben mine segment:edu,gov late>45 -"a b"'
    assert with_manager(None, "ben") == parse_query("manager:ben")


NAMES = {"blank": " ", "too long": "x" * 61, "a control character": "a\x1bb"}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_what_no_view_can_be_called(name: str) -> None:
    with pytest.raises(ParseError):
        parse_name(name)


def test_spaces_in_a_name_count_once() -> None:
    assert parse_name("  my   own ") == "my own"
