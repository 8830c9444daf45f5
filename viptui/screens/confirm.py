"""A question before something leaves the house or cannot be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

from viptui.widgets.lines import Lines
from viptui.widgets.paint import PALETTE, SpanLine
from viptui.widgets.wrapping import wrapped

WIDTH = 70


class ConfirmScreen(ModalScreen[bool]):
    """``y`` does it; Enter does not, so that nobody confirms what he has not read."""

    COMPONENT_CLASSES = PALETTE  # type: ignore[assignment]

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes", id="confirm.yes", tooltip="Do it"),
        Binding("escape,n,q", "answer(False)", "no", key_display="n", id="confirm.no", tooltip="Leave it"),
    ]

    def __init__(self, title: str, sentences: Sequence[str]) -> None:
        super().__init__()
        self._title = title
        self._sentences = sentences

    def compose(self) -> ComposeResult:
        yield Lines(id="question", base="bar")

    def on_mount(self) -> None:
        """Ask."""
        text: list[SpanLine] = [[(f" {self._title}", "bar-strong")], []]
        for sentence in self._sentences:
            text += wrapped([(f" {sentence}", "bar")], WIDTH - 1)
        text += [[], [(" y", "accent"), (" yes   ", "bar"), ("n", "accent"), (" no", "bar")]]
        question = self.query_one(Lines)
        question.styles.height = len(text)
        question.show(*text)

    def action_answer(self, yes: bool) -> None:
        """Answer and go."""
        self.dismiss(yes)
