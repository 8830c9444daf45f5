"""Fields in which something is chosen rather than typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from viptui.actions import Parameter
from viptui.pressed import pressed
from viptui.text import fitted, visible, width_of
from viptui.widgets.fields import LONG_INPUT, TAKEN, UNUSED, Field, Reaction, Value
from viptui.widgets.paint import Span, SpanLine


class Option(NamedTuple):
    """Something to choose."""

    value: str
    text: str


class ChoiceField(Field):
    """One of a few words; a letter or the arrows choose."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self.options: Sequence[Option] = [Option(each, each) for each in parameter.choices]
        self._chosen: int | None = None

    @property
    def value(self) -> Value:
        return "" if self._chosen is None else self.options[self._chosen].value

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other words; what is chosen stays so if it is still there."""
        before, self.options = self.value, options
        self.fill(before)

    def fill(self, value: Value) -> None:
        text = value if isinstance(value, str) else "".join(value)
        names = [each.value.casefold() for each in self.options]
        self._chosen = names.index(text.casefold()) if text.casefold() in names else None

    def insert(self, cell: int, text: str) -> Reaction:
        if text == " ":
            return self.press(cell, "right")
        letter = text.strip()[:1].casefold()
        ahead = [*range((self._chosen or 0) + 1, len(self.options)), *range(len(self.options))]
        if self._chosen is None:
            ahead = list(range(len(self.options)))
        found = [index for index in ahead if letter and self.options[index].text.casefold().startswith(letter)]
        if found:
            self._chosen = found[0]
        return TAKEN

    def press(self, cell: int, key: str) -> Reaction:
        if key in ("backspace", "delete", "ctrl+u"):
            self._chosen = None
        elif key in ("left", "right") and self.options:
            step = 1 if key == "right" else -1
            first = 0 if step > 0 else len(self.options) - 1
            self._chosen = first if self._chosen is None else (self._chosen + step) % len(self.options)
        else:
            return UNUSED
        return TAKEN

    def draw(self, cell: int | None) -> list[SpanLine]:
        widths = [width_of(each.text) + 2 for each in self.options]
        if sum(widths) > min(LONG_INPUT, self.room):
            return [self._one_of_many()]
        line: list[Span] = []
        for index, each in enumerate(self.options):
            if index == self._chosen:
                line.append((f"[{visible(each.text)}]", "strong"))
            else:
                line += [(" ", "plain"), (visible(each.text[:1]), "accent"), (f"{visible(each.text[1:])} ", "plain")]
        return [[*line, (" " * max(0, self.width - sum(widths)), "plain")]]

    def _one_of_many(self) -> SpanLine:
        count = f"  {(self._chosen or 0) + 1} of {len(self.options)}" if self._chosen is not None else ""
        name = "choose with the arrows or a letter" if self._chosen is None else self.options[self._chosen].text
        room = self.width - 4 - width_of(count)
        return [("< ", "accent"), (fitted(name, room), "strong"), (count, "dim"), (" >", "accent")]


class FlagField(Field):
    """Yes or no."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._on = False

    @property
    def value(self) -> Value:
        return "yes" if self._on else "no"

    def is_empty(self) -> bool:
        return not self._on

    def fill(self, value: Value) -> None:
        self._on = value in ("yes", "true", "1")

    def insert(self, cell: int, text: str) -> Reaction:
        self._on = not self._on if text == " " else text.casefold().startswith("y")
        return TAKEN

    def press(self, cell: int, key: str) -> Reaction:
        if key not in ("left", "right", "ctrl+u"):
            return UNUSED
        self._on = not self._on and key != "ctrl+u"
        return TAKEN

    def draw(self, cell: int | None) -> list[SpanLine]:
        mark = "[x]" if self._on else "[ ]"
        return [[(mark, "strong"), (fitted(" yes" if self._on else " no", self.width - 3), "plain")]]


class NumbersField(Field):
    """Numbers of records: some of those that are offered, or, without an offer, typed with spaces between them."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self.options: Sequence[Option] = ()
        self._chosen: set[str] = set()

    @property
    def help(self) -> str:
        return (
            f"space marks and unmarks, {pressed('form.clear', 'ctrl+u')} unmarks all" if self.options else super().help
        )

    @property
    def cells(self) -> int:
        return max(1, len(self.options))

    @property
    def value(self) -> Value:
        if self.options:
            return [each.value for each in self.options if each.value in self._chosen]
        return self.editor.text.replace(",", " ").split()

    def offer(self, options: Sequence[Option]) -> None:
        """Offer records, all of them taken at first."""
        self.options = options
        self._chosen = {each.value for each in options}

    def fill(self, value: Value) -> None:
        texts = value.split() if isinstance(value, str) else value
        self._chosen = set(texts)
        self.editor.fill(" ".join(texts))

    def insert(self, cell: int, text: str) -> Reaction:
        if not self.options:
            return super().insert(cell, text)
        if text in (" ", "x"):
            self._chosen ^= {self.options[cell].value}
        return TAKEN

    def press(self, cell: int, key: str) -> Reaction:
        if not self.options:
            return super().press(cell, key)
        if key != "ctrl+u":
            return UNUSED
        self._chosen = set()
        return TAKEN

    def draw(self, cell: int | None) -> list[SpanLine]:
        if not self.options:
            return super().draw(cell)
        lines: list[SpanLine] = []
        for number, each in enumerate(self.options):
            style = "strong" if number == cell else "plain"
            lines.append([("[x] " if each.value in self._chosen else "[ ] ", "strong"), (visible(each.text), style)])
        return lines

    def line_of(self, cell: int) -> int:
        return cell
