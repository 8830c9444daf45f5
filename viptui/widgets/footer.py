"""The footer: what the keys do here, taken from the bindings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from textual.binding import Binding
from textual.strip import Strip

from viptui.widgets.declared import in_order
from viptui.widgets.paint import Painted, Span, right_aligned, span_width

ALWAYS: Final = ("screen.palette", "screen.help", "form.help")
"""Bindings that lead to all the others: they stay where there is no room for more."""


class FooterLine(Painted):
    """One line with the keys of the focused widget and its screen."""

    def on_mount(self) -> None:
        """Follow the focus: the bindings that count change with it."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y:
            return self.paint((), width, "bar")
        bindings = list(self._shown())
        right = [span for each in bindings if each.id in ALWAYS for span in self._told(each)]
        left: list[Span] = [(" ", "bar")]
        for told in (self._told(each) for each in bindings if each.id not in ALWAYS):
            if span_width(left) + span_width(told) + span_width(right) > width:
                break
            left += told
        return self.paint(right_aligned(left, right, width, "bar"), width, "bar")

    def _shown(self) -> Iterator[Binding]:
        """Those that are to be shown, each once."""
        told: set[str | None] = set()
        for active in in_order(self.screen.active_bindings.values()):
            binding = active.binding
            if binding.show and binding.description and binding.id not in told:
                told.add(binding.id)
                yield binding

    def _told(self, binding: Binding) -> list[Span]:
        return [(f"{self.app.get_key_display(binding)} ", "accent"), (f"{binding.description}  ", "bar")]
