"""What a customer list shows and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from viptui.errors import SettingsError
from viptui.rules.column_words import COLUMNS
from viptui.rules.filters import CustomerFilter

if TYPE_CHECKING:
    from viptui.rules.query import Query


class SortColumn(StrEnum):
    """The columns that a list can be sorted by; the value is the word used in commands."""

    NAME = "name"
    EMAIL = "email"
    STATE = "state"
    LICENCES = "licences"
    AMOUNT = "amount"
    ANNIVERSARY = "anniversary"
    SEGMENT = "segment"
    MANAGED_BY = "managed-by"
    INVITATION = "invitation"
    INVITED = "invited"


DEFAULT_SORT: Final[Mapping[CustomerFilter, SortColumn]] = MappingProxyType(
    {
        CustomerFilter.NO_PRODUCTS: SortColumn.INVITED,
        CustomerFilter.PENDING_REQUESTS: SortColumn.STATE,
        CustomerFilter.PAST_DUE: SortColumn.STATE,
        CustomerFilter.UPCOMING_RENEWALS: SortColumn.ANNIVERSARY,
        CustomerFilter.READY_FOR_RENEWAL: SortColumn.ANNIVERSARY,
        CustomerFilter.ALL: SortColumn.NAME,
    }
)
"""The most urgent first: oldest invitation, oldest Purchase Authorization, nearest anniversary."""


DAYS: Final = "days"

SORT_WORDS: Final = (*(each.value for each in SortColumn), DAYS)
"""What an order can be called in commands."""


def sort_column(word: str, tab: CustomerFilter) -> SortColumn | None:
    """The column that one of `SORT_WORDS` means in a tab; ``days`` is what its urgency is counted by."""
    if word == DAYS:
        return SortColumn.STATE if tab is CustomerFilter.ALL else DEFAULT_SORT[tab]
    return SortColumn(word) if word else None


class Choice(NamedTuple):
    """Which columns somebody wants to see."""

    columns: tuple[str, ...] = ()
    """From left to right; none for the usual ones."""
    is_wide: bool = False
    """Whether none of them folds away: what has no room is reached sideways."""
    skipped: int = 0
    """Columns behind the first one that are out at the left then."""


def read_columns(words: str) -> tuple[str, ...]:
    """The columns that somebody has written with commas between them, each once.

    Raises:
        SettingsError: one of them is not known, or there is none.
    """
    named = tuple(dict.fromkeys(filter(None, (word.strip() for word in words.split(",")))))
    if unknown := [each for each in named if each not in COLUMNS]:
        raise SettingsError(f"{unknown[0]!r} is not a column: choose from {', '.join(COLUMNS)}")
    if not named:
        raise SettingsError(f"{words!r} names no column: choose from {', '.join(COLUMNS)}")
    return named


def shows_order(columns: Sequence[str], sort: SortColumn) -> bool:
    """Whether chosen columns show what decides the order; the day of an invitation stands in two of them."""
    return sort in columns or (sort is SortColumn.INVITED and "invitation" in columns)


class Listing(NamedTuple):
    """One list of customers: which ones and in which order."""

    filter: CustomerFilter = CustomerFilter.ALL
    managed_by: str | None = None
    """Login of the team member in charge; None for everybody's customers."""
    search: str = ""
    """Text that one of the searchable fields contains, case and accents ignored."""
    sort: SortColumn | None = None
    """None for the filter's own order."""
    reverse: bool = False
    query: Query | None = None
    """What else is asked, ``mine`` resolved; None for nothing."""
    awake_for: str | None = None
    """Login whose snoozed customers a work tab leaves out; None leaves nobody out, nor does the list of all."""

    @property
    def is_sought(self) -> bool:
        """Whether a search or a query leaves only some of the tab's customers."""
        return bool(self.search) or self.query is not None

    @property
    def sorted_by(self) -> SortColumn:
        """The column that decides the order."""
        return self.sort or DEFAULT_SORT[self.filter]
