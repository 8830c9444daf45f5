"""The outbox: what waits, failed, perhaps arrived, was sent; a text to read, mails to send again or to give up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.actions import BY_ID
from viptui.data.outbox import count_outbox, find_mail, list_outbox
from viptui.errors import NotFound
from viptui.events import MailDelivered, Performed
from viptui.rows import MailRow
from viptui.rules.delivery import MailStatus
from viptui.screens import outbox_lines as lines
from viptui.screens.acting import Target, act_on
from viptui.screens.base import ServiceScreen
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document, Lines
from viptui.widgets.row_list import RowList

MOST_SHOWN: Final = 500


class MailActionsScreen(ServiceScreen):
    """What can be done to the mail that is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "act('mail.resend')", "send again", id="mail.resend", tooltip="Send the mail at once, again"),
        Binding("D", "act('mail.discard')", "discard", id="mail.discard", tooltip="Give the mail up: it is not sent"),
        Binding("R,ctrl+r,f5", "reload", "refresh", key_display="R", id="mail.refresh", tooltip="Read again"),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
        Binding("escape,q,backspace", "back", "back", key_display="esc", id="mail.back", tooltip="Back"),
    ]

    @property
    def chosen(self) -> str | None:
        """The number of the mail that the keys are about."""
        raise NotImplementedError

    def action_reload(self) -> None:
        """Read what is shown again."""
        self.start("mails", self._load)

    def action_act(self, action_id: str) -> None:
        """Ask what is to be asked, and do it."""
        if (number := self.chosen) is not None:
            act_on(self, BY_ID[action_id], [Target(number, f"mail {number}")])

    def _on_change(self, event: object) -> None:
        if isinstance(event, MailDelivered | Performed):
            self.action_reload()

    async def _load(self) -> None:
        raise NotImplementedError


class OutboxScreen(MailActionsScreen):
    """All mails, under tabs."""

    AUTO_FOCUS = "RowList"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(index + 1), f"tab({index})", show=False, id=f"outbox.tab.{index}", tooltip=f"Show {title}")
            for index, (title, _) in enumerate(lines.TABS)
        ),
        Binding("l,right_square_bracket", "step_tab(1)", show=False, id="outbox.next", tooltip="Next tab"),
        Binding("h,left_square_bracket", "step_tab(-1)", show=False, id="outbox.previous", tooltip="Previous tab"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._tab = len(lines.TABS) - 1
        self._mails: tuple[MailRow, ...] = ()
        self._counts: Mapping[MailStatus, int] = dict.fromkeys(MailStatus, 0)

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Lines(id="tabs", base="bar")
        yield RowList(id="list")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read the mails."""
        self.host.changes.subscribe(self, self._on_change)
        self._show()
        self.action_reload()

    def on_resize(self, _event: Resize) -> None:
        """Everything is as wide as the screen lets it be."""
        self._show()

    @property
    def chosen(self) -> str | None:
        return self.query_one(RowList).current

    def action_tab(self, tab: int) -> None:
        """Show another tab."""
        self._tab = tab
        self.action_reload()

    def action_step_tab(self, step: int) -> None:
        """Show the neighbouring tab."""
        self.action_tab((self._tab + step) % len(lines.TABS))

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """Read the whole mail."""
        self.app.push_screen(MailScreen(int(message.key)))

    async def _load(self) -> None:
        _, statuses = lines.TABS[self._tab]
        mails = await self.services.ask(list_outbox, statuses, limit=MOST_SHOWN)
        self._counts = await self.services.ask(count_outbox)
        self._mails = mails
        if self in self.app.screen_stack:
            self._show()

    def _show(self) -> None:
        width, now = self.app.size.width, self.services.now()
        mails = self._mails
        self.query_one(RowList).show(
            [(lines.heading(width), "heading")],
            [str(each.number) for each in mails],
            lambda index: lines.mail_line(mails[index], now, width),
            nothing=[(f" {lines.nothing_line(self._tab)}", "strong")],
        )
        self.query_one("#tabs", Lines).show(lines.tab_line(self._tab, self._counts, width))
        left = [(" Outbox", "bar-strong"), (f"  {self.services.mail_place()} ", "bar-dim")]
        self.show_title(left)


class MailScreen(MailActionsScreen):
    """One mail."""

    AUTO_FOCUS = "Document"

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Document(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read the mail."""
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
        mail = await self.services.ask(find_mail, self._number)
        if mail is None:
            raise NotFound(f"Mail {self._number} is no longer there.")
        if self in self.app.screen_stack:
            self.query_one(Document).show(lines.mail_lines(mail, self.services.clock.zone))

    def _show_title(self) -> None:
        left = [(f" Mail {self._number}", "bar-strong")]
        self.show_title(left)
