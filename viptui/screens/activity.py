"""What has been done, by whom, on all customers: newest first, page by page, searched while typing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from viptui.data.audit import list_activity
from viptui.events import Performed
from viptui.record_rows import ActivityRow
from viptui.screens.base import ServiceScreen
from viptui.screens.help import HelpScreen
from viptui.text import fitted
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document, Lines
from viptui.widgets.paint import SpanLine, right_aligned
from viptui.widgets.search_line import SearchLine

PAGE: Final = 200
"""Entries that are read at once."""

NARROW: Final = 100
"""Cells of a screen below which what was done stands in a line of its own."""


class ActivityScreen(ServiceScreen):
    """The history over all customers."""

    AUTO_FOCUS = "Document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "back", "back", key_display="esc", id="activity.back", tooltip="Back"),
        Binding("slash", "search", "search", id="activity.search", tooltip="Search while typing"),
        Binding("R,ctrl+r,f5", "reload", "refresh", key_display="R", id="activity.refresh", tooltip="Read it again"),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ActivityRow] = []
        self._goes_on = False
        self._text = ""

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield SearchLine(id="search", begins="activity.search", drops="activity.back")
        yield Document(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read the newest entries."""
        self._show_title()
        self.host.changes.subscribe(self, self._on_change)
        self.watch(self.query_one(Document), "top", self._on_scrolled, init=False)
        self.action_reload()

    def on_resize(self) -> None:
        """Another width lays the lines out anew."""
        self._show_title()
        self._show()

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.app.pop_screen()

    def action_search(self) -> None:
        """Begin to type a search."""
        self.query_one(SearchLine).focus()

    def action_reload(self) -> None:
        """Read the newest entries again."""
        self.start(self._load(self._text), "activity")

    def action_help(self) -> None:
        """Show all keys."""
        self.app.push_screen(HelpScreen(self.active_bindings.values()))

    def on_search_line_changed(self, message: SearchLine.Changed) -> None:
        """Show what has to do with what is typed."""
        self._text = message.text
        self.action_reload()

    def on_search_line_done(self) -> None:
        """Go back to the text."""
        self.query_one(Document).focus()

    async def _load(self, text: str) -> None:
        rows = await self.services.ask(list_activity, text, limit=PAGE)
        self._rows, self._goes_on = list(rows), len(rows) == PAGE
        self.query_one(Document).action_scroll_to_line(0)
        self._show()

    async def _load_more(self) -> None:
        rows = await self.services.ask(list_activity, self._text, before=self._rows[-1].key, limit=PAGE)
        self._rows += rows
        self._goes_on = len(rows) == PAGE
        self._show()

    def _on_scrolled(self, top: int) -> None:
        document = self.query_one(Document)
        if self._goes_on and top + 2 * document.size.height > document.line_count:
            self._goes_on = False  # until what is asked for now has come
            self.start(self._load_more(), "activity")

    def _on_change(self, event: object) -> None:
        if isinstance(event, Performed):
            self.action_reload()

    def _show(self) -> None:
        zone = self.services.clock.zone
        lines = activity_lines(self._rows, zone, narrow=self.app.size.width < NARROW)
        if not lines:
            why = (
                f'Nothing that was done has to do with "{self._text}".' if self._text else "Nothing has been done yet."
            )
            lines = [[], [(f"   {why}", "strong")]]
        self.query_one(Document).show(lines)
        found = f"{len(self._rows):,}{' and more' if self._goes_on else ''}, newest first"
        self.query_one(SearchLine).show(self._text, [(found, "dim")])

    def _show_title(self) -> None:
        line = right_aligned(
            [(" Activity", "bar-strong"), ("  of all customers", "bar-dim")],
            [self.day_span()],
            self.app.size.width,
            "bar",
        )
        self.query_one("#title", Lines).show(line)


def activity_lines(rows: Sequence[ActivityRow], zone: tzinfo, *, narrow: bool) -> list[SpanLine]:
    """Entries as lines: when, who, on whom, what."""
    lines: list[SpanLine] = []
    for row in rows:
        when = f" {row.at.astimezone(zone):%Y-%m-%d %H:%M}  "
        whom = row.organization_name or row.subject
        what = row.summary or f"{row.action} {row.subject}"
        undone: SpanLine = [] if row.undone_by is None else [("taken back: ", "dim")]
        head: SpanLine = [(when, "dim"), (fitted(row.actor, 12), "plain"), ("  ", "plain")]
        if narrow:
            lines += [[*head, (whom, "strong")], [("   ", "plain"), *undone, (what, "plain")]]
        else:
            lines.append([*head, (fitted(whom, 26), "strong"), ("  ", "plain"), *undone, (what, "plain")])
    return lines
