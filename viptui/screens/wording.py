"""Sentences and lines of the customers' screen. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Final

from viptui.pressed import pressed
from viptui.rows import CustomerRow
from viptui.rules.filters import TITLES, CustomerFilter
from viptui.rules.listing import Listing, SortColumn, shows_order
from viptui.text import ELLIPSIS, fitted
from viptui.widgets.columns import TITLE_OF
from viptui.widgets.paint import Span, SpanLine

if TYPE_CHECKING:
    from viptui.rules.query import Query

_ORDERS: Final[Mapping[tuple[CustomerFilter, SortColumn], str]] = {
    (CustomerFilter.NO_PRODUCTS, SortColumn.INVITED): "oldest invitation first",
    (CustomerFilter.PENDING_REQUESTS, SortColumn.STATE): "oldest request first",
    (CustomerFilter.PAST_DUE, SortColumn.STATE): "oldest request first",
    (CustomerFilter.UPCOMING_RENEWALS, SortColumn.ANNIVERSARY): "nearest anniversary first",
    (CustomerFilter.READY_FOR_RENEWAL, SortColumn.ANNIVERSARY): "earliest anniversary first",
}

_NOBODY: Final[Mapping[CustomerFilter, str]] = {
    CustomerFilter.NO_PRODUCTS: "Every customer has products or a Purchase Authorization.",
    CustomerFilter.PENDING_REQUESTS: "No Purchase Authorization of the last days waits for its order.",
    CustomerFilter.PAST_DUE: "Nobody is past due: every Purchase Authorization was ordered in time.",
    CustomerFilter.UPCOMING_RENEWALS: "No anniversary date comes close enough to be upcoming.",
    CustomerFilter.READY_FOR_RENEWAL: "No renewal window is open.",
    CustomerFilter.ALL: "There are no customers yet.",
}

_BEGINNINGS: Final[Mapping[str, tuple[str, str, str]]] = {
    "demo": ("begin.demo", "d", "look around on made-up customers (viptui demo)"),
    "import": ("begin.import", "f", "import a folder of CSV files (viptui import FOLDER)"),
    "invite": ("action.invitation.send", "i", "invite the first customer"),
}

_NO_BEGINNINGS: Final[Mapping[str, tuple[str, str]]] = {}


def order_words(listing: Listing, columns: Sequence[str] = ()) -> str:
    """The order of a list in words; those columns were chosen, if any."""
    words = _ORDERS.get((listing.filter, listing.sorted_by), f"by {TITLE_OF[listing.sorted_by].lower()}")
    words = f"{words}, reversed" if listing.reverse else words
    is_hidden = columns and not shows_order(columns, listing.sorted_by)
    return f"{words}, {TITLE_OF[listing.sorted_by]} hidden" if is_hidden else words


def found_words(listing: Listing, total: int | None, badge: int) -> str:
    """How many customers are listed, of how many; None as long as they are being counted."""
    found = ELLIPSIS if total is None else f"{total:,}"
    return f"{found} of {badge:,}" if listing.is_sought else found


def chips(query: Query | None) -> list[Span]:
    """What a query asks, term by term."""
    if query is None:
        return []
    key = pressed("list.filter", "f")
    return [(f"{key} ", "accent"), *((f"{each}  ", "strong") for each in query.terms)]


def marked_words(marked: int, hidden: int) -> str:
    """How many customers are marked, and how many of those the list does not show."""
    return f"{marked:,} marked" + (f" ({hidden:,} hidden)" if hidden else "")


def followed_words(customer: CustomerRow, *, here: bool, room: int) -> str:
    """Whom the cursor follows, in so many cells, and whether the list has it."""
    return f"follows {fitted(customer.organization_name, room).rstrip()}" + ("" if here else ", not here")


PAUSED: Final = " PAUSED "
"""The same where there is no room to say since when."""


def paused_words(since: datetime | None, zone: tzinfo) -> str:
    """That nothing is brought up to date by itself, and since when; nothing if it is."""
    if since is None:
        return ""
    return f" PAUSED since {since.astimezone(zone):%H:%M}, {pressed('list.pause', 'Z')} goes on "


def beginnings(*, read_only: bool) -> Mapping[str, tuple[str, str]]:
    """What can be done where there are no customers at all: a key and what it does; nothing that would write."""
    return {
        name: (pressed(binding, usual), text)
        for name, (binding, usual, text) in _BEGINNINGS.items()
        if name == "demo" or not read_only
    }


def snoozed_words(asleep: int) -> str:
    """How many customers a tab does without."""
    return f"{asleep:,} snoozed"


def empty_lines(
    listing: Listing, beginnings: Mapping[str, tuple[str, str]] = _NO_BEGINNINGS, *, asleep: int = 0
) -> list[SpanLine]:
    """Why a list is empty, and what to do next.

    Args:
        listing: the list.
        beginnings: what there is to begin with, where there are no customers at all.
        asleep: customers that whoever looks has snoozed in it.
    """
    if beginnings:
        help_key, leave = pressed("screen.help", "?"), pressed("app.quit", "q")
        return [
            [("There are no customers yet. A letter begins:", "strong")],
            [],
            *([(f"{key}  ", "accent"), (text, "plain")] for key, text in beginnings.values()),
            [],
            [(help_key, "accent"), ("  all keys    ", "plain"), (leave, "accent"), ("  leave", "plain")],
        ]
    if listing.query is not None:
        drops = pressed("list.clear_search", "Esc")
        first = f"{drops} clears the search, then the filter" if listing.search else f"{drops} clears the filter"
        sentence = f"Nobody in {TITLES[listing.filter]} fulfils all that is asked."
        return [[(sentence, "strong")], [(f"{first}; {pressed('list.filter', 'f')} changes it.", "plain")]]
    everywhere, mine = pressed("tab.all", "6"), pressed("list.mine", "m")
    if listing.search:
        where = TITLES[listing.filter]
        elsewhere = "" if listing.filter is CustomerFilter.ALL else f", {everywhere} searches all customers"
        whose = f", {mine} includes everybody's" if listing.managed_by else ""
        hint = f"{pressed('list.clear_search', 'Esc')} clears the search{elsewhere}"
        return [[(f'Nobody in {where} is called "{listing.search}".', "strong")], [(f"{hint}{whose}.", "plain")]]
    if asleep:
        who = "The only customer here is" if asleep == 1 else f"All {asleep:,} customers here are"
        hint = f"{pressed('list.filter', 'f')} snoozed shows {'it' if asleep == 1 else 'them'}."
        return [[(f"{who} snoozed.", "strong")], [(hint, "plain")]]
    if listing.managed_by:
        sentence = f"None of the customers that {listing.managed_by} manages is in {TITLES[listing.filter]}."
        return [[(sentence, "strong")], [(f"{mine} shows everybody's customers.", "plain")]]
    return [[(_NOBODY[listing.filter], "strong")], [(f"{everywhere} shows all customers.", "plain")]]
