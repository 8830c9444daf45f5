"""Managed by: the reseller's team, and who may hand a customer to whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from viptui.errors import Violation


class Role(StrEnum):
    """What a team member may do."""

    PRIMARY_ADMIN = "primary_admin"
    ADMIN = "admin"
    MEMBER = "member"


class MemberStatus(StrEnum):
    """Whether a team member works with the program."""

    ACTIVE = "active"
    PENDING = "pending"
    INACTIVE = "inactive"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """What the rules need to know of one member of the reseller's team."""

    name: str
    role: Role
    status: MemberStatus


def reassign_violations(actor: TeamMember, target: TeamMember) -> tuple[Violation, ...]:
    """Why a member may not put another in charge of a customer. Source: Reseller help, team members."""
    violations = []
    if actor.role is not Role.PRIMARY_ADMIN:
        message = "Only the primary admin may change who manages a customer: ask them to do it."
        violations.append(Violation("managed_by.not_primary_admin", message))
    if target.status is not MemberStatus.ACTIVE:
        message = f"{target.name} is {target.status}: choose an active team member."
        violations.append(Violation("managed_by.not_active", message, "managed_by"))
    return tuple(violations)
