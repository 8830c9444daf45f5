"""The fields of a form: what stands in them, what keys do to them, what they look like. They know no widget.

A field has one or more cells, places where the cursor can stand. `viptui.widgets.form_pane` puts fields together.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from viptui.actions import Parameter
from viptui.rules.day_words import HINT, resolve_day
from viptui.rules.parsing import ParseError
from viptui.widgets.editor import Editor
from viptui.widgets.paint import SpanLine

INPUT: Final = 40
"""Cells of a line to type in, where there is so much room."""

LONG_INPUT: Final = 56
"""Cells of a text of several lines."""

LONG_TEXT_LINES: Final = 6

Value = str | list[str]
"""What was typed: a text, or one for each line or number."""


Reaction = int | None
"""What a field has made of a key: None if it has no use for it, otherwise by how many cells the cursor is to go on."""

UNUSED: Final = None
TAKEN: Final = 0
NEXT: Final = 1


class Field:
    """One parameter of an action on a form; by itself a line to type in."""

    def __init__(self, parameter: Parameter) -> None:
        self.parameter = parameter
        self.fault = ""
        """Why what stands in it is refused."""
        self.echo = ""
        """What the program makes of it."""
        self.editor = Editor()
        self.room = LONG_INPUT
        """Cells between its name and the right end of the form."""

    @property
    def width(self) -> int:
        """Cells of a line to type in."""
        return min(INPUT, self.room)

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
    def last_cell(self) -> int:
        """Where one goes on with what has been typed already."""
        return self.cells - 1

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
        return [self.editor.draw(self.width, focused=cell is not None)]

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
            moved = self.editor.step_line(1 if key == "down" else -1, min(LONG_INPUT, self.room))
            return TAKEN if moved else UNUSED
        if key == "enter":
            self.editor.insert("\n")
            return TAKEN
        return super().press(cell, key)

    def draw(self, cell: int | None) -> list[SpanLine]:
        return self.editor.draw_rows(min(LONG_INPUT, self.room), LONG_TEXT_LINES, focused=cell is not None)


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
