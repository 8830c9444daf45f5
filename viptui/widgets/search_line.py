"""The search line: what is typed narrows the list at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.strip import Strip

from viptui.pressed import pressed
from viptui.widgets.paint import Painted, Span, SpanLine, right_aligned, span_width


class SearchLine(Painted, can_focus=True):
    """One line: the text searched for at the left, how many were found at the right.

    It edits at its end only, as filter lines do, and takes focus without a layout of the screen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,down,tab",
            "done",
            "to the list",
            key_display="enter",
            id="search.done",
            tooltip="Keep the search, go to the list",
        ),
        Binding(
            "escape",
            "clear",
            "clear",
            key_display="esc",
            id="search.clear",
            tooltip="Drop the search and go to the list",
        ),
        Binding("backspace", "rub_out", show=False, id="search.rub_out", tooltip="Delete a character"),
        Binding("ctrl+w", "rub_out_word", show=False, id="search.rub_out_word", tooltip="Delete a word"),
        Binding("ctrl+u", "rub_out_all", show=False, id="search.rub_out_all", tooltip="Delete everything"),
    ]

    @dataclass
    class Changed(Message):
        """Another text is searched for."""

        text: str

    class Done(Message):
        """The search is left; the list is wanted."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        begins: str = "list.search",
        drops: str = "list.clear_search",
    ) -> None:
        """``begins`` and ``drops`` are the bindings of the screen with which a search begins and is dropped."""
        super().__init__(id=id)
        self._begins, self._drops = begins, drops
        self.text = ""
        self._status: SpanLine = ()

    def show(self, text: str, status: SpanLine) -> None:
        """Show a text and what was found for it; while somebody types, what they typed stands."""
        if self.has_focus:
            text = self.text
        if (text, status) != (self.text, self._status):
            self.text, self._status = text, status
            self.refresh()

    def render_line(self, y: int) -> Strip:
        left: list[Span] = []
        if y:
            return self.paint(left, self.size.width)
        if self.has_focus:
            left = [("/ ", "accent"), (self.text, "strong"), ("_", "accent")]
        elif self.text:
            left = [("/ ", "accent"), (self.text, "strong"), (f"  ({pressed(self._drops, 'esc')} clears)", "dim")]
        else:
            left = [(f"{pressed(self._begins, '/')} search", "dim")]
        right: list[Span] = [("  ", "plain"), *self._status, (" ", "plain")]
        if not self.has_focus and not self.text and 1 + span_width([*left, *right]) > self.size.width:
            left = [(pressed(self._begins, "/"), "dim")]
        return self.paint(right_aligned([(" ", "plain"), *left], right, self.size.width), self.size.width)

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002
        """Whether a key is text here, whatever it does elsewhere."""
        return character is not None and character.isprintable()

    def on_key(self, event: Key) -> None:
        """Take printable characters; everything else is left to the bindings."""
        if event.is_printable and event.character is not None:
            event.stop()
            event.prevent_default()
            self._change(self.text + event.character)

    def on_paste(self, event: Paste) -> None:
        """Take the first line of what was pasted."""
        event.stop()
        self._change(self.text + "".join(event.text.splitlines()[:1]))

    def focus_changed(self) -> None:
        """Show or hide the cursor."""
        self.refresh()

    def action_done(self) -> None:
        """Go to the list."""
        self.post_message(self.Done())

    def action_clear(self) -> None:
        """Drop the search."""
        self._change("")
        self.post_message(self.Done())

    def action_rub_out(self) -> None:
        """Delete the last character."""
        self._change(self.text[:-1])

    def action_rub_out_word(self) -> None:
        """Delete the last word."""
        self._change(self.text.rstrip().rpartition(" ")[0])

    def action_rub_out_all(self) -> None:
        """Delete everything."""
        self._change("")

    def _change(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.refresh()
            self.post_message(self.Changed(text))
