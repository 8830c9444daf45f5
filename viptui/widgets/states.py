"""States in words, with a mark and the name of a style: never by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from viptui.rules.authorization import AuthorizationState
from viptui.rules.filters import RENEWAL_TABS, CustomerFilter
from viptui.rules.renewal import RenewalPhase
from viptui.rules.standing import Standing
from viptui.widgets.paint import Span

MARKS: Final[Mapping[str, str]] = {
    "pending": " . ",
    "overdue": " ! ",
    "suspended": "!! ",
    "upcoming": " - ",
    "ready": " > ",
    "late": ">! ",
    "lapsed": " x ",
    "renewed": " = ",
}
"""One mark a state, in characters that every terminal has."""


def authorization_span(state: AuthorizationState, age: int) -> Span:
    """``!! SUSPENDED 154d``: the state of a Purchase Authorization and its age in days."""
    word = state.upper() if state is not AuthorizationState.PENDING else state
    return f"{MARKS[state]}{word} {age}d", state


def renewal_span(standing: Standing) -> Span:
    """``> READY 12d``: the renewal phase and the days that matter in it."""
    phase, days = standing.renewal_phase, standing.days_to_anniversary or 0
    part = standing.partially_renewed
    match phase:
        case RenewalPhase.NONE:
            return "", "plain"
        case RenewalPhase.LATE:
            text = f"LATE {standing.grace_days_left}d {'part' if part else 'left'}"
        case RenewalPhase.LAPSED:
            text = f"LAPSED {-days}d"
        case RenewalPhase.READY:
            text = f"READY {days}d" + (" part" if part else "")
        case RenewalPhase.UPCOMING:
            text = f"upcoming {days}d"
        case RenewalPhase.RENEWED:
            text = "renewed"
    return MARKS[phase] + text, phase


def state_span(tab: CustomerFilter, standing: Standing) -> Span:
    """What a tab is about: in the renewal tabs the renewal, elsewhere the Purchase Authorizations first."""
    state, age = standing.authorization_state, standing.authorization_age
    renewal = renewal_span(standing)
    if state is None or age is None or (tab in RENEWAL_TABS and renewal[0]):
        return renewal
    if tab is CustomerFilter.ALL and state is AuthorizationState.PENDING and renewal[0]:
        return renewal
    return authorization_span(state, age)
