"""Keys that take effect once it is certain what they mean: on which row, and on whom verbs act."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Final

from textual.events import Event, Key
from textual.worker import Worker

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

READING: Final = frozenset({"detail", "step", CARRYING_OUT})
"""The same on the details: the customer may be on its way, or another one, or the same anew after an action."""

OPENING: Final = frozenset({"verb", "whom", "sheet", "triage"})
"""Groups of work that open another screen, which keys typed behind them are meant for."""

WAYS_OUT: Final = ("clear", "end_dry_run", "quit", "app.quit")
"""What can always be asked for, whatever others wait for."""


class InTurn(ServiceScreen):
    """A screen on which some keys wait for the work that others have begun; they stay in their order.

    As long as one waits, or has a screen opened, all that is typed behind it waits too: nobody knows yet what it will
    mean.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[tuple[Callable[[], object], Collection[str]]] = deque()
        """What keys ask for, and the work they wait for."""

    def in_turn(self, key: Callable[[], object], work: Collection[str]) -> None:
        """Do what a key asks for, but not before work of these groups has ended, nor before the keys before it."""
        if self._waiting or self.is_under_way(work):
            self._waiting.append((key, work))
        elif missing := self.missing(work):
            self.tell(missing, problem=True)
        else:
            key()

    def missing(self, work: Collection[str]) -> str:  # noqa: ARG002
        """Why a key that waits for this work would act on something else than what is wanted; empty if it would not."""
        return ""

    def is_under_way(self, groups: Collection[str]) -> bool:
        """Whether work of one of these groups has not ended."""
        return any(each.group in groups and each.node is self and not each.is_finished for each in self.workers)

    def forget_keys(self) -> None:
        """Do nothing of what waits, nor of what was typed behind it."""
        self._waiting.clear()
        self.host.forget_typed()

    def holds(self, event: Event) -> bool:
        """Whether a key is to wait for one before it."""
        if not self._waiting and not self.is_under_way(OPENING):
            return False
        return not (isinstance(event, Key) and self._leads_out(event.key))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Look whether something need wait no longer, once the news have come that the work has sent."""
        if event.worker.is_finished:
            self.call_next(self._go_on)

    def _leads_out(self, key: str) -> bool:
        bound = self.active_bindings.get(key)
        if bound is None:
            return False
        return bound.binding.action in WAYS_OUT or (bound.binding.action == "back" and key == "escape")

    def _go_on(self) -> None:
        """Do what waited; not if that is no longer what stands on the screen."""
        while self._waiting and not self.is_under_way(self._waiting[0][1]):
            key, work = self._waiting.popleft()
            if self.missing(work) or self.app.screen is not self:
                self.forget_keys()
            else:
                key()
        self.host.hand_typed_on()


class ListInTurn(InTurn):
    """The same for a list: a key that means a row waits until the rows of the list that is wanted are there."""

    _list: CustomerList
    _table: CustomerTable

    def missing(self, work: Collection[str]) -> str:
        """A key that means a row of the list that is wanted does not act on one of another."""
        if "list" in work and self._list.wanted != self._list.shown:
            return f"This list has not come: {pressed('list.refresh', 'R')} reads it again."
        return ""

    def is_under_way(self, groups: Collection[str]) -> bool:
        """Also whether the cursor waits for rows on its way."""
        return ("list" in groups and self._table.is_going) or super().is_under_way(groups)
