"""A triage session: the customers of a list one after the other, with all the keys of their details."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.data.triage import begin_triage, end_triage, find_triage, handled, keep_triage
from viptui.errors import NotFound
from viptui.events import Performed
from viptui.pressed import pressed
from viptui.reports import name_of_file, write_file
from viptui.rules.filters import TITLES, CustomerFilter, filters_of
from viptui.rules.listing import Listing
from viptui.rules.triage import Triage, summary_lines, words_of
from viptui.screens.acting import LONG_NOTICE
from viptui.screens.base import ServiceScreen
from viptui.screens.customer_detail import CustomerDetailScreen
from viptui.screens.verbs import END_DRY_RUN
from viptui.text import visible
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document, Lines
from viptui.widgets.paint import Span, SpanLine, span_width

STAYS: Final = ("note.add", "note.remove", "customer.wake", "history.undo", "history.redo", "licences.assign")
"""Actions after which there is more to do at the same customer."""


class TriageScreen(CustomerDetailScreen):
    """The customer whose turn it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        END_DRY_RUN,
        Binding("enter,J", "step(1)", "next", id="triage.next", tooltip="Next customer; this one stays as it is"),
        Binding("backspace,K", "step(-1)", "before", key_display="K", id="triage.previous", tooltip="Customer before"),
        Binding("E", "summary", "end", id="triage.summary", tooltip="What was done so far, and the end of the session"),
        Binding("escape,q", "back", "later", key_display="esc", id="triage.back", tooltip="Leave for now"),
    ]

    def __init__(self, triage: Triage) -> None:
        super().__init__(triage.customer or "")
        self._triage = triage

    def action_step(self, by: int) -> None:
        """Go to another customer of the list."""
        self.start("step", self._step, by)

    def action_back(self) -> None:
        """Leave; the session is kept."""
        super().action_back()
        self.tell(f"Triage is at {self._triage.progress}: {pressed('list.triage', 'T')} goes on from there.")

    def action_summary(self) -> None:
        """Show what was done."""
        self.app.switch_screen(TriageSummary(self._triage))

    async def _step(self, by: int) -> None:
        """Go to the next customer that is still there; behind the last one comes the summary."""
        while True:
            before, self._triage = self._triage, self._triage.step(by)
            if self._triage == before:
                self.tell("This is the first customer of the list.")
                return
            await self.services.ask(keep_triage, self.services.me, self._triage)
            if (vip_id := self._triage.customer) is None:
                self.action_summary()
                return
            self._vip_id = vip_id
            try:
                await self._load()
            except NotFound:
                continue  # somebody has removed it since the session began
            self.query_one(Document).action_scroll_to_line(0)
            return

    def _on_change(self, event: object) -> None:
        """Go on after an action on this customer, unless there is more to do at it."""
        is_here = self is self.app.screen or self.app.screen_stack[-2:-1] == [self]
        about = None if self._detail is None else self._detail.row.id
        if isinstance(event, Performed) and is_here and event.customer_id in (about, None) and self._goes_on(event):
            self.action_step(1)
        else:
            super()._on_change(event)

    def _goes_on(self, event: Performed) -> bool:
        return event.action not in STAYS

    def _show_title(self) -> None:
        if self._detail is None:
            return
        row, services = self._detail.row, self.services
        width = self.app.size.width
        day = self.day_span()
        tabs = filters_of(row.facts, services.today(), services.policy)
        gone = self._triage.filter not in (*tabs, CustomerFilter.ALL)
        where = f" no longer in {TITLES[self._triage.filter]} " if gone else f" {self._triage.words} "
        right: list[Span] = [(where, "warning" if gone else "bar-dim"), day]
        left: list[Span] = [(f" Triage {self._triage.progress}", "bar-strong"), (f"  {row.organization_name}", "bar")]
        number: Span = (f"  {row.vip_id}", "bar")
        if span_width([*left, number, *right]) <= width:
            left.append(number)
        elif not gone and span_width([*left, *right]) > width:
            right = [day]  # nobody forgets which list they work through; which day it is, somebody might
        self.show_title(left, right)


class TriageSummary(ServiceScreen):
    """What a session has come to, as a text to paste elsewhere."""

    AUTO_FOCUS = "Document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "copy", id="summary.copy", tooltip="Copy it: sent to the terminal's clipboard"),
        Binding("w", "write", "write", id="summary.write", tooltip="Write it as a text: a new file"),
        Binding("D", "end", "end the session", id="summary.end", tooltip="End the session: the list is forgotten"),
        Binding("question_mark,f1", "help", "help", key_display="?", id="screen.help", tooltip="All keys"),
        Binding("escape,q", "back", "back", key_display="esc", id="summary.back", tooltip="Back; the session is kept"),
    ]

    def __init__(self, triage: Triage) -> None:
        super().__init__()
        self._triage = triage
        self._text: list[str] = []

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Document(id="detail")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Read what was done."""
        self._show_title()
        self.start("summary", self._load)

    def on_resize(self, _event: Resize) -> None:
        """The title spans the screen."""
        self._show_title()

    def action_copy(self) -> None:
        """Send it to the terminal's clipboard."""
        self.start("copy", self._copy)

    def action_write(self) -> None:
        """Write it into a file."""
        self.start("write", self._write)

    def action_end(self) -> None:
        """End the session."""
        self.start("end", self._end)

    def action_back(self) -> None:
        """Back to the list; a session that is through is over."""
        if self._triage.customer is None:
            self.action_end()
        else:
            self.app.pop_screen()

    async def _load(self) -> None:
        services = self.services
        done = await services.ask(handled, services.me, self._triage)
        lines = summary_lines(self._triage, done, services.me, services.now(), services.clock.zone)
        self._text = [visible(line) for line in lines]
        shown: list[SpanLine] = [[(f" {line}", "plain")] for line in self._text]
        self.query_one(Document).show([[], *shown])

    async def _copy(self) -> None:
        self.host.copy("\n".join(self._text) + "\n")
        self.app.clear_notifications()
        self.tell(
            "The summary was sent to the terminal for its clipboard; not every terminal takes it. w writes a file."
        )

    async def _write(self) -> None:
        services = self.services
        name = name_of_file(["triage", self._triage.filter.value], services.today(), "txt")
        path = await services.in_background(write_file, [f"{line}\n" for line in self._text], services.exports, name)
        self.app.clear_notifications()
        self.tell(f"Wrote the summary to {path}.", seconds=LONG_NOTICE)

    async def _end(self) -> None:
        await self.services.ask(end_triage, self.services.me)
        self.app.pop_screen()
        self.tell(f"The triage of {self._triage.words} is over.")

    def _show_title(self) -> None:
        left = [(" Triage", "bar-strong"), (f"  {self._triage.words}", "bar")]
        right = [(f" {self._triage.progress} ", "bar-dim"), self.day_span()]
        self.show_title(left, right)


async def open_triage(screen: ServiceScreen, listing: Listing) -> None:
    """Go on with the session that was begun, or begin one with a list; let choose where both can be meant."""
    services = screen.services
    if services.read_only:
        screen.tell(f"Everything is read-only as of {services.today()}: a session keeps where it is.", problem=True)
        return
    begun = await services.ask(find_triage, services.me)
    if begun is None:
        await _begin(screen, listing)
        return
    from viptui.screens.menu import Entry, Menu

    at = begun.started_at.astimezone(services.clock.zone)
    entries = (
        Entry(
            "g",
            f"go on with {begun.words}, at {begun.progress}, begun {at:%Y-%m-%d %H:%M}",
            lambda: _show(screen, begun),
        ),
        Entry("n", f"begin anew with {words_of(listing)}", lambda: screen.start("triage", _begin, screen, listing)),
        Entry("e", "see what was done, and end it", lambda: screen.app.push_screen(TriageSummary(begun))),
    )
    screen.app.push_screen(Menu("Triage", entries, at=0))


async def _begin(screen: ServiceScreen, listing: Listing) -> None:
    services = screen.services
    triage = await services.ask(begin_triage, services.me, listing, services.today(), services.policy, services.now())
    if triage is None:
        screen.tell(f"There is nobody in {words_of(listing)}: nothing to triage.")
    else:
        _show(screen, triage)


def _show(screen: ServiceScreen, triage: Triage) -> None:
    screen.app.push_screen(TriageSummary(triage) if triage.customer is None else TriageScreen(triage))
