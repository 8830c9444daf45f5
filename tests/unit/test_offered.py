"""Which keys a footer keeps where a list has nobody."""

from __future__ import annotations

from viptui.screens.acting import CUSTOMER, OF_CUSTOMER
from viptui.screens.offered import ABOUT_A_ROW
from viptui.screens.verbs import GROUPS, actions_at


def test_those_of_actions_that_need_no_customer() -> None:
    for key, group in GROUPS.items():
        needs_some = any(each.subject in (*CUSTOMER, *OF_CUSTOMER) or each.has_own_door for each in actions_at(key))
        assert (f"action.{group[0].id}" in ABOUT_A_ROW) == needs_some, key
