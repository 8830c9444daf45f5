"""What was interrupted when the line dropped, and the keys that lead back to it."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from viptui.actions import BY_ID
from viptui.data.drafts import list_drafts
from viptui.data.triage import find_triage
from viptui.errors import ViptuiError
from viptui.screens.acting import way_back
from viptui.services import Services
from viptui.text import visible

if TYPE_CHECKING:
    from textual.app import App

log: Final = logging.getLogger("viptui")

DRAFTS_NAMED: Final = 3
"""Interrupted forms that are named at the start."""


async def tell_of_drafts(app: App[Any], services: Services, started_at: datetime) -> None:
    """Say what was interrupted before the start, so that somebody whose line dropped knows what is still there."""
    try:
        drafts = await services.in_background(list_drafts, services.me)
        triage = await services.in_background(find_triage, services.me)
    except ViptuiError as error:
        log.warning("drafts not read: %s", type(error).__name__)
        return
    before = [each for each in drafts if each.saved_at < started_at]
    known = [(BY_ID[each.form], each) for each in before if each.form in BY_ID][:DRAFTS_NAMED]
    lines = [visible(f"{way_back(action, of.subject)}  {action.title}  {of.whom}") for action, of in known]
    if triage is not None and triage.started_at < started_at:
        lines.append(visible(f"T  Triage of {triage.words}, at {triage.progress}"))
    if lines:
        app.notify("\n".join(lines), title="Interrupted; these keys lead back", markup=False, timeout=10)
