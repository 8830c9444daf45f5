"""Which keys can be typed: in every terminal, through tmux and screen, on every keyboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from textual.keys import _character_to_key

from viptui.pressed import character_of


class KeyRefused(ValueError):
    """A key that nothing can be put on; the text is one sentence."""


def read_keys(text: str) -> tuple[str, ...]:
    """The keys of a setting, ``"slash,ctrl+f"`` or ``"/, ctrl+f"``, by Textual's names.

    Raises:
        KeyRefused: one of them cannot be typed everywhere.
    """
    return tuple(dict.fromkeys(_read(each.strip()) for each in text.split(",")))


def only_alias(keys: Sequence[str]) -> str:
    """Why these keys alone are not enough, as some are eaten on the way; empty if they are."""
    return _ALIASES[keys[0]] if all(key in _ALIASES for key in keys) else ""


def _read(key: str) -> str:
    if len(key) == 1 and key.isprintable() and not key.isspace():
        return _character_to_key(key)
    if not key:
        raise KeyRefused("a key is missing; a comma is written as comma, a space as space.")
    if why := next((why for pattern, why in _UNTYPABLE.items() if re.fullmatch(pattern, key)), ""):
        raise KeyRefused(f"{key} {why}; choose another key.")
    if not _NAMED.fullmatch(key) and not character_of(key):
        raise KeyRefused(f"{key} is no key; write keys as in x, X, slash, ctrl+g, f6, pagedown or space.")
    return key


_UNTYPABLE: Final = {
    r"ctrl\+i": "is the same as tab for a terminal",
    r"ctrl\+m": "is the same as enter for a terminal",
    r"ctrl\+(\[|left_square_bracket)": "is the same as escape for a terminal",
    r"(ctrl|shift)\+enter": "is the same as enter for most terminals",
    r"alt\+.*": "cannot be told from escape and another key",
    r"(super|meta|hyper|cmd)\+.*": "stays with the desktop",
    r"ctrl\+shift\+.*": "stays with the terminal's own window",
    r"shift\+[A-Za-z]": "is written as the capital letter",
    r"ctrl\+(\d|[A-Z])": "is not sent by most terminals",
}
"""Patterns of keys, and why not every terminal sends them."""

_ALIASES: Final = {
    "ctrl+a": "screen eats it",
    "ctrl+b": "tmux eats it",
    "ctrl+h": "it is the same as backspace for many terminals",
    "ctrl+j": "it moves between panes in many a tmux",
    "ctrl+k": "it moves between panes in many a tmux",
    "ctrl+l": "it moves between panes in many a tmux",
    **{f"f{number}": "terminals and the Linux console take it" for number in range(1, 6)},
}
"""Keys that may stand beside others, not alone."""

_NAMED: Final = re.compile(
    r"escape|enter|shift\+tab|tab|space|backspace|insert|f([1-9]|1[0-2])|ctrl\+[a-z]"
    r"|((ctrl|shift)\+)?(up|down|left|right|home|end|pageup|pagedown|delete)"
)
"""Keys without a character of their own."""
