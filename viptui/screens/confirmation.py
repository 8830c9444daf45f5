"""The last look before something leaves the house or cannot be taken back; no is what happens by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from viptui.actions import Action, Parameter, Reach
from viptui.pressed import pressed
from viptui.screens.acting import Look, Target
from viptui.screens.base import ServiceScreen
from viptui.screens.in_keys import in_keys
from viptui.widgets.fields import Field
from viptui.widgets.footer import FooterLine
from viptui.widgets.form_pane import FormPane
from viptui.widgets.lines import Document, Lines
from viptui.widgets.paint import SpanLine


class Confirmation(ServiceScreen):
    """What would happen, with the mails; `y`, or a word that has to be typed, does it."""

    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "confirm", "do it", id="confirm.yes", tooltip="Do what is shown"),
        Binding("escape,n,q", "back", "do nothing", key_display="esc", id="confirm.no", tooltip="Do nothing"),
        Binding("pagedown", "scroll(1)", show=False, id="confirm.down", tooltip="A page down"),
        Binding("pageup", "scroll(-1)", show=False, id="confirm.up", tooltip="A page up"),
    ]

    def __init__(
        self,
        action: Action,
        looks: Sequence[Look],
        *,
        confirmed: Callable[[], object],
        word: str = "",
        warning: str = "",
        whom: str = "",
        lines: Sequence[SpanLine] = (),
    ) -> None:
        super().__init__()
        self._action = action
        self._whom = whom or (looks[0].step.target.whom if len(looks) == 1 else f"{len(looks):,} customers")
        self._lines = lines or list(told(looks, warning))
        self._confirmed = confirmed
        self._word = word
        """What has to be typed; empty: `y` is enough."""
        self._typed = Field(Parameter(name="word", label=f"Type {word} to do it", help=_how_to_leave(), parse=str))

    def compose(self) -> ComposeResult:
        yield Lines(id="title", base="bar")
        yield Document(id="help")
        if self._word:
            yield FormPane(id="word")
        else:
            yield Lines(id="question")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """Say what would happen; no notice of before stands over the question."""
        self.app.clear_notifications()
        self._show_title()
        self.query_one(Document).show(self._lines)
        if self._word:
            pane = self.query_one(FormPane)
            pane.show([self._typed], self._action.title)
            pane.focus()
        else:
            self.query_one(Document).focus()
            yes, no = pressed("confirm.yes", "y"), pressed("confirm.no", "esc")
            question = [("   ", "plain"), (yes, "accent"), (" does it, ", "plain")]
            self.query_one("#question", Lines).show([*question, (no, "accent"), (" does nothing.", "plain")])

    def on_resize(self, _event: Resize) -> None:
        """The title spans the screen."""
        self._show_title()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Where a word has to be typed, one letter does nothing."""
        return not (action == "confirm" and self._word)

    def action_confirm(self) -> None:
        """Do it."""
        self.app.pop_screen()
        self._confirmed()

    def action_scroll(self, pages: float) -> None:
        """Move the text, also while a word is typed."""
        self.query_one(Document).action_scroll_pages(pages)

    def on_form_pane_sent(self) -> None:
        """Do it if the right word was typed."""
        if self._typed.editor.text.strip().casefold() == self._word.casefold():
            self.action_confirm()
            return
        self._typed.fault = f"That is not {self._word}: nothing was done."
        self.query_one(FormPane).explain(())

    def _show_title(self) -> None:
        left = [(f" {self._action.title}", "bar-strong"), (f"  {self._whom}", "bar")]
        right = [(f" {self.services.today()} ", "bar-dim")]
        self.show_title(left, right)


def word_to_type(action: Action, targets: Sequence[Target]) -> str:
    """What has to be typed before an action that cannot be taken back; nothing for the others."""
    if action.reach is not Reach.FINAL:
        return ""
    return str(len(targets)) if len(targets) != 1 else targets[0].subject or action.word


def _how_to_leave() -> str:
    return f"then {pressed('form.enter', 'Enter')}; {pressed('confirm.no', 'esc')} does nothing"


def told(looks: Sequence[Look], warning: str = "") -> Iterable[SpanLine]:
    """What would happen, what to know about it, the mails, and what would be refused."""
    yield []
    yield [("   This would be the result; nothing has been done yet.", "dim")]
    yield []
    for each in looks:
        if each.done is not None:
            yield [("   ", "plain"), (each.done.summary, "strong")]
            for sentence in each.done.advice:
                yield [(" ! ", "warning"), (in_keys(sentence), "warning")]
    if warning:
        yield [(" ! ", "warning"), (warning, "warning")]
    yield []
    refused = [each for each in looks if each.done is None]
    if refused:
        yield [(f"   Left out, {len(refused):,}:", "strong")]
        for each in refused:
            yield [(f"   {each.step.target.whom}  ", "plain"), (in_keys(each.refusal), "warning")]
        yield []
    for each in looks:
        for mail in () if each.done is None else each.done.mails:
            yield [("   Mail to ", "dim"), (mail.to, "accent")]
            yield [("   Subject ", "dim"), (mail.subject, "strong")]
            yield []
            for line in mail.body.splitlines():
                yield [("   ", "plain"), (line, "plain")]
            yield []
