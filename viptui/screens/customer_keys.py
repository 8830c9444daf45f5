"""Keys that mean a customer: they take effect once it is certain which one."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from viptui.screens.copying import CopyingScreen
from viptui.screens.in_turn import InTurn

if TYPE_CHECKING:
    from viptui.actions import Action


class CustomerKeys(InTurn, CopyingScreen):
    """A screen on which every key that means a customer waits for the same work."""

    WORK_BEFORE: ClassVar[Collection[str]]
    """Groups of work until whose end it is not certain which customer is meant."""

    def verb(self, key: str) -> None:
        """Do what the table says of a key, now."""
        super().action_verb(key)

    def action_verb(self, key: str) -> None:
        """Do what the table says of a key."""
        self.in_turn(partial(self.verb, key), self.WORK_BEFORE)

    def choose_verb(self, action: Action) -> None:
        """The same for one that was chosen by its name."""
        self.in_turn(partial(super().choose_verb, action), self.WORK_BEFORE)

    def action_repeat(self) -> None:
        """Do again what was done last."""
        self.in_turn(super().action_repeat, self.WORK_BEFORE)

    def action_why(self) -> None:
        """Say why the customer is where it is."""
        self.in_turn(super().action_why, self.WORK_BEFORE)

    def action_order_sheet(self) -> None:
        """Show a sheet of the customer."""
        self.in_turn(super().action_order_sheet, self.WORK_BEFORE)

    def action_copy(self) -> None:
        """Copy the VIP ID."""
        self.in_turn(super().action_copy, self.WORK_BEFORE)

    def action_copy_menu(self) -> None:
        """Copy something else."""
        self.in_turn(super().action_copy_menu, self.WORK_BEFORE)

    def action_end_dry_run(self) -> None:
        """End the dry run, and forget what still waits: it was to be shown only."""
        self.forget_keys()
        super().action_end_dry_run()
