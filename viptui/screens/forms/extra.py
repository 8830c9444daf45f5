"""What a form knows beyond the table of actions: prefilled values, choices, echoes, a last look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from typing import Any, Final, NamedTuple

from viptui.actions import Action
from viptui.rules.policy import VipPolicy
from viptui.widgets.choice_fields import Option
from viptui.widgets.fields import Value

REGISTERED: Final[Mapping[str, tuple[str, str]]] = {
    "invitation.send": ("invitation", "InvitationExtra"),
    "invitation.remind": ("invitation", "ReminderExtra"),
    "authorization.create": ("authorization", "AuthorizationExtra"),
    "order.place": ("order", "OrderExtra"),
    "order.return": ("order", "ReturnExtra"),
    "renewal.place": ("renewal", "RenewalExtra"),
    "customer.snooze": ("snooze", "SnoozeExtra"),
    "customer.reassign": ("customer", "ReassignExtra"),
    "team.deactivate": ("customer", "ReassignExtra"),
    "reseller_change.complete": ("reseller_change", "CompletionExtra"),
}
"""By the action's id: a module beside this one and its class."""


class Loaded(NamedTuple):
    """What a form begins with."""

    values: Mapping[str, Value] = {}
    options: Mapping[str, Sequence[Option]] = {}
    """Words or numbers to choose from, by the field's name."""
    facts: Any = None
    """What the echoes are made from."""
    problems: Sequence[str] = ()
    """Why it would be refused as things are, whatever is typed."""
    typed: Mapping[str, Value] = {}
    """What to begin with if no draft says otherwise; starting over leaves it out."""
    news: str = ""
    """Where that comes from."""
    is_ready: bool = False
    """Whether it can be sent as it stands: then Enter does, and the fields are there to change it."""


class Extra:
    """What an action's form does beside showing its fields; by itself nothing."""

    last_look = ""
    """A sentence to read before it is carried out for good; not empty: what would happen is shown first."""

    foresees = False
    """Whether the form says all the while what would come of it: a dry run after each pause in typing."""

    def __init__(self, today: date, policy: VipPolicy) -> None:
        self.today = today
        self.policy = policy

    def load(self, subject: str | None, me: str) -> Loaded:
        """What the form begins with for this login; runs where the database may be asked."""
        return Loaded()

    def asked(self, values: Mapping[str, Value], loaded: Loaded) -> Mapping[str, Value]:
        """What is asked for by what stands in the fields.

        Raises:
            CommandRejected: that cannot be meant.
        """
        return values

    def echoes(self, values: Mapping[str, Value], facts: Any) -> Mapping[str, str]:
        """What the program makes of what stands in the fields, by their names."""
        return {}

    def misread(self, name: str, value: Value) -> str:
        """What is wrong with the text of one field, as far as it can be told without the database."""
        return ""


def extra_of(action: Action, today: date, policy: VipPolicy) -> Extra:
    """What an action's form knows."""
    if action.id not in REGISTERED:
        return Extra(today, policy)
    module, name = REGISTERED[action.id]
    found: type[Extra] = getattr(import_module(f"viptui.screens.forms.{module}"), name)
    return found(today, policy)
