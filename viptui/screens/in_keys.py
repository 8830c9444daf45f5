"""Sentences that name a way out as a command, ``'viptui order'``, told to somebody at the keys: ``o``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from viptui.actions import BY_WORD

ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "list": "/",
        "show": "/",
        "counts": "R",
        "order-sheet": "S",
        "audit": "L",
        "outbox": "O",
        "resend-mail": "r in the outbox (O)",
        "discard-mail": "D in the outbox (O)",
        "team": "A",
        "add-member": "a under A",
        "deactivate-member": "D under A",
        "change-role": "o under A",
        "map-login": "n under A",
        "products": "A 2",
        "add-product": "a under A 2",
        "deactivate-product": "D under A 2",
        "activate-product": "s under A 2",
        "change-codes": "A 3",
        "send-change-code": "s under A 3",
    }
)
"""Keys of other screens, for commands that are no actions with a key of their own."""


def in_keys(sentence: str) -> str:
    """The sentence with keys in place of the commands that it names, as far as there are keys for them."""
    return _COMMAND.sub(_key, sentence)


def _key(found: re.Match[str]) -> str:
    word, subject = found["word"], found["subject"].strip()
    if word in ("undo", "redo") and subject:
        return f"u on entry {subject} under L"
    if word in ELSEWHERE:
        return ELSEWHERE[word]
    action = BY_WORD.get(word)
    if action is None or (action.has_own_door and action.key is None):
        return found[0]
    return action.key or f": and {action.title}"


_COMMAND: Final = re.compile(r"'viptui (?P<word>[a-z-]+)(?P<subject>[^']*)'")
