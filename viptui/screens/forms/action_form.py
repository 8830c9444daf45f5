"""The form of an action, whichever it is: asks for its parameters, keeps what is typed, carries it out."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Event, Key, Resize

from viptui.actions import Action, Reach
from viptui.data.drafts import DraftRow
from viptui.errors import CommandRejected, Violation, ViptuiError
from viptui.pressed import pressed
from viptui.screens.acting import Look, Step, Target, announce, new_request_id, way_back
from viptui.screens.base import ServiceScreen
from viptui.screens.forms.extra import extra_of
from viptui.screens.forms.filling import SUBJECT, Filling, asked_parameters
from viptui.screens.forms.keeping import Keeper
from viptui.screens.forms.opening import read_opening
from viptui.screens.in_keys import in_keys
from viptui.widgets.field_kinds import field_of
from viptui.widgets.fields import DateField, Field, Value
from viptui.widgets.footer import FooterLine
from viptui.widgets.form_pane import FormPane
from viptui.widgets.lines import Lines

if TYPE_CHECKING:
    from viptui.commands.act import Done

SECONDS_TO_FORESEE: Final = 0.2
"""After so much time without a key a form says what would come of it."""


class ActionForm(ServiceScreen):
    """Asks for what an action needs, and stays until that is done or given up."""

    AUTO_FOCUS = "FormPane"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "send", "send", id="form.send", tooltip="Carry it out"),
        Binding("escape", "leave", "cancel", key_display="esc", id="form.leave", tooltip="Leave the form"),
        Binding("ctrl+t", "look", "preview", id="form.look", tooltip="Show what would happen, with the mails"),
        Binding("ctrl+r", "begin_anew", "start over", id="form.anew", tooltip="Empty the form, as it was at first"),
        Binding("f1", "help", "help", id="form.help", tooltip="All keys"),
    ]

    def __init__(
        self, action: Action, target: Target, *, only_look: bool = False, typed: Mapping[str, Value] | None = None
    ) -> None:
        super().__init__()
        self._only_look = only_look
        """Whether sending shows what would happen, as the preview does."""
        self._action, self._target = action, target
        self._filling = Filling(typed or {})
        self._opened = asyncio.Event()
        """Set once everything that the form shows has been read."""

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield FormPane(id="form")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Show the fields, then fill them with what is known; a notice would stand in front of them."""
        self.app.clear_notifications()
        services = self.services
        self._extra = extra_of(self._action, services.today(), services.policy)
        target = self._target
        asked = asked_parameters(self._action, target.subject)
        self._filling.fields = [field_of(each, services.today()) for each in asked]
        self._pane = self.query_one(FormPane)
        self._keeper = Keeper(self, self._action.id, target.subject or "", target.whom, self._pane.kept)
        self._keeper.request_id = new_request_id()
        self._pane.show(self._filling.fields, self._action.title)
        self._filling.begin()
        self._echo()
        self._show_title()
        self.start("open", self._open)

    def on_resize(self, _event: Resize) -> None:
        """The title spans the screen."""
        self._show_title()

    # Keys

    def action_send(self) -> None:
        """Carry the action out; once, however often this is pressed."""
        self._submit(only_look=False)

    def action_look(self) -> None:
        """Show what would happen."""
        self._submit(only_look=True)

    def action_leave(self) -> None:
        """Close the open list, or leave; ask first if something was typed."""
        if self._pane.is_busy:
            self.tell("The database has not answered yet: it is not known whether it is done.", problem=True)
        elif self._pane.take("escape"):
            return
        elif not self._filling.is_changed:
            self._throw_away()
        else:
            from viptui.screens.menu import Entry, Menu

            entries = (
                Entry("y", "throw away what was typed", self._throw_away),
                Entry("l", "leave it for later; it is kept", self._leave_for_later),
            )
            self.app.push_screen(Menu("Leave the form?", entries))

    def action_begin_anew(self) -> None:
        """Forget what was typed."""
        if not self._pane.is_busy:
            self._keeper.request_id = new_request_id()
            self._pane.forget_problems()
            self._pane.announce(())
            self._fill({})
            self._keeper.drop()

    # News from the fields

    def holds(self, event: Event) -> bool:
        """Let Enter wait until it is known what the form begins with, unless somebody types already."""
        is_enter = isinstance(event, Key) and event.key == "enter"
        return is_enter and not (self._opened.is_set() or self._filling.is_changed)

    def on_form_pane_changed(self) -> None:
        """Say what the program makes of it, and keep it in a moment."""
        self._echo()
        self._foresee()
        self._keeper.keep_soon()

    def on_form_pane_left(self, message: FormPane.Left) -> None:
        """Say what is wrong with a field once it is left."""
        field = message.field
        if not field.is_empty():
            field.fault = self._misread(field)
            self._pane.draw()

    def on_form_pane_sent(self) -> None:
        """Enter on the last field or the button."""
        self.action_send()

    # Opening

    async def _open(self) -> None:
        try:
            await self._show_what_is_known()
        finally:
            self._opened.set()
            self.host.hand_typed_on()

    async def _show_what_is_known(self) -> None:
        filling, me, subject = self._filling, self.services.me, self._target.subject
        opening = await self.services.ask(
            read_opening, self._action, self._extra, subject, me, with_products=filling.has_products
        )
        was_faster = filling.is_changed
        if filling.offer(opening.loaded, opening.offers):
            self._pane.show(filling.fields, self._action.title)
        if was_faster:
            filling.fill_untouched()
            self._echo()
            return  # what somebody has typed by now stands
        if filling.loaded.is_ready or filling.again:
            self._pane.go_to_button()
        filling.begin()
        self._echo()
        if filling.loaded.news:
            self._announce(filling.loaded.news)
        if opening.draft is not None:
            self._take_up(opening.draft, opening.sent)
        if filling.loaded.problems:
            self._pane.explain([in_keys(each) for each in filling.loaded.problems])
        self._foresee()

    def _fill(self, typed: Mapping[str, Value]) -> None:
        self._filling.fill(typed)
        self._echo()

    def _take_up(self, draft: DraftRow, sent: str | None) -> None:
        if sent is not None:
            self._keeper.drop()
            self._pane.announce([(f"What you had typed before was carried out: {sent}", "warning")])
            return
        self._keeper.request_id = draft.request_id
        self._fill(draft.typed)
        if (field := self._filling.typed_last) is not None:
            self._pane.go_on_in(field)
        at = draft.saved_at.astimezone(self.services.clock.zone)
        day = "" if at.date() == self.services.today() else f"{at:%Y-%m-%d} "
        self._announce(f"You were interrupted at {day}{at:%H:%M}; this is what you had typed.")

    def _announce(self, words: str) -> None:
        self._pane.announce(
            [(f"{words} ", "warning"), (pressed("form.anew", "ctrl+r"), "accent"), (" starts over.", "warning")]
        )

    def _throw_away(self) -> None:
        self._keeper.end(dropped=True)
        self.app.pop_screen()

    def _leave_for_later(self) -> None:
        key = way_back(self._action, self._target.subject or "")
        self.tell(f"{self._action.title} is kept: {key} leads back to it.")
        self._keeper.end(dropped=False)
        self.app.pop_screen()

    # Carrying it out

    def _step(self, without: Collection[str] = ()) -> Step:
        """What is to be done as the form stands. Raises CommandRejected if that cannot be read, or meant."""
        stand = {name: value for name, value in self._pane.values().items() if name not in without}
        values = dict(self._extra.asked(stand, self._filling.loaded))
        asked = values.pop(SUBJECT, "")
        subject = str(asked) or None if self._target.subject is None else self._target.subject
        command = self._action.build(values, subject)
        target = Target(subject, self._target.whom)
        return Step(target=target, command=command, request_id=self._keeper.request_id)

    def _foresee(self) -> None:
        """Say in a moment what would come of it, if this form does so."""
        if self._extra.foresees:
            self.start("result", self._show_result)

    async def _show_result(self) -> None:
        await asyncio.sleep(SECONDS_TO_FORESEE)
        try:
            step = self._step()
            done = await self.services.execute(self._action, step.command, step.request_id, dry_run=True)
        except CommandRejected as rejected:
            self._pane.foresee([(f"As it stands: {in_keys(each.message)}", "dim") for each in rejected.violations[:1]])
        else:
            self._pane.foresee(
                [(f"Would be: {done.summary}", "strong"), *((in_keys(each), "dim") for each in done.advice)]
            )

    def _submit(self, *, only_look: bool) -> None:
        if self._pane.is_busy:
            return
        self.workers.cancel_group(self, "result")  # what comes of it is known in a moment
        self._pane.forget_problems()
        self._pane.work("working…")
        self.start("send", self._send, only_look=only_look)

    async def _send(self, *, only_look: bool) -> None:
        """Read the fields, but not before what they offer has come: whoever types ahead means what they find."""
        await self._opened.wait()
        try:
            step = self._step()
        except CommandRejected as rejected:
            await self._refuse_all(rejected.violations)
            return
        looks_first = only_look or self._only_look or bool(self._extra.last_look) or self._action.reach is Reach.FINAL
        await (self._look(step) if looks_first else self._carry_out(step))

    async def _look(self, step: Step) -> None:
        done = await self._execute(step, dry_run=True)
        if done is None:
            return
        from viptui.screens.confirmation import Confirmation, word_to_type

        self.app.push_screen(
            Confirmation(
                self._action,
                [Look(step=step, done=done)],
                word=word_to_type(self._action, [step.target]),
                warning=self._extra.last_look,
                confirmed=lambda: self._confirmed(step),
            )
        )

    def _confirmed(self, step: Step) -> None:
        self._pane.work("working…")
        self.start("send", self._carry_out, step)

    async def _carry_out(self, step: Step) -> None:
        done = await self._execute(step, dry_run=False)
        if done is not None:
            self._keeper.end(dropped=True)
            announce(self, self._action, [done], self._filling.typed)
            self.app.pop_screen()

    async def _refuse_all(self, unread: Sequence[Violation]) -> None:
        """Say which texts cannot be read, and also what the rules would have against the others."""
        without = {(each.field or "").partition(".")[0] for each in unread}
        refused: Sequence[Violation] = ()
        try:
            step = self._step(without)
            await self.services.execute(self._action, step.command, step.request_id, dry_run=True)
        except CommandRejected as rejected:
            refused = [each for each in rejected.violations if (each.field or "").partition(".")[0] not in without]
        finally:
            self._pane.work("")
            self._refuse((*unread, *refused))

    async def _execute(self, step: Step, *, dry_run: bool) -> Done | None:
        """What came of it; None if it was refused or nobody could be asked, and the form says why."""
        try:
            return await self.services.execute(self._action, step.command, step.request_id, dry_run=dry_run)
        except CommandRejected as rejected:
            self._pane.work("")
            self._refuse(rejected.violations)
        except ViptuiError as error:
            self._pane.work("")
            self._pane.explain([in_keys(str(error))])
        finally:
            self._pane.work("")
        return None

    def _refuse(self, violations: Sequence[Violation]) -> None:
        """Show all faults at once, each at its field, and go to the first."""
        by_name = {field.name: field for field in self._filling.fields}
        problems = []
        for each in violations:
            name, _, index = (each.field or "").partition(".")
            message = in_keys(each.message)
            if (field := by_name.get(name)) is None:
                problems.append(message)
            else:
                field.take_fault(index, message.removeprefix(f"{field.parameter.label}: "))
        for field in self._filling.fields:
            if misread := self._misread(field):
                field.fault = misread
        self._pane.foresee(())  # it will not be
        self._pane.explain(problems)

    def _misread(self, field: Field) -> str:
        """What is wrong with a field by itself."""
        own = field.misread()
        return own or ("" if field.is_empty() else self._extra.misread(field.name, field.value))

    # Showing

    def _echo(self) -> None:
        echoes = self._extra.echoes(self._pane.values(), self._filling.loaded.facts)
        for field in self._filling.fields:
            own = field.meaning() if isinstance(field, DateField) else ""
            field.echo = echoes.get(field.name, "") or own
        self._pane.draw()

    def _show_title(self) -> None:
        left = [(f" {self._action.title}", "bar-strong"), (f"  {self._target.whom}", "bar")]
        if self._only_look:
            left.insert(0, (" dry run ", "bar-on"))
        self.show_title(left, [(f" {self.services.today()} ", "bar-dim")])
