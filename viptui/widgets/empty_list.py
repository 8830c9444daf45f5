"""What stands in a list instead of rows: why there are none, and letters for what can be done about it."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from viptui.widgets.paint import Painted, SpanLine


class EmptyList(Painted):
    """A list that says why it is empty. The letters mean something only as long as it says so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "begin('demo')", show=False, id="begin.demo", tooltip="Look around on made-up customers"),
        Binding("f", "begin('import')", show=False, id="begin.import", tooltip="Import a folder of CSV files"),
    ]

    class Begun(Message):
        """A beginning was chosen."""

        def __init__(self, beginning: str) -> None:
            super().__init__()
            self.beginning = beginning

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._empty: tuple[SpanLine, ...] = ()
        self._beginnings: Collection[str] = ()

    def explain_empty(self, *lines: SpanLine, beginnings: Collection[str] = ()) -> None:
        """What to say when there is no row, and which of the letters are told of in it."""
        self._empty, self._beginnings = lines, beginnings

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key does something; the letters of a beginning where one is wanted."""
        return action != "begin" or parameters[0] in self._beginnings

    def action_begin(self, beginning: str) -> None:
        """Begin with made-up customers, or with those of a file."""
        self.post_message(self.Begun(beginning))

    def empty_line(self, y: int) -> SpanLine:
        """Line ``y`` of what is said."""
        return self._empty[y] if 0 <= y < len(self._empty) else ()
