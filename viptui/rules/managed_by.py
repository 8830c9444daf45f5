"""Managed by: the reseller's team, who may change it, and who may hand a customer to whom."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from viptui.errors import Violation
from viptui.rules.parsing import ParseError, required_text

LONGEST_LOGIN: Final = 100
"""Characters of a login."""


class Role(StrEnum):
    """What a team member may do."""

    PRIMARY_ADMIN = "primary_admin"
    ADMIN = "admin"
    MEMBER = "member"


ROLE_NAMES: Final = {Role.PRIMARY_ADMIN: "primary admin", Role.ADMIN: "admin", Role.MEMBER: "member"}
"""The roles as a sentence says them."""


class MemberStatus(StrEnum):
    """Whether a team member works with the program."""

    ACTIVE = "active"
    PENDING = "pending"
    INACTIVE = "inactive"


class TeamMember(NamedTuple):
    """What the rules need to know of one member of the reseller's team."""

    name: str
    role: Role
    status: MemberStatus

    @property
    def is_in_charge(self) -> bool:
        """Whether the member is an active primary admin."""
        return self.role is Role.PRIMARY_ADMIN and self.status is MemberStatus.ACTIVE


def parse_role(text: str) -> Role:
    """A role by its name, with a space, a hyphen or an underscore in it."""
    word = required_text(text, maximum=LONGEST_LOGIN).casefold().replace(" ", "_").replace("-", "_")
    if word not in set(Role):
        raise ParseError("Enter primary_admin, admin or member.")
    return Role(word)


def parse_login(text: str) -> str:
    """A login of the operating system: one word of at most 100 visible characters."""
    cleaned = required_text(text, maximum=LONGEST_LOGIN)
    if not cleaned.isprintable() or " " in cleaned:
        raise ParseError("Enter one login without spaces, as 'id -un' prints it.")
    return cleaned


def team_violations(actor: TeamMember) -> tuple[Violation, ...]:
    """Why somebody may not change the team. Source: Reseller help, team members."""
    if actor.is_in_charge:
        return ()
    message = "Only the primary admin may change the team: ask them to do it."
    return (Violation("team.not_primary_admin", message),)


def last_admin_violations(member: TeamMember, others: Iterable[TeamMember]) -> tuple[Violation, ...]:
    """Why a member may neither leave nor get another role: without a primary admin nobody is responsible."""
    if not member.is_in_charge or any(each.is_in_charge for each in others):
        return ()
    message = f"{member.name} is the only active primary admin: give another member that role first."
    return (Violation("team.last_primary_admin", message),)


def reassign_violations(actor: TeamMember, target: TeamMember) -> tuple[Violation, ...]:
    """Why a member may not put another in charge of a customer. Source: Reseller help, team members."""
    violations = []
    if not actor.is_in_charge:
        message = "Only the primary admin may change who manages a customer: ask them to do it."
        violations.append(Violation("managed_by.not_primary_admin", message))
    if target.status is not MemberStatus.ACTIVE:
        message = f"{target.name} is {target.status}: choose an active team member."
        violations.append(Violation("managed_by.not_active", message, "to"))
    return tuple(violations)
