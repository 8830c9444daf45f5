"""The footer: what the keys do here, taken from the bindings."""

from __future__ import annotations

from textual.strip import Strip

from viptui.widgets.paint import Painted, Span


class FooterLine(Painted):
    """One line with the keys of the focused widget and its screen."""

    def on_mount(self) -> None:
        """Follow the focus: the bindings that count change with it."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _screen: self.refresh())

    def render_line(self, y: int) -> Strip:
        line: list[Span] = [(" ", "bar")]
        if y == 0:
            told: set[str | None] = set()
            for active in self.screen.active_bindings.values():
                binding = active.binding
                if binding.show and binding.description and binding.id not in told:
                    told.add(binding.id)
                    line.append((f"{self.app.get_key_display(binding)} ", "accent"))
                    line.append((f"{binding.description}  ", "bar"))
        return self.paint(line, self.size.width, "bar")
