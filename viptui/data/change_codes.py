"""Reading reseller change codes."""

from __future__ import annotations

from datetime import datetime

from peewee import JOIN

from viptui.data.models import ResellerChange, TeamMember
from viptui.record_rows import ChangeCodeRow
from viptui.rules.policy import VipPolicy
from viptui.rules.reseller_change import CodeState, ResellerChangeCode, code_state


def list_change_codes(now: datetime, policy: VipPolicy) -> tuple[ChangeCodeRow, ...]:
    """All codes as they stand at an instant, newest first."""
    query = (
        ResellerChange.select(ResellerChange, TeamMember)
        .join(TeamMember, JOIN.LEFT_OUTER)
        .order_by(ResellerChange.issued_at.desc(), ResellerChange.id.desc())
    )
    return tuple(_row(each, now, policy) for each in query)


def as_rule(change: ResellerChange) -> ResellerChangeCode:
    """A code as the rules want it."""
    return ResellerChangeCode(issued_at=change.issued_at, used_at=change.used_at, expires_at=change.expires_at)


def _row(change: ResellerChange, now: datetime, policy: VipPolicy) -> ChangeCodeRow:
    state = code_state(as_rule(change), now, policy)
    left = change.expires_at - now
    return ChangeCodeRow(
        code=change.code,
        vip_id=change.vip_id,
        admin_email=change.admin_email,
        state=state.value,
        issued_at=change.issued_at,
        expires_at=change.expires_at,
        seconds_left=int(left.total_seconds()) if state is CodeState.VALID else 0,
        used_at=change.used_at,
        requested_by=change.requested_by.login if change.requested_by else None,
    )
