"""The rows of a list that are loaded: consecutive ones around the cursor, never the whole list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from viptui.rows import CustomerRow, Page

MOST_LOADED: Final = 600
"""Rows kept; those farthest from the cursor go first."""


@dataclass(slots=True)
class RowWindow:
    """Loaded rows ``first`` … ``end`` of a list of ``total`` rows."""

    total: int = 0
    """As long as nobody has counted them: those that are known."""
    first: int = 0
    rows: list[CustomerRow] = field(default_factory=list)
    is_counted: bool = True

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
