"""A customer's details: everything that is known, in sections to jump between."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.data.details import customer_detail, customer_plans
from viptui.detail_rows import CustomerDetail
from viptui.errors import NotFound
from viptui.events import DayChosen, Performed, Reevaluated
from viptui.pressed import pressed
from viptui.rows import CustomerRow
from viptui.rules.plans import Plan
from viptui.screens.customer_keys import CustomerKeys
from viptui.screens.detail_lines import detail_sections, document
from viptui.screens.in_turn import READING
from viptui.screens.verbs import END_DRY_RUN
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document, Lines


class CustomerDetailScreen(CustomerKeys):
    """One customer. Keys that mean it wait until it is there."""

    AUTO_FOCUS = "Document"
    BINDINGS: ClassVar[list[BindingType]] = [
        END_DRY_RUN,
        Binding("escape,q,backspace", "back", "back", key_display="esc", id="detail.back", tooltip="Back to the list"),
        Binding(
            "R,ctrl+r,f5", "reload", "refresh", key_display="R", id="detail.refresh", tooltip="Read the customer again"
        ),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
    ]
    WORK_BEFORE = READING

    def __init__(self, vip_id: str) -> None:
        super().__init__()
        self._vip_id = vip_id
        self._has_begun = False
        self._detail: CustomerDetail | None = None
        self._plans: tuple[Plan, ...] = ()

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Document(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read the customer."""
        self.host.changes.subscribe(self, self._on_change)
        self.action_reload()
        self._has_begun = True

    def on_resize(self, _event: Resize) -> None:
        """Title and tables are as wide as the screen lets them be."""
        self._draw()

    def customer(self) -> CustomerRow | None:
        """The customer that is shown."""
        return None if self._detail is None else self._detail.row

    def is_asleep(self, row: CustomerRow) -> bool:  # noqa: ARG002
        """Whether I have snoozed the customer."""
        services, detail = self.services, self._detail
        return detail is not None and bool(detail.asleep(services.today(), services.policy).tabs)

    def action_back(self) -> None:
        """Back to the list, and forget what still waits."""
        self.forget_keys()
        super().action_back()

    def is_under_way(self, groups: Collection[str]) -> bool:
        """Also before the customer is asked for: a key may come right behind the one that opens the screen."""
        return ("detail" in groups and not self._has_begun) or super().is_under_way(groups)

    def missing(self, work: Collection[str]) -> str:
        """Without the customer no key means it."""
        if "detail" in work and self._detail is None:
            return f"The customer has not come: {pressed('detail.refresh', 'R')} reads it again."
        return ""

    def action_reload(self) -> None:
        """Read the customer again."""
        self.start("detail", self._load)

    async def _load(self) -> None:
        detail = await self.services.ask(customer_detail, self._vip_id, self.services.me)
        if detail is None:
            raise NotFound(f"{self._vip_id} is no longer there: somebody removed the customer.")
        plans = await self.services.ask(customer_plans, detail.row.id, self.services.today(), self.services.policy)
        if self in self.app.screen_stack:  # it may have been left meanwhile
            self._show(detail, plans)

    async def _follow(self) -> None:
        """Show what an action has made of the customer; go back if it has removed it."""
        try:
            await self._load()
        except NotFound:
            if self is self.app.screen:
                self.app.pop_screen()

    def _show(self, detail: CustomerDetail, plans: tuple[Plan, ...]) -> None:
        self._detail, self._plans = detail, plans
        self._draw()

    def _draw(self) -> None:
        """Show what has been read, as wide as the screen lets it be."""
        if self._detail is None:
            return
        services, width = self.services, self.app.size.width
        today, zone = services.today(), services.clock.zone
        sections = detail_sections(self._detail, self._plans, today, services.policy, zone, width)
        self.query_one(Document).show(*document(sections))
        self._show_title()

    def _show_title(self) -> None:
        if self._detail is None:
            return
        row = self._detail.row
        left = [(f" {row.organization_name}", "bar-strong"), (f"  {row.vip_id}", "bar-dim")]
        self.show_title(left)

    def _on_change(self, event: object) -> None:
        if isinstance(event, Reevaluated | DayChosen):
            self._show_title()
            self.action_reload()
        elif isinstance(event, Performed):
            self.start("detail", self._follow)
