"""The customer list: draws the visible lines, moves the cursor, repaints only what a key changes."""

from __future__ import annotations

import asyncio
from collections.abc import Container
from datetime import date
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.geometry import Region
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip

from viptui.rows import CustomerRow, Page
from viptui.rules.listing import Choice, Listing
from viptui.rules.policy import VipPolicy
from viptui.rules.standing import Standing, standing
from viptui.text import fitted
from viptui.widgets.columns import MARGIN, Layout, RowContext, cells, header, layout
from viptui.widgets.empty_list import EmptyList
from viptui.widgets.paint import Span, SpanLine
from viptui.widgets.window import RowWindow, Wish

HEADER_LINES: Final = 1
NEW_MARK: Final = "+"
"""In the margin of a customer that came in since somebody last looked; the same sign as on the badge."""

ASLEEP_MARK: Final = "z"
"""In the same place: of a customer that somebody has snoozed, in this tab or in another one."""

MOST_PAINTED: Final = 2000
"""Drawn rows that are remembered."""

PREFETCH_DELAY: Final = 0.06
"""Seconds before more of the list is asked for: until then what a key has changed is drawn."""


class CustomerTable(EmptyList, can_focus=True):
    """A list of customers of any length, with a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "down", show=False, id="list.down", tooltip="Next customer"),
        Binding("k,up", "move(-1)", "up", show=False, id="list.up", tooltip="Previous customer"),
        Binding("ctrl+d", "pages(0.5)", show=False, id="list.half_down", tooltip="Half a page down"),
        Binding("ctrl+u", "pages(-0.5)", show=False, id="list.half_up", tooltip="Half a page up"),
        Binding("pagedown,ctrl+f", "pages(1)", show=False, id="list.page_down", tooltip="A page down"),
        Binding("pageup,ctrl+b", "pages(-1)", show=False, id="list.page_up", tooltip="A page up"),
        Binding("g,home", "first", "first", show=False, id="list.first", tooltip="First customer"),
        Binding("G,end", "last", "last", show=False, id="list.last", tooltip="Last customer"),
        Binding("enter", "open", "details", key_display="enter", id="list.open", tooltip="Open the customer's details"),
    ]

    class Wanted(Message):
        """Rows are wanted at an edge of what is loaded."""

        def __init__(self, wish: Wish) -> None:
            super().__init__()
            self.wish = wish

    class Opened(Message):
        """The customer under the cursor was chosen."""

    moved: Reactive[int] = Reactive(0, repaint=False, always_update=True)
    """Changes whenever the cursor stands on another customer; watched, so that one frame shows all of a move."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._window = RowWindow()
        self._painted: dict[tuple[int, bool, bool], Strip] = {}
        """Rows as they were drawn, by customer, whether the cursor is on them, and whether they are marked."""
        self.marks: Container[int] = ()
        """Customers that are drawn as marked; whoever changes them says so with `marks_changed`."""
        self._news: set[int] = set()
        """Customers that came in since somebody last looked."""
        self._asleep: set[int] = set()
        """Customers that whoever looks has snoozed."""
        self.prices = False
        """Whether a price is known of what waits for an order."""
        self.choice = Choice()
        """Which columns are wanted; see `show_columns`."""
        self._listing = Listing()
        self._today = date.min
        self._policy = VipPolicy()
        self._goal_offset: int | None = None
        """The screen line that the cursor is to keep when it reaches the window's goal."""
        self._goes_last = False
        """Whether the cursor is to go to the last row once it is known which one that is."""
        self._prefetching: asyncio.TimerHandle | None = None
        self.cursor = 0
        self.top = 0

    @property
    def total(self) -> int:
        """Rows of the whole list."""
        return self._window.total

    @property
    def is_counted(self) -> bool:
        """Whether `total` is final; until then it is what is known."""
        return self._window.is_counted

    @property
    def page_size(self) -> int:
        """Rows that fit on the screen."""
        return max(1, self.size.height - HEADER_LINES)

    @property
    def first(self) -> CustomerRow | None:
        """The first row of the whole list, if it is loaded."""
        return self._window.row_at(0)

    @property
    def current(self) -> CustomerRow | None:
        """The row under the cursor."""
        return self._window.row_at(self.cursor)

    @property
    def following(self) -> CustomerRow | None:
        """The row after that, if it is loaded."""
        return self._window.row_at(self.cursor + 1)

    @property
    def is_going(self) -> bool:
        """Whether the cursor waits for rows on its way to another one."""
        return self._window.goal is not None

    def between(self, first: int, last: int) -> list[CustomerRow]:
        """The loaded rows from one index to another one, both included."""
        return self._window.between(first, last)

    def is_asleep(self, row: CustomerRow) -> bool:
        """Whether a loaded row is one that whoever looks has snoozed."""
        return row.id in self._asleep

    @property
    def offset_of_cursor(self) -> int:
        """Lines between the top of the list on the screen and the cursor."""
        return self.cursor - self.top

    def standing_of(self, row: CustomerRow) -> Standing:
        """A row's standing on the day that is shown."""
        return standing(row.anniversary_on, row.facts, self._today, self._policy)

    def show(self, page: Page, listing: Listing, today: date, policy: VipPolicy, *, cursor: int, offset: int) -> None:
        """Show a list: ``cursor`` is the index it stands on, ``offset`` the screen line it keeps."""
        self._window = RowWindow.of(page)
        self._news, self._asleep = set(page.news), set(page.asleep)
        self.prices = any(row.facts.open_amount is not None for row in page.rows)
        self._painted.clear()
        self._listing, self._today, self._policy = listing, today, policy
        self._goes_last = False
        self.cursor = max(0, min(cursor, self.total - 1))
        self.top = self._clamped_top(self.cursor - offset)
        self.refresh()
        self._moved()
        self._prefetch_later()

    def show_columns(self, choice: Choice) -> None:
        """Show other columns of the same rows."""
        if choice != self.choice:
            self.choice = choice
            self._painted.clear()
            self.refresh()

    def counted(self, total: int) -> None:
        """Take the number of rows, which has been counted after the first of them were shown."""
        self._window.counted(max(total, self._window.end))
        if self._goes_last:
            self.action_last()

    def marks_changed(self, customers: Container[int]) -> None:
        """Draw those of these customers anew that are on the screen."""
        for index in range(self.top, self.top + self.page_size):
            if (row := self._window.row_at(index)) is not None and row.id in customers:
                self._repaint(index)

    def on_another_day(self, today: date) -> None:
        """Repaint the rows where they are for another day; nothing is reordered."""
        if today == self._today:
            return
        self._today = today
        self._painted.clear()
        self.refresh()

    def extend(
        self, rows: tuple[CustomerRow, ...], news: frozenset[int] = frozenset(), asleep: frozenset[int] = frozenset()
    ) -> None:
        """Take the rows that a `Wanted` asked for, with who of them is news or snoozed (see `Page`)."""
        self._news |= news
        self._asleep |= asleep
        if len(self._painted) > MOST_PAINTED:
            self._painted.clear()
        visible = range(self.top, min(self.top + self.page_size, self.total))
        blank = self._window.lacks(visible)
        goal = self._window.take(rows, keep=visible)
        if blank:
            self._repaint_rows()
        if goal is not None:
            self._go(goal, self._goal_offset)

    def waits_for(self, wish: Wish) -> bool:
        """Whether the rows of a `Wanted` are wanted still; not if another list, or the same anew, has come since."""
        return self._window.asked is wish

    def give_up(self) -> None:
        """The rows of a `Wanted` will not come; the next key may ask again."""
        self._window.give_up()

    def action_move(self, rows: int) -> None:
        """Move the cursor by some rows."""
        self._go(self._aim + rows)

    def action_pages(self, pages: float) -> None:
        """Move the screen by some pages; the cursor keeps its line on it."""
        self._go(self._aim + round(pages * self.page_size), self.offset_of_cursor)

    def action_first(self) -> None:
        """Move the cursor to the first row."""
        self._go(0)

    def action_last(self) -> None:
        """Move the cursor to the last row."""
        self._goes_last = not self.is_counted
        if self.is_counted:
            self._go(self.total - 1)

    def action_open(self) -> None:
        """Open the customer under the cursor."""
        self.post_message(self.Opened())

    def render_line(self, y: int) -> Strip:
        width = self.drawn_width
        shape = layout(width, self.prices, self.choice)
        if y < HEADER_LINES:
            heads = header(shape, self._listing.sorted_by, reverse=self._listing.reverse)
            return self.paint(heads, width, "heading")
        index = self.top + y - HEADER_LINES
        row = self._window.row_at(index)
        if row is None:
            return self.paint(self._line_without_row(y - HEADER_LINES), width)
        looks = (row.id, index == self.cursor, row.id in self.marks)
        strip = self._painted.get(looks)
        if strip is None or strip.cell_length != shape.width:  # drawn before the widget was told of its new size
            strip = self._painted[looks] = self._painted_row(row, shape, on_cursor=looks[1], is_marked=looks[2])
        return strip

    def on_resize(self, _event: Resize) -> None:
        """Keep the cursor on the screen and have enough rows for it."""
        self._painted.clear()
        top = self._clamped_top(self.top)
        if top != self.top:
            self.top = top
            self.refresh()
        self._prefetch()

    def notify_style_update(self) -> None:
        """Another theme: paint the rows anew."""
        super().notify_style_update()
        self._painted.clear()

    @property
    def context(self) -> RowContext:
        """What the looks of a row depend on besides the row."""
        return RowContext(self._listing.filter, self._today)

    @property
    def shape(self) -> Layout:
        """The columns that are shown, and how wide they are."""
        return layout(self.size.width, self.prices, self.choice)

    def _painted_row(self, row: CustomerRow, shape: Layout, *, on_cursor: bool, is_marked: bool) -> Strip:
        sign = NEW_MARK if row.id in self._news else ASLEEP_MARK if row.id in self._asleep else ""
        margin = (">" if on_cursor else " ") + ("*" if is_marked else " ") + sign
        spans: list[Span] = [(fitted(margin, MARGIN), "accent" if is_marked else "plain")]
        spans += cells(shape, row, self.standing_of(row), self.context)
        if on_cursor:
            spans[:2] = [("".join(text for text, _ in spans[:2]), "cursor")]
        return self.paint_fitted(spans, shape.width)

    def _line_without_row(self, y: int) -> SpanLine:
        return ((" " * MARGIN, "plain"), *self.empty_line(y - 1)) if self.total == 0 else ()

    @property
    def _aim(self) -> int:
        """Where the cursor is, or will be once its rows are there."""
        goal = self._window.goal
        return self.cursor if goal is None else goal

    def _go(self, index: int, offset: int | None = None) -> None:
        if self.is_counted:
            index = min(index, self.total - 1)
        index = max(0, index)
        window, size = self._window, self.page_size
        if window.row_at(index) is None:
            self._goal_offset = offset
            self._want(window.ask_towards(index, size))
            return
        window.goal = None
        if index == self.cursor:
            return
        old, self.cursor = self.cursor, index
        top = self._scrolled_top(size) if offset is None else self._clamped_top(index - offset)
        if top == self.top:
            self._repaint(old)
            self._repaint(index)
        else:
            self.top = top
            self._repaint_rows()
        self._moved()
        if window.is_exceeded(top, size):
            self._prefetch()
        else:
            self._prefetch_later()

    def _scrolled_top(self, size: int) -> int:
        """Where the screen begins so that the cursor is on it; in its middle after a long way."""
        return self._clamped_top(self.cursor - size // 2 if abs(self.cursor - self.top) > 2 * size else self.top)

    def _clamped_top(self, top: int) -> int:
        size = self.page_size
        top = max(self.cursor - size + 1, min(top, self.cursor))
        return max(0, min(top, self.total - size))

    def _repaint(self, index: int) -> None:
        y = index - self.top
        if 0 <= y < self.page_size:
            self.refresh(Region(0, y + HEADER_LINES, self._cursor_width, 1))

    def _repaint_rows(self) -> None:
        """Everything below the heads."""
        self.refresh(Region(0, HEADER_LINES, self.size.width, max(0, self.size.height - HEADER_LINES)))

    @property
    def _cursor_width(self) -> int:
        """Cells that differ between a line with and without the cursor: the margin and the name."""
        shape = self.shape
        return MARGIN + shape.columns[0][1] + shape.gap

    def _moved(self) -> None:
        self.moved = self.cursor

    def _prefetch_later(self) -> None:
        """Ask for more rows once these have been drawn: to read them takes time from the drawing."""
        if self._prefetching is None:
            self._prefetching = asyncio.get_running_loop().call_later(PREFETCH_DELAY, self.call_later, self._prefetch)

    def _prefetch(self) -> None:
        """Ask for more rows before they are needed."""
        self._prefetching = None
        self._want(self._window.ask_ahead(self.top, self.page_size))

    def _want(self, wish: Wish | None) -> None:
        if wish is not None:
            self.post_message(self.Wanted(wish))
