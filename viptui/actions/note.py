"""Actions on notes; see `viptui.commands.note`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Kind, Parameter
from viptui.rules.note import parse_note

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("note.add"),
        word="note",
        subject="vip_id",
        module="note",
        command="AddNote",
        perform="add_note",
        parameters=(
            Parameter(name="body", label="Note", help="what is to be noted", parse=parse_note, kind=Kind.LONG_TEXT),
        ),
    ),
    Action(
        id="note.remove",
        title="Remove a note",
        help="Take away a note of one's own; the history keeps its text",
        word="remove-note",
        subject="note",
        module="note",
        command="RemoveNote",
        perform="remove_note",
    ),
)
