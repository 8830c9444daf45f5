"""The actions of reports; see `viptui.reports`, `viptui.commands.report` and `viptui.commands.weekly_report`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Reach

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("report.export"),
        word="report",
        reach=Reach.LEAVES,
        has_own_door=True,
        module="report",
        command="RecordReport",
        perform="record_report",
    ),
    Action(
        id="report.mail",
        title="Mail the weekly report",
        help="Mail every active team member how the customers stand that they manage",
        word="mail-report",
        reach=Reach.LEAVES,
        has_own_door=True,
        module="weekly_report",
        command="MailReport",
        perform="mail_report",
    ),
)
