"""A form: fields one below the other with their names, faults and echoes, and a button. One widget draws all of it.

Nothing in it is laid out by Textual: a key repaints the lines that it changes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual.binding import Binding, BindingType
from textual.events import Key, Paste, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from viptui.text import fitted, width_of
from viptui.widgets.fields import UNUSED, Field, Value
from viptui.widgets.lines_field import LinesField
from viptui.widgets.paint import Painted, Span, SpanLine, span_width
from viptui.widgets.wrapping import wrapped

MARGIN: Final = 2
GAP: Final = 2

LEAST_ROOM: Final = 16
"""Cells that a field is drawn in, however long its name."""


class FormPane(Painted, can_focus=True):
    """Fields to fill, and a button that sends them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "key('tab')", show=False, id="form.next", tooltip="Next field; so does Down"),
        Binding("shift+tab", "key('shift+tab')", show=False, id="form.previous", tooltip="Previous field; so does Up"),
        Binding(
            "enter",
            "key('enter')",
            "next",
            key_display="enter",
            id="form.enter",
            tooltip="Next field; after the last one: send",
        ),
        Binding("ctrl+u", "key('ctrl+u')", show=False, id="form.clear", tooltip="Clear the field"),
        Binding("ctrl+d", "key('ctrl+d')", show=False, id="form.drop_line", tooltip="Remove a line of products"),
        Binding("ctrl+n", "key('ctrl+n')", show=False, id="form.add_line", tooltip="Add a line of products; so does +"),
        Binding("ctrl+w", "key('ctrl+w')", show=False, id="form.rub_out_word", tooltip="Delete a word"),
        Binding("ctrl+k", "key('ctrl+k')", show=False, id="form.rub_out_rest", tooltip="Delete the rest of the line"),
    ]
    EDITING_KEYS: ClassVar[Collection[str]] = ("backspace", "delete", "left", "right", "home", "end", "up", "down")
    """Keys that move in a text or change it, on every form."""

    @dataclass
    class Changed(Message):
        """Something was typed or chosen."""

    @dataclass
    class Left(Message):
        """The cursor has left a field."""

        field: Field

    @dataclass
    class Sent(Message):
        """The form is to be carried out."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._fields: Sequence[Field] = ()
        self._button = ""
        self._state = ""
        self._problems: Sequence[str] = ()
        self._news: SpanLine = ()
        self._result: Sequence[Span] = ()
        self._place = (0, 0)
        """The field with the cursor and the cell in it; the button stands after the last field."""
        self._lines: list[SpanLine] = []
        self._cursor_line = 0
        self.top = 0
        self.is_busy = False
        """Whether keys change nothing."""

    # What the screen tells it

    def show(self, fields: Sequence[Field], button: str) -> None:
        """Show these fields, the cursor in the first."""
        self._fields, self._button, self._place = fields, button, (0, 0)
        self.draw()

    def explain(self, problems: Sequence[str]) -> None:
        """Say above the fields what is wrong with the whole, and go to the first field that is at fault."""
        self._problems = problems
        at_fault = [
            index for index, field in enumerate(self._fields) if field.fault or _row_at_fault(field) is not None
        ]
        if at_fault:
            self._place = (at_fault[0], _row_at_fault(self._fields[at_fault[0]]) or 0)
        self.draw()

    def announce(self, news: SpanLine) -> None:
        """Say something in the first line."""
        self._news = news
        self.draw()

    def foresee(self, result: Sequence[Span]) -> None:
        """Say below the fields what would come of it, a sentence each."""
        self._result = result
        self.draw()

    def work(self, words: str) -> None:
        """Say instead of the button what is being done, and take no keys; an empty text ends that."""
        self._state, self.is_busy = words, bool(words)
        self.draw()

    def forget_problems(self) -> None:
        """Nothing is at fault any more."""
        self._problems = ()
        for field in self._fields:
            field.fault = ""
            if isinstance(field, LinesField):
                field.forget_faults()

    def values(self) -> dict[str, Value]:
        """What is handed to the action, by the fields' names."""
        return {field.name: field.value for field in self._fields}

    def kept(self) -> dict[str, Value]:
        """What a draft keeps."""
        return {field.name: field.kept for field in self._fields}

    @property
    def field(self) -> Field | None:
        """The field with the cursor; None on the button."""
        return self._fields[self._place[0]] if self._place[0] < len(self._fields) else None

    # Keys

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Whether a key is text here, whatever it does elsewhere."""
        return character is not None and character.isprintable()

    def on_key(self, event: Key) -> None:
        """Take text and what edits it; everything else is left to the bindings."""
        if event.is_printable and event.character is not None:
            event.stop()
            event.prevent_default()
            self._change(lambda field, cell: field.insert(cell, event.character or ""))
        elif event.key in (*self.EDITING_KEYS, "escape") and self.take(event.key):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: Paste) -> None:
        """Take what was pasted as text, however many lines it has; it never sends the form."""
        event.stop()
        self._change(lambda field, cell: field.insert(cell, event.text))

    def on_resize(self, _event: Resize) -> None:
        """Another width breaks lines elsewhere."""
        self.draw()

    def action_key(self, key: str) -> None:
        """Do what a key does on a form."""
        self.take(key)

    def take(self, key: str) -> bool:
        """Do what a key does on a form; whether it does something."""
        if self.is_busy:
            return True
        if self._change(lambda field, cell: field.press(cell, key)):
            return True
        match key:
            case "tab" | "down":
                self.go(1)
            case "shift+tab" | "up":
                self.go(-1)
            case "enter" if self._place[0] >= len(self._fields) - 1 and self._is_last_cell:
                self._leave_field()
                self.post_message(self.Sent())
            case "enter":
                self.go(1)
            case _:
                return False
        return True

    def go(self, step: int) -> None:
        """Move the cursor by so many cells, to the button behind the last field and from there to the first."""
        places = [(index, cell) for index, field in enumerate(self._fields) for cell in range(field.cells)]
        places.append((len(self._fields), 0))
        at = places.index(self._place) if self._place in places else 0
        self._leave_field()
        self._place = places[(at + step) % len(places)]
        self.draw()

    def go_on_in(self, field: Field) -> None:
        """Put the cursor where what stands in a field ends."""
        self._place = (self._fields.index(field), field.last_cell)
        self.draw()

    def go_to_button(self) -> None:
        """Put the cursor on the button."""
        self._place = (len(self._fields), 0)
        self.draw()

    def focus_changed(self) -> None:
        """Draw the cursor, or no more."""
        self.draw()

    # Drawing

    def draw(self) -> None:
        """Draw what has changed."""
        old, old_top = self._lines, self.top
        self._lines, self._cursor_line = self._drawn()
        height = max(1, self.size.height)
        below = self._cursor_line + (2 if self._cursor_line + 2 < len(self._lines) else 0)
        self.top = max(0, min(max(self.top, below - height + 1), self._cursor_line, len(self._lines) - 1))
        if self._cursor_line < height - 2:
            self.top = 0
        if self.top != old_top or len(old) != len(self._lines):
            self.refresh()
            return
        changed = [y for y, line in enumerate(self._lines) if line != old[y]]
        regions = [Region(0, y - self.top, self.size.width, 1) for y in changed if 0 <= y - self.top < height]
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        index = self.top + y
        more = y == self.size.height - 1 and index < len(self._lines) - 1
        if more and not self._lines[index]:
            return self.paint([("   more below", "dim")], self.size.width)
        return self.paint(self._lines[index] if index < len(self._lines) else (), self.size.width)

    @property
    def _label_width(self) -> int:
        return max((width_of(field.parameter.label) for field in self._fields), default=0) + GAP

    def _drawn(self) -> tuple[list[SpanLine], int]:
        """All lines, and the one with the cursor."""
        width = max(20, self.size.width)
        lines: list[SpanLine] = []
        if self._news:
            lines += wrapped([(" ", "plain"), *self._news], width)
        for problem in self._problems:
            lines += wrapped([(" ! ", "warning"), (problem, "warning")], width)
        lines.append([])
        cursor_line = 0
        for index, field in enumerate(self._fields):
            cell = min(self._place[1], field.cells - 1) if index == self._place[0] else None
            drawn, height_above = self._draw_field(field, cell, width)
            if cell is not None:
                cursor_line = len(lines) + height_above
            lines += drawn
        lines.append([])
        for text, style in self._result:
            lines += wrapped([("   ", "plain"), (text, style)], width)
        if self._result:
            lines.append([])
        if self._place[0] >= len(self._fields):
            cursor_line = len(lines)
        lines.append(self._draw_button())
        lines.append([])
        lines += self._hint(width)
        return lines, cursor_line

    def _draw_field(self, field: Field, cell: int | None, width: int) -> tuple[list[SpanLine], int]:
        """Its lines, and how many of them stand above the one with the cursor."""
        focused = cell is not None and self.has_focus
        field.room = max(LEAST_ROOM, width - MARGIN - 1 - self._label_width - 1)
        indent = (" " * (MARGIN + 1 + self._label_width), "plain")
        name = fitted(field.parameter.label, self._label_width)
        label = [(" > " if cell is not None else "   ", "accent"), (name, "strong" if cell is not None else "plain")]
        first, *others = field.draw(cell if focused else None)
        room = width - span_width([*label, *first]) - GAP
        beside: SpanLine = ()
        below: list[SpanLine] = []
        for text, style in self._told(field):
            if not beside and not others and width_of(text) <= room:
                beside = [(" " * GAP, "plain"), (text, style)]
            elif text != field.help:
                below += wrapped([indent, (text, style)], width)
        rows: list[list[SpanLine]] = [
            [[*label, *first, *beside]],
            *(_wrapped_if_told([indent, *line], width) for line in others),
        ]
        above = 0 if cell is None else sum(len(row) for row in rows[: field.line_of(cell)])
        return [*(line for row in rows for line in row), *below], above

    def _told(self, field: Field) -> list[Span]:
        """What is said of a field, beside it or below."""
        told = [("! " + field.fault, "warning")] if field.fault else []
        if field.echo and (not field.fault or field.fault not in field.echo):
            told.append((field.echo, "dim"))
        return told or [(field.help, "dim")]

    def _draw_button(self) -> SpanLine:
        if self._state:
            return [("   ", "plain"), (self._state, "accent")]
        on = self._place[0] >= len(self._fields)
        words = f"[ {self._button} ]"
        return [(" > " if on else "   ", "accent"), (words, "cursor" if on and self.has_focus else "strong")]

    def _hint(self, width: int) -> list[SpanLine]:
        """What belongs into the field with the cursor."""
        if self.field is None:
            return []
        return wrapped([("   ", "plain"), (f"{self.field.parameter.label}: {self.field.help}", "dim")], width)

    # Below

    @property
    def _is_last_cell(self) -> bool:
        return self.field is None or self._place[1] >= self.field.cells - 1

    def _leave_field(self) -> None:
        if (field := self.field) is not None:
            field.left(self._place[1])
            self.post_message(self.Left(field))

    def _change(self, edit: Callable[[Field, int], int | None]) -> bool:
        """Let the field with the cursor do something; whether it did."""
        if self.is_busy or (field := self.field) is None:
            return self.is_busy
        before = field.kept
        moved = edit(field, min(self._place[1], field.cells - 1))
        if moved is UNUSED:
            return False
        self._place = (self._place[0], min(self._place[1], field.cells - 1))
        if field.kept != before:
            field.fault = ""
            self.post_message(self.Changed())
        self.go(moved) if moved else self.draw()
        return True


def _wrapped_if_told(line: SpanLine, width: int) -> list[SpanLine]:
    """What is said of a row in full, over several lines if need be; the row itself is one line."""
    return wrapped(line, width) if line[-1][1] == "warning" else [line]


def _row_at_fault(field: Field) -> int | None:
    return field.first_fault if isinstance(field, LinesField) else None
