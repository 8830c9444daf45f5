"""What the customers' screen remembers of its tabs, apart from the rows themselves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from viptui.rows import Place
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import Choice, Listing, SortColumn
from viptui.screens.followed import Followed
from viptui.screens.marks import Marks

if TYPE_CHECKING:
    from viptui.rules.query import Query

FEWEST_ROWS: Final = 20
"""Rows that are read at least, however small the terminal."""


@dataclass(slots=True, eq=False, repr=False, match_args=False)  # a third of the time to make it
class TabState:
    """What a tab remembers while another one is looked at."""

    search: str = ""
    sort: SortColumn | None = None
    reverse: bool = False
    query: Query | None = None
    """As it was typed: ``mine`` is still in it."""
    place: Place | None = None
    """Where the cursor stood; None for the top of whatever list is next."""
    offset: int = 0
    """Screen line of the cursor."""
    columns: tuple[str, ...] = ()
    """Those of a view that was opened here; none: the same as everywhere."""
    top: int | None = None
    """Index of the row that is to stay the first one on the screen, whatever line the cursor gets then."""


@dataclass(slots=True, eq=False, repr=False, match_args=False)  # a third of the time to make it
class ListState:
    """What the list shows, apart from the rows themselves."""

    tab: CustomerFilter = CustomerFilter.PAST_DUE
    previous: CustomerFilter = CustomerFilter.ALL
    mine: bool = False
    whose: str | None = None
    """Login of another member whose customers are shown."""
    tabs: dict[CustomerFilter, TabState] = field(default_factory=lambda: {each: TabState() for each in CustomerFilter})
    everywhere: Choice = field(default_factory=Choice)
    """The columns, on all tabs but those that have their own."""
    marks: Marks = field(default_factory=Marks)
    """They belong to no tab and to no list."""
    followed: Followed = field(default_factory=Followed)

    @property
    def current(self) -> TabState:
        """What the active tab remembers."""
        return self.tabs[self.tab]

    @property
    def choice(self) -> Choice:
        """The columns of the active tab."""
        return self.everywhere._replace(columns=self.current.columns or self.everywhere.columns)

    def choose(self, choice: Choice) -> None:
        """Other columns, or the same in another width, on this tab and on all that have none of their own."""
        if choice.columns == self.choice.columns:
            choice = choice._replace(columns=self.everywhere.columns)
        else:
            self.current.columns = ()
        self.everywhere = choice

    def listing(self, me: str) -> Listing:
        """The list that is to be shown."""
        tab = self.current
        shows_snoozed = tab.query is not None and tab.query.is_about_snoozed
        return Listing(
            filter=self.tab,
            managed_by=me if self.mine else self.whose,
            search=tab.search,
            sort=tab.sort,
            reverse=tab.reverse,
            query=None if tab.query is None else tab.query.seen_by(me),
            awake_for=None if shows_snoozed or self.tab is CustomerFilter.ALL else me,
        )
