"""Actions on the reseller's team and on who manages customers; see `viptui.commands.team`."""

from __future__ import annotations

from typing import Any, Final

from viptui.action_keys import keyed
from viptui.actions.action import Action, Kind, Parameter
from viptui.actions.parameters import text
from viptui.rules.managed_by import Role, parse_login, parse_role
from viptui.rules.parsing import parse_email


def _login(name: str, label: str, help_: str, **rest: Any) -> Parameter:
    return Parameter(name=name, label=label, help=help_, parse=parse_login, **rest)


def _role(help_: str, **rest: Any) -> Parameter:
    return Parameter(
        name="role", label="Role", help=help_, parse=parse_role, kind=Kind.CHOICE, choices=tuple(Role), **rest
    )


ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        **keyed("customer.reassign"),
        word="reassign",
        subject="vip_ids",
        takes_many=True,
        module="managed_by",
        command="ReassignCustomers",
        perform="reassign_customers",
        parameters=(_login("to", "To", "login of the team member who is to manage them"),),
    ),
    Action(
        id="team.add",
        title="Add team member",
        help="Add somebody to the team, or take somebody back who had left",
        word="add-member",
        module="team",
        command="AddMember",
        perform="add_member",
        parameters=(
            _login("login", "Login", "login of the operating system, as 'id -un' prints it"),
            text("name", "Name", "as customers and colleagues know it", required=False),
            Parameter(
                name="email",
                label="E-mail",
                help="what customers do, and codes that were used, are told there",
                parse=parse_email,
                required=False,
            ),
            _role("only a primary admin changes the team and who manages a customer", default=Role.MEMBER),
        ),
    ),
    Action(
        id="team.deactivate",
        title="Deactivate team member",
        help="Note that somebody has left the team, and hand their customers to another member",
        word="deactivate-member",
        subject="login",
        module="team",
        command="DeactivateMember",
        perform="deactivate_member",
        parameters=(_login("to", "To", "login of the member who takes the customers over", required=False),),
    ),
    Action(
        id="team.map",
        title="Change login of team member",
        help="Note that a team member has another login of the operating system",
        word="map-login",
        subject="login",
        module="team",
        command="MapLogin",
        perform="map_login",
        parameters=(_login("new_login", "New login", "as 'id -un' prints it"),),
    ),
    Action(
        id="team.role",
        title="Change role of team member",
        help="Give a team member another role",
        word="change-role",
        subject="login",
        module="team",
        command="ChangeRole",
        perform="change_role",
        parameters=(_role("only a primary admin changes the team and who manages a customer"),),
    ),
)
