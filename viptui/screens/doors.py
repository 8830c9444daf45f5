"""Keys that lead to another screen, from the list and from the details alike.

A screen is imported when its key is pressed first.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Final, NamedTuple

from textual.binding import Binding, BindingType
from textual.screen import Screen


class Door(NamedTuple):
    """A key and the screen behind it."""

    key: str
    """Empty: it stands in the palette only."""
    id: str
    tooltip: str
    module: str
    """Module of `viptui.screens`."""
    screen: str
    """Name of the screen's class in it; it is made without arguments."""

    def open(self) -> Screen[None]:
        """A new screen of that kind."""
        found: type[Screen[None]] = getattr(import_module(f"viptui.screens.{self.module}"), self.screen)
        return found()


DOORS: Final[Mapping[str, Door]] = {
    each.id: each
    for each in (
        Door("L", "screen.activity", "What has been done, by whom", "activity", "ActivityScreen"),
        Door(
            "O",
            "app.outbox",
            "The outbox: mails that wait, failed, were sent, perhaps arrived",
            "outbox",
            "OutboxScreen",
        ),
        Door("", "screen.import", "Import customers from CSV files", "import_files", "ImportScreen"),
        Door("d", "screen.dashboard", "Dashboard: what waits, what comes, for whom", "dashboard", "DashboardScreen"),
        Door("A", "screen.administration", "Team, products and change codes", "administration", "AdministrationScreen"),
    )
}


def door_bindings() -> list[BindingType]:
    """A binding for each door; the screen has the action."""
    return [
        Binding(each.key, f"door('{each.id}')", show=False, id=each.id, tooltip=each.tooltip)
        for each in DOORS.values()
        if each.key
    ]
