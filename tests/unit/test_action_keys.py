"""The keys of actions, which stand apart from them."""

from __future__ import annotations

from viptui.action_keys import KEYED
from viptui.actions import ACTIONS


def test_keys_stand_in_the_order_of_the_actions() -> None:
    assert [each.id for each in KEYED] == [action.id for action in ACTIONS if action.key]


def test_the_actions_have_what_stands_there() -> None:
    keyed = {action.id: action for action in ACTIONS if action.key}
    for each in KEYED:
        action = keyed[each.id]
        assert (action.title, action.help, action.key, action.footer) == each[1:]
