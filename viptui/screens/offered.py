"""What a footer offers of the keys of a list that has nobody."""

from __future__ import annotations

from typing import Final

from viptui.screens.verbs import GROUPS

ABOUT_NOBODY: Final = frozenset({"invitation.send", "history.undo", "history.redo"})
"""Actions that need no customers."""

ABOUT_A_ROW: Final = frozenset(
    {
        *(f"action.{group[0].id}" for group in GROUPS.values() if group[0].id not in ABOUT_NOBODY),
        "list.open",
        "list.sort",
        "list.preview",
        "screen.repeat",
    }
)
"""Bindings that do nothing without a row."""
