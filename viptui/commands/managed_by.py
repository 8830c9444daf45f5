"""Who manages which customers: handing one or many to another team member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from peewee import JOIN

from viptui.commands.act import Act, Outcome, Share
from viptui.commands.records import acting_member, as_member, called, find_member, reject_if
from viptui.data.day_counts import keeping_counts
from viptui.data.models import Customer, TeamMember
from viptui.errors import CommandRejected, Violation
from viptui.rules.folding import key_of
from viptui.rules.managed_by import reassign_violations

NAMED: Final = 5
"""Customers that a sentence names, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReassignCustomers:
    """Put a team member in charge of customers, all of them or none."""

    vip_ids: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Managed:
    """A customer and who has managed it so far."""

    id: int
    vip_id: str
    name: str
    login: str | None


def reassign_customers(command: ReassignCustomers, act: Act) -> Outcome:
    """Put the member in charge; the badges of both follow."""
    found = _customers(command.vip_ids)
    target = find_member(command.to)
    violations = [*_target_violations(act.actor, command.to, target), *_unknown(command.vip_ids, found)]
    if violations or target is None:
        raise CommandRejected(tuple(violations))
    moving = [each for each in found.values() if each.login is None or key_of(each.login) != target.login_key]
    if not moving:
        message = f"{called(target)} already manages {these(list(found.values()))}; choose another member."
        reject_if([Violation("managed_by.unchanged", message, "to")])
    shares = hand_over(moving, target)
    if len(moving) == 1:
        (only,) = shares
        return Outcome(
            summary=only.summary,
            subject=only.subject,
            customer_id=only.customer_id,
            before=only.before,
            after=only.after,
        )
    return Outcome(
        summary=f"{called(target)} now manages {these(moving)}.",
        subject=target.login,
        after={"managed_by": target.login, "customers": len(moving)},
        shares=shares,
    )


def managed_by(member: TeamMember) -> list[Managed]:
    """The customers that a member manages, by name."""
    return _read(Customer.managed_by == member)


def hand_over(customers: Sequence[Managed], target: TeamMember) -> tuple[Share, ...]:
    """Store who manages them from now on; what stands in the history of each."""
    ids = [each.id for each in customers]
    with keeping_counts(ids):
        for start in range(0, len(ids), _AT_ONCE):
            some = Customer.id.in_(ids[start : start + _AT_ONCE])
            Customer.update(managed_by=target, version=Customer.version + 1).where(some).execute()
    return tuple(
        Share(
            customer_id=each.id,
            subject=each.vip_id,
            summary=f"{called(target)} now manages {each.name}{f', no longer {each.login}' if each.login else ''}.",
            before={"managed_by": each.login},
            after={"managed_by": target.login},
        )
        for each in customers
    )


def these(customers: Sequence[Managed]) -> str:
    """The customers by name; of many the first, and how many there are."""
    names = ", ".join(each.name for each in customers[:NAMED])
    if len(customers) == 1:
        return names
    more = f" and {len(customers) - NAMED:,} more" if len(customers) > NAMED else ""
    return f"{len(customers):,} customers: {names}{more}"


def unknown_member(login: str) -> Violation:
    """That there is nobody to hand customers to."""
    return Violation(
        "managed_by.unknown",
        f"Nobody in the team has the login {login}: 'viptui team' and A in the list show them.",
        "to",
    )


def _customers(vip_ids: Sequence[str]) -> dict[str, Managed]:
    """The customers with these VIP IDs that there are, in their order, by their keys."""
    keys = list(dict.fromkeys(map(key_of, vip_ids)))
    found: dict[str, Managed] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = _read(Customer.vip_key.in_(keys[start : start + _AT_ONCE]))
        found |= {key_of(each.vip_id): each for each in some}
    return {key: found[key] for key in keys if key in found}


def _read(condition: Any) -> list[Managed]:
    columns = (Customer.id, Customer.vip_id, Customer.organization_name, TeamMember.login)
    query: Any = Customer.select(*columns).join(TeamMember, JOIN.LEFT_OUTER).where(condition)
    return [
        Managed(id=identifier, vip_id=vip_id, name=name, login=login)
        for identifier, vip_id, name, login in query.order_by(Customer.sort_name, Customer.id).tuples()
    ]


def _target_violations(actor: str, to: str, target: TeamMember | None) -> list[Violation]:
    acting = acting_member(actor)
    if target is not None:
        return list(reassign_violations(acting, as_member(target)))
    of_the_actor = [each for each in reassign_violations(acting, acting) if each.field is None]
    return [*of_the_actor, unknown_member(to)]


def _unknown(vip_ids: Sequence[str], found: Mapping[str, Managed]) -> list[Violation]:
    if not vip_ids:
        return [Violation("managed_by.nobody", "Choose at least one customer.", "vip_ids")]
    return [
        Violation("managed_by.customer", f"There is no customer {vip_id}: look it up with / in the list.", "vip_ids")
        for vip_id in vip_ids
        if key_of(vip_id) not in found
    ]


_AT_ONCE: Final = 500
