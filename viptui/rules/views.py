"""Saved views: a list under a name, and the command line that lists the same."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.parsing import required_text
from viptui.rules.query import Query, Term, parse_query
from viptui.rules.query_words import MANAGER, MINE, SNOOZED

LONGEST_NAME: Final = 60
"""Characters of a view's name."""


class View(NamedTuple):
    """What a person looks at; ``mine`` and the query's ``mine`` mean whoever opens it."""

    filter: CustomerFilter = CustomerFilter.ALL
    mine: bool = False
    search: str = ""
    sort: SortColumn | None = None
    reverse: bool = False
    query: Query | None = None
    columns: tuple[str, ...] = ()
    """None for those that whoever opens it sees anyway."""

    def listing(self, me: str) -> Listing:
        """The list that it is for somebody."""
        return Listing(
            filter=self.filter,
            managed_by=me if self.mine else None,
            search=self.search,
            sort=self.sort,
            reverse=self.reverse,
            query=None if self.query is None else self.query.seen_by(me),
        )


class SavedView(NamedTuple):
    """A view under a name. The query is kept as text: a later version may know more words than this one."""

    name: str
    filter: CustomerFilter
    mine: bool
    search: str
    sort: SortColumn | None
    reverse: bool
    query: str
    columns: tuple[str, ...] = ()

    @property
    def view(self) -> View:
        """What it shows.

        Raises:
            QueryError: its query cannot be understood.
        """
        query = parse_query(self.query)
        return View(self.filter, self.mine, self.search, self.sort, self.reverse, query, self.columns)


def saved(name: str, view: View) -> SavedView:
    """A view under a name."""
    query = "" if view.query is None else str(view.query)
    return SavedView(name, view.filter, view.mine, view.search, view.sort, view.reverse, query, view.columns)


def with_manager(query: Query | None, login: str) -> Query:
    """A query, and that somebody manages the customers."""
    terms = () if query is None else query.terms
    return Query((Term(MANAGER, ":", (login,)), *terms))


def parse_name(text: str) -> str:
    """What a view may be called. Raises `ParseError`."""
    return " ".join(required_text(text, maximum=LONGEST_NAME).split())


def in_words(view: SavedView) -> str:
    """What a saved view shows, as one reads it: ``past-due mine  late>45  by amount``."""
    parts = [f"{view.filter}{' mine' if view.mine else ''}"]
    if view.search:
        parts.append(f"/ {view.search}")
    if view.query:
        parts.append(view.query)
    if view.sort is not None or view.reverse:
        parts.append(_sort_word(view.filter, view.sort, reverse=view.reverse))
    if view.columns:
        parts.append(f"columns {','.join(view.columns)}")
    return "  ".join(parts)


def command_of(view: View, me: str, day: date | None = None, *, without_snoozed: bool = False) -> str:
    """The command line that lists exactly what a view shows to ``me``, quoted for a shell.

    ``without_snoozed``: it leaves out whom ``me`` has snoozed in the tab. Whoever runs it gets the same customers: it
    says who ``me`` is where that matters, and the day if there is one.
    """
    return shlex.join(_words_of(view, me, day, without_snoozed=without_snoozed))


def _words_of(view: View, me: str, day: date | None, *, without_snoozed: bool) -> Iterator[str]:
    yield from ("viptui", "list", "--filter", view.filter.value)
    if view.mine:
        yield "--mine"
    if without_snoozed:
        yield "--without-snoozed"
    is_personal = view.query is not None and any(each.name in (MINE, SNOOZED) for each in view.query.terms)
    if view.mine or without_snoozed or is_personal:
        yield f"--me={me}"
    if view.search:
        yield f"--search={view.search}"
    if view.sort is not None or view.reverse:
        yield f"--sort={_sort_word(view.filter, view.sort, reverse=view.reverse)}"
    if view.query is not None:
        yield f"--where={view.query}"
    if view.columns:
        yield f"--columns={','.join(view.columns)}"
    if day is not None:
        yield f"--as-of={day}"


def _sort_word(tab: CustomerFilter, sort: SortColumn | None, *, reverse: bool) -> str:
    return f"{'-' if reverse else ''}{Listing(filter=tab, sort=sort).sorted_by}"
