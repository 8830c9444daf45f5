"""Managed by: who may hand a customer to whom."""

from __future__ import annotations

import pytest

from viptui.rules.managed_by import MemberStatus, Role, TeamMember, reassign_violations

ACTIVE, PENDING, INACTIVE = MemberStatus.ACTIVE, MemberStatus.PENDING, MemberStatus.INACTIVE

CASES = {
    "the primary admin to an active member": (Role.PRIMARY_ADMIN, ACTIVE, []),
    "an admin": (Role.ADMIN, ACTIVE, ["managed_by.not_primary_admin"]),
    "a member": (Role.MEMBER, ACTIVE, ["managed_by.not_primary_admin"]),
    "to a pending member": (Role.PRIMARY_ADMIN, PENDING, ["managed_by.not_active"]),
    "to an inactive member": (Role.PRIMARY_ADMIN, INACTIVE, ["managed_by.not_active"]),
    "a member to a pending one, both reasons at once": (
        Role.MEMBER,
        PENDING,
        ["managed_by.not_primary_admin", "managed_by.not_active"],
    ),
}


@pytest.mark.parametrize(("role", "status", "codes"), CASES.values(), ids=CASES)
def test_reassigning(role: Role, status: MemberStatus, codes: list[str]) -> None:
    actor = TeamMember(name="Ana Kovač", role=role, status=ACTIVE)
    target = TeamMember(name="Ben Adler", role=Role.MEMBER, status=status)
    assert [each.code for each in reassign_violations(actor, target)] == codes


def test_a_refusal_names_the_person_and_the_field() -> None:
    actor = TeamMember(name="Ana Kovač", role=Role.PRIMARY_ADMIN, status=ACTIVE)
    target = TeamMember(name="Ben Adler", role=Role.MEMBER, status=PENDING)
    (violation,) = reassign_violations(actor, target)
    assert violation.message == "Ben Adler is pending: choose an active team member."
    assert violation.field == "to"


def test_the_values_are_those_of_the_records() -> None:
    assert [str(each) for each in Role] == ["primary_admin", "admin", "member"]
    assert [str(each) for each in MemberStatus] == ["active", "pending", "inactive"]
