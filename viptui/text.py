"""The one safe door: text from data becomes text for a terminal here and nowhere else.

Names, addresses and notes come from outside. A control character in them would drive the terminal, a
direction mark would turn the rest of the line round, a width that is guessed wrongly would shift it. What is
shown is what `visible` returns: printable characters, and marks in the place of all others.
"""

from __future__ import annotations

from typing import Final
from unicodedata import normalize

from rich.cells import cell_len, set_cell_size

ELLIPSIS: Final = "…"

_PICTURES: Final = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\u2421"}
"""Control characters have pictures of their own in Unicode: ESC is shown as ␛."""

_ELSE: Final = "\N{REPLACEMENT CHARACTER}"

_JOINERS: Final = frozenset("\u200c\u200d")
"""Needed by the scripts of some real names; they take no cell and move nothing."""


def visible(text: str) -> str:
    """``text`` on one line, with a mark in the place of everything that is not printable."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def fitted(text: str, width: int) -> str:
    """Visible ``text`` in exactly ``width`` terminal cells: padded, or cut with an ellipsis."""
    if len(text) <= width and text.isascii() and text.isprintable():  # nearly always
        return text.ljust(width)
    shown = visible(text)
    if width <= 0:
        return ""
    if shown.isascii():
        return shown.ljust(width) if len(shown) <= width else shown[: width - 1] + ELLIPSIS
    if cell_len(shown) <= width:
        return set_cell_size(shown, width)
    return set_cell_size(shown, width - 1) + ELLIPSIS


def width_of(text: str) -> int:
    """Terminal cells that visible ``text`` takes."""
    return len(text) if text.isascii() else cell_len(visible(text))  # what stands for a control character is narrow


def encodable(text: str, encoding: str) -> str:
    """``text`` in as many cells, without what an encoding has not: the next best letter or sign stands there."""
    if _has(text, encoding):
        return text
    return "".join(each if _has(each, encoding) else _instead(each, encoding) for each in text)


def _has(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _instead(character: str, encoding: str) -> str:
    plain = _PLAIN.get(character) or normalize("NFKD", character)[0]
    width = cell_len(character)
    return plain if width == 1 and _has(plain, encoding) else "?" * width


_PLAIN: Final = {ELLIPSIS: ".", "↓": "v", "↑": "^", "▌": "|", "█": "#"}
"""What viptui draws itself; "…" would decompose into three dots, of which one has room."""


def _shown(character: str) -> str:
    if character.isprintable() or character in _JOINERS:
        return character
    return _PICTURES.get(ord(character), _ELSE)
