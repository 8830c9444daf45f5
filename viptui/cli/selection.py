"""Which customers the words of a command select."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Final

from viptui.cli.options import SORTS
from viptui.config import Settings
from viptui.data.queries import find_member, team_members
from viptui.errors import NotFound, SettingsError
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn, read_columns, sort_column
from viptui.rules.query_words import MINE

if TYPE_CHECKING:
    from viptui.rules.query import Query
    from viptui.rules.views import SavedView

_NAMES_TOLD: Final = 20
"""Team members named in a message, at most."""


def selected(arguments: Namespace, settings: Settings) -> Listing:
    """The list that the options ask for.

    Raises:
        SettingsError: options that make no sense.
        NotFound: the team member or the view does not exist.
    """
    listing = _asked(arguments, settings) if arguments.view is None else _viewed(arguments, settings)
    if not getattr(arguments, "without_snoozed", False):
        return listing
    if listing.filter is CustomerFilter.ALL and arguments.command != "counts":
        raise SettingsError(
            "--without-snoozed: the list of all customers leaves nobody out; choose a tab with --filter, "
            "or say --where=-snoozed"
        )
    return listing._replace(awake_for=readable(settings.me))


def _asked(arguments: Namespace, settings: Settings) -> Listing:
    tab = CustomerFilter(arguments.filter or CustomerFilter.ALL)
    sort, reverse = _order(arguments.sort, tab)
    return Listing(
        filter=tab,
        managed_by=_managed_by(arguments, settings),
        search=readable(arguments.search),
        sort=sort,
        reverse=reverse,
        query=None if arguments.where is None else _query(readable(arguments.where), tab, settings),
    )


def chosen_columns(arguments: Namespace, settings: Settings) -> tuple[str, ...]:
    """The columns that the options ask for, else those of the view that they name; none for those there always are.

    Raises:
        SettingsError: there is no such column.
        NotFound: the view does not exist.
    """
    if arguments.columns is not None:
        try:
            return read_columns(readable(arguments.columns))
        except SettingsError as error:
            raise SettingsError(f"--columns {error}") from error
    return () if arguments.view is None else _saved(readable(arguments.view), readable(settings.me)).columns


def _query(text: str, tab: CustomerFilter, settings: Settings) -> Query | None:
    from viptui.rules.query import QueryError, parse_query

    try:
        query = parse_query(text, [member.login for member in team_members()], tab)
    except QueryError as error:
        raise SettingsError(f"--where, {error}") from error
    return None if query is None else _seen(query, settings)


def _seen(query: Query, settings: Settings) -> Query:
    """The query with my login in it."""
    if any(each.name == MINE for each in query.terms):
        _me(settings)
    return query.seen_by(readable(settings.me))


def _viewed(arguments: Namespace, settings: Settings) -> Listing:
    from viptui.rules.query import QueryError

    given = [f"--{name.replace('_', '-')}" for name in _SAID_BY_VIEWS if getattr(arguments, name)]
    if given:
        raise SettingsError(f"--view says all that {given[0]} would say: leave out one of them")
    saved = _saved(readable(arguments.view), readable(settings.me))
    try:
        view = saved.view
    except QueryError as error:
        raise SettingsError(f"The view {saved.name!r} cannot be read, {error}") from error
    if view.mine:
        _me(settings)
    if view.query is not None:
        _seen(view.query, settings)
    return view.listing(readable(settings.me))


_SAID_BY_VIEWS: Final = ("filter", "managed_by", "mine", "search", "sort", "where")


def _saved(name: str, me: str) -> SavedView:
    from viptui.data.views import find_view, list_views

    if (view := find_view(me, name)) is not None:
        return view
    known = ", ".join(each.name for each in list_views(me)[:_NAMES_TOLD])
    there = f"There are {known}." if known else "b saves one in the interface."
    raise NotFound(f"{me} has no view {name!r}. {there}")


def readable(word: str) -> str:
    """A word of the command line without the bytes in it that are no text: the databases take text only."""
    return word.encode("utf-8", "replace").decode().replace("\0", "")


def _order(words: str | None, tab: CustomerFilter) -> tuple[SortColumn | None, bool]:
    if words is None:
        return None, False
    column = words.removeprefix("-")
    if column not in SORTS:
        raise SettingsError(f"--sort {words!r} is not a column: choose one of {', '.join(SORTS)}")
    return sort_column(column, tab), words.startswith("-")


def _managed_by(arguments: Namespace, settings: Settings) -> str | None:
    if arguments.mine and arguments.managed_by is not None:
        raise SettingsError("--mine and --managed-by contradict each other: give one of them")
    if arguments.mine:
        return _me(settings)
    if arguments.managed_by is not None:
        return _member(readable(arguments.managed_by), f"Nobody in the team has the login {arguments.managed_by!r}")
    return None


def _me(settings: Settings) -> str:
    return _member(
        readable(settings.me), f"You are {settings.me!r}, who is not in the team: say who you are with --me LOGIN"
    )


def _member(login: str, refusal: str) -> str:
    if member := find_member(login):
        return member.login
    known = [each.login for each in team_members()]
    if not known:
        raise NotFound(f"{refusal}. The team has no members yet.")
    more = f" and {len(known) - _NAMES_TOLD} more" if len(known) > _NAMES_TOLD else ""
    raise NotFound(f"{refusal}. There are {', '.join(known[:_NAMES_TOLD])}{more}.")
