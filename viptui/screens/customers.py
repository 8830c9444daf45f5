"""The customers' screen: tabs, search, list, preview.

What the first frame does not need is imported where it is used: that is a third of the time to the first frame.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize

from viptui.data.queries import count_customers, find_member, list_customers, team_members
from viptui.data.snapshot import Badges, Snapshot, take_badges, take_snapshot
from viptui.errors import ViptuiError
from viptui.events import Performed, Reevaluated
from viptui.rows import Beginning, CustomerRow, Place
from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import fold
from viptui.rules.listing import Listing
from viptui.screens import wording
from viptui.screens.list_state import FEWEST_ROWS, ListState
from viptui.screens.preview_pane import PreviewPane
from viptui.screens.verbs import ActingScreen
from viptui.widgets.customer_table import CustomerTable, Edge
from viptui.widgets.filter_tabs import FilterTabs
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Lines
from viptui.widgets.paint import right_aligned
from viptui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from concurrent.futures import Future

    from viptui.screens.sort_menu import SortChosen

SECONDS_TO_RECORD: Final = 1.0
"""How long leaving may wait for the database."""

PATIENCE: Final = 0.15
"""Seconds after which a tab is shown as chosen although its customers have not come yet."""

COUNT_DELAY: Final = 0.15
"""Seconds without another letter before what a search finds is counted, if that takes time."""


class CustomersScreen(ActingScreen):
    """The list of customers under its filter tabs."""

    BLANK = True  # widgets cover all of it
    AUTO_FOCUS = "CustomerTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"tab('{tab}')", show=False, id=f"tab.{tab}", tooltip=f"Show the tab {number}")
            for number, tab in enumerate(CustomerFilter, start=1)
        ),
        Binding("0", "tab('all')", show=False, id="tab.all_too", tooltip="Show all customers"),
        Binding("l,right_square_bracket", "step_tab(1)", show=False, id="tab.next", tooltip="Next tab"),
        Binding("h,left_square_bracket", "step_tab(-1)", show=False, id="tab.previous", tooltip="Previous tab"),
        Binding("minus", "last_tab", show=False, id="tab.last", tooltip="Back to the tab before"),
        Binding("slash", "search", "search", id="list.search", tooltip="Search while typing; Esc drops the search"),
        Binding("m", "mine", "mine", id="list.mine", tooltip="Only the customers that I manage, or everybody's"),
        Binding("s", "sort", "sort", id="list.sort", tooltip="Choose the column that decides the order"),
        Binding("I", "reverse", show=False, id="list.reverse", tooltip="Reverse the order"),
        Binding("p", "preview", "preview", id="list.preview", tooltip="Show or hide the preview"),
        Binding(
            "R,ctrl+r,f5",
            "evaluate",
            "refresh",
            key_display="R",
            id="list.refresh",
            tooltip="Evaluate now and sort again",
        ),
        Binding("ctrl+l", "redraw", show=False, id="screen.redraw", tooltip="Draw the screen anew"),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
        Binding("escape", "clear_search", show=False, id="list.clear_search", tooltip="Drop the search"),
        Binding("q", "quit", "quit", id="app.quit", tooltip="Leave viptui"),
    ]

    def __init__(self, first: Future[Snapshot] | None = None) -> None:
        super().__init__()
        self._first = first
        """The first page, if it has been asked for already."""
        self._state = ListState()
        self._badges: Badges | None = None
        self._shown: Listing | None = None
        self._shown_on = date.min
        """The day for which the list was read."""
        self._shown_version: object = None
        """The data that it was read from."""
        self._open_in: Listing | None = None
        """The list whose customer is to be opened once its rows are there."""

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield FilterTabs(id="tabs")
        with Horizontal(id="between"):
            yield SearchLine(id="search")
            yield Lines(id="position")  # apart, so that a move of the cursor repaints these few cells only
        yield CustomerTable(id="list")
        yield Lines(id="preview", ruled=True)
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Fetch the first page; everything else waits until it is drawn."""
        self._tabs = self.query_one(FilterTabs)
        self._search = self.query_one(SearchLine)
        self._table = self.query_one(CustomerTable)
        self._preview = PreviewPane(self, self._table, self.query_one("#preview", Lines))
        self.watch(self._table, "moved", self._on_moved, init=False)
        self._show_title()
        self.host.changes.subscribe(self, self._on_change)
        if self._first is not None and self._first.done() and self._first.exception() is None:
            self._show(self._listing, self._first.result(), self.services.today())
        else:
            self.start(self._show_first(), "list")

    def on_resize(self, _event: Resize) -> None:
        """The title and the position are as wide as the screen lets them."""
        self._show_title()
        self._show_status()

    def customer(self) -> CustomerRow | None:
        """The customer under the cursor."""
        return self._table.current

    # Keys

    def action_tab(self, tab: str) -> None:
        """Show another tab."""
        chosen = CustomerFilter(tab)
        if chosen is self._state.tab:
            return
        self._remember_cursor()
        self._looked_at(self._state.tab)
        self._state.previous, self._state.tab = self._state.tab, chosen
        self.set_timer(PATIENCE, self._show_tabs)
        self.start(self._reload(), "list")

    def action_step_tab(self, step: int) -> None:
        """Show the neighbouring tab."""
        tabs = list(CustomerFilter)
        self.action_tab(tabs[(tabs.index(self._state.tab) + step) % len(tabs)])

    def action_last_tab(self) -> None:
        """Show the tab before."""
        self.action_tab(self._state.previous)

    def action_mine(self) -> None:
        """Only my customers, or everybody's."""
        self._remember_cursor()
        self._state.mine = not self._state.mine
        if self._state.mine:
            self.start(self._check_me(), "mine")
        self.start(self._reload(), "list")

    def action_search(self) -> None:
        """Begin to type a search."""
        self._search.focus()

    def action_clear_search(self) -> None:
        """Drop the search."""
        if self._state.current.search:
            self._remember_cursor()
            self._state.current.search = ""
            self.start(self._reload(), "list")

    def action_sort(self) -> None:
        """Choose the order."""
        from viptui.screens.sort_menu import SortMenu

        listing = self._listing
        self.app.push_screen(SortMenu(listing.sorted_by, reverse=listing.reverse), self._on_sort_chosen)

    def action_reverse(self) -> None:
        """Reverse the order, and begin at its top."""
        tab = self._state.current
        tab.reverse, tab.place = not tab.reverse, None
        self.start(self._reload(), "list")

    def action_preview(self) -> None:
        """Show or hide the preview."""
        self._preview.toggle()

    def action_evaluate(self) -> None:
        """Evaluate now and sort again, the cursor staying on its customer."""
        self._remember_cursor()
        self.host.evaluate_now()
        self.start(self._reload(), "list")

    def action_redraw(self) -> None:
        """Draw everything anew."""
        self.refresh(repaint=True, layout=True)

    def action_help(self) -> None:
        """Show all keys."""
        from viptui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.active_bindings.values()))

    def action_quit(self) -> None:
        """Leave."""
        self.start(self._leave(), "leave")

    # News from widgets

    def on_customer_table_wanted(self, message: CustomerTable.Wanted) -> None:
        """Fetch the rows that the list asks for."""
        self.start(self._extend(message), "rows")

    def on_customer_table_opened(self, message: CustomerTable.Opened) -> None:
        """Open a customer's details; while another list is on its way, those of the customer that comes with it."""
        if self._listing == message.listing:
            self._open(message.row)
        elif self._listing != self._shown:
            self._open_in = self._listing
        elif (row := self._table.current) is not None:  # that list has come since the key was pressed
            self._open(row)

    def on_search_line_changed(self, message: SearchLine.Changed) -> None:
        """Narrow the list to what is typed."""
        if message.text:
            self._state.current.place = None
        else:
            self._remember_cursor()
        self._state.current.search = message.text
        self.start(self._reload(), "list")

    def on_search_line_done(self) -> None:
        """Go back to the list."""
        self._table.focus()

    # Work beside the screen

    async def _show_first(self) -> None:
        listing, today = self._listing, self.services.today()
        if self._first is None:
            await self._reload()
        else:
            self._show(listing, await asyncio.wrap_future(self._first), today)

    async def _reload(self) -> None:
        listing, tab = self._listing, self._state.current
        today = self.services.today()
        snapshot = await self.services.ask(
            take_snapshot,
            listing,
            today,
            self.services.policy,
            login=self.services.me,
            size=max(FEWEST_ROWS, self.app.size.height),
            place=tab.place,
            beginning=self._beginning_of(listing, today),
        )
        self._show(listing, snapshot, today)

    def _beginning_of(self, listing: Listing, today: date) -> Beginning | None:
        """Where the rows of a list can begin at the earliest, if what is searched has only become longer."""
        shown, first = self._shown, self._table.first
        if shown is None or first is None or not shown.search or today != self._shown_on:
            return None
        if replace(shown, search=listing.search) != listing or fold(shown.search) not in fold(listing.search):
            return None
        return Beginning(version=self._shown_version, key=first.sort_key)

    async def _reload_in_one_frame(self) -> None:
        """Let a menu go and the new list come at once, unless the list takes its time."""
        reloading = asyncio.ensure_future(self._reload())
        try:
            with self.app.batch_update():
                await asyncio.wait([reloading], timeout=PATIENCE)
            await reloading
        finally:
            reloading.cancel()

    async def _extend(self, wanted: CustomerTable.Wanted) -> None:
        if (listing := self._shown) is None:
            return
        key = None if wanted.row is None else wanted.row.sort_key
        place: Mapping[Edge, dict[str, Any]] = {
            Edge.AFTER: {"after": key},
            Edge.BEFORE: {"before": key},
            Edge.FIRST: {},
            Edge.LAST: {"last": True},
        }
        try:
            rows = await self.services.ask(
                list_customers,
                listing,
                self._shown_on,
                self.services.policy,
                limit=wanted.count,
                **place[wanted.edge],
            )
        except ViptuiError:
            self._table.give_up()
            raise
        if listing is self._shown:
            self._table.extend(wanted.edge, rows, wanted.count)

    async def _count(self, listing: Listing) -> None:
        """Count what a search has found, once nobody goes on typing for a moment."""
        await asyncio.sleep(COUNT_DELAY)
        total = await self.services.in_background(count_customers, listing, self._shown_on, self.services.policy)
        if listing is self._shown:
            self._table.counted(total)
            self._show_status()

    async def _check_me(self) -> None:
        """Show everybody's customers again, and say why, if nobody in the team is called like me."""
        if await self.services.ask(find_member, self.services.me) is not None:
            return
        self._state.mine = False
        self.start(self._reload(), "list")
        team = await self.services.ask(team_members)
        known = ", ".join(member.login for member in team[:5]) or "nobody yet"
        self.tell(
            f"{self.services.me} is not in the team ({known}). Start viptui with --me LOGIN to say who you are.",
            problem=True,
        )

    async def _refresh_badges(self, event: Reevaluated) -> None:
        listing = self._listing
        self._badges = await self.services.ask(
            take_badges, self.services.me, listing.managed_by, event.evaluated_on, self.services.policy
        )
        self._table.on_another_day(event.evaluated_on)
        self._show_title()
        self._show_tabs()
        self._show_status()

    # Showing

    @property
    def _listing(self) -> Listing:
        return self._state.listing(self.services.me)

    def _show(self, listing: Listing, snapshot: Snapshot, today: date) -> None:
        """Show what was read, if it is still what is wanted."""
        if listing != self._listing:
            return
        self._badges, self._shown, self._shown_on = snapshot.badges, replace(listing), today
        self._shown_version = snapshot.version
        everybody = listing.managed_by is None
        nobody = everybody and snapshot.badges.counts[CustomerFilter.ALL] == 0
        self._table.explain_empty(*wording.empty_lines(listing, database_is_empty=nobody))
        self._table.show(
            snapshot.page,
            self._shown,
            today,
            self.services.policy,
            cursor=snapshot.cursor,
            offset=self._state.current.offset,
        )
        self._show_tabs()
        self._show_status()
        if not self._table.is_counted:
            self.start(self._count(self._shown), "count")
        wanted, self._open_in = self._open_in, None
        if wanted == listing and (row := self._table.current) is not None:
            self._open(row)

    def _open(self, row: CustomerRow) -> None:
        from viptui.screens.customer_detail import CustomerDetailScreen

        self.app.push_screen(CustomerDetailScreen(row.vip_id))

    def _show_title(self) -> None:
        services = self.services
        day = f" as of {services.today()}, read-only " if services.read_only else f" {services.today()} "
        style = "warning" if services.read_only else "bar-dim"
        left = [(" viptui", "bar-strong"), (f"  {services.me}", "bar-dim")]
        title = self.query_one("#title", Lines)
        title.show(right_aligned(left, [(day, style)], self.app.size.width, "bar"))

    def _show_tabs(self) -> None:
        if self._badges is not None:
            self._tabs.show(
                active=self._state.tab,
                counts=self._badges.counts,
                deltas=self._badges.deltas,
                mine=self._state.mine,
            )

    def _show_status(self) -> None:
        listing, tab = self._listing, self._state.current
        if self._badges is None or self._shown is None:
            return
        badge = self._badges.counts[listing.filter]
        total = self._table.total if self._table.is_counted else None
        found = wording.found_words(listing, total, badge)
        at = f"{self._table.cursor + 1:,} / " if self._table.total else ""
        stale = not listing.search and listing == self._shown and badge != self._table.total
        news = [(f"{abs(badge - self._table.total):,} changed, R sorts again  ", "warning")] if stale else []
        self._search.show(tab.search, [*news, (wording.order_words(listing), "dim")])
        position = self.query_one("#position", Lines)
        position.show(right_aligned((), [(f"{at}{found} ", "plain")], position.size.width))

    def _remember_cursor(self) -> None:
        if self._shown is None or self._shown.filter is not self._state.tab:
            return  # the rows on the screen are still those of another tab
        row = self._table.current
        tab = self._state.current
        tab.offset = self._table.offset_of_cursor
        tab.place = (
            None
            if row is None
            else Place(
                listing=self._shown,
                day=self._shown_on,
                version=self._shown_version,
                customer=row.id,
                rank=self._table.cursor,
                key=row.sort_key,
            )
        )

    def _looked_at(self, tab: CustomerFilter) -> None:
        """Whoever has looked at a tab has seen what came into it."""
        if self._has_news(tab):
            now = self.services.now()
            self.start(self._record_look(tab, now), f"look-{tab}")

    def _has_news(self, tab: CustomerFilter) -> bool:
        """Whether a look is worth recording: each recorded one changes the data, so that badges are added up anew."""
        if self.services.read_only or self._badges is None:
            return False
        return self._state.mine or self._badges.deltas[tab] > 0

    async def _leave(self) -> None:
        """Record what was looked at last, unless the database takes its time, and end."""
        try:
            if self._has_news(self._state.tab):
                await asyncio.wait_for(self._record_look(self._state.tab, self.services.now()), SECONDS_TO_RECORD)
        except TimeoutError:
            pass  # the badge will say again what was seen: harmless, and leaving must not wait
        finally:
            self.app.exit()

    async def _record_look(self, tab: CustomerFilter, now: datetime) -> None:
        from viptui.data.crossings import record_look

        await self.services.in_background(record_look, self.services.me, tab, now)

    def _on_moved(self) -> None:
        """Let the status and, a moment later, the preview follow the cursor."""
        self._show_status()
        self._preview.follow()

    def _on_change(self, event: object) -> None:
        if isinstance(event, Reevaluated):
            self.start(self._refresh_badges(event), "badges")
        elif isinstance(event, Performed):  # the next customer comes to the cursor if this one has left the tab
            self._remember_cursor()
            self.start(self._reload(), "list")

    def _on_sort_chosen(self, chosen: SortChosen | None) -> None:
        if chosen is None:
            return
        self._remember_cursor()
        tab = self._state.current
        tab.sort, tab.reverse = chosen.column, chosen.reverse
        tab.place = None
        self.start(self._reload_in_one_frame(), "list")
