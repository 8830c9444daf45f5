"""Where the lines of a notice end: never between a key and the word that says what it does. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from viptui.text import width_of

WIDEST: Final = 60
"""Cells of a notice in `viptui.tcss`, its edge and its blanks included."""

SHARE: Final = 0.8
"""Of a narrow terminal it takes no more than this."""

BESIDE: Final = 2
"""Cells that Textual keeps free for a scrollbar beside notices."""

AROUND: Final = 3
"""Cells of its edge and its blanks."""

_KEY: Final = re.compile(r"\W*(\S|(ctrl|shift|alt)\+\S+|f\d+|[Ee]sc|[Ee]nter|[Ss]pace|[Tt]ab|pgdn|pgup|home|end)")
"""A word that may be a key: then it says little without the next one."""


def notice_room(width: int) -> int:
    """Cells for the text of a notice, on a terminal of so many columns."""
    return max(1, min(WIDEST, int((width - BESIDE) * SHARE)) - AROUND)


def in_lines(sentence: str, room: int) -> str:
    """The sentence in lines of so many cells; what is longer than one of them is left to who draws it."""
    lines: list[str] = []
    for together in _kept_together(sentence):
        longer = f"{lines[-1]} {together}" if lines else together
        if lines and width_of(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(together)
    return "\n".join(lines)


def _kept_together(sentence: str) -> Iterator[str]:
    """Words, each key with the word behind it."""
    keys: list[str] = []
    for word in sentence.split(" "):
        keys.append(word)
        if not _KEY.fullmatch(word):
            yield " ".join(keys)
            keys = []
    if keys:
        yield " ".join(keys)
