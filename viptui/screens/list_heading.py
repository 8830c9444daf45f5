"""What stands above the list: the title, the tabs with their badges, the search, and where the cursor is."""

from __future__ import annotations

from typing import Final

from viptui.pressed import pressed
from viptui.screens import wording
from viptui.screens.base import ServiceScreen
from viptui.screens.customer_list import CustomerList
from viptui.widgets.customer_table import CustomerTable
from viptui.widgets.filter_tabs import FilterTabs
from viptui.widgets.lines import Lines
from viptui.widgets.paint import Span, right_aligned, span_width
from viptui.widgets.search_line import SearchLine

WIDE_ENOUGH: Final = 100
"""Cells of a screen that has room for the search, the marks and the order side by side."""

HAS_ROOM: Final = 80
"""Cells of a screen that has room for the search, the marks and how many are snoozed."""


class ListHeading:
    """Draws the lines above the list; each of them repaints only what has changed."""

    def __init__(self, screen: ServiceScreen, customers: CustomerList, table: CustomerTable) -> None:
        self._screen = screen
        self._services = screen.services
        self._customers = customers
        self._table = table
        self._title = screen.query_one("#title", Lines)
        self._tabs = screen.query_one(FilterTabs)
        self._search = screen.query_one(SearchLine)
        self._position = screen.query_one("#position", Lines)
        self._unsettled_mails = 0

    def show(self) -> None:
        """All of them."""
        self.show_title()
        self.show_tabs()
        self.show_status()

    def show_tabs(self) -> None:
        """The tab that is wanted, and the badges."""
        customers = self._customers
        if customers.badges is not None:
            self._tabs.show(
                active=customers.tab,
                counts=customers.badges.counts,
                deltas=customers.badges.deltas,
                mine=customers.is_mine,
                whose=customers.whose or "",
            )

    def show_mails(self, unsettled: int) -> None:
        """How many mails of the outbox have not arrived for certain."""
        if unsettled != self._unsettled_mails:
            self._unsettled_mails = unsettled
            self.show_title()

    def show_status(self) -> None:
        """What is searched for in which order, how much was found, and where in it the cursor is."""
        badges, listing, table = self._customers.badges, self._customers.wanted, self._table
        if badges is None or self._customers.shown is None:
            return
        badge = badges.counts[listing.filter]
        found = wording.found_words(listing, table.total if table.is_counted else None, badge)
        at = f"{table.cursor + 1:,} / " if table.total else ""
        chips = wording.chips(self._customers.query)
        told = [*self._marks(), *self._followed(), *self._news(badge), *self._asleep(), *self._order()]
        told[-1:] = [(text.rstrip(), style) for text, style in told[-1:]]
        self._search.show(listing.search, told, chips)
        self._position.show(right_aligned((), [(f"{at}{found} ", "plain")], self._position.size.width))

    def show_title(self) -> None:
        """Who looks, what the outbox holds, which day it is."""
        left = [(" viptui", "bar-strong"), (f"  {self._services.me}", "bar-dim")]
        mails = [(f" mail {self._unsettled_mails:,} ", "bar")] if self._unsettled_mails else []
        right, width = [*mails, self._screen.day_span()], self._title.app.size.width
        if paused := wording.paused_words(self._customers.followed.paused_at, self._services.clock.zone):
            room = width - span_width(left) - span_width(right) - 2
            left = left if room >= len(wording.PAUSED) else left[:1]
            left += [("  ", "bar"), (paused if len(paused) <= room else wording.PAUSED, "bar-on")]
        self._title.show(right_aligned(left, right, width, "bar"))

    def _marks(self) -> list[Span]:
        """How many customers are marked, and how many of those one cannot see here."""
        marks = self._customers.marks
        return [(f"{wording.marked_words(len(marks), len(marks.hidden))}  ", "accent")] if len(marks) else []

    def _followed(self) -> list[Span]:
        """Whom the cursor follows, and whether this list has it."""
        is_narrow = self._title.app.size.width < WIDE_ENOUGH
        followed = self._customers.followed
        if followed.customer is None:
            return []
        room = 28 if not is_narrow else 8 if self._customers.marks.hidden else 16
        words = wording.followed_words(followed.customer, here=followed.is_here, room=room)
        return [(f"{words}  ", "accent" if followed.is_here else "warning")]

    def _asleep(self) -> list[Span]:
        """How many customers the tab does without."""
        asleep, is_narrow = self._customers.asleep, self._title.app.size.width < HAS_ROOM
        hides = is_narrow and (len(self._customers.marks) > 0 or bool(self._customers.wanted.search))
        return [(f"{wording.snoozed_words(asleep)}  ", "dim")] if asleep and not hides else []

    def _order(self) -> list[Span]:
        """The order in words, where that leaves room for the search."""
        is_narrow = self._title.app.size.width < WIDE_ENOUGH
        hides = is_narrow and (len(self._customers.marks) > 0 or self._customers.followed.customer is not None)
        whose = f"customers of {self._customers.whose}, " if self._customers.whose else ""
        return (
            []
            if hides
            else [(f"{whose}{wording.order_words(self._customers.wanted, self._customers.choice.columns)}", "dim")]
        )

    def _news(self, badge: int) -> list[Span]:
        """By how much the list that is shown, in its whole, has changed since it was read."""
        listing, changed = self._customers.wanted, abs(badge - self._table.total)
        if listing.is_sought or listing != self._customers.shown:
            return []
        if not changed:
            news = self._customers.news
            return [(f"+{news:,} new, {pressed('list.news', 'N')} goes there  ", "accent")] if news else []
        return [(f"{changed:,} changed, {pressed('list.refresh', 'R')} sorts again  ", "warning")]
