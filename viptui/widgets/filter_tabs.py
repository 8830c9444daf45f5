"""The filter tabs with their badges, on one line at any width."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.events import Resize
from textual.strip import Strip

from viptui.pressed import pressed
from viptui.rules.filters import TITLES, CustomerFilter
from viptui.widgets.paint import Painted, Span, right_aligned, span_width

_MEDIUM: Final = ("No Products", "Pending", "Past Due", "Upcoming", "Ready", "All")
_SHORT: Final = ("None", "Pend", "Due", "Upc", "Rdy", "All")

_NAMES: Final[tuple[tuple[str, ...], ...]] = (tuple(TITLES.values()), _MEDIUM, _SHORT, _SHORT, _SHORT)
"""Names of the tabs, from the longest to the shortest; on the last level only the active tab has one."""

_TIGHT: Final = 3
"""The level from which on there are no gaps between the tabs and no separators in numbers."""


class FilterTabs(Painted):
    """Six tabs: number, name, how many customers, and how many more since it was last looked at."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._active = CustomerFilter.ALL
        self._counts: Mapping[CustomerFilter, int] = {}
        self._deltas: Mapping[CustomerFilter, int] = {}
        self._mine: bool = False
        self._whose = ""

    def show(
        self,
        *,
        active: CustomerFilter,
        counts: Mapping[CustomerFilter, int],
        deltas: Mapping[CustomerFilter, int],
        mine: bool,
        whose: str = "",
    ) -> None:
        """Show what has changed; ``whose`` is another member whose customers are shown."""
        new = (active, dict(counts), dict(deltas), mine, whose)
        if new != (self._active, self._counts, self._deltas, self._mine, self._whose):
            self._active, self._counts, self._deltas, self._mine, self._whose = new
            self.refresh()

    @property
    def counts(self) -> Mapping[CustomerFilter, int]:
        """The badges."""
        return self._counts

    def badge(self, tab: CustomerFilter, *, grouped: bool = True) -> str:
        """``3,238 (+2)``: the count and what has come since the tab was last looked at."""
        if tab not in self._counts:
            return "…"
        count = f"{self._counts[tab]:,}" if grouped else str(self._counts[tab])
        delta = self._deltas.get(tab, 0)
        if not delta:
            return count
        return f"{count} (+{delta:,})" if grouped else f"{count}+{delta}"

    def on_resize(self, _event: Resize) -> None:
        """Another width may want other names."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y:
            return self.paint((), self.size.width, "bar")
        narrowed = f"{self._whose or 'mine'} {'on' if self._is_narrowed else 'off'} "
        key = pressed("list.mine", "m")
        words: list[Span] = [(f"{key} ", "accent"), (narrowed, self._mine_style)]
        letter: list[Span] = [(f"{key} on " if self._is_narrowed else key, self._mine_style)]
        last = len(_NAMES) - 1
        ways = [(level, mine) for level in range(last) for mine in (words, letter)]
        for level, mine in [*ways, (last, words)]:  # what the tabs are called is worth more than what m does
            tabs = self._tabs(level)
            if span_width(tabs) + span_width(mine) <= self.size.width:
                return self.paint(right_aligned(tabs, mine, self.size.width, "bar"), self.size.width, "bar")
        return self.paint(right_aligned(self._tabs(last), letter, self.size.width, "bar"), self.size.width, "bar")

    @property
    def _mine_style(self) -> str:
        return "strong" if self._is_narrowed else "dim"

    @property
    def _is_narrowed(self) -> bool:
        return self._mine or bool(self._whose)

    def _tabs(self, level: int) -> list[Span]:
        """The tabs with the names of a level; the last level is the tightest."""
        tight = level >= _TIGHT
        named = level < len(_NAMES) - 1
        line: list[Span] = []
        for number, (tab, name) in enumerate(zip(CustomerFilter, _NAMES[level], strict=True), start=1):
            badge, key = self.badge(tab, grouped=not tight), pressed(f"tab.{tab}", str(number))
            text = f"{key} {name} {badge}" if named or tab is self._active else f"{key} {badge}"
            if tab is self._active:
                line.append((f"[{text}]", "bar-on"))
            else:
                line.append((f" {text} ", "bar"))
            if not tight:
                line.append((" ", "bar"))
        return line
