"""Actions on what somebody sees in the work tabs; see `viptui.commands.snooze`."""

from __future__ import annotations

from typing import Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Kind, Parameter

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("customer.snooze"),
        word="snooze",
        subject="vip_ids",
        takes_many=True,
        module="snooze",
        command="SnoozeCustomers",
        perform="snooze_customers",
        parameters=(
            Parameter(
                name="until",
                label="Until",
                help="the day on which it is back; by itself in a week",
                parse=str,  # words such as fri are counted from the day on which it is done
                kind=Kind.DATE,
                required=False,
            ),
        ),
    ),
    Action(
        **keyed("customer.wake"),
        word="wake",
        subject="vip_ids",
        takes_many=True,
        module="snooze",
        command="WakeCustomers",
        perform="wake_customers",
    ),
)
