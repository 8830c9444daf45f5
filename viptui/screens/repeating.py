"""The action that was carried out last, to be done again on another customer, or on those that are marked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from viptui.action_keys import KEYED
from viptui.actions import Action
from viptui.screens.acting import CUSTOMER, OF_CUSTOMER, OF_ONE

if TYPE_CHECKING:
    from viptui.screens.base import ServiceScreen
    from viptui.widgets.fields import Value

NOTHING: Final[Mapping[str, Value]] = MappingProxyType({})

OWN: Final = ("contact_email", "authorizations", "number", "po_number", "return_number")
"""Parameters that belong to one customer or to one order: what was typed there is not offered for another one."""


class Again(NamedTuple):
    """An action that can be done again."""

    action: Action
    typed: Mapping[str, Value] = NOTHING
    """What its form begins with, by the names of its fields."""

    @property
    def words(self) -> str:
        """``remind again``; a word that stands for several actions does not say which one."""
        title, key = self.action.title, self.action.key
        is_alone = sum(each.key == key for each in KEYED) == 1
        return f"{(is_alone and self.action.footer) or title[:1].lower() + title[1:]} again"

    @property
    def help(self) -> str:
        """The same as a sentence."""
        return f"{self.action.title} again, on whoever is marked or here"


def remember(screen: ServiceScreen, action: Action, typed: Mapping[str, Value] = NOTHING) -> None:
    """Remember what was carried out, if it was about customers; the footer says what its key would do."""
    if action.subject in (*CUSTOMER, *OF_CUSTOMER):
        offered = {} if action.id in OF_ONE else {name: typed[name] for name in typed if name not in OWN}
        screen.host.again = Again(action, offered)
        screen.refresh_bindings()
