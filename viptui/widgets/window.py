"""The rows of a list that are loaded, consecutive ones around the cursor, and which ones to ask for next."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from viptui.rows import CustomerRow, Page

MOST_LOADED: Final = 600
"""Rows kept; those farthest from the cursor go first."""

PAGES_AHEAD: Final = 2
"""Pages that are kept loaded beyond the screen, so that moving seldom waits for the database."""


class Edge(Enum):
    """Where rows are wanted."""

    AFTER = "after"
    BEFORE = "before"
    FIRST = "first"
    LAST = "last"


class Wish(NamedTuple):
    """Rows that are wanted at an edge of what is loaded."""

    edge: Edge
    row: CustomerRow | None
    """The loaded row that they are next to; None for those at an end of the list."""
    limit: int


@dataclass(slots=True)
class RowWindow:
    """Loaded rows ``first`` … ``end`` of a list of ``total`` rows."""

    total: int = 0
    """As long as nobody has counted them: those that are known."""
    first: int = 0
    rows: list[CustomerRow] = field(default_factory=list)
    is_counted: bool = True
    goal: int | None = None
    """The index that is to be reached once its rows are there."""
    asked: Wish | None = None
    """What has been asked for and has not come."""

    @classmethod
    def of(cls, page: Page) -> RowWindow:
        """A window that begins with one page."""
        known = page.first + len(page.rows)
        return cls(known if page.total is None else page.total, page.first, list(page.rows), page.total is not None)

    @property
    def end(self) -> int:
        """Index after the last loaded row."""
        return self.first + len(self.rows)

    def row_at(self, index: int) -> CustomerRow | None:
        """The row at an index of the list, if it is loaded."""
        return self.rows[index - self.first] if self.first <= index < self.end else None

    def between(self, first: int, last: int) -> list[CustomerRow]:
        """The loaded rows from one index to another one, both included."""
        return self.rows[max(0, first - self.first) : max(0, last + 1 - self.first)]

    def lacks(self, visible: range) -> bool:
        """Whether one of these rows is not loaded."""
        return any(self.row_at(index) is None for index in visible)

    @property
    def goes_on(self) -> bool:
        """Whether there are, or may be, rows after the last loaded one."""
        return not self.is_counted or self.end < self.total

    def counted(self, total: int) -> None:
        """Take the number of rows of the whole list."""
        self.total, self.is_counted = total, True

    def append(self, rows: tuple[CustomerRow, ...], *, wanted: int, keep: range) -> None:
        """Add rows that follow the last one; fewer than were ``wanted`` means that the list ends there.

        The rows of ``keep``, those on the screen, stay loaded.
        """
        self.rows.extend(rows)
        if len(rows) < wanted:
            self.counted(self.end)
        self.total = max(self.total, self.end)
        if (surplus := min(len(self.rows) - MOST_LOADED, keep.start - self.first)) > 0:
            del self.rows[:surplus]
            self.first += surplus

    def prepend(self, rows: tuple[CustomerRow, ...], *, wanted: int, keep: range) -> None:
        """Put rows before the first one; fewer than were ``wanted`` means that the list begins there.

        The rows of ``keep``, those on the screen, stay loaded.
        """
        self.rows[:0] = rows
        self.first = max(0, self.first - len(rows)) if len(rows) == wanted else 0
        del self.rows[max(MOST_LOADED, keep.stop - self.first) :]

    # Which rows to ask for: one question at a time

    def is_exceeded(self, top: int, size: int) -> bool:
        """Whether a screen of ``size`` rows from ``top`` on shows, or may show, more than is loaded."""
        return top < self.first or (self.goes_on and top + size > self.end)

    def ask_ahead(self, top: int, size: int) -> Wish | None:
        """What to ask for now so that it is there before such a screen comes to it."""
        ahead = PAGES_AHEAD * size
        if self.goes_on and top + size + ahead > self.end:
            return self._ask(Edge.AFTER, 2 * ahead)
        if self.first > 0 and top - ahead < self.first:
            return self._ask(Edge.BEFORE, min(2 * ahead, self.first))
        return None

    def ask_towards(self, index: int, size: int) -> Wish | None:
        """What to ask for now to reach an index; it stays the goal until rows come or somebody goes elsewhere."""
        if self.total == 0:
            return None
        self.goal = index
        spare = 2 * size
        if index < spare:
            return self._ask(Edge.FIRST, index + size)
        if self.is_counted and index >= self.total - spare:
            return self._ask(Edge.LAST, min(self.total, self.total - index + size))
        if index >= self.end:
            return self._ask(Edge.AFTER, index - self.end + spare)
        return self._ask(Edge.BEFORE, min(self.first, self.first - index + spare))

    def take(self, rows: tuple[CustomerRow, ...], *, keep: range) -> int | None:
        """Take the rows that were asked for, as `append` and `prepend` do; returns what was the goal.

        Those of an end of the list take the place of all others, unless nobody wants to go there any more.
        """
        wish, self.asked = self.asked, None
        goal, self.goal = self.goal, None
        match wish:
            case Wish(edge=Edge.AFTER, limit=limit):
                self.append(rows, wanted=limit, keep=keep)
            case Wish(edge=Edge.BEFORE, limit=limit):
                self.prepend(rows, wanted=limit, keep=keep)
            case Wish(edge=Edge.FIRST) if goal is not None:
                self.first, self.rows = 0, list(rows)
            case Wish(edge=Edge.LAST) if goal is not None:
                self.first, self.rows = self.total - len(rows), list(rows)
        return goal

    def give_up(self) -> None:
        """What was asked for will not come; the next question may be the same."""
        self.asked = self.goal = None

    def _ask(self, edge: Edge, limit: int) -> Wish | None:
        if self.asked is not None:
            return None
        neighbour = {Edge.AFTER: self.rows[-1:], Edge.BEFORE: self.rows[:1]}.get(edge, [])
        self.asked = Wish(edge, neighbour[0] if neighbour else None, limit)
        return self.asked
