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
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.casefold().translate(_LETTERS_WITHOUT_DECOMPOSITION).split())


def key_of(identifier: str) -> str:
    """The form under which an identifier (a VIP ID, a number, a login, a SKU) is unique: case is ignored."""
    return unicodedata.normalize("NFC", identifier).casefold()
