"""Keys that take effect once it is certain what they mean: on which row, and on whom verbs act."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from viptui.screens.base import ServiceScreen
from viptui.screens.travel import CARRYING_OUT

if TYPE_CHECKING:
    from viptui.screens.customer_list import CustomerList
    from viptui.widgets.customer_table import CustomerTable

MARKING: Final = frozenset({"marks", "range", "whom", CARRYING_OUT})
"""Groups of work for whose end verbs wait: until then it is not certain on whom they act."""

BRINGING: Final = MARKING | {"list"}
"""The same for keys that mean the row under the cursor of a list that is on its way."""


class InTurn(ServiceScreen):
    """A screen with a list on which some keys wait for the work that others have begun; they stay in their order."""

    _list: CustomerList
    _table: CustomerTable

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[tuple[Callable[[], object], Collection[str]]] = deque()
        """What keys ask for, and the work they wait for."""

    def in_turn(self, key: Callable[[], object], work: Collection[str]) -> None:
        """Do what a key asks for, but not before work of these groups has ended, nor before the keys before it."""
        if self._waiting or self._is_under_way(work):
            self._waiting.append((key, work))
        else:
            key()

    def forget_keys(self) -> None:
        """Do nothing of what waits."""
        self._waiting.clear()

    def on_worker_state_changed(self) -> None:
        """Look whether something need wait no longer, once the news have come that the work has sent."""
        if self._waiting:
            self.call_next(self._go_on)

    def _go_on(self) -> None:
        """Do what waited; not if that is no longer what stands on the screen."""
        while self._waiting and not self._is_under_way(self._waiting[0][1]):
            key, work = self._waiting.popleft()
            is_another_list = "list" in work and self._list.wanted != self._list.shown
            if is_another_list or self.app.screen is not self:
                self._waiting.clear()
            else:
                key()

    def _is_under_way(self, groups: Collection[str]) -> bool:
        if "list" in groups and self._table.is_going:
            return True
        return any(each.group in groups and each.node is self and not each.is_finished for each in self.workers)
