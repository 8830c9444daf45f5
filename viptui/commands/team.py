"""The team: adding and deactivating members, their logins and roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viptui.commands.act import Act, Outcome
from viptui.commands.managed_by import Managed, hand_over, managed_by, these, unknown_member
from viptui.commands.records import acting_member, as_member, called, find_member, member_of, reject_if
from viptui.data.models import Draft, TeamMember
from viptui.data.snoozes import move_snoozes
from viptui.errors import Violation
from viptui.rules import managed_by as rules
from viptui.rules.folding import key_of
from viptui.rules.managed_by import ROLE_NAMES, MemberStatus, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember:
    """Add somebody to the team."""

    login: str
    name: str | None = None
    email: str | None = None
    role: Role = Role.MEMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class DeactivateMember:
    """Note that somebody has left the team."""

    login: str
    to: str | None = None
    """Login of who takes the customers over; None: they stay as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLogin:
    """Note that a member has another login of the operating system."""

    login: str
    new_login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole:
    """Give a member another role."""

    login: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEmail:
    """Note where mails for a member go."""

    login: str
    email: str


def add_member(command: AddMember, act: Act) -> Outcome:
    """Add an active member, or take one back who had left."""
    known = find_member(command.login)
    violations = [*rules.team_violations(acting_member(act.actor))]
    if known is not None and known.status == MemberStatus.ACTIVE:
        message = f"{known.login} is in the team already, as {called(known)}."
        violations.append(Violation("team.known", message, "login"))
    reject_if(violations)
    before = {} if known is None else _seen(known)
    member = known or TeamMember(login=command.login, login_key=key_of(command.login))
    member.name = command.name or member.name or command.login
    member.email = command.email or member.email
    member.role, member.status = command.role.value, MemberStatus.ACTIVE.value
    member.save()
    return Outcome(
        summary=f"{called(member)} is in the team{' again' if known else ''} as {ROLE_NAMES[command.role]}.",
        subject=member.login,
        before=before,
        after=_seen(member),
        advice=() if member.email else (f"{member.login} has no e-mail address, so no mail can be sent there.",),
    )


def deactivate_member(command: DeactivateMember, act: Act) -> Outcome:
    """Deactivate the member; its customers go to another one, or are named."""
    member = member_of(command.login)
    target = find_member(command.to) if command.to else None
    reject_if(
        [
            *rules.team_violations(acting_member(act.actor)),
            *_still_active(member),
            *rules.last_admin_violations(as_member(member), _others(member)),
            *(_successor_violations(member, command.to, target) if command.to else ()),
        ]
    )
    before = {"status": member.status, "role": member.role}
    member.status = MemberStatus.INACTIVE.value
    member.save(only=[TeamMember.status])
    managed = managed_by(member)
    shares = hand_over(managed, target) if target else ()
    after = {"customers_to": target.login, "customers": len(managed)} if target and managed else {}
    return Outcome(
        summary=f"{called(member)} has left the team{_and_then(managed, target)}.",
        subject=member.login,
        before=before,
        after={"status": member.status} | after,
        shares=shares,
        advice=() if target or not managed else (_left_behind(member, managed),),
    )


def map_login(command: MapLogin, act: Act) -> Outcome:
    """Give the member its new login; customers and what was being typed go with it."""
    member = member_of(command.login)
    other = find_member(command.new_login)
    violations = [*rules.team_violations(acting_member(act.actor))]
    if other is not None and other.id != member.id:
        message = f"{other.login} is the login of {called(other)}: choose another one."
        violations.append(Violation("team.login", message, "new_login"))
    if command.new_login == member.login:
        violations.append(Violation("team.unchanged", f"{member.login} is the login already.", "new_login"))
    reject_if(violations)
    old = member.login
    member.login, member.login_key = command.new_login, key_of(command.new_login)
    member.save(only=[TeamMember.login, TeamMember.login_key])
    typed = [each.form for each in Draft.select(Draft.form).where(Draft.login == member.login)]
    Draft.update(login=member.login).where((Draft.login == old) & Draft.form.not_in(typed)).execute()
    move_snoozes(old, member.login)
    return Outcome(
        summary=f"{called(member)} is now known by the login {member.login}, no longer {old}.",
        subject=member.login,
        before={"login": old},
        after={"login": member.login},
    )


def change_role(command: ChangeRole, act: Act) -> Outcome:
    """Give the member its new role."""
    member = member_of(command.login)
    old = Role(member.role)
    reject_if([*rules.team_violations(acting_member(act.actor)), *_role_violations(member, command.role)])
    member.role = command.role.value
    member.save(only=[TeamMember.role])
    return Outcome(
        summary=f"{called(member)} is now {ROLE_NAMES[command.role]}, no longer {ROLE_NAMES[old]}.",
        subject=member.login,
        before={"role": old.value},
        after={"role": member.role},
    )


def change_email(command: ChangeEmail, act: Act) -> Outcome:
    """Give the member its new address; what waits in the outbox goes where it was written to."""
    member = member_of(command.login)
    old = member.email
    violations = [*rules.team_violations(acting_member(act.actor)), *_still_active(member)]
    if command.email == old:
        message = f"{called(member)} has that address already."
        violations.append(Violation("team.unchanged", message, "email"))
    reject_if(violations)
    member.email = command.email
    member.save(only=[TeamMember.email])
    return Outcome(
        summary=f"Mails for {called(member)} now go to {command.email}{f', no longer to {old}' if old else ''}.",
        subject=member.login,
        before={"email": old},
        after={"email": member.email},
    )


def _seen(member: TeamMember) -> dict[str, str]:
    return {"name": member.name, "email": member.email, "role": member.role, "status": member.status}


def _role_violations(member: TeamMember, wanted: Role) -> Sequence[Violation]:
    if wanted is Role(member.role):
        message = f"{called(member)} is {ROLE_NAMES[wanted]} already."
        return [Violation("team.unchanged", message, "role")]
    if member.status != MemberStatus.ACTIVE:
        message = f"{called(member)} is {member.status}: add the member again, with that role."
        return [Violation("team.not_active", message, "login")]
    return rules.last_admin_violations(as_member(member), _others(member))


def _successor_violations(member: TeamMember, to: str, target: TeamMember | None) -> list[Violation]:
    if target is None:
        return [unknown_member(to)]
    if target.id == member.id:
        message = f"{called(member)} leaves: choose another member to take the customers over."
        return [Violation("team.successor", message, "to")]
    if target.status != MemberStatus.ACTIVE:
        message = f"{called(target)} is {target.status}: choose an active team member."
        return [Violation("team.successor", message, "to")]
    return []


def _still_active(member: TeamMember) -> list[Violation]:
    if member.status != MemberStatus.INACTIVE:
        return []
    message = f"{called(member)} has left the team already; 'viptui reassign' hands customers over."
    return [Violation("team.inactive", message, "login")]


def _others(member: TeamMember) -> list[rules.TeamMember]:
    return [as_member(each) for each in TeamMember.select().where(TeamMember.id != member.id)]


def _and_then(managed: Sequence[Managed], target: TeamMember | None) -> str:
    return f"; {called(target)} now manages {these(managed)}" if target and managed else ""


def _left_behind(member: TeamMember, managed: Sequence[Managed]) -> str:
    return f"{called(member)} still manages {these(managed)}: hand them over with 'viptui reassign'."
