"""The footer: what the keys do here, taken from the bindings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from textual.binding import Binding
from textual.strip import Strip

from viptui.widgets.declared import in_order
from viptui.widgets.paint import Painted, Span, right_aligned, span_width

ALWAYS: Final = ("screen.palette", "screen.help", "form.help")
"""Bindings that lead to all the others: they stay where there is no room for more."""


WAYS_OUT: Final = (".back", ".clear", ".leave")
"""Ends of the ids of bindings that lead back, or drop a search: all others give way before them."""


DRY_RUN: Final = "screen.end_dry_run"
"""The binding that ends a dry run: active as long as there is one, and then what the footer says first."""

NOT_TRIED: Final = ("list.open",)
"""Bindings that a dry run changes nothing of: they give way to it, so that it hides no verb."""


class FooterLine(Painted):
    """One line with the keys of the focused widget and its screen."""

    _target = ""
    _left_out: Collection[str] = ()

    def on_mount(self) -> None:
        """Follow the focus: the bindings that count change with it."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def act_on(self, target: str) -> None:
        """Say on what the next verb acts, where that is not plain to see; nothing for an empty text."""
        if target != self._target:
            self._target = target
            self.refresh()

    def leave_out(self, names: Collection[str]) -> None:
        """Offer nothing of the bindings with these ids: there is nothing that they could act on."""
        if names != self._left_out:
            self._left_out = names
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y:
            return self.paint((), width, "bar")
        bindings = list(self._shown())
        target: list[Span] = [(f"-> {self._target}  ", "bar-strong")] if self._target else []
        right = [*target, *(span for each in bindings if each.id in ALWAYS for span in self._told(each))]
        room = width - 1 - span_width(right)
        left = [span for each in self._fitting(bindings, room) for span in self._told(each)]
        return self.paint(right_aligned([(" ", "bar"), *left], right, width, "bar"), width, "bar")

    def _fitting(self, bindings: Sequence[Binding], room: int) -> Sequence[Binding]:
        """Those that have room, the first before the last; the way out stays longest."""
        found = [each for each in bindings if each.id not in ALWAYS]
        widths = {each.id: span_width(self._told(each)) for each in found}
        lacking = sum(widths.values()) - room
        last_to_go = sorted(found, key=_leads_out, reverse=True)
        while lacking > 0 and last_to_go:
            each = last_to_go.pop()
            lacking -= widths[each.id]
            found.remove(each)
        return found

    def _shown(self) -> Iterator[Binding]:
        """Those that are to be shown, each once, and of several at one key the one that it has now."""
        active = [each.binding for each in in_order(self.screen.active_bindings.values())]
        is_dry_run = any(each.id == DRY_RUN for each in active)
        told: set[str | None] = {*self._left_out, *(NOT_TRIED if is_dry_run else ())}
        keys: set[str] = set()
        for binding in active:
            if binding.show and binding.description and binding.id not in told:
                told.add(binding.id)
                if (key := self.app.get_key_display(binding)) not in keys:
                    keys.add(key)
                    yield binding

    def _told(self, binding: Binding) -> list[Span]:
        style = "bar-on" if binding.id == DRY_RUN else "bar"
        return [(f"{self.app.get_key_display(binding)} ", "accent"), (binding.description, style), ("  ", "bar")]


def _leads_out(binding: Binding) -> bool:
    return binding.id is not None and binding.id.endswith(WAYS_OUT)
