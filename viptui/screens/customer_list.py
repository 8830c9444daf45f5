"""The list of customers: which one is wanted, which one has come, and the rows that the table asks for.

It answers no keys and starts no work of its own: the screen says what is wanted, awaits the rows, and is told whether
what it awaited is on the table or was overtaken by another wish.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from viptui.data.queries import count_customers
from viptui.data.snapshot import Badges, Snapshot, hiding, more_customers, take_badges, take_snapshot
from viptui.errors import ViptuiError
from viptui.rows import Beginning, Place
from viptui.rules.filters import CustomerFilter
from viptui.rules.folding import fold
from viptui.rules.listing import Choice, Listing, SortColumn
from viptui.screens import wording
from viptui.screens.followed import Followed
from viptui.screens.list_state import FEWEST_ROWS, ListState
from viptui.screens.marks import Marks
from viptui.services import Services
from viptui.widgets.customer_table import CustomerTable
from viptui.widgets.window import Edge, Wish

if TYPE_CHECKING:
    from concurrent.futures import Future

    from viptui.rules.query import Query
    from viptui.rules.views import View


class Reading(NamedTuple):
    """What the rows on the table are a picture of."""

    listing: Listing
    day: date
    """The day for which they were read."""
    version: object
    """The data that they were read from."""


class Asked(NamedTuple):
    """A list that is being read."""

    listing: Listing
    day: date
    answer: Future[Snapshot]


class CustomerList:
    """Brings the list that is wanted to the table, and remembers where the cursor stood in each tab."""

    def __init__(self, services: Services, table: CustomerTable, first: Future[Snapshot] | None = None) -> None:
        self._services = services
        self._table = table
        self._first = first
        """The first page, if it has been asked for already."""
        self._state = ListState(everywhere=Choice(services.columns))
        self._asked: Asked | None = None
        self._shown: Reading | None = None
        self.badges: Badges | None = None
        """The numbers on the tabs, once they have come."""

    # What is wanted, and what is there

    @property
    def tab(self) -> CustomerFilter:
        """The tab that is wanted."""
        return self._state.tab

    @property
    def tab_before(self) -> CustomerFilter:
        """The tab that was looked at before."""
        return self._state.previous

    @property
    def is_mine(self) -> bool:
        """Whether only my customers are wanted."""
        return self._state.mine

    @property
    def query(self) -> Query | None:
        """What the query of the tab asks, as it was typed."""
        return self._state.current.query

    @property
    def view(self) -> View:
        """The list that is wanted, as it can be saved."""
        from viptui.rules.views import View, with_manager

        tab = self._state.current
        query = tab.query if self.whose is None else with_manager(tab.query, self.whose)
        return View(self.tab, self.is_mine, tab.search, tab.sort, tab.reverse, query, self.choice.columns)

    @property
    def choice(self) -> Choice:
        """The columns, as they were chosen."""
        return self._state.choice

    def columns_of(self, tab: CustomerFilter) -> tuple[str, ...]:
        """The columns that were chosen for a tab; none for the usual ones."""
        return self._state.tabs[tab].columns

    @property
    def whose(self) -> str | None:
        """Another member whose customers are wanted."""
        return self._state.whose

    @property
    def wanted(self) -> Listing:
        """The list that is wanted."""
        return self._state.listing(self._services.me)

    @property
    def shown(self) -> Listing | None:
        """The list that the rows on the table belong to; None before the first."""
        return None if self._shown is None else self._shown.listing

    @property
    def marks(self) -> Marks:
        """The marked customers, of this list and of others."""
        return self._state.marks

    @property
    def followed(self) -> Followed:
        """Whom the cursor follows, and whether news are kept back."""
        return self._state.followed

    @property
    def news(self) -> int:
        """Customers that came into the tab since I last looked at it."""
        return 0 if self.badges is None else self.badges.deltas[self._state.tab]

    @property
    def asleep(self) -> int:
        """Customers that the tab does without because I have snoozed them."""
        if self.badges is None or self.wanted.awake_for is None:
            return 0
        return self.badges.asleep.get(self._state.tab, 0)

    def has_news(self, tab: CustomerFilter) -> bool:
        """Whether a look is worth recording: each recorded one changes the data, so that badges are added up anew."""
        if self._services.read_only or self.badges is None:
            return False
        return self.wanted.managed_by is not None or self.badges.deltas[tab] > 0

    # Another list is wanted: the rows come with the next `ask`

    def want_tab(self, tab: CustomerFilter) -> None:
        """Another tab, as it was left."""
        self.remember_cursor()
        self._state.previous, self._state.tab = self._state.tab, tab

    def want_mine(self) -> None:
        """Only my customers; if they are wanted already, or another member's, everybody's."""
        self.remember_cursor()
        self._state.mine, self._state.whose = not (self._state.mine or self._state.whose), None

    def want_everybodys(self) -> None:
        """Everybody's customers again, the cursor where it was before mine were wanted."""
        self._state.mine = False

    def want_search(self, text: str) -> None:
        """What is found for a text, from its first row on; without a text all, the cursor where it is."""
        if text:
            self._state.current.place = None
        else:
            self.remember_cursor()
        self._state.current.search = text

    def want_query(self, query: Query | None) -> None:
        """What fulfils a query, from its first row on; without one all, the cursor where it is."""
        if query is None:
            self.remember_cursor()
        else:
            self._state.current.place = None
        self._state.current.query = query

    def want_view(self, view: View) -> None:
        """A saved list, from its first row on."""
        if view.filter is not self.tab:
            self.want_tab(view.filter)
        self._state.mine, self._state.whose = view.mine, None
        tab = self._state.current
        tab.search, tab.query, tab.place = view.search, view.query, None
        tab.sort, tab.reverse, tab.columns = view.sort, view.reverse, view.columns

    def want_order(self, column: SortColumn | None, *, reverse: bool) -> None:
        """Another order, from its first row on; no column means the tab's own order."""
        self.remember_cursor()
        tab = self._state.current
        tab.sort, tab.reverse, tab.place = column, reverse, None

    def show_columns(self, choice: Choice) -> None:
        """Other columns, at once: rows have all that is in them."""
        self._state.choose(choice)
        self._table.show_columns(self.choice)

    def want_reversed(self) -> None:
        """The same list from its other end."""
        self.want_order(self._state.current.sort, reverse=not self._state.current.reverse)

    def want_listing(self, listing: Listing, place: Place | None) -> None:
        """A list from somewhere else, its cursor at a place, or at its top."""
        if listing.filter is not self._state.tab:
            self.want_tab(listing.filter)
        is_mine = listing.managed_by == self._services.me
        self._state.mine, self._state.whose = is_mine, None if is_mine else listing.managed_by
        tab = self._state.current
        tab.search, tab.sort, tab.reverse = listing.search, listing.sort, listing.reverse
        tab.query = listing.query
        tab.place, tab.offset = place, 0

    def remember_cursor(self) -> None:
        """Let the cursor stay where it is when the rows come anew."""
        shown, row, tab = self._shown, self._table.current, self._state.current
        if shown is None or shown.listing.filter is not self._state.tab:
            return  # the rows on the table are still those of another tab
        tab.offset, tab.top = self._table.offset_of_cursor, None
        if row is None:
            tab.place = None
        else:
            tab.place = Place(*shown, customer=row.id, rank=self._table.cursor, key=row.sort_key)

    def remember_next(self) -> None:
        """Let the cursor go on to the next customer when the rows come anew, and all others stay where they are."""
        self.remember_cursor()
        tab, row = self._state.current, self._table.following
        if tab.place is not None and row is not None:
            tab.place = tab.place._replace(customer=row.id, rank=tab.place.rank + 1, key=row.sort_key)
            tab.top = self._table.top

    # Rows

    def show_first(self) -> bool:
        """Show the first page if it is there already; whether it is."""
        if self._first is None or not self._first.done() or self._first.exception() is not None:
            return False
        return self._show(self.wanted, self._first.result(), self._services.today())

    async def load_first(self) -> bool:
        """Show the first page once it has come; whether it is shown."""
        listing, today = self.wanted, self._services.today()
        if self._first is None:
            return await self.show(self.ask())
        return self._show(listing, await self._services.answer(self._first), today)

    def ask(self) -> Asked:
        """Begin to read the list that is wanted, and the badges: at once, and instead of what was asked for before."""
        if self._asked is not None:
            self._asked.answer.cancel()
        listing, today = self.wanted, self._services.today()
        answer = self._services.begin(
            take_snapshot,
            listing,
            today,
            self._services.policy,
            login=self._looker,
            me=self._services.me,
            size=max(FEWEST_ROWS, self._table.app.size.height),
            place=self._state.current.place,
            beginning=self._beginning_of(listing, today),
            **self.followed.asked(listing, self.shown),
        )
        self._asked = Asked(listing, today, answer)
        return self._asked

    async def show(self, asked: Asked) -> bool:
        """Show what was asked for, once it has come; whether it is shown."""
        return self._show(asked.listing, await self._services.answer(asked.answer), asked.day)

    async def extend(self, wish: Wish) -> None:
        """Bring the rows that the table lacks; next to a row of another list, other rows would be left out."""
        if (shown := self._shown) is None or not self._table.waits_for(wish):
            return
        try:
            more = await self._services.ask(
                more_customers,
                self._hiding(shown.listing),
                shown.day,
                self._services.policy,
                login=self._looker,
                with_news=self.news > 0,
                limit=wish.limit,
                sleeper=self._services.me if self.badges and self.badges.asleep else "",
                **_next_to(wish),
            )
        except ViptuiError:
            if self._table.waits_for(wish):
                self._table.give_up()
            raise
        if self._table.waits_for(wish):
            self._table.extend(more.rows, more.news, more.asleep)

    async def go_to_news(self) -> bool:
        """Let the cursor stand on the next customer that came in, with the next `ask`; whether there is another."""
        from viptui.data.arrivals import next_arrival

        listing, row, services = self.wanted, self._table.current, self._services
        after = row.sort_key if row is not None and listing == self.shown else None
        place = await services.ask(
            next_arrival, listing, services.today(), services.policy, login=self._looker, after=after
        )
        if place is None:
            return False
        self._state.current.place, self._state.current.offset = place, self._table.offset_of_cursor
        return True

    async def count(self) -> bool:
        """Count the rows of the list that is shown, if nobody has; whether it is shown still."""
        if (shown := self._shown) is None or self._table.is_counted:
            return False
        total = await self._services.in_background(count_customers, shown.listing, shown.day, self._services.policy)
        if shown is not self._shown:
            return False
        self._table.counted(total)
        return True

    async def evaluate(self) -> None:
        """Bring the badges anew, and show the rows where they are as they stand on the day that is looked at."""
        services, day = self._services, self._services.today()
        whose = self.wanted.managed_by
        badges = await services.ask(take_badges, self._looker, whose, day, services.policy, me=services.me)
        if day == services.today():
            self.badges = badges
            self._table.on_another_day(day)

    async def record_look(self, tab: CustomerFilter) -> None:
        """Whoever has looked at a tab has seen what came into it."""
        from viptui.data.crossings import record_look

        await self._services.in_background(record_look, self._services.me, tab, self._services.now())

    def _hiding(self, listing: Listing) -> Listing:
        return listing if self.badges is None else hiding(listing, self.badges)

    @property
    def _looker(self) -> str:
        """Whose news is told: nobody's as long as another day is looked at."""
        return "" if self._services.is_away else self._services.me

    def _beginning_of(self, listing: Listing, today: date) -> Beginning | None:
        """Where the rows of a list can begin at the earliest, if what is searched has only become longer."""
        shown, first = self._shown, self._table.first
        if shown is None or first is None or not shown.listing.search or today != shown.day:
            return None
        before = shown.listing
        if before._replace(search=listing.search) != listing or fold(before.search) not in fold(listing.search):
            return None
        return Beginning(version=shown.version, key=first.sort_key)

    def _show(self, listing: Listing, snapshot: Snapshot, today: date) -> bool:
        """Show what was read, if it is still what is wanted."""
        if listing != self.wanted:
            return False
        if self.followed.read(listing, self.shown, snapshot):
            self._state.current.offset, self._state.current.top = self._table.offset_of_cursor, None
        self.badges, self._shown = snapshot.badges, Reading(listing, today, snapshot.version)
        tab = self._state.current
        nobody = listing.managed_by is None and snapshot.badges.counts[CustomerFilter.ALL] == 0
        beginnings = wording.beginnings(read_only=self._services.read_only) if nobody else {}
        self._table.explain_empty(*wording.empty_lines(listing, beginnings, asleep=self.asleep), beginnings=beginnings)
        self._table.choice = self.choice
        self._table.show(
            snapshot.page,
            listing,
            today,
            self._services.policy,
            cursor=snapshot.cursor,
            offset=tab.offset if tab.top is None else snapshot.cursor - tab.top,
        )
        return True


def _next_to(wish: Wish) -> Mapping[str, Any]:
    """Where in the list the wanted rows are."""
    key = None if wish.row is None else wish.row.sort_key
    match wish.edge:
        case Edge.AFTER:
            return {"after": key}
        case Edge.BEFORE:
            return {"before": key}
        case Edge.FIRST:
            return {}
        case Edge.LAST:
            return {"last": True}
