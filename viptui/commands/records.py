"""Finding the records that commands act on, inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from viptui.data.day_counts import keeping_counts
from viptui.data.facts import refresh_facts
from viptui.data.finding import find
from viptui.data.models import Authorization, Customer, Order, Product, TeamMember
from viptui.data.order_sheets import anniversary_of
from viptui.data.queries import list_customers
from viptui.data.search import who_has
from viptui.data.sql import fetch
from viptui.errors import CommandRejected, NotFound, Violation
from viptui.rules import authorization as rules
from viptui.rules import managed_by
from viptui.rules.authorization import AuthorizationStatus
from viptui.rules.folding import key_of
from viptui.rules.invitation import KnownCustomer
from viptui.rules.listing import Listing
from viptui.rules.managed_by import MemberStatus, Role
from viptui.rules.policy import VipPolicy
from viptui.rules.products import AskedLine, KnownProduct

_NEIGHBOURS: Final = 5


def reject_if(violations: tuple[Violation, ...] | list[Violation]) -> None:
    """Refuse the command if the rules have anything against it."""
    if violations:
        raise CommandRejected(tuple(violations))


def customer_of(vip_id: str) -> Customer:
    """The customer with this VIP ID, case ignored.

    Raises:
        NotFound: there is none.
    """
    found: Customer | None = find(Customer.vip_key, key_of(vip_id.strip()))
    if found is None:
        raise NotFound(f"There is no customer {vip_id.strip()}: look it up with 'viptui list --search'.")
    return found


def customers_at(address: str) -> tuple[KnownCustomer, ...]:
    """Customers that have this e-mail address, or one that it is a part of; case and accents ignored."""
    return tuple(
        KnownCustomer(vip_id=vip_id, organization_name=name, contact_email=email)
        for vip_id, name, email in who_has(address)
    )


def customers_like(text: str, *, limit: int) -> tuple[KnownCustomer, ...]:
    """Customers that have this text in a name, an e-mail address or their VIP ID; case and accents ignored."""
    rows = list_customers(Listing(search=text), date.min, VipPolicy(), limit=limit)
    return tuple(
        KnownCustomer(vip_id=row.vip_id, organization_name=row.organization_name, contact_email=row.contact_email)
        for row in rows
    )


def neighbours_of(name: str) -> tuple[KnownCustomer, ...]:
    """The customers next to a folded name in the order of names, before and after it."""
    columns = (Customer.vip_id, Customer.organization_name, Customer.contact_email)
    query = Customer.select(*columns).limit(_NEIGHBOURS)
    after = query.where(Customer.sort_name >= name).order_by(Customer.sort_name, Customer.id)
    before = query.where(Customer.sort_name < name).order_by(Customer.sort_name.desc(), Customer.id.desc())
    return tuple(
        KnownCustomer(vip_id=vip_id, organization_name=organization_name, contact_email=email)
        for vip_id, organization_name, email in (*before.tuples(), *after.tuples())
    )


def products_of(lines: Iterable[AskedLine]) -> dict[str, Product]:
    """The products that lines name, by the key of their SKU; those that there are."""
    keys = {key_of(line.sku) for line in lines}
    return {each.sku_key: each for each in Product.select().where(Product.sku_key.in_(keys))}


def known(products: Mapping[str, Product]) -> dict[str, KnownProduct]:
    """Products as the rules want them, by the same keys."""
    return {
        key: KnownProduct(each.sku, each.name, each.pa_allowed, each.active, each.unit_price, each.currency)
        for key, each in products.items()
    }


def authorization_of(number: str) -> Authorization:
    """The Purchase Authorization with this number, case ignored.

    Raises:
        NotFound: there is none.
    """
    found: Authorization | None = find(Authorization.number_key, key_of(number.strip()))
    if found is None:
        raise NotFound(f"There is no Purchase Authorization {number.strip()}: the customer's details list its numbers.")
    return found


def order_of(number: str) -> Order:
    """The order with this number, case ignored.

    Raises:
        NotFound: there is none.
    """
    found: Order | None = find(Order.number_key, key_of(number.strip()))
    if found is None:
        raise NotFound(f"There is no order {number.strip()}: the customer's details list its numbers.")
    return found


def authorizations_of(customer: Customer) -> list[rules.Authorization]:
    """All Purchase Authorizations of a customer as the rules want them."""
    return [as_rule(each) for each in customer.authorizations]


def as_rule(authorization: Authorization) -> rules.Authorization:
    """A Purchase Authorization as the rules want it."""
    return rules.Authorization(
        number=authorization.number,
        created_on=authorization.created_on,
        status=AuthorizationStatus(authorization.status),
        assigned=sum(line.assigned for line in authorization.lines),
        order="" if authorization.order is None else authorization.order.number,
    )


def member_of(login: str) -> TeamMember:
    """The team member with this login, case ignored.

    Raises:
        NotFound: there is none.
    """
    found = find_member(login)
    if found is None:
        raise NotFound(f"Nobody in the team has the login {login.strip()}: 'viptui team' and A in the list show them.")
    return found


def find_member(login: str) -> TeamMember | None:
    """The team member with this login, case ignored; None if there is none."""
    found: TeamMember | None = find(TeamMember.login_key, key_of(login.strip()))
    return found


def called(member: TeamMember) -> str:
    """What a member is called in a sentence."""
    return str(member.name or member.login)


def as_member(member: TeamMember) -> managed_by.TeamMember:
    """A team member as the rules want it."""
    return managed_by.TeamMember(name=called(member), role=Role(member.role), status=MemberStatus(member.status))


def acting_member(login: str) -> managed_by.TeamMember:
    """Who acts, as the rules want it. As long as a team has no primary admin, everybody is."""
    found = find_member(login)
    admins = "SELECT 1 FROM team_member WHERE role = ? AND status = 'active' LIMIT 1"
    if not fetch(admins, (Role.PRIMARY_ADMIN.value,)):
        return managed_by.TeamMember(name=login, role=Role.PRIMARY_ADMIN, status=MemberStatus.ACTIVE)
    if found is None:
        return managed_by.TeamMember(name=login, role=Role.MEMBER, status=MemberStatus.INACTIVE)
    return as_member(found)


def next_number(model: type[Authorization] | type[Order], prefix: str) -> str:
    """A number that no record of this kind has: the prefix and eight digits."""
    last = model.select(model.id).order_by(model.id.desc()).limit(1).scalar() or 0
    while True:
        last += 1
        number = f"{prefix}{last:08}"
        if not model.select().where(model.number_key == key_of(number)).exists():
            return number


def changed(customer: Customer, policy: VipPolicy) -> None:
    """Keep everything that follows from a customer's Purchase Authorizations and orders true after a change.

    Sets the Anniversary Date if it has none and has bought, refreshes the facts, counts the version up.
    """
    if customer.anniversary_on is None:
        customer.anniversary_on = anniversary_of(customer, policy)
    customer.version += 1
    customer.save(only=[Customer.anniversary_on, Customer.version])
    refresh_facts([customer.id])


def save(customer: Customer, *fields: Any) -> None:
    """Store changed fields of a customer and count its version up; the counts behind the badges follow."""
    customer.version += 1
    with keeping_counts([customer.id]):
        customer.save(only=[*fields, Customer.version])
