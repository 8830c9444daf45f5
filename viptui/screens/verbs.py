"""The actions of the table at their keys, in the palette, in footer and help: on the list and on the details alike.

What carries them out is imported when the first one is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import ActiveBinding, Binding, BindingType

from viptui.action_keys import KEYED, Keyed
from viptui.pressed import pressed
from viptui.rows import CustomerRow
from viptui.rules.listing import Listing
from viptui.screens.doors import DOORS, door_bindings
from viptui.screens.travel import TravelScreen, day_bindings

if TYPE_CHECKING:
    from viptui.actions import Action
    from viptui.screens.acting import Target
    from viptui.widgets.fields import Value


def actions_at(key: str) -> Sequence[Action]:
    """The actions of a key; where several share one it opens a menu."""
    from viptui.actions import ACTIONS  # all that they take

    return [each for each in ACTIONS if each.key == key]


MENU_HELP: Final = {
    "e": "Record an event: what the customer or somebody else has done",
    "z": "Snooze: leave the customer out of your work tabs until a day, or wake it",
    "D": "Cancel a Purchase Authorization, return an order, or remove the customer",
}
"""What a key does that opens a menu."""

WAKE: Final = "customer.wake"
"""Shares a key, and is meant by it for who is snoozed."""

FIRST: Final = "oarni"
"""Keys that a narrow footer has room for: what triage needs most."""


def _place(keyed: Keyed) -> int:
    """Where an action stands in footer and help; after the first ones in the order of the table."""
    return FIRST.index(keyed.key) if keyed.key in tuple(FIRST) else len(FIRST)


def _groups() -> dict[str, list[Keyed]]:
    groups: dict[str, list[Keyed]] = {}
    for each in sorted(KEYED, key=_place):
        groups.setdefault(each.key, []).append(each)
    return groups


GROUPS: Final[Mapping[str, Sequence[Keyed]]] = _groups()
"""What stands at each key; the first one gives it its id."""


def key_of(action: Action) -> str:
    """The key of an action, or of the menu that it is in, as it is bound now; empty if it has none."""
    return pressed(f"action.{GROUPS[action.key][0].id}", action.key) if action.key else ""


def _bindings() -> list[BindingType]:
    bindings: list[BindingType] = []
    for key, group in GROUPS.items():
        first, *others = group
        tooltip = MENU_HELP.get(key, ", ".join(each.title for each in group)) if others else first.help
        footer = next((each.footer for each in group if each.footer), "")
        bindings.append(
            Binding(key, f"verb('{key}')", footer, show=bool(footer), id=f"action.{first.id}", tooltip=tooltip)
        )
    return bindings


END_DRY_RUN: Final = Binding(
    "escape", "end_dry_run", "end dry run", key_display="esc", id="screen.end_dry_run", tooltip="End the dry run"
)
"""Comes before what Esc means otherwise, on every screen that acts: a screen's own keys replace those of its kind."""


class ActingScreen(TravelScreen):
    """A screen that shows a customer, or a list with one under its cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        END_DRY_RUN,
        Binding(
            "full_stop",
            "repeat",
            show=False,
            id="screen.repeat",
            tooltip="Do the last action again, on whoever is marked or here",
        ),
        *_bindings(),
        Binding("colon,ctrl+p", "palette", "all", key_display=":", id="screen.palette", tooltip="All actions, by name"),
        Binding(
            "S",
            "order_sheet",
            show=False,
            id="screen.order_sheet",
            tooltip="Order sheet: what the ordering system wants, to copy or write",
        ),
        Binding(
            "exclamation_mark",
            "dry_run",
            show=False,
            id="screen.dry_run",
            tooltip="Dry run: the next action shows what it would do and does nothing; Esc ends it",
        ),
        Binding("W", "why", show=False, id="screen.why", tooltip="Why it is in this tab, and when that changes"),
        *day_bindings(),
        *door_bindings(),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A dry run can be ended while there is one."""
        if action == "end_dry_run":
            return self.host.is_dry_run
        return super().check_action(action, parameters)

    def customer(self) -> CustomerRow | None:
        """The customer that a key acts on."""
        raise NotImplementedError

    def is_asleep(self, row: CustomerRow) -> bool:  # noqa: ARG002
        """Whether the customer that is shown is one that I have snoozed."""
        return False

    def listing(self) -> Listing | None:
        """The list that is shown, if one is."""
        return None

    def columns(self) -> tuple[str, ...]:
        """The columns that were chosen for it; none for the usual ones."""
        return ()

    def action_verb(self, key: str) -> None:
        """Do what the table says of a key."""
        group, row = actions_at(key), self.customer()
        if row is None or not self.is_asleep(row):
            group = [each for each in group if each.id != WAKE]  # at once: the next key is for the form
        if len(group) > 1 and self.services.read_only:
            self.tell(self.services.read_only_words(), problem=True)
        elif len(group) == 1:
            self.run_verb(group[0])
        elif row is None:
            self._miss_customer()
        else:
            self.start("verb", self._offer, group, row)

    def action_repeat(self) -> None:
        """Do again what was done last, with what was typed for it."""
        if (again := self.host.again) is None:
            self.tell("There is nothing to do again yet: nothing has been done to a customer since the start.")
        else:
            self.run_verb(again.action, again.typed)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """As in Textual; once something can be done again, its key says what."""
        found = super().active_bindings
        if (again := self.host.again) is not None:
            for key, active in found.items():
                if active.binding.id == "screen.repeat":
                    told = replace(active.binding, description=again.words, tooltip=again.help, show=True)
                    found[key] = active._replace(binding=told, tooltip=again.help)
        return found

    def action_palette(self) -> None:
        """Show all actions."""
        from viptui.screens.palette import Palette

        self.app.push_screen(Palette(self))

    def action_door(self, door: str) -> None:
        """Open another screen."""
        self.app.push_screen(DOORS[door].open())

    def action_dry_run(self) -> None:
        """Let the next action show what it would do."""
        if self.services.read_only:
            self.tell(self.services.read_only_words(), problem=True)
        else:
            self._set_dry_run(True)

    def action_end_dry_run(self) -> None:
        """Let the next action be carried out."""
        self._set_dry_run(False)

    def _set_dry_run(self, wanted: bool) -> None:
        self.host.is_dry_run = wanted
        self.refresh_bindings()

    def action_why(self) -> None:
        """Say rule by rule why the customer is where it is."""
        from viptui.screens.why import WhyScreen

        if (row := self.customer()) is None:
            self._miss_customer()
        else:
            self.app.push_screen(WhyScreen(row.vip_id))

    def action_order_sheet(self) -> None:
        """Show the sheet of what is to be ordered, or was."""
        self.start("sheet", self._choose_sheet, self.customer())

    def choose_verb(self, action: Action) -> None:
        """Carry an action out that was chosen by its name."""
        self.run_verb(action)

    def run_verb(self, action: Action, typed: Mapping[str, Value] | None = None) -> None:
        """Carry an action out on the customer that is looked at now; a form begins with what is ``typed`` already."""
        from viptui.screens.acting import CUSTOMER, ENTRY, OF_CUSTOMER, Target, act_on

        row = self.customer()
        if self.services.read_only and not action.has_own_door:
            self.tell(self.services.read_only_words(), problem=True)
        elif action.has_own_door:
            from viptui.screens.reporting import offer_report

            offer_report(self, self.listing())
        elif action.subject == ENTRY:
            from viptui.screens.taking_back import take_back

            self.start("verb", take_back, self, action)
        elif action.subject is None:
            act_on(self, action, [Target(None, "")])
        elif action.subject in CUSTOMER:
            if row is None:
                self._miss_customer()
            else:
                act_on(self, action, [_target(row)], typed)
        elif row is not None and action.subject in OF_CUSTOMER:
            self.start("verb", self._offer, [action], row, typed)
        else:
            act_on(self, action, [Target(None, "")])

    async def _offer(
        self, actions: Sequence[Action], row: CustomerRow, typed: Mapping[str, Value] | None = None
    ) -> None:
        """Let choose among actions and what they can act on; where there is one thing only, that is done."""
        from viptui.screens.acting import CUSTOMER, act_on
        from viptui.screens.menu import Menu, lettered
        from viptui.screens.subjects import choices

        found = await self.services.ask(choices, actions, row.vip_id, self.services.today(), self.services.policy)
        if not found and actions[0].subject in CUSTOMER:
            self.run_verb(actions[0])  # it says itself why it cannot be done
        elif not found:
            self.tell(f"{row.organization_name} has none. {actions[0].title}: {actions[0].help}.", problem=True)
        elif len(found) == 1:
            act_on(self, found[0].action, [_target(row)._replace(subject=found[0].subject)], typed)
        else:
            entries = (
                (each.text, partial(act_on, self, each.action, [_target(row)._replace(subject=each.subject)], typed))
                for each in found
            )
            self.app.push_screen(Menu(row.organization_name, lettered(entries)))

    async def _choose_sheet(self, row: CustomerRow | None) -> None:
        """Let choose among the sheets of the customer, and that of the order that was placed here last."""
        from viptui.screens.menu import Menu, lettered
        from viptui.screens.subjects import sheets

        vip_id, services = "" if row is None else row.vip_id, self.services
        placed = self.host.placed_order
        found = await services.ask(sheets, vip_id, placed, services.today(), services.policy)
        is_here = any(each.number == placed and each.vip_id == vip_id for each in found)
        if not found and row is None:
            self._miss_customer()
        elif not found and row is not None:
            self.tell(f"{row.organization_name} has no order and no Purchase Authorization that waits.", problem=True)
        elif is_here:
            await self._open_sheet(placed)
        elif len(found) == 1 and (row is None or found[0].vip_id == vip_id):
            await self._open_sheet(found[0].number)
        else:
            entries = ((each.text, partial(self._start_sheet, each.number)) for each in found)
            self.app.push_screen(Menu("Order sheet" if row is None else row.organization_name, lettered(entries)))

    def _start_sheet(self, number: str) -> None:
        self.start("sheet", self._open_sheet, number)

    async def _open_sheet(self, number: str) -> None:
        from viptui.data.order_sheets import order_sheet
        from viptui.screens.order_sheet import OrderSheetScreen

        services = self.services
        sheet = await services.ask(order_sheet, number, services.today(), services.policy)
        self.app.push_screen(OrderSheetScreen(number, sheet))
        if number == self.host.placed_order:
            self.host.placed_order = ""

    def _miss_customer(self) -> None:
        self.tell("There is no customer under the cursor: choose one first.", problem=True)


def _target(row: CustomerRow) -> Target:
    from viptui.screens.acting import Target

    return Target(row.vip_id, f"{row.organization_name}  {row.vip_id}")
