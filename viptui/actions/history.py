"""Taking back what was done, and doing it again; see `viptui.commands.undoing`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action, Reach

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="history.undo",
        title="Take back what was done",
        help="Take back what you did last, if it has not left the house",
        word="undo",
        key="u",
        subject="entry",
        finds_subject=True,
        reach=Reach.LEAVES,  # shown first: what it takes back need not stand on the screen
        module="undoing",
        command="Undo",
        perform="undo",
    ),
    Action(
        id="history.redo",
        title="Do again what was taken back",
        help="Do again what you took back last",
        word="redo",
        key="U",
        subject="entry",
        finds_subject=True,
        reach=Reach.LEAVES,
        module="undoing",
        command="Redo",
        perform="redo",
    ),
)
