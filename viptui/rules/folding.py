"""Folding text, so that searching and sorting ignore case and accents."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_LETTERS_WITHOUT_DECOMPOSITION: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t"}
)
"""Latin letters that read as an accented letter but do not decompose in Unicode."""


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """``text`` without case and accents and with single spaces; equal texts fold equally."""
    return " ".join(_bare(text).split())


def fold_lines(text: str) -> list[str]:
    """The lines of a text, each of them folded; many at once cost less than one by one."""
    return [" ".join(line.split()) for line in _bare(text).split("\n")]


def key_of(identifier: str) -> str:
    """The form under which an identifier (a VIP ID, a number, a login, a SKU) is unique: case is ignored.

    The key of several, one a line, is their keys, one a line.
    """
    return identifier.lower() if identifier.isascii() else unicodedata.normalize("NFC", identifier).casefold()


class _BareCharacters(dict[int, str]):
    """What is left of a character without case and accent, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        bare = "" if unicodedata.combining(character) else character.casefold()
        self[code] = bare.translate(_LETTERS_WITHOUT_DECOMPOSITION)
        return self[code]


_BARE: Final = _BareCharacters()


def _bare(text: str) -> str:
    """``text`` without case and accents."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text.casefold()).translate(_BARE)
