"""Sentences that name a way out as a command, ``'viptui order'``, told to somebody at the keys: ``o``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from viptui.actions import BY_WORD
from viptui.pressed import pressed

Key = tuple[str, str]
"""The id of a binding, and the key that it usually has."""

_SEARCH: Final = ("list.search", "/")
_OUTBOX: Final = ("app.outbox", "O")
_TEAM: Final = ("screen.administration", "A")
_SECOND: Final = ("administration.tab.1", "2")
_THIRD: Final = ("administration.tab.2", "3")

ELSEWHERE: Final[Mapping[str, tuple[str, tuple[Key, ...]]]] = MappingProxyType(
    {
        "list": ("{}", (_SEARCH,)),
        "show": ("{}", (_SEARCH,)),
        "order-sheet": ("{}", (("screen.order_sheet", "S"),)),
        "audit": ("{}", (("screen.activity", "L"),)),
        "outbox": ("{}", (_OUTBOX,)),
        "resend-mail": ("{} in the outbox ({})", (("mail.resend", "r"), _OUTBOX)),
        "discard-mail": ("{} in the outbox ({})", (("mail.discard", "D"), _OUTBOX)),
        "team": ("{}", (_TEAM,)),
        "add-member": ("{} under {}", (("team.add", "a"), _TEAM)),
        "deactivate-member": ("{} under {}", (("team.deactivate", "D"), _TEAM)),
        "change-role": ("{} under {}", (("team.role", "o"), _TEAM)),
        "change-email": ("{} under {}", (("team.email", "e"), _TEAM)),
        "map-login": ("{} under {}", (("team.map", "n"), _TEAM)),
        "products": ("{} {}", (_TEAM, _SECOND)),
        "add-product": ("{} under {} {}", (("product.add", "a"), _TEAM, _SECOND)),
        "deactivate-product": ("{} under {} {}", (("product.deactivate", "D"), _TEAM, _SECOND)),
        "activate-product": ("{} under {} {}", (("product.activate", "s"), _TEAM, _SECOND)),
        "change-codes": ("{} {}", (_TEAM, _THIRD)),
        "send-change-code": ("{} under {} {}", (("reseller_change.send", "s"), _TEAM, _THIRD)),
    }
)
"""Words with keys of other screens, for commands that are no actions with a key of their own."""


def in_keys(sentence: str) -> str:
    """The sentence with keys in place of the commands that it names, as far as there are keys for them."""
    return _COMMAND.sub(_key, sentence)


def _key(found: re.Match[str]) -> str:
    from viptui.screens.verbs import key_of  # it imports the screens that tell sentences

    word, subject = found["word"], found["subject"].strip()
    if word in ("undo", "redo") and subject:
        return f"{pressed('entry.undo', 'u')} on entry {subject} under {pressed('screen.activity', 'L')}"
    if word in ELSEWHERE:
        words, keys = ELSEWHERE[word]
        return words.format(*(pressed(*key) for key in keys))
    action = BY_WORD.get(word)
    if action is None or (action.has_own_door and action.key is None):
        return found[0]
    return key_of(action) or f"{pressed('screen.palette', ':')} and {action.title}"


_COMMAND: Final = re.compile(r"'viptui (?P<word>[a-z-]+)(?P<subject>[^']*)'")
