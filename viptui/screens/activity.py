"""What has been done, by whom, on all customers: newest first, page by page, searched while typing; one in full."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.actions import BY_ID
from viptui.data.audit import find_entry, list_activity
from viptui.errors import NotFound
from viptui.events import Performed
from viptui.record_rows import ActivityRow
from viptui.screens import activity_lines as lines
from viptui.screens.acting import Target, act_on
from viptui.screens.base import ServiceScreen
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document, Lines
from viptui.widgets.row_list import RowList
from viptui.widgets.search_line import SearchLine

PAGE: Final = 200
"""Entries that are read at once."""


class HistoryScreen(ServiceScreen):
    """What can be done to the entry of the history that is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "take back", id="entry.undo", tooltip="Take this back, if it has not left the house"),
        Binding("R,ctrl+r,f5", "reload", "refresh", key_display="R", id="activity.refresh", tooltip="Read it again"),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
        Binding("escape,q,backspace", "back", "back", key_display="esc", id="activity.back", tooltip="Back"),
    ]

    @property
    def chosen(self) -> str | None:
        """The number of the entry that the keys are about."""
        raise NotImplementedError

    def action_undo(self) -> None:
        """Show what taking the entry back would do, and do it if that is wanted."""
        if (number := self.chosen) is not None:
            act_on(self, BY_ID["history.undo"], [Target(number, f"entry {number}")])

    def action_reload(self) -> None:
        """Read what is shown again."""
        self.start("activity", self._load)

    def _on_change(self, event: object) -> None:
        if isinstance(event, Performed):
            self.action_reload()

    async def _load(self) -> None:
        raise NotImplementedError


class ActivityScreen(HistoryScreen):
    """The history over all customers."""

    AUTO_FOCUS = "RowList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", id="activity.search", tooltip="Search while typing"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ActivityRow] | None = None
        """What has been read so far; None until something has."""
        self._goes_on = False
        self._text = ""

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield SearchLine(id="search", begins="activity.search", drops="activity.back")
        yield RowList(id="list")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read the newest entries."""
        self.host.changes.subscribe(self, self._on_change)
        self._show()
        self.action_reload()

    def on_resize(self, _event: Resize) -> None:
        """Everything is as wide as the screen lets it be."""
        self._show()

    @property
    def chosen(self) -> str | None:
        return self.query_one(RowList).current

    def action_search(self) -> None:
        """Begin to type a search."""
        self.query_one(SearchLine).focus()

    def on_search_line_changed(self, message: SearchLine.Changed) -> None:
        """Show what has to do with what is typed."""
        self._text = message.text
        self.start("activity", self._load, anew=True)

    def on_search_line_done(self) -> None:
        """Go back to the list."""
        self.query_one(RowList).focus()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """Read the whole entry."""
        self.app.push_screen(EntryScreen(int(message.key)))

    def on_row_list_moved(self, message: RowList.Moved) -> None:
        """Read on before the cursor comes to the end of what has been read."""
        if self._goes_on and message.left < 2 * self.app.size.height:
            self._goes_on = False  # until what is asked for now has come
            self.start("activity", self._load_more)

    async def _load(self, *, anew: bool = False) -> None:
        """Read the newest entries, as many as there were; ``anew`` puts the cursor on the first of them."""
        limit = PAGE if anew else max(PAGE, len(self._rows or ()))
        rows = await self.services.ask(list_activity, self._text, limit=limit)
        self._rows, self._goes_on = list(rows), len(rows) == limit
        if self in self.app.screen_stack:
            self._show(at=str(rows[0].number) if anew and rows else None)

    async def _load_more(self) -> None:
        known = self._rows or []
        rows = await self.services.ask(list_activity, self._text, before=known[-1].key, limit=PAGE)
        self._rows = [*known, *rows]
        self._goes_on = len(rows) == PAGE
        if self in self.app.screen_stack:
            self._show()

    def _show(self, *, at: str | None = None) -> None:
        rows, zone, width = self._rows or [], self.services.clock.zone, self.app.size.width
        nothing = (
            f'Nothing that was done has to do with "{self._text}".' if self._text else "Nothing has been done yet."
        )
        self.query_one(RowList).show(
            [(lines.heading(width), "heading")],
            [str(each.number) for each in rows],
            lambda index: lines.entry_line(rows[index], zone, width),
            nothing=[] if self._rows is None else [(f"   {nothing}", "strong")],
            at=at,
        )
        found = f"{len(rows):,}{' and more' if self._goes_on else ''}, newest first"
        self.query_one(SearchLine).show(self._text, [(found, "dim")])
        left = [(" Activity", "bar-strong"), ("  of all customers", "bar-dim")]
        self.show_title(left)


class EntryScreen(HistoryScreen):
    """One entry of the history."""

    AUTO_FOCUS = "Document"

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Document(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read the entry."""
        self.host.changes.subscribe(self, self._on_change)
        self._show_title()
        self.action_reload()

    def on_resize(self, _event: Resize) -> None:
        """The title spans the screen."""
        self._show_title()

    @property
    def chosen(self) -> str | None:
        return str(self._number)

    async def _load(self) -> None:
        row = await self.services.ask(find_entry, self._number)
        if row is None:
            raise NotFound(f"There is no entry {self._number} in the history any more.")
        if self in self.app.screen_stack:
            self.query_one(Document).show(list(lines.entry_lines(row, self.services.clock.zone)))

    def _show_title(self) -> None:
        left = [(f" Entry {self._number}", "bar-strong"), ("  of the history", "bar-dim")]
        self.show_title(left)
