"""Taking back what was done, and doing it again; see `viptui.commands.undoing`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Reach

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("history.undo"),
        word="undo",
        subject="entry",
        finds_subject=True,
        reach=Reach.LEAVES,  # shown first: what it takes back need not stand on the screen
        module="undoing",
        command="Undo",
        perform="undo",
    ),
    Action(
        **keyed("history.redo"),
        word="redo",
        subject="entry",
        finds_subject=True,
        reach=Reach.LEAVES,
        module="undoing",
        command="Redo",
        perform="redo",
    ),
)
