"""Every action that an operator can take.

One table for keys, palette, forms and command line; what an action does stands in `viptui.commands` under the same
noun. Imports no database, so that the command line can offer its words at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from viptui.actions import (
    authorization,
    commitment,
    history,
    invitation,
    licences,
    mail,
    note,
    order,
    product,
    renewal,
    report,
    reseller_change,
    snooze,
    team,
)
from viptui.actions.action import Action, Kind, Parameter, Reach

ACTIONS: Final[tuple[Action, ...]] = (
    *invitation.ACTIONS,
    *authorization.ACTIONS,
    *order.ACTIONS,
    *renewal.ACTIONS,
    *licences.ACTIONS,
    *note.ACTIONS,
    *snooze.ACTIONS,
    *reseller_change.ACTIONS,
    *team.ACTIONS,
    *commitment.ACTIONS,
    *product.ACTIONS,
    *report.ACTIONS,
    *mail.ACTIONS,
    *history.ACTIONS,
)
"""In the order in which help and palette name them."""

BY_ID: Final[Mapping[str, Action]] = {action.id: action for action in ACTIONS}
BY_WORD: Final[Mapping[str, Action]] = {action.word: action for action in ACTIONS}

__all__ = ["ACTIONS", "BY_ID", "BY_WORD", "Action", "Kind", "Parameter", "Reach"]
