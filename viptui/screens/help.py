"""All keys of a screen, from its bindings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import ModalScreen

from viptui.text import fitted
from viptui.widgets.footer import FooterLine
from viptui.widgets.lines import Document
from viptui.widgets.paint import PALETTE, SpanLine


class HelpScreen(ModalScreen[None]):
    """What each key does on the screen below."""

    COMPONENT_CLASSES = PALETTE  # type: ignore[assignment]

    AUTO_FOCUS = "Document"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark", "dismiss", "back", key_display="esc", id="help.back", tooltip="Back"),
    ]

    def __init__(self, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._active = list(bindings)

    def compose(self) -> ComposeResult:
        yield Document(id="help")
        yield FooterLine(id="footer")

    def on_mount(self) -> None:
        """List the keys, those of one action on one line; no notice of before stands over them."""
        self.app.clear_notifications()
        keys: dict[str, list[str]] = {}
        words: dict[str, str] = {}
        for active in self._active:
            binding = active.binding
            sentence = active.tooltip or binding.tooltip or binding.description
            if not sentence or binding.id is None:
                continue
            keys.setdefault(binding.id, []).append(self.app.get_key_display(binding))
            words[binding.id] = sentence
        lines: list[SpanLine] = [[("  Keys", "heading")], []]
        for name, names in keys.items():
            unique = list(dict.fromkeys(names))
            lines.append([("  " + fitted(" ".join(unique), 20), "accent"), (words[name], "plain")])
        self.query_one(Document).show(lines)
