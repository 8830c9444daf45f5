"""The fields of a form: what stands in them, what keys do to them, what they look like. They know no widget.

A field has one or more cells, places where the cursor can stand. `viptui.widgets.form_pane` puts fields together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from viptui.actions import Kind, Parameter
from viptui.rules.day_words import HINT, resolve_day
from viptui.rules.parsing import ParseError
from viptui.text import fitted, visible, width_of
from viptui.widgets.editor import Editor
from viptui.widgets.paint import Span, SpanLine

INPUT: Final = 40
"""Cells of a line to type in."""

LONG_TEXT_LINES: Final = 6

Value = str | list[str]
"""What was typed: a text, or one for each line or number."""


Reaction = int | None
"""What a field has made of a key: None if it has no use for it, otherwise by how many cells the cursor is to go on."""

UNUSED: Final = None
TAKEN: Final = 0
NEXT: Final = 1


class Option(NamedTuple):
    """Something to choose."""

    value: str
    text: str


class Field:
    """One parameter of an action on a form; by itself a line to type in."""

    def __init__(self, parameter: Parameter) -> None:
        self.parameter = parameter
        self.fault = ""
        """Why what stands in it is refused."""
        self.echo = ""
        """What the program makes of it."""
        self.editor = Editor()

    @property
    def name(self) -> str:
        """The command's name for it."""
        return self.parameter.name

    @property
    def help(self) -> str:
        """What belongs into it."""
        return self.parameter.help

    @property
    def cells(self) -> int:
        """How many places the cursor can stand in."""
        return 1

    @property
    def value(self) -> Value:
        """What is handed to the action."""
        return self.editor.text

    @property
    def kept(self) -> Value:
        """What a draft keeps, so that `fill` brings back what was typed."""
        return self.value

    def fill(self, value: Value) -> None:
        """Replace what stands in it."""
        self.editor.fill(value if isinstance(value, str) else " ".join(value))

    def is_empty(self) -> bool:
        """Whether nothing has been typed or chosen."""
        return not any(each.strip() for each in ([self.value] if isinstance(self.value, str) else self.value))

    def insert(self, cell: int, text: str) -> Reaction:
        """Take typed or pasted text."""
        self.editor.insert(text)
        return TAKEN

    def press(self, cell: int, key: str) -> Reaction:
        """Do what a key does here."""
        return TAKEN if self.editor.press(key) else UNUSED

    def left(self, cell: int) -> None:
        """The cursor has gone elsewhere."""

    def misread(self) -> str:
        """What is wrong with the text by itself; nothing about an empty one."""
        if self.is_empty():
            return ""
        for text in [self.value] if isinstance(self.value, str) else self.value:
            try:
                self.parameter.parse(text)
            except ParseError as error:
                return str(error)
        return ""

    def take_fault(self, index: str, message: str) -> None:
        """Show why it was refused; ``index`` is the number of the value at fault, if it has several."""
        self.fault = message if not self.fault else f"{self.fault} {message}"

    def draw(self, cell: int | None) -> list[SpanLine]:
        """Its lines; ``cell`` is where the cursor stands, if it does so here."""
        return [self.editor.draw(INPUT, focused=cell is not None)]

    def line_of(self, cell: int) -> int:
        """The line of `draw` with a cell."""
        return 0


class LongTextField(Field):
    """Several lines to type in."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self.editor = Editor(several_lines=True)

    def press(self, cell: int, key: str) -> Reaction:
        if key in ("up", "down"):
            moved = self.editor.step_line(1 if key == "down" else -1, INPUT + 16)
            return TAKEN if moved else UNUSED
        if key == "enter":
            self.editor.insert("\n")
            return TAKEN
        return super().press(cell, key)

    def draw(self, cell: int | None) -> list[SpanLine]:
        return self.editor.draw_rows(INPUT + 16, LONG_TEXT_LINES, focused=cell is not None)


class DateField(Field):
    """A day in words or digits, with the date that it means beside it."""

    def __init__(self, parameter: Parameter, today: date) -> None:
        super().__init__(parameter)
        self._today = today

    @property
    def help(self) -> str:
        return f"{self.parameter.help} ({HINT})"

    @property
    def day(self) -> date | None:
        """The day that is meant, as far as it can be told."""
        try:
            return resolve_day(self.editor.text, self._today) if self.editor.text.strip() else None
        except ParseError:
            return None

    @property
    def value(self) -> Value:
        return self.editor.text if self.day is None else self.day.isoformat()

    @property
    def kept(self) -> Value:
        return self.editor.text

    def misread(self) -> str:
        try:
            if self.editor.text.strip():
                resolve_day(self.editor.text, self._today)
        except ParseError as error:
            return str(error)
        return ""

    def meaning(self) -> str:
        """``= Sat 2027-03-20, in 365 days``; nothing as long as no day can be told."""
        if (day := self.day) is None:
            return ""
        days = (day - self._today).days
        far = "today" if not days else f"in {days:,} days" if days > 0 else f"{-days:,} days ago"
        return f"= {day:%a} {day}, {far}"


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
        if sum(widths) > INPUT + 16:
            return [self._one_of_many()]
        line: list[Span] = []
        for index, each in enumerate(self.options):
            if index == self._chosen:
                line.append((f"[{visible(each.text)}]", "strong"))
            else:
                line += [(" ", "plain"), (visible(each.text[:1]), "accent"), (f"{visible(each.text[1:])} ", "plain")]
        return [[*line, (" " * max(0, INPUT - sum(widths)), "plain")]]

    def _one_of_many(self) -> SpanLine:
        count = f"  {(self._chosen or 0) + 1} of {len(self.options)}" if self._chosen is not None else ""
        name = "choose with the arrows or a letter" if self._chosen is None else self.options[self._chosen].text
        room = INPUT - 4 - width_of(count)
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
        return [[(mark, "strong"), (fitted(" yes" if self._on else " no", INPUT - 3), "plain")]]


class NumbersField(Field):
    """Numbers of records: some of those that are offered, or, without an offer, typed with spaces between them."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self.options: Sequence[Option] = ()
        self._chosen: set[str] = set()

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


def field_of(parameter: Parameter, today: date) -> Field:
    """The field for a parameter."""
    from viptui.widgets.lines_field import LinesField

    match parameter.kind:
        case Kind.TEXT:
            return Field(parameter)
        case Kind.LONG_TEXT:
            return LongTextField(parameter)
        case Kind.CHOICE:
            return ChoiceField(parameter)
        case Kind.DATE:
            return DateField(parameter, today)
        case Kind.LINES:
            return LinesField(parameter)
        case Kind.NUMBERS:
            return NumbersField(parameter)
        case Kind.FLAG:
            return FlagField(parameter)
