"""Lists that move: the cursor follows a customer wherever it goes, or nothing moves until somebody wants it to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from viptui.events import MailDelivered, Reevaluated
from viptui.pressed import pressed
from viptui.rules.filters import TITLES, CustomerFilter
from viptui.screens.in_turn import BRINGING, ListInTurn
from viptui.screens.verbs import ActingScreen

if TYPE_CHECKING:
    from viptui.screens.list_heading import ListHeading


class FollowingScreen(ListInTurn, ActingScreen):
    """A list whose news can be kept back, and whose cursor can follow a customer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "F",
            "follow",
            show=False,
            id="list.follow",
            tooltip="Follow the customer: the cursor goes with it to every list that has it; F again lets go",
        ),
        Binding(
            "Z",
            "pause",
            show=False,
            id="list.pause",
            tooltip="Pause: list and badges change only when you ask for it; Z again goes on and catches up",
        ),
    ]

    _heading: ListHeading

    def __init__(self) -> None:
        super().__init__()
        self._kept: dict[type, object] = {}
        """The newest of each kind of news that are kept back."""
        self._lets_one_through = False
        """Whether somebody has asked to evaluate by hand."""

    def action_follow(self) -> None:
        """Follow the customer under the cursor, or nobody any more."""
        self.in_turn(self._follow, BRINGING)

    def action_pause(self) -> None:
        """Keep news back from now on, or show them and all that come."""
        followed = self._list.followed
        if followed.paused_at is None:
            followed.paused_at = self.services.now()
            self._heading.show_title()
            return
        followed.paused_at, kept, self._kept = None, self._kept, {}
        self._heading.show_title()
        for event in kept.values():
            self._on_change(event)
        if kept:
            self._list.remember_cursor()
            self._reload()

    def keeps_back(self, event: object) -> bool:
        """Whether news are not to be shown yet; those that somebody has asked for are."""
        if self._list.followed.paused_at is None or not isinstance(event, Reevaluated | MailDelivered):
            return False
        if isinstance(event, Reevaluated) and self._lets_one_through:
            self._lets_one_through = False
            return False
        self._kept[type(event)] = event
        return True

    def let_through(self) -> None:
        """Show what the next evaluation brings in any case."""
        self._lets_one_through = True

    def tell_if_it_left(self) -> None:
        """Say where the customer that is followed has gone, if it was in this list and is no more."""
        followed = self._list.followed
        if followed.has_left:
            followed.has_left = False
            self.start("where", self._tell_where)

    def _on_change(self, event: object) -> None:
        raise NotImplementedError

    def _reload(self) -> None:
        raise NotImplementedError

    def _follow(self) -> None:
        followed, key = self._list.followed, pressed("list.follow", "F")
        self.app.clear_notifications()
        if (before := followed.customer) is not None:
            followed.follow(None)
            self.tell(f"{before.organization_name} is followed no more.")
        elif (row := self._table.current) is not None:
            followed.follow(row)
            self.tell(
                f"Following {row.organization_name}: the cursor goes with it to every list that has it. {key} lets go."
            )
        else:
            self._miss_customer()
        self._heading.show_status()

    async def _tell_where(self) -> None:
        from viptui.data.marked import rows_of
        from viptui.rules.filters import filters_of

        followed, services, tab = self._list.followed, self.services, self._list.tab
        if (before := followed.customer) is None:
            return
        name, rows = before.organization_name, await services.ask(rows_of, [before.id])
        if not rows or rows[0].vip_id != before.vip_id:
            followed.follow(None)
            self._heading.show_status()
            self.tell(f"{name} is followed no more: somebody has removed it.", problem=True)
            return
        tabs = filters_of(rows[0].facts, services.today(), services.policy)
        if tab in tabs:
            self.tell(f"{name} is no longer in this list: it is not what is searched for any more.", problem=True)
        else:
            now = " and ".join(TITLES[each] for each in tabs if each is not CustomerFilter.ALL)
            where = f"now it is in {now}" if now else "it is in no other tab now"
            self.tell(f"{name} has left {TITLES[tab]}: {where}.", problem=True)
