"""The action of writing a report; see `viptui.reports` and `viptui.commands.report`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action, Reach

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="report.export",
        title="Write a customer report",
        help="Write what the list shows to a CSV file in the exports folder",
        word="report",
        key="x",
        footer="report",
        reach=Reach.LEAVES,
        has_own_door=True,
        module="report",
        command="RecordReport",
        perform="record_report",
    ),
)
