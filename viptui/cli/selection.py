"""Which customers the words of a command select."""

from __future__ import annotations

from argparse import Namespace
from typing import Final

from viptui.cli.arguments import SORTS
from viptui.config import Settings
from viptui.data.queries import find_member, team_members
from viptui.errors import NotFound, SettingsError
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Listing, SortColumn

_NAMES_TOLD: Final = 20
"""Team members named in a message, at most."""


def selected(arguments: Namespace, settings: Settings) -> Listing:
    """The list that the options ask for.

    Raises:
        SettingsError: options that make no sense.
        NotFound: the team member does not exist.
    """
    sort, reverse = _order(arguments.sort)
    return Listing(
        filter=CustomerFilter(arguments.filter or CustomerFilter.ALL),
        managed_by=_managed_by(arguments, settings),
        search=readable(arguments.search),
        sort=sort,
        reverse=reverse,
    )


def readable(word: str) -> str:
    """A word of the command line without the bytes in it that are no text: the databases take text only."""
    return word.encode("utf-8", "replace").decode().replace("\0", "")


def _order(words: str | None) -> tuple[SortColumn | None, bool]:
    if words is None:
        return None, False
    column = words.removeprefix("-")
    if column not in SORTS:
        raise SettingsError(f"--sort {words!r} is not a column: choose one of {', '.join(SORTS)}")
    return SortColumn(column), words.startswith("-")


def _managed_by(arguments: Namespace, settings: Settings) -> str | None:
    if arguments.mine and arguments.managed_by is not None:
        raise SettingsError("--mine and --managed-by contradict each other: give one of them")
    if arguments.mine:
        return _member(
            readable(settings.me), f"You are {settings.me!r}, who is not in the team: say who you are with --me LOGIN"
        )
    if arguments.managed_by is not None:
        return _member(readable(arguments.managed_by), f"Nobody in the team has the login {arguments.managed_by!r}")
    return None


def _member(login: str, refusal: str) -> str:
    if member := find_member(login):
        return member.login
    known = [each.login for each in team_members()]
    if not known:
        raise NotFound(f"{refusal}. The team has no members yet.")
    more = f" and {len(known) - _NAMES_TOLD} more" if len(known) > _NAMES_TOLD else ""
    raise NotFound(f"{refusal}. There are {', '.join(known[:_NAMES_TOLD])}{more}.")
