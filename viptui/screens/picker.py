"""A line to type in above what it finds; Enter does it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.events import Key, Paste

from viptui.rules.folding import fold
from viptui.screens.overlay import Overlay
from viptui.text import fitted
from viptui.widgets.editor import Editor
from viptui.widgets.lines import Lines
from viptui.widgets.paint import SpanLine, framed
from viptui.widgets.wrapping import wrapped


class Choice(NamedTuple):
    """Something that can be done on the screen below."""

    key: str
    """What it is done with there."""
    title: str
    words: str
    """What a search looks in, folded."""
    do: Callable[[], object]
    """Does it, once that screen is there again."""
    stays: bool = False
    """Whether it only types something in."""


class Picker(Overlay[None]):
    """What can be done on the screen below, by name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "back", key_display="esc", id="picker.back", tooltip="Do nothing"),
        Binding("enter", "choose", "do it", key_display="enter", id="picker.choose", tooltip="Do what is marked"),
        Binding("down,ctrl+n", "step(1)", show=False, id="picker.down", tooltip="Next"),
        Binding("tab", "complete", show=False, id="picker.complete", tooltip="Complete the word, else next"),
        Binding("up,shift+tab,ctrl+p", "step(-1)", show=False, id="picker.up", tooltip="Previous"),
        Binding("pagedown", "step(10)", show=False, id="picker.page_down", tooltip="Ten further"),
        Binding("pageup", "step(-10)", show=False, id="picker.page_up", tooltip="Ten back"),
    ]
    EDITING_KEYS: ClassVar[Collection[str]] = (
        *("backspace", "delete", "left", "right", "home", "end"),
        *("ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w"),
    )
    PROMPT: ClassVar[str]
    KEY_WIDTH: ClassVar[int]
    """Cells for the keys."""
    BASE: ClassVar[str]
    """Style of the lines, and of what the cursor does not stand on."""
    TYPED: ClassVar[int] = 40
    """Cells for what is typed, at most."""
    HINT: ClassVar[str] = ""
    """What stands behind the line as long as nothing is typed."""
    IS_FRAMED: ClassVar[bool] = False
    """Whether something else is to be seen beside it."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = self._found = choices
        self._editor = Editor()
        self._at = 0
        self._first = 0
        """The first choice on the screen."""

    def on_mount(self) -> None:
        """Show everything; no notice of before stands over it."""
        self.app.clear_notifications()
        self._draw()

    def on_resize(self) -> None:
        """More or fewer lines fit."""
        self._draw()

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Whether a key is text here, whatever it does elsewhere."""
        return character is not None and character.isprintable()

    def on_key(self, event: Key) -> None:
        """Take what is typed."""
        if self._editor.take(event.key, event.character):
            event.stop()
            self._search()

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted."""
        self._editor.insert(event.text)
        self._search()

    def action_step(self, step: int) -> None:
        """Move the cursor."""
        self._at = max(0, min(self._at + step, len(self._found) - 1))
        self._draw()

    def action_complete(self) -> None:
        """Type the rest of a word; where there is none to type, go on to the next choice."""
        self.action_step(1)

    def action_choose(self) -> None:
        """Do what the cursor stands on."""
        if self._found:
            self.take(self._found[self._at])

    def find(self, text: str) -> Sequence[Choice]:
        """The choices that have every word of a text in them."""
        words = fold(text).split()
        return [each for each in self._choices if all(word in each.words for word in words)]

    def take(self, choice: Choice) -> None:
        """Leave, and do it on the screen below."""
        if not choice.stays:
            self.app.pop_screen()
        choice.do()

    def remark(self, _width: int) -> Sequence[SpanLine]:
        """What there is to say about what is typed."""
        return ()

    @property
    def typed(self) -> str:
        """What is searched for."""
        return self._editor.text

    def type_in(self, text: str) -> None:
        """Search for something else."""
        self._editor.fill(text)
        self._search()

    def _search(self) -> None:
        self._found, self._at = self.find(self.typed), 0
        self._draw()

    def _draw(self) -> None:
        """Draw as many choices as fit, that of the cursor among them; a long one takes several lines."""
        size = self.query_one(Lines).size
        width = max(self.KEY_WIDTH + 20, size.width - 2 * self.IS_FRAMED)
        remark = self.remark(width)
        room = max(3, size.height) - 1 - len(remark)
        self._first = max(min(self._first, self._at), self._at - room + 1)
        last = min(len(self._found), self._first + room)
        drawn = [self._choice(index, width) for index in range(self._first, last)]
        while sum(map(len, drawn[: self._at - self._first + 1])) > room and self._first < self._at:
            self._first += 1
            del drawn[0]
        lines: list[SpanLine] = [
            [
                (f" {self.PROMPT} ", "accent"),
                *self._editor.draw(min(self.TYPED, width - 6), focused=True),
                ("" if self.typed else self.HINT, f"{self.BASE}-dim" if self.IS_FRAMED else "dim"),
            ]
        ]
        lines += remark
        lines += [line for choice in drawn for line in choice][:room]
        if not self._found and not remark:
            lines.append([("   nothing is called that", self.BASE)])
        self.query_one(Lines).show(*(framed(lines, size.width, size.height) if self.IS_FRAMED else lines))

    def _choice(self, index: int, width: int) -> list[SpanLine]:
        each, is_marked = self._found[index], index == self._at
        mark = " > " if is_marked else "   "
        key = (fitted(each.key, self.KEY_WIDTH), "accent")
        return wrapped([(mark, "accent"), key, (each.title, "bar-on" if is_marked else self.BASE)], width)
