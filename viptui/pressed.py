"""What people press: keys by the names that texts give them, also where the settings put something on another key."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

_SHORT: Final = {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "delete": "del"}

_SIGNS: Final = {  # called otherwise in Unicode
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "plus": "+",
    "underscore": "_",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}

_bound: dict[str, str] = {}
"""Keys that differ from the usual ones, separated by commas, by the ids of their bindings."""


def use_keys(keys: Mapping[str, str]) -> None:
    """From now on speak of these keys, as the interface that opens has them: there is one at a time."""
    _bound.clear()
    _bound.update(keys)


def pressed(binding: str, usual: str) -> str:
    """The key that stands for a binding, by its id, in a text; ``usual`` is the one that it has by itself."""
    own = _bound.get(binding)
    return usual if own is None else key_name(own.partition(",")[0].strip())


def key_name(key: str) -> str:
    """``slash`` as people read it: ``/``. A key without a character of its own keeps its name, a few a shorter one."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    return "+".join((*modifiers, _SHORT.get(last) or character_of(last) or last))


def character_of(key: str) -> str:
    """The character that a key by Textual's name types; empty if it types none, or a blank."""
    if len(key) == 1 or key in _SIGNS:
        return _SIGNS.get(key, key)
    try:
        character = unicodedata.lookup(key.replace("_", " "))
    except KeyError:
        return ""
    return character if character.isprintable() and not character.isspace() else ""
