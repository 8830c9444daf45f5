"""Which verbs act on several marked customers at once, and how each of them begins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from viptui.actions import Action, Kind
from viptui.pressed import pressed
from viptui.rules.filters import CustomerFilter
from viptui.screens.acting import CUSTOMER, OF_ONE, Target, new_request_id
from viptui.screens.base import ServiceScreen
from viptui.screens.bulk import Bulk
from viptui.screens.marks import Marked, Marks
from viptui.screens.travel import CARRYING_OUT
from viptui.screens.verbs import WAKE

if TYPE_CHECKING:
    from viptui.widgets.fields import Value

OF_A_TAB: Final[Mapping[str, CustomerFilter]] = {
    "renewal.notify": CustomerFilter.UPCOMING_RENEWALS,
    "renewal.place": CustomerFilter.READY_FOR_RENEWAL,
}
"""Actions that share a key, and the tab on which it means them; on the others a menu asks."""

ASKS: Final = ("customer.snooze",)
"""Actions that ask on a form although they can do without an answer."""


async def meant_for(screen: ServiceScreen, actions: Sequence[Action], marks: Marks) -> Sequence[Action]:
    """Which of a key's actions can be meant for the marked customers: those of whom nobody is snoozed need not wake."""
    others = [each for each in actions if each.id != WAKE]
    if not others or len(others) == len(actions):
        return actions
    from viptui.data.marked import rows_of
    from viptui.data.snoozes import asleep_among

    services = screen.services
    rows = await services.ask(rows_of, [each.id for each in marks.all()])
    is_asleep = await services.ask(asleep_among, services.me, rows, services.today(), services.policy)
    return actions if is_asleep else others


def act_on_marked(
    screen: ServiceScreen,
    actions: Sequence[Action],
    marks: Marks,
    tab: CustomerFilter,
    acted: Callable[[Collection[str]], object],
    typed: Mapping[str, Value] | None = None,
    *,
    only_look: bool = False,
) -> None:
    """Begin what a key asks for on all marked customers; ``acted`` is told the VIP IDs of those it was done to.

    What is ``typed`` already is not asked again if it can be meant for several; else a form begins with it.
    """
    possible = [each for each in actions if acts_on_many(each)]
    meant = [each for each in possible if OF_A_TAB.get(each.id, tab) is tab] or possible
    begin = partial(_begin, screen, marks=marks, acted=acted, typed=typed, only_look=only_look)
    if not meant:
        drops = pressed("list.clear_search", "esc")
        titles = " and ".join(each.title for each in actions if each.subject is not None)
        screen.tell(f"{titles}: one customer at a time. {drops} drops the {len(marks):,} marks.", problem=True)
    elif len(meant) == 1:
        begin(meant[0])
    else:
        from viptui.screens.menu import Menu, lettered

        screen.app.push_screen(Menu(_whom(marks), lettered((each.title, partial(begin, each)) for each in meant)))


def acts_on_many(action: Action) -> bool:
    """Whether an action can be meant for several customers: it needs nothing that is different for each of them."""
    needs_lines = any(each.required and each.kind in (Kind.LINES, Kind.NUMBERS) for each in action.parameters)
    return action.subject in CUSTOMER and not needs_lines and action.id not in OF_ONE


def says_all(action: Action, typed: Mapping[str, Value]) -> bool:
    """Whether what was typed for the action is all that it needs, and can be meant for several customers as it is."""
    of_one = [each for each in action.parameters if each.kind in (Kind.LINES, Kind.NUMBERS)]
    needed = [each for each in action.parameters if each.required]
    return all(typed.get(each.name) for each in needed) and not any(typed.get(each.name) for each in of_one)


def _begin(
    screen: ServiceScreen,
    action: Action,
    *,
    marks: Marks,
    acted: Callable[[Collection[str]], object],
    typed: Mapping[str, Value] | None,
    only_look: bool,
) -> None:
    """Ask on a form for what it needs and nobody has typed; what it can do without stays as it is."""
    targets = [_target(each) for each in marks.all()]
    hidden = [_target(each) for each in marks.hidden]
    asks = action.id in ASKS or any(each.required for each in action.parameters)
    if asks if typed is None else not says_all(action, typed):
        from viptui.screens.forms.marked_form import MarkedForm

        screen.app.push_screen(
            MarkedForm(action, _whom(marks), targets, hidden=hidden, acted=acted, only_look=only_look, typed=typed)
        )
    else:
        bulk = Bulk(screen, action, targets, hidden=hidden, acted=acted)
        values = _values(action, typed or {}, screen.services.today())
        screen.start(CARRYING_OUT, bulk.begin, values, new_request_id(), typed, only_look=only_look)


def _values(action: Action, typed: Mapping[str, Value], today: date) -> Mapping[str, Value]:
    """What a form would hand over if that was typed in it: ``fri`` as a day."""
    from viptui.widgets.field_kinds import field_of

    fields = [field_of(each, today) for each in action.parameters if each.name in typed]
    for field in fields:
        field.fill(typed[field.name])
    return {field.name: field.value for field in fields}


def _whom(marks: Marks) -> str:
    hidden = len(marks.hidden)
    return f"{len(marks):,} marked customers" + (f", {hidden:,} hidden" if hidden else "")


def _target(each: Marked) -> Target:
    return Target(each.vip_id, f"{each.organization_name}  {each.vip_id}")
