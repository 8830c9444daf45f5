"""The administration: the team, the products, the change codes; a list of each, and what can be done to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.timer import Timer

from viptui.actions import BY_ID
from viptui.data.change_codes import list_change_codes
from viptui.data.products import list_products
from viptui.data.team import team_with_customers
from viptui.events import Performed
from viptui.rules.folding import fold
from viptui.rules.policy import VipPolicy
from viptui.screens import administration_lines as lines
from viptui.screens.acting import Target, act_on
from viptui.screens.base import ServiceScreen
from viptui.screens.menu import Entry, Menu, letter_of
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Lines
from viptui.widgets.row_list import RowList
from viptui.widgets.search_line import SearchLine

SECONDS_BETWEEN_COUNTDOWNS: Final = 60.0
"""The time left is shown in minutes; as long as nobody presses a key it is drawn anew as often as this."""


class AdministrationScreen(ServiceScreen):
    """Everything that is there besides customers, under tabs."""

    AUTO_FOCUS = "RowList"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                verb.key,
                f"act({tab}, '{verb.action}')",
                verb.footer,
                id=verb.action,
                tooltip=BY_ID[verb.action].help,
                group=Binding.Group(each.title),
            )
            for tab, each in enumerate(lines.TABS)
            for verb in each.verbs
        ),
        *(
            Binding(
                str(tab + 1), f"tab({tab})", show=False, id=f"administration.tab.{tab}", tooltip=f"Show {each.title}"
            )
            for tab, each in enumerate(lines.TABS)
        ),
        Binding("l,right_square_bracket", "step_tab(1)", show=False, id="administration.next", tooltip="Next tab"),
        Binding(
            "h,left_square_bracket", "step_tab(-1)", show=False, id="administration.previous", tooltip="Previous tab"
        ),
        Binding("slash", "search", "search", id="administration.search", tooltip="Search while typing"),
        Binding("R,ctrl+r,f5", "reload", show=False, id="administration.refresh", tooltip="Read again"),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
        Binding(
            "escape",
            "clear_or_back",
            "back",
            key_display="esc",
            id="administration.clear",
            tooltip="Drop the search, or go back",
        ),
        Binding("q,backspace", "back", show=False, id="administration.back", tooltip="Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._tab = 0
        self._search = ""
        self._rows: Sequence[lines.Row] | None = None
        """What the tab has; None until it has been read."""
        self._found: Sequence[lines.Row] = ()
        """Of these the ones with what is searched for."""
        self._countdown: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Lines(id="tabs", base="bar")
        yield SearchLine(id="search", begins="administration.search", drops="administration.clear")
        yield RowList(id="list")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read the team."""
        self.host.changes.subscribe(self, self._on_change)
        self._show()
        self.action_reload()

    def on_resize(self, _event: Resize) -> None:
        """Everything is as wide as the screen lets it be."""
        self._show()

    def on_screen_resume(self) -> None:
        """Time has passed while something else was shown."""
        if self._rows is not None:
            self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key does something: those of the other tabs do not."""
        return action != "act" or parameters[0] == self._tab

    # Keys

    def action_tab(self, tab: int) -> None:
        """Show another tab."""
        if tab != self._tab:
            self._tab, self._search, self._rows = tab, "", None  # no key may act on what another tab has shown
            self.refresh_bindings()
            self._show()
            self.action_reload()

    def action_step_tab(self, step: int) -> None:
        """Show the neighbouring tab."""
        self.action_tab((self._tab + step) % len(lines.TABS))

    def action_search(self) -> None:
        """Begin to type a search."""
        self.query_one(SearchLine).focus()

    def action_reload(self) -> None:
        """Read what is shown again."""
        self.start("rows", self._load)

    def action_clear_or_back(self) -> None:
        """Drop the search; without one go back."""
        if self._search:
            self._search = ""
            self._show()
        else:
            self.action_back()

    def action_act(self, _tab: int, action_id: str) -> None:
        """Ask what is to be asked, and do it; to the row under the cursor, if it needs one."""
        tab, row = lines.TABS[self._tab], self._chosen
        verb = next(each for each in tab.verbs if each.action == action_id)
        if verb.takes is lines.Takes.ROW and row is None:
            self.tell(f"There is no {tab.noun[0]} under the cursor.", problem=True)
            return
        is_taken = verb.takes is lines.Takes.ROW or (verb.takes is lines.Takes.RUNNING_ROW and self._is_running(row))
        target = Target(row.key, row.whom) if row is not None and is_taken else Target(None, "")
        act_on(self, BY_ID[action_id], [target])

    # News

    def on_row_list_opened(self) -> None:
        """Show all of a row, and let choose what to do to it."""
        row, tab = self._chosen, lines.TABS[self._tab]
        if row is not None:
            words = lines.told(tab.columns, row.cells(self.services.now()))
            entries = [
                Entry(
                    letter_of(verb.action, verb.key),
                    BY_ID[verb.action].title,
                    partial(self.action_act, self._tab, verb.action),
                )
                for verb in tab.verbs
            ]
            self.app.push_screen(Menu(words, entries))

    def on_search_line_changed(self, message: SearchLine.Changed) -> None:
        """Show what has this text in it."""
        self._search = message.text
        self._show()

    def on_search_line_done(self) -> None:
        """Go back to the list."""
        self.query_one(RowList).focus()

    def _on_change(self, event: object) -> None:
        if isinstance(event, Performed):
            self.start("rows", self._load, is_renamed=event.action == "team.map")

    # Showing

    @property
    def _chosen(self) -> lines.Row | None:
        """The row under the cursor."""
        return self._found[self.query_one(RowList).cursor] if self._found else None

    def _is_running(self, row: lines.Row | None) -> bool:
        """Whether the row's time is not over."""
        return row is not None and row.ends_at is not None and row.ends_at > self.services.now()

    async def _load(self, *, is_renamed: bool = False) -> None:
        """Read the tab; the cursor stays on its row, also if that has another key now."""
        services = self.services
        rows = await services.ask(_read, self._tab, services.now(), services.policy)
        known = {row.key for row in self._rows or ()}
        new = [row.key for row in rows if row.key not in known]
        self._rows = rows
        if self in self.app.screen_stack:
            self._show(at=new[0] if is_renamed and new else None)

    def _show(self, *, at: str | None = None) -> None:
        tab, rows, wanted = lines.TABS[self._tab], self._rows or (), fold(self._search)
        found = self._found = [row for row in rows if wanted in row.words]
        fitting = lines.widths(tab.columns, self.app.size.width - 1)
        self.query_one(RowList).show(
            lines.heading(tab.columns, fitting),
            [row.key for row in found],
            lambda index: lines.row_line(tab.columns, fitting, found[index].cells(self.services.now())),
            nothing=[] if self._rows is None else lines.nothing_line(tab, self._search),
            at=at,
        )
        counted = [] if self._rows is None else lines.found_line(tab, len(found), len(rows))
        self.query_one(SearchLine).show(self._search, counted)
        self.query_one("#tabs", Lines).show(lines.tab_line(self._tab))
        self._show_title()
        self._count_down_later()

    def _show_title(self) -> None:
        left = [(" Administration", "bar-strong"), (f"  {self.services.me}", "bar-dim")]
        self.show_title(left)

    def _count_down_later(self) -> None:
        """Draw the time left anew in a minute, if any runs out on this tab."""
        if self._countdown is not None:
            self._countdown.stop()
            self._countdown = None
        if any(self._is_running(row) for row in self._found):
            self._countdown = self.set_timer(SECONDS_BETWEEN_COUNTDOWNS, self._count_down)

    def _count_down(self) -> None:
        if self is self.app.screen:  # otherwise once it is shown again
            self._show()


def _read(tab: int, now: datetime, policy: VipPolicy) -> Sequence[lines.Row]:
    """The rows of a tab; on a data thread."""
    if lines.TABS[tab] is lines.TEAM:
        return [lines.member_row(each) for each in team_with_customers()]
    if lines.TABS[tab] is lines.PRODUCTS:
        return [lines.product_row(each) for each in list_products(inactive=True)]
    return [lines.code_row(each, policy) for each in list_change_codes(now, policy)]
