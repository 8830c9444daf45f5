"""Why a customer is in some tabs and not in others, and when that changes next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.data.details import customer_detail
from viptui.detail_rows import CustomerDetail
from viptui.errors import NotFound
from viptui.events import DayChosen, Performed, Reevaluated
from viptui.screens.detail_lines import document
from viptui.screens.travel import TravelScreen, day_bindings
from viptui.screens.why_lines import why_sections
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document, Lines


class WhyScreen(TravelScreen):
    """One customer, rule by rule."""

    AUTO_FOCUS = "Document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,backspace,W", "back", "back", key_display="esc", id="why.back", tooltip="Back"),
        *day_bindings(),
        Binding(
            "R,ctrl+r,f5", "reload", show=False, key_display="R", id="why.refresh", tooltip="Read the customer again"
        ),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
    ]

    def __init__(self, vip_id: str) -> None:
        super().__init__()
        self._vip_id = vip_id
        self._detail: CustomerDetail | None = None

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Document(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read the customer."""
        self.host.changes.subscribe(self, self._on_change)
        self.action_reload()

    def on_resize(self, _event: Resize) -> None:
        """The title spans the screen."""
        self._show_title()

    def action_reload(self) -> None:
        """Read the customer again."""
        self.start("why", self._load)

    async def _load(self) -> None:
        self._detail = await self.services.ask(customer_detail, self._vip_id, self.services.me)
        if self._detail is None:
            raise NotFound(f"{self._vip_id} is no longer there: somebody removed the customer.")
        if self in self.app.screen_stack:
            self._show()

    def _show(self) -> None:
        if self._detail is not None:
            sections = why_sections(self._detail, self.services.today(), self.services.policy)
            self.query_one(Document).show(*document(sections))
        self._show_title()

    def _show_title(self) -> None:
        if self._detail is None:
            return
        row = self._detail.row
        left = [(" Why", "bar-strong"), (f"  {row.organization_name}", "bar"), (f"  {row.vip_id}", "bar-dim")]
        self.show_title(left)

    def _on_change(self, event: object) -> None:
        if isinstance(event, DayChosen):
            self._show()
        elif isinstance(event, Reevaluated | Performed):
            self.action_reload()
