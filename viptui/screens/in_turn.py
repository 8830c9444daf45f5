"""Keys that take effect once it is certain what they mean: on which row, and on whom verbs act."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from textual.events import Event, Key

from viptui.pressed import pressed
from viptui.screens.base import ServiceScreen
from viptui.screens.travel import CARRYING_OUT

if TYPE_CHECKING:
    from viptui.screens.customer_list import CustomerList
    from viptui.widgets.customer_table import CustomerTable

MARKING: Final = frozenset({"marks", "range", "whom", CARRYING_OUT})
"""Groups of work for whose end verbs wait: until then it is not certain on whom they act."""

BRINGING: Final = MARKING | {"list"}
"""The same for keys that mean the row under the cursor: another list may be on its way, or the same anew."""

OPENING: Final = frozenset({"verb", "whom", "sheet"})
"""Groups of work that open another screen, which keys typed behind them are meant for."""

WAYS_OUT: Final = ("clear", "end_dry_run", "quit", "app.quit")
"""What can always be asked for, whatever others wait for."""


class InTurn(ServiceScreen):
    """A screen with a list on which some keys wait for the work that others have begun; they stay in their order.

    As long as one waits, or has a screen opened, all that is typed behind it waits too: nobody knows yet what it will
    mean.
    """

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
        elif self._is_of_another_list(work):
            self.tell(f"This list has not come: {pressed('list.refresh', 'R')} reads it again.", problem=True)
        else:
            key()

    def forget_keys(self) -> None:
        """Do nothing of what waits, nor of what was typed behind it."""
        self._waiting.clear()
        self.host.forget_typed()

    def holds(self, event: Event) -> bool:
        """Whether a key is to wait for one before it."""
        if not self._waiting and not self._is_under_way(OPENING):
            return False
        bound = self.active_bindings.get(event.key) if isinstance(event, Key) else None
        return bound is None or bound.binding.action not in WAYS_OUT

    def on_worker_state_changed(self) -> None:
        """Look whether something need wait no longer, once the news have come that the work has sent."""
        self.call_next(self._go_on)

    def _go_on(self) -> None:
        """Do what waited; not if that is no longer what stands on the screen."""
        while self._waiting and not self._is_under_way(self._waiting[0][1]):
            key, work = self._waiting.popleft()
            if self._is_of_another_list(work) or self.app.screen is not self:
                self.forget_keys()
            else:
                key()
        self.host.hand_typed_on()

    def _is_of_another_list(self, work: Collection[str]) -> bool:
        """Whether a key that means a row of the list that is wanted would meet one of another."""
        return "list" in work and self._list.wanted != self._list.shown

    def _is_under_way(self, groups: Collection[str]) -> bool:
        if "list" in groups and self._table.is_going:
            return True
        return any(each.group in groups and each.node is self and not each.is_finished for each in self.workers)
