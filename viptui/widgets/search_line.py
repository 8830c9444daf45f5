"""The search line: what is typed narrows the list at once."""

from __future__ import annotations

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
            "enter",
            "take",
            "to the list",
            key_display="enter",
            id="search.take",
            tooltip="Keep the search, go to the list; a customer who is the only one found is opened at once",
        ),
        Binding("down,tab", "done", show=False, id="search.done", tooltip="Keep the search, go to the list"),
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

    class Changed(Message):
        """Another text is searched for."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Done(Message):
        """The search is left; the list is wanted, or at once the only one that it has."""

        def __init__(self, *, taken: bool = False) -> None:
            super().__init__()
            self.taken = taken

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
        self._chips: SpanLine = ()

    def show(self, text: str, status: SpanLine, chips: SpanLine = ()) -> None:
        """Show a text, what else is asked, and what was found; while somebody types, what they typed stands."""
        if self.has_focus:
            text = self.text
        if (text, status, chips) != (self.text, self._status, self._chips):
            self.text, self._status, self._chips = text, status, chips
            self.refresh()

    def render_line(self, y: int) -> Strip:
        left: list[Span] = []
        if y:
            return self.paint(left, self.size.width)
        if self.has_focus:
            left = [("/ ", "accent"), (self.text, "strong"), ("_  ", "accent")]
        elif self.text:
            left = [("/ ", "accent"), (self.text, "strong"), ("  ", "plain")]
        elif not self._chips:
            left = [(f"{pressed(self._begins, '/')} search", "dim")]
        if not (self.has_focus or self.text or self._chips) and self._is_tight(left):
            left = [(pressed(self._begins, "/"), "dim")]
        left += self._chips
        if not self.has_focus and (self.text or self._chips):
            left.append((f"({pressed(self._drops, 'esc')} clears)", "dim"))
        return self.paint(right_aligned([(" ", "plain"), *left], self._right(left), self.size.width), self.size.width)

    def _is_tight(self, left: SpanLine) -> bool:
        """Whether nothing would stand between both ends of the line."""
        return span_width([*left, *self._status]) + 4 > self.size.width

    def _right(self, left: SpanLine) -> list[Span]:
        """What was found; it gives way to what is asked."""
        right: list[Span] = [*self._status, (" ", "plain")]
        fits = span_width(left) + span_width(right) < self.size.width
        return right if fits or not self._chips else []

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

    def action_take(self) -> None:
        """Take what was found."""
        self.post_message(self.Done(taken=bool(self.text)))

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
