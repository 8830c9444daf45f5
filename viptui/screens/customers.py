"""The customers' screen: tabs, search, list, preview.

What the first frame does not need is imported where it is used: that is a third of the time to the first frame.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Resize

from viptui.data.queries import find_member, team_members
from viptui.events import DayChosen, LinkChanged, MailDelivered, Performed, Reevaluated
from viptui.rows import Place
from viptui.rules.filters import TITLES, CustomerFilter
from viptui.rules.listing import Listing
from viptui.screens.customer_list import Asked, CustomerList
from viptui.screens.filtering import FilteringScreen
from viptui.screens.following import FollowingScreen
from viptui.screens.in_turn import BRINGING
from viptui.screens.list_heading import ListHeading
from viptui.screens.marking import MarkingScreen
from viptui.screens.news import NewsScreen
from viptui.screens.preview_pane import PreviewPane
from viptui.screens.verbs import END_DRY_RUN
from viptui.widgets.customer_table import CustomerTable
from viptui.widgets.filter_tabs import FilterTabs
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Lines
from viptui.widgets.paint import Covered
from viptui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from concurrent.futures import Future

    from viptui.data.snapshot import Snapshot
    from viptui.screens.sort_menu import SortChosen, SortMenu

SECONDS_TO_RECORD: Final = 1.0
"""How long leaving may wait for the database."""

PATIENCE: Final = 0.15
"""Seconds after which a tab is shown as chosen although its customers have not come yet."""

COUNT_DELAY: Final = 0.15
"""Seconds without another letter before what a search finds is counted, if that takes time."""


class Between(Horizontal, Covered):
    """The line between the tabs and the list."""


class CustomersScreen(FollowingScreen, MarkingScreen, FilteringScreen, NewsScreen, Covered):
    """The list of customers under its filter tabs."""

    BLANK = True
    AUTO_FOCUS = "CustomerTable"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"tab('{tab}')", show=False, id=f"tab.{tab}", tooltip=f"Show {TITLES[tab]}")
            for number, tab in enumerate(CustomerFilter, start=1)
        ),
        Binding("0", "tab('all')", show=False, id="tab.all_too", tooltip="Show all customers"),
        Binding("l,right_square_bracket", "step_tab(1)", show=False, id="tab.next", tooltip="Next tab"),
        Binding("h,left_square_bracket", "step_tab(-1)", show=False, id="tab.previous", tooltip="Previous tab"),
        Binding("minus", "last_tab", show=False, id="tab.last", tooltip="Back to the tab before"),
        Binding("slash", "search", "search", id="list.search", tooltip="Search while typing"),
        Binding("f", "filter", "filter", id="list.filter", tooltip="Filter by a query: late>45 segment:edu -mine"),
        Binding(
            "b", "views", show=False, id="list.views", tooltip="Saved views: open, save, remove, copy as a command"
        ),
        Binding("m", "mine", "mine", id="list.mine", tooltip="Only the customers that I manage, or everybody's"),
        Binding("s", "sort", "sort", id="list.sort", tooltip="Choose the column that decides the order"),
        Binding("I", "reverse", show=False, id="list.reverse", tooltip="Reverse the order"),
        Binding("T", "triage", show=False, id="list.triage", tooltip="Work through this list, customer by customer"),
        Binding("p", "preview", "preview", id="list.preview", tooltip="Show or hide the preview"),
        Binding(
            "R,ctrl+r,f5",
            "evaluate",
            "refresh",
            key_display="R",
            id="list.refresh",
            tooltip="Evaluate now and sort again",
        ),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
        END_DRY_RUN,
        Binding(
            "escape",
            "clear",
            show=False,
            id="list.clear_search",
            tooltip="Drop the search, then the filter, then the marks",
        ),
        Binding("q", "quit", "quit", id="app.quit", tooltip="Leave viptui"),
    ]

    def __init__(self, first: Future[Snapshot] | None = None) -> None:
        super().__init__()
        self._first = first
        """The first page, if it has been asked for already."""
        self._sort_menu: SortMenu | None = None
        """Once it has been opened."""

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield FilterTabs(id="tabs")
        with Between(id="between"):
            yield SearchLine(id="search")
            yield Lines(id="position")  # apart, so that a move of the cursor repaints these few cells only
        yield CustomerTable(id="list")
        yield Lines(id="preview", ruled=True)
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Fetch the first page; everything else waits until it is drawn."""
        self._table = self.query_one(CustomerTable)
        self._list = CustomerList(self.services, self._table, self._first)
        self._table.marks = self._list.marks
        self._heading = ListHeading(self, self._list, self._table)
        self._preview = PreviewPane(self, self._table, self.query_one("#preview", Lines))
        self.watch(self._table, "moved", self._on_moved, init=False)
        self._heading.show()
        self.host.changes.subscribe(self, self._on_change)
        if self._list.show_first():
            self._on_shown()
        else:
            self.start("list", self._load_first)

    def on_resize(self, _event: Resize) -> None:
        """The title and the position are as wide as the screen lets them."""
        self._heading.show()

    def listing(self) -> Listing:
        """The list that is wanted."""
        return self._list.wanted

    def show_listing(self, listing: Listing, place: Place | None) -> None:
        """Show a list that was asked for on another screen, its cursor at a place, or at its top."""
        self._list.want_listing(listing, place)
        self.start("list", self._load_in_one_frame, self._list.ask())

    # Keys that ask for another list

    def action_tab(self, tab: str) -> None:
        """Show another tab."""
        chosen, left = CustomerFilter(tab), self._list.tab
        if chosen is left:
            return
        if self._list.has_news(left):
            self.start(f"look-{left}", self._list.record_look, left)
        self._list.want_tab(chosen)
        asyncio.get_running_loop().call_later(PATIENCE, self._heading.show_tabs)
        self._reload()

    def action_step_tab(self, step: int) -> None:
        """Show the neighbouring tab."""
        tabs = list(CustomerFilter)
        self.action_tab(tabs[(tabs.index(self._list.tab) + step) % len(tabs)])

    def action_last_tab(self) -> None:
        """Show the tab before."""
        self.action_tab(self._list.tab_before)

    def action_mine(self) -> None:
        """Only my customers, or everybody's."""
        self._list.want_mine()
        if self._list.is_mine:
            self.start("mine", self._check_me)
        self._reload()

    def action_clear(self) -> None:
        """Drop the range under way, else the search, else the filter, else the marks."""
        if self.drop_range():
            return
        if self._list.wanted.search:
            self._list.want_search("")
            self._reload()
        elif self._list.query is not None:
            self._list.want_query(None)
            self._reload()
        else:
            self.drop_marks()

    def action_sort(self) -> None:
        """Choose the order."""
        from viptui.screens.sort_menu import SortMenu

        listing = self._list.wanted
        self._sort_menu = self._sort_menu or SortMenu()
        self._sort_menu.tell(listing.sorted_by, reverse=listing.reverse)
        self._sort_menu.open(self.app, self._on_sort_chosen)

    def action_reverse(self) -> None:
        """Reverse the order, and begin at its top."""
        self._list.want_reversed()
        self._reload()

    def action_evaluate(self) -> None:
        """Evaluate now and sort again, the cursor staying on its customer."""
        self._list.remember_cursor()
        self.let_through()
        self.host.evaluate_now()
        self._reload()

    # Other keys

    def action_search(self) -> None:
        """Begin to type a search."""
        self.query_one(SearchLine).focus()

    def action_preview(self) -> None:
        """Show or hide the preview."""
        self._preview.toggle()

    def action_triage(self) -> None:
        """Work through the list that is shown, or go on with the one that was begun."""
        from viptui.screens.triage import open_triage

        self.start("triage", open_triage, self, self._list.wanted)

    def action_quit(self) -> None:
        """Leave."""
        self.start("leave", self._leave)

    # News

    def on_customer_table_wanted(self, message: CustomerTable.Wanted) -> None:
        """Fetch the rows that the list asks for."""
        self.start("rows", self._list.extend, message.wish)

    def on_customer_table_opened(self) -> None:
        """Open a customer's details; while another list is on its way, those of the customer that comes with it."""
        self.in_turn(self._open, BRINGING)

    def on_empty_list_begun(self, message: CustomerTable.Begun) -> None:
        """Begin as somebody without customers has chosen."""
        if message.beginning == "demo":
            self.host.open_demo()
        else:
            self.action_door("screen.import")

    def on_search_line_changed(self, message: SearchLine.Changed) -> None:
        """Narrow the list to what is typed."""
        self._list.want_search(message.text)
        self._reload()

    def on_search_line_done(self, message: SearchLine.Done) -> None:
        """Go back to the list, or to the only customer that was found."""
        self._table.focus()
        if message.taken:
            self.in_turn(self._open_the_only_one, BRINGING)

    def _on_moved(self) -> None:
        """Let a range, the status and, a moment later, the preview follow the cursor."""
        self.cover_range()
        self._heading.show_status()
        self._preview.follow()

    def _on_change(self, event: object) -> None:
        if self.keeps_back(event):
            return
        if isinstance(event, Reevaluated):
            self.start("badges", self._refresh_badges)
        elif isinstance(event, DayChosen):
            self._heading.show_title()  # at once: what is on its way is refused already
            self._list.remember_cursor()
            self._reload()
        elif isinstance(event, LinkChanged):
            self._heading.show_title()
        elif isinstance(event, MailDelivered):
            self._heading.show_mails(event.unsettled)
        elif isinstance(event, Performed):  # the next customer comes to the cursor
            self.performed(event)
            self._reload()

    def _on_sort_chosen(self, chosen: SortChosen | None) -> None:
        if chosen is not None:
            self._list.want_order(chosen.column, reverse=chosen.reverse)
            self.start("list", self._load_in_one_frame, self._list.ask())

    def _on_shown(self) -> None:
        """Let everything else follow a list that has come."""
        self._heading.show()
        self.list_has_come()
        self.tell_if_it_left()
        self.draw_now()
        if not self._table.is_counted:
            self.start("count", self._count)

    def _open(self) -> None:
        from viptui.screens.customer_detail import CustomerDetailScreen

        if (row := self._table.current) is not None:
            self.app.push_screen(CustomerDetailScreen(row.vip_id))

    def _open_the_only_one(self) -> None:
        if self._table.is_counted and self._table.total == 1:
            self._open()

    # Work beside the screen

    def _reload(self) -> None:
        self.start("list", self._load, self._list.ask())

    async def _load(self, asked: Asked) -> None:
        if await self._list.show(asked):
            self._on_shown()

    async def _load_first(self) -> None:
        if await self._list.load_first():
            self._on_shown()

    async def _load_in_one_frame(self, asked: Asked) -> None:
        """Let a menu go and the new list come at once, unless the list takes its time."""
        answered = asyncio.wrap_future(asked.answer)
        answered.add_done_callback(lambda each: each.cancelled() or each.exception())  # `_load` tells of it
        with self.app.batch_update():
            await asyncio.wait([answered], timeout=PATIENCE)
        if not answered.done():
            self.draw_now()
        await self._load(asked)

    async def _count(self) -> None:
        """Count what a search has found, once nobody goes on typing for a moment."""
        await asyncio.sleep(COUNT_DELAY)
        if await self._list.count():
            self._heading.show_status()

    async def _check_me(self) -> None:
        """Show everybody's customers again, and say why, if nobody in the team is called like me."""
        if await self.services.ask(find_member, self.services.me) is not None:
            return
        self._list.want_everybodys()
        self._reload()
        team = await self.services.ask(team_members)
        known = ", ".join(member.login for member in team[:5]) or "nobody yet"
        self.tell(
            f"{self.services.me} is not in the team ({known}). Start viptui with --me LOGIN to say who you are.",
            problem=True,
        )

    async def _refresh_badges(self) -> None:
        await self._list.evaluate()
        self._heading.show()

    async def _leave(self) -> None:
        """Record what was looked at last, unless the database takes its time, and end."""
        try:
            if self._list.has_news(self._list.tab):
                await asyncio.wait_for(self._list.record_look(self._list.tab), SECONDS_TO_RECORD)
        except TimeoutError:
            pass  # the badge will say again what was seen: harmless, and leaving must not wait
        finally:
            self.app.exit()
