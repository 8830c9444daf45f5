"""A whole list as one line: what its words say, what completes them, and what is wrong with them."""

from __future__ import annotations

import pytest

from viptui.rules.filters import CustomerFilter
from viptui.rules.list_line import ListLine, complete_list_line, is_list_line, parse_list_line
from viptui.rules.listing import SORT_WORDS, SortColumn
from viptui.rules.query import QueryError, parse_query
from viptui.rules.views import View

PAST_DUE, READY, ALL = CustomerFilter.PAST_DUE, CustomerFilter.READY_FOR_RENEWAL, CustomerFilter.ALL

LOGINS = ("ana.kovac", "ben.adler")
VIEWS = ("worst", "north shore")

BASE = View(PAST_DUE, mine=True, sort=SortColumn.AMOUNT, query=parse_query("late>9"))

LINES = {
    "a tab": ("ready", View(READY)),
    "a tab by its whole name": ("Ready-For-Renewal", View(READY)),
    "mine": ("past-due mine", View(PAST_DUE, mine=True)),
    "a column": ("past-due sort=amount", View(PAST_DUE, sort=SortColumn.AMOUNT)),
    "a column, reversed": ("past-due sort=-name", View(PAST_DUE, sort=SortColumn.NAME, reverse=True)),
    "days are those of the tab": ("ready sort=days", View(READY, sort=SortColumn.ANNIVERSARY)),
    "days where nothing else counts them": ("all sort=days", View(ALL, sort=SortColumn.STATE)),
    "a text in quotes": ('all "north ""x"" shore"', View(ALL, search='north "x" shore')),
    "a second text is asked": ('all "north" "south"', View(ALL, search="north", query=parse_query('"south"'))),
    "a query": ("all late>45 -country:US univ", View(ALL, query=parse_query("late>45 -country:US univ"))),
    "a second tab is asked": ("ready past-due", View(READY, query=parse_query("past-due"))),
    "whom I have snoozed": ("snoozed past-due", View(PAST_DUE, query=parse_query("snoozed"))),
    "what is not to be": ("all not mine -ready", View(ALL, query=parse_query("not mine -ready"))),
}


@pytest.mark.parametrize(("text", "view"), LINES.values(), ids=LINES)
def test_a_line_says(text: str, view: View) -> None:
    assert is_list_line(text)
    assert parse_list_line(text, LOGINS).on(View()) == view


DIFFERENCES = {
    "nothing": ("", BASE),
    "whose": ("everyone", BASE._replace(mine=False)),
    "the order": ("sort=-name", BASE._replace(sort=SortColumn.NAME, reverse=True)),
    "a tab, in its own order": ("ready", BASE._replace(filter=READY, sort=None)),
    "what is asked besides": ("late>9 licences>3", BASE._replace(query=parse_query("late>9 licences>3"))),
}


@pytest.mark.parametrize(("text", "view"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_a_line_differs_from_what_it_begins_with_by(text: str, view: View) -> None:
    assert parse_list_line(text).on(BASE) == view


def test_a_view_is_named_with_quotes_or_without() -> None:
    assert parse_list_line("view=worst mine", LOGINS, VIEWS) == ListLine(view="worst", mine=True)
    assert parse_list_line('view="north shore"', LOGINS, VIEWS).view == "north shore"
    assert parse_list_line("view=whatever").view == "whatever"


FAULTS = {
    "a column that there is not": ("past-due sort=dayz", "dayz", "did you mean days?"),
    "a reversed one": ("past-due sort=-dayz mine", "dayz", "did you mean days?"),
    "no column": ("past-due sort= mine", "sort=", "a column is missing: name, email"),
    "two orders": ("sort=name sort=days", "sort=days", "said already"),
    "two owners": ("mine past-due everyone", "everyone", "said already"),
    "a view that there is not": ("view=wurst", "wurst", "did you mean worst?"),
    "no view": ("all view=", "view=", "is missing"),
    "a field that there is not": ("past-due segmet:edu", "segmet", "did you mean segment?"),
    "a member that there is not": ("all manager:ben.alder", "ben.alder", "did you mean ben.adler?"),
    "a quotation mark": ('past-due "north', '"', "no other one"),
}


@pytest.mark.parametrize(("text", "faulty", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_fault_names_its_word(text: str, faulty: str, reason: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse_list_line(text, LOGINS, VIEWS)
    assert text[raised.value.at : raised.value.end] == faulty
    assert reason in raised.value.reason


NO_LINES = ("", "  ", "remind", "past", "as-of", "late", "look: dark", "order past-due")


@pytest.mark.parametrize("text", NO_LINES)
def test_no_line_is(text: str) -> None:
    assert not is_list_line(text)


COMPLETIONS = {
    "a tab": ("past", 0, ("past-due",)),
    "whose": ("past-due e", 9, ("everyone",)),
    "a column": ("past-due sort=a", 14, ("amount", "anniversary")),
    "any column": ("past-due sort=", 14, SORT_WORDS),
    "a reversed column": ("all sort=-st", 10, ("state",)),
    "a view": ("view=n", 5, ('"north shore"',)),
    "a quoted view": ('view="nor', 5, ('"north shore"',)),
    "a field": ("all seg", 4, ("segment:",)),
    "a value": ("all segment:e", 12, ("edu",)),
    "a login": ("all manager:b", 12, ("ben.adler",)),
    "nothing within quotes": ('all "past', 9, ()),
}


@pytest.mark.parametrize(("text", "start", "candidates"), COMPLETIONS.values(), ids=COMPLETIONS)
def test_what_completes(text: str, start: int, candidates: tuple[str, ...]) -> None:
    assert complete_list_line(text, LOGINS, VIEWS) == (start, candidates)


def test_what_is_said_is_not_offered_again() -> None:
    offered = complete_list_line("past-due mine sort=name ", LOGINS, VIEWS).candidates
    assert offered[0] == "view="
    assert not {"past-due", "ready-for-renewal", "mine", "everyone", "sort="} & set(offered)
