"""Actions on what somebody sees in the work tabs; see `viptui.commands.snooze`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action, Kind, Parameter

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="customer.snooze",
        title="Snooze",
        help="Leave the customer out of your work tabs until a day; a colleague still sees it",
        word="snooze",
        key="z",
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
        id="customer.wake",
        title="Wake",
        help="Let a snoozed customer come back into your work tabs now",
        word="wake",
        key="z",
        subject="vip_ids",
        takes_many=True,
        module="snooze",
        command="WakeCustomers",
        perform="wake_customers",
    ),
)
