"""Marking customers of the list, and verbs that act on those that are marked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.binding import Binding, BindingType

from viptui.pressed import pressed
from viptui.rows import CustomerRow
from viptui.screens.customer_keys import CustomerKeys
from viptui.screens.in_turn import BRINGING, MARKING, ListInTurn
from viptui.screens.marks import MOST_AT_ONCE, Marked
from viptui.screens.offered import ABOUT_A_ROW
from viptui.screens.verbs import actions_at
from viptui.widgets.footer import FooterLine

if TYPE_CHECKING:
    from viptui.actions import Action
    from viptui.events import Performed
    from viptui.rules.listing import Listing
    from viptui.screens.list_heading import ListHeading
    from viptui.widgets.columns import Layout, RowContext
    from viptui.widgets.fields import Value

REST: Final = 0.1
"""Seconds that the cursor rests before a range reads rows that are not loaded."""


class Anchor(NamedTuple):
    """Where a range begins."""

    rank: int
    """Index in the list, from 0."""
    row: CustomerRow


class MarkingScreen(ListInTurn, CustomerKeys):
    """A list with marks. Verbs act on the marked customers if there are any, else on the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", show=False, id="marks.mark", tooltip="Mark the customer, or no more, and go on"),
        Binding("v", "range", show=False, id="marks.range", tooltip="Begin to mark a range; v again ends it"),
        Binding(
            "V",
            "mark_all",
            show=False,
            id="marks.all",
            tooltip=f"Mark all that the list shows, or none of them; at most the first {MOST_AT_ONCE:,}",
        ),
    ]

    WORK_BEFORE = BRINGING
    _heading: ListHeading

    def __init__(self) -> None:
        super().__init__()
        self._anchor: Anchor | None = None
        self._one: CustomerRow | None = None
        """The only marked customer, while a verb is told that it acts on it."""
        self._acted_on: int | None = None
        """The one customer that a verb was pressed for."""

    # On whom verbs act

    def customer(self) -> CustomerRow | None:
        """The customer under the cursor; for a verb the only one that is marked."""
        return self._one or self._table.current

    def is_asleep(self, row: CustomerRow) -> bool:
        """Whether the list shows the customer as one that I have snoozed."""
        return self._table.is_asleep(row)

    def marked(self) -> Sequence[Marked]:
        """The marked customers."""
        return self._list.marks.all()

    def verb(self, key: str) -> None:
        """Do what the table says of a key, on the marked customers if there are any."""
        self._act(actions_at(key), partial(super().verb, key))

    def run_verb(self, action: Action, typed: Mapping[str, Value] | None = None) -> None:
        """Carry an action out on the marked customers, if there are any and it is about customers."""
        if action.has_own_door and (marked := self.marked()):
            from viptui.screens.reporting import offer_report

            offer_report(self, self._list.wanted, [each.id for each in marked])
        else:
            self._act([action], partial(super().run_verb, action, typed), typed)

    def _act(
        self, actions: Sequence[Action], on_one: Callable[[], None], typed: Mapping[str, Value] | None = None
    ) -> None:
        from viptui.screens.acting import CUSTOMER, OF_CUSTOMER

        marked, row = self.marked(), self._table.current
        is_about_customers = any(each.subject in (*CUSTOMER, *OF_CUSTOMER) for each in actions)
        self._acted_on = None if row is None or not is_about_customers else row.id
        if not marked or not is_about_customers or self._one is not None or self.services.read_only:
            on_one()
            if (
                marked
                and not self.services.read_only
                and all(each.subject is None and each.parameters for each in actions)
            ):
                self.tell(f"{actions[0].title} is about none of the marked customers: they stay marked.")
        elif len(marked) == 1:
            self.start("whom", self._act_on_the_one, marked[0], on_one)
        else:
            self._acted_on = None
            self.start("whom", self._act_on_all, actions, typed)

    async def _act_on_the_one(self, marked: Marked, act: Callable[[], None]) -> None:
        from viptui.data.marked import rows_of

        await self._look_at_marks()
        rows = await self.services.ask(rows_of, [marked.id])
        if marked.id in self._list.marks and rows:
            (self._one,) = rows
            try:
                act()
            finally:
                self._one = None
            self._acted_on = marked.id

    async def _act_on_all(self, actions: Sequence[Action], typed: Mapping[str, Value] | None) -> None:
        from viptui.screens.on_marked import act_on_marked, meant_for

        only_look = self.host.is_dry_run
        self._set_dry_run(False)  # what would come of it is shown in nearly any case
        await self._look_at_marks()
        meant = await meant_for(self, actions, self._list.marks)
        act_on_marked(self, meant, self._list.marks, self._list.tab, self._unmark, typed, only_look=only_look)

    def performed(self, event: Performed) -> None:
        """Let go of the marked customer that was acted on, or let the cursor go on from the one under it."""
        acted_on, self._acted_on = self._acted_on, None
        row = self._table.current
        if acted_on is not None and acted_on in self._list.marks and event.customer_id in (acted_on, None):
            self._list.marks.remove([acted_on])
            self._show_marks({acted_on})
        elif acted_on is not None and event.customer_id == acted_on and self._goes_on(row, acted_on):
            self._list.remember_next()
            return
        self._list.remember_cursor()

    def looks(self) -> tuple[Layout, RowContext]:
        """The columns of the list."""
        return self._table.shape, self._table.context

    # Keys

    def action_mark(self) -> None:
        """Mark the customer under the cursor, or mark it no more, and go to the next."""
        self.in_turn(self._mark, BRINGING)

    def action_range(self) -> None:
        """Begin a range at the cursor, or end the one that was begun."""
        self.in_turn(self._begin_or_end_range, BRINGING)

    def action_mark_all(self) -> None:
        """Mark all that the list shows; if all of them are, none."""
        self.in_turn(self._mark_all, MARKING)

    def drop_marks(self) -> None:
        """Mark nobody."""
        marks = self._list.marks
        if len(marks):
            ids = {each.id for each in marks.all()}
            marks.clear()
            self._show_marks(ids)

    def drop_range(self) -> bool:
        """Take back the range under way; whether there was one. Keys that still wait are forgotten."""
        self.forget_keys()
        if self._anchor is None:
            return False
        self._anchor = None
        self.workers.cancel_group(self, "range")
        self._show_marks(self._list.marks.cover(()))
        return True

    def list_has_come(self) -> None:
        """Another list, or the same anew: a range ends with its rows; which marks are hidden is asked again."""
        self._end_range()
        if len(self._list.marks):
            self._show_marks(())
            self.start("look", self._look_at_marks)
        else:
            self._offer_keys()

    def cover_range(self) -> None:
        """Let the range under way reach to the cursor."""
        if self._anchor is None:
            return
        first, last = sorted((self._anchor.rank, self._table.cursor))
        rows = self._table.between(first, last)
        self._show_marks(self._list.marks.cover(rows))
        if len(rows) <= last - first:
            self.start("range", self._read_range, self._anchor, first, last)
        else:
            self.workers.cancel_group(self, "range")

    # Below

    def _goes_on(self, row: CustomerRow | None, acted_on: int) -> bool:
        """Whether the cursor is to go on from a customer: it stands on it, and does not follow it."""
        return row is not None and row.id == acted_on and not self._list.followed.is_about(acted_on)

    def _mark(self) -> None:
        if (row := self._table.current) is None:
            return
        self._end_range()
        marks = self._list.marks
        if row.id in marks:
            marks.remove([row.id])
        else:
            marks.add([row])
        self._show_marks({row.id})
        self._table.action_move(1)

    def _begin_or_end_range(self) -> None:
        if self._anchor is not None:
            self._end_range()
        elif (row := self._table.current) is not None:
            self._anchor = Anchor(self._table.cursor, row)
            self.cover_range()

    def _end_range(self) -> None:
        if self._anchor is not None:
            self._anchor = None
            self._list.marks.keep_range()

    async def _read_range(self, anchor: Anchor, first: int, last: int) -> None:
        """Read the rows of a range that reaches beyond those that are loaded."""
        from viptui.data.marked import stretch

        await asyncio.sleep(REST)
        shown, top = self._list.shown, self._table.current if first != anchor.rank else anchor.row
        if shown is None or top is None:
            return
        services, number = self.services, min(last - first, MOST_AT_ONCE - 1)
        rows = await services.in_background(
            stretch, shown, services.today(), services.policy, number, after=top.sort_key
        )
        if anchor is self._anchor:
            self._show_marks(self._list.marks.cover([top, *rows]))
            if last - first > number:
                self.tell(f"A range has at most {MOST_AT_ONCE:,} customers: the first were marked.", problem=True)

    def _mark_all(self) -> None:
        self._end_range()
        self.query_one(FooterLine).act_on("marking…")  # the rows take a moment
        self.start("marks", self._mark_listing, self._list.wanted)

    async def _mark_listing(self, listing: Listing) -> None:
        from viptui.data.marked import stretch

        services, marks = self.services, self._list.marks
        try:
            rows = await services.in_background(stretch, listing, services.today(), services.policy, MOST_AT_ONCE + 1)
        finally:
            self._tell_whom()
        goes_on = len(rows) > MOST_AT_ONCE
        del rows[MOST_AT_ONCE:]
        if all(row.id in marks for row in rows):
            marks.remove([row.id for row in rows])
        else:
            marks.add(rows)
            if goes_on:
                self.tell(
                    f"Marked the first {MOST_AT_ONCE:,} in this order; the list is longer, and one key marks no more. "
                    f"{pressed('list.search', '/')} and {pressed('list.mine', 'm')} narrow it.",
                    problem=True,
                )
        self._show_marks({row.id for row in rows})
        if listing != self._list.shown:
            await self._look_at_marks()

    async def _look_at_marks(self) -> None:
        """Ask which marked customers are there still, and which of them the list has."""
        from viptui.data.marked import look_up

        if (listing := self._list.shown) is None:
            return
        services, asked = self.services, self.marked()
        ids = [each.id for each in asked]
        found = await services.in_background(look_up, ids, listing, services.today(), services.policy)
        gone = self._list.marks.follow(asked, found.there, found.shown)
        self._show_marks({each.id for each in gone})
        if gone:
            names = ", ".join(each.organization_name for each in gone[:_NAMED])
            more = f" and {len(gone) - _NAMED:,} more" if len(gone) > _NAMED else ""
            self.tell(f"No longer marked, somebody has removed it: {names}{more}.", problem=True)

    def _unmark(self, vip_ids: Collection[str]) -> None:
        ids = {each.id for each in self.marked() if each.vip_id in vip_ids}
        self._list.marks.remove(ids)
        self._show_marks(ids)

    def _show_marks(self, changed: Collection[int]) -> None:
        """Draw what has changed: rows, how many are marked, and on whom verbs act."""
        if changed:
            self._table.marks_changed(changed)
        self._heading.show_status()
        self._tell_whom()

    def _tell_whom(self) -> None:
        marked = len(self._list.marks)
        self.query_one(FooterLine).act_on(f"{marked:,} marked" if marked else "")
        self._offer_keys()

    def _offer_keys(self) -> None:
        """Offer in the footer what can be done: without rows and marks nothing that is about customers."""
        has_somebody = self._table.total or not self._table.is_counted or len(self._list.marks)
        self.query_one(FooterLine).leave_out(() if has_somebody else ABOUT_A_ROW)


_NAMED: Final = 3
"""Customers that a notice names."""
