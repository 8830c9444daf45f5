"""One line to type where the search line is, with what is wrong with it, or what could stand there, below."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key, Paste

from viptui.rules.query_completion import Completion
from viptui.screens.overlay import Overlay
from viptui.widgets.editor import Editor
from viptui.widgets.lines import Lines
from viptui.widgets.paint import Span, SpanLine, span_width
from viptui.widgets.wrapping import wrapped

BELOW: Final = 2
"""Lines that the prompt has below what is typed."""


class Fault(NamedTuple):
    """What is wrong with a line."""

    reason: str
    at: int = 0
    """Where, from 0."""
    end: int = 0


class Asked(NamedTuple):
    """What is asked for on the line."""

    title: str
    hint: str
    """What to say below as long as there is nothing else to say."""
    taken: Callable[[str], object]
    """What happens with a text, once the line is gone."""
    fault: Callable[[str], Fault | None]
    """What is wrong with a text."""
    completion: Callable[[str, int], Completion] = lambda _text, at: Completion(at, ())
    """What could stand where the cursor is."""


class LinePrompt(Overlay[None]):
    """The line; what is typed is handed on once nothing is wrong with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", id="prompt.back", tooltip="Leave everything as it was"),
        Binding("enter", "send", "do it", id="prompt.send", tooltip="Take what is typed"),
        Binding("tab,down", "complete(1)", show=False, id="prompt.complete", tooltip="Complete, or the next word"),
        Binding("shift+tab,up", "complete(-1)", show=False, id="prompt.complete_back", tooltip="The word before"),
    ]

    def __init__(self, asked: Asked, text: str = "") -> None:
        super().__init__()
        self._asked = asked
        self._editor = Editor()
        self._editor.fill(text)
        self._cycle: tuple[Completion, int] | None = None
        """The words that Tab goes through, and the one that stands there."""
        self._insists = False
        """Whether the fault is told although there is something to complete."""

    def compose(self) -> ComposeResult:
        yield Lines(id="prompt", base="bar")

    def on_mount(self) -> None:
        """Draw the line."""
        self.draw()

    def on_resize(self) -> None:
        """It spans the screen."""
        self.draw()

    def on_key(self, event: Key) -> None:
        """Take what is typed."""
        if self._editor.take(event.key, event.character):
            event.stop()
            self._changed()

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted."""
        self._editor.insert(event.text)
        self._changed()

    def action_send(self) -> None:
        """Take what is typed, unless something is wrong with it."""
        if self._asked.fault(self._editor.text) is None:
            self.app.pop_screen()
            self._asked.taken(self._editor.text)
        else:
            self._insists = True
            self.draw()

    def action_complete(self, step: int) -> None:
        """Put the next word there that could stand there."""
        if self._cycle is None:
            found = self._asked.completion(self._editor.text, self._editor.at)
            if not found.candidates:
                return
            self._cycle = found, -1 if step > 0 else len(found.candidates)
        found, index = self._cycle
        index = (index + step) % len(found.candidates)
        rest = self._editor.text[self._editor.at :]
        self._editor.fill(self._editor.text[: found.start] + found.candidates[index])
        at = self._editor.at
        self._editor.insert(rest)
        self._editor.at = at
        self._cycle = (found, index) if len(found.candidates) > 1 else None
        self._insists = False
        self.draw()

    def draw(self) -> None:
        """The line and what there is to say about it."""
        title: list[Span] = [(f" {self._asked.title} ", "accent")]
        width = self.app.size.width - span_width(title)
        line = [*title, *self._editor.draw(max(1, width - 1), focused=True), (" ", "bar")]
        self.query_one("#prompt", Lines).show(line, *self._below(span_width(title)))

    def _changed(self) -> None:
        self._cycle, self._insists = None, False
        self.draw()

    def _below(self, begin: int) -> list[SpanLine]:
        text, at = self._editor.text, self._editor.at
        found, index = self._cycle or (self._asked.completion(text, at), -1)
        fault = self._asked.fault(text) if text or self._insists else None
        is_typing = bool(found.candidates) and fault is not None and fault.at <= at <= fault.end
        if fault is not None and (self._insists or not is_typing):
            return [*told(fault, begin, self.app.size.width), self._help][:BELOW]
        if found.candidates:
            words: list[Span] = [(" " * begin, "bar")]
            for number, each in enumerate(found.candidates):
                words += [(each, "bar-on" if number == index else "bar"), ("  ", "bar")]
            return [words, self._help]
        return [[(" " * begin, "bar"), (self._asked.hint, "bar-dim")], self._help]

    @property
    def _help(self) -> SpanLine:
        return [("   ", "bar"), *_keys("enter", "takes it"), *_keys("tab", "completes"), *_keys("esc", "leaves it")]


def told(fault: Fault, begin: int, width: int, most: int = BELOW) -> list[SpanLine]:
    """A fault as lines, below its place where there is room; the text begins behind ``begin`` cells."""
    sentence: SpanLine = [("^ " if fault.end else "! ", "accent"), (fault.reason, "bar")]
    place = begin + fault.at if fault.end else begin
    if place + span_width(sentence) <= width:
        return [[(" " * place, "bar"), *sentence]]
    where = f"character {fault.at + 1}: " if fault.end else ""
    return wrapped([("   ! ", "accent"), (where + fault.reason, "bar")], width, most)


def _keys(key: str, does: str) -> list[Span]:
    return [(key, "accent"), (f" {does}  ", "bar-dim")]
