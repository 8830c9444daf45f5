"""The dashboard: what waits, what comes, who has it to do, how it has gone. A bar opens the list with its customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.dashboard_rows import Ageing, Workload
from viptui.data.dashboard import ageing, place_of, workload
from viptui.events import DayChosen, Performed, Reevaluated
from viptui.rules.dashboard import WEEKS, Way
from viptui.screens import dashboard_lines as lines
from viptui.screens.customers import CustomersScreen
from viptui.screens.dashboard_lines import Bar, Cursor, Panel
from viptui.screens.travel import TravelScreen, day_bindings
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Lines

PANELS: Final = ("PA ageing", "renewals", "team", "past due so far")


class DashboardScreen(TravelScreen):
    """Four panels of bars; the cursor stands on a bar of one of them."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(index + 1), f"panel({index})", show=False, id=f"dashboard.{index}", tooltip=f"To the {title}")
            for index, title in enumerate(PANELS)
        ),
        Binding("tab", "step_panel(1)", "panel", key_display="tab", id="dashboard.next", tooltip="Next panel"),
        Binding("shift+tab", "step_panel(-1)", show=False, id="dashboard.previous", tooltip="Panel before"),
        Binding("j,down", "step(1)", show=False, id="dashboard.down", tooltip="Next bar"),
        Binding("k,up", "step(-1)", show=False, id="dashboard.up", tooltip="Bar before"),
        Binding("g,home", "step(-99999)", show=False, id="dashboard.first", tooltip="First bar"),
        Binding("G,end", "step(99999)", show=False, id="dashboard.last", tooltip="Last bar"),
        Binding(
            "l,right",
            "measure(1)",
            "column",
            key_display="l",
            id="dashboard.measure",
            tooltip="The bars show the next column of numbers",
        ),
        Binding("h,left", "measure(-1)", show=False, id="dashboard.measure_before", tooltip="The column before"),
        Binding(
            "enter",
            "open",
            "list",
            key_display="enter",
            id="dashboard.open",
            tooltip="Open the list with the customers of the bar",
        ),
        *day_bindings(),
        Binding("R,ctrl+r,f5", "reload", "refresh", key_display="R", id="dashboard.refresh", tooltip="Count again"),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
        Binding("escape,q,backspace,d", "back", "back", key_display="esc", id="dashboard.back", tooltip="Back"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._workload: Workload | None = None
        self._ageing: Sequence[Ageing] = ()
        self._panels: Sequence[Panel] = ()
        self._active = 0
        self._cursors = [*(Cursor() for _ in PANELS[:-1]), Cursor(at=WEEKS - 1)]  # of the past, today is nearest

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Lines(id="detail")
        yield Lines(id="told")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Count."""
        self.host.changes.subscribe(self, self._on_change)
        self._draw()
        self.action_reload()

    def on_resize(self, _event: Resize) -> None:
        """Bars are as long as the screen lets them be."""
        self._draw()

    @property
    def bar(self) -> Bar | None:
        """The bar with the cursor."""
        bars = self._panels[self._active].bars if self._panels else ()
        at = self._cursors[self._active].at
        return bars[at] if at < len(bars) else None

    def action_panel(self, index: int) -> None:
        """Go to a panel."""
        self._active = index
        self._draw()

    def action_step_panel(self, step: int) -> None:
        """Go to the panel beside."""
        self.action_panel((self._active + step) % len(PANELS))

    def action_step(self, step: int) -> None:
        """Go some bars down."""
        if self._panels:
            cursor, last = self._cursors[self._active], len(self._panels[self._active].bars) - 1
            self._cursors[self._active] = cursor._replace(at=max(0, min(cursor.at + step, last)))
            self._draw()

    def action_measure(self, step: int) -> None:
        """Draw another column of numbers."""
        if self._panels:
            cursor, measures = self._cursors[self._active], len(self._panels[self._active].measures)
            self._cursors[self._active] = cursor._replace(measure=(cursor.measure + step) % measures)
            self._draw()

    def action_open(self) -> None:
        """Open the list with the customers of the bar."""
        if (bar := self.bar) is not None:
            self.start("open", self._open, bar.way(self._cursors[self._active].measure))

    def action_reload(self) -> None:
        """Count again."""
        self.start("dashboard", self._load)

    def _on_change(self, event: object) -> None:
        if isinstance(event, DayChosen | Performed | Reevaluated):
            self.action_reload()

    async def _load(self) -> None:
        """Show what is counted already, then what has to be added up; nobody waits for that."""
        today, policy = self.services.today(), self.services.policy
        self._workload = await self.services.ask(workload, today, policy)
        self._arrange()
        self._ageing = await self.services.in_background(ageing, today, policy)
        self._arrange()

    async def _open(self, way: Way) -> None:
        """Leave for the list, its cursor on the first customer of the bar."""
        services = self.services
        place = await services.ask(place_of, way, services.today(), services.policy)
        below = self.app.screen_stack[0]
        if not isinstance(below, CustomersScreen):
            raise TypeError("the list is the first of all screens")
        while len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        below.show_listing(way.listing, place)
        self.app.clear_notifications()
        if way.remark:
            below.tell(way.remark)

    def _arrange(self) -> None:
        if self._workload is None or self not in self.app.screen_stack:
            return
        today, policy = self.services.today(), self.services.policy
        self._panels = (
            lines.ageing_panel(self._ageing, today),
            lines.weeks_panel(self._workload.weeks, today, policy),
            lines.team_panel(self._workload.team),
            lines.trend_panel(self._workload.trend, today),
        )
        for index, (cursor, panel) in enumerate(zip(self._cursors, self._panels, strict=True)):
            at = max(0, min(cursor.at, len(panel.bars) - 1))
            measure = min(cursor.measure, len(panel.measures) - 1)
            self._cursors[index] = Cursor(at if panel.bars else cursor.at, measure if panel.bars else cursor.measure)
        self._draw()

    def _draw(self) -> None:
        width = self.app.size.width
        self.show_title([(" Dashboard", "bar-strong")])
        if self._panels:
            body = self.query_one("#detail", Lines)
            body.show(*lines.screen_lines(self._panels, self._cursors, self._active, width, body.size.height))
            self.query_one("#told", Lines).show([(f" {self.bar.told if self.bar else ''}", "plain")])
