"""Fewer bytes for the terminal: of colours, attributes and positions only what changes is sent.

Textual states the whole look of every piece of text and takes it back after it, and the same for the next line. On
a slow line those bytes are what one waits for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple


class Look(NamedTuple):
    """How a terminal draws text; each part as the SGR parameters that ask for it."""

    attributes: frozenset[str] = frozenset()
    colour: str = ""
    background: str = ""


PLAIN: Final = Look()

_SGR: Final = re.compile(r"\x1b\[([\d;]*)m")
_PARAMETER: Final = re.compile(r"(?:^|;)([34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d*)")

_OFF: Final = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""What switches an attribute off again."""

_MOVES: Final = re.compile(r"(?:\x1b\[\d+(?:;\d+)?H)*")
"""What moves the cursor and draws nothing, whatever the look is."""


_NEW_LINE: Final = re.compile(r"\n(?=\x1b\[\d+;\d+H)")
"""A line break before a position that is told anyway."""


def shortened(output: str) -> str:
    """Output that begins plain, with its looks in as few bytes as they take; what is drawn is the same."""
    pieces = _SGR.split(_NEW_LINE.sub("", output).replace(";1H", "H"))
    out = [pieces[0]]
    shown = wanted = PLAIN
    for parameters, text in zip(pieces[1::2], pieces[2::2], strict=True):
        wanted = _after(wanted, parameters)
        if shown is not wanted and text and not _MOVES.fullmatch(text):
            out.append(_change(shown, wanted))
            shown = wanted
        out.append(text)
    out.append(_change(shown, wanted))
    return "".join(out)


@lru_cache(maxsize=4096)
def _after(look: Look, parameters: str) -> Look:
    """The look after a sequence."""
    attributes, colour, background = look
    for each in _PARAMETER.findall(parameters):
        if each in {"", "0"}:
            attributes, colour, background = PLAIN
        elif each in _OFF:
            attributes |= {each}
        elif each in _OFF.values():
            attributes = frozenset(one for one in attributes if _OFF[one] != each)
        elif each.startswith(("4", "10")):
            background = "" if each == "49" else each
        else:
            colour = "" if each == "39" else each
    return _known.setdefault(look := Look(attributes, colour, background), look)


_known: Final[dict[Look, Look]] = {PLAIN: PLAIN}
"""One object a look, so that looks are compared at no cost."""


@lru_cache(maxsize=4096)
def _change(before: Look, after: Look) -> str:
    """The shortest sequence that makes one look of another; none if they are the same."""
    if before == after:
        return ""
    off = {_OFF[each] for each in before.attributes - after.attributes}
    on = {each for each in after.attributes if each not in before.attributes or _OFF[each] in off}
    colour = (after.colour or "39") if after.colour != before.colour else ""
    background = (after.background or "49") if after.background != before.background else ""
    step = [*sorted(off), *sorted(on), colour, background]
    anew = [*sorted(after.attributes), after.colour, after.background]
    return min(_sgr(["0", *anew] if any(anew) else []), _sgr(step), key=len)


def _sgr(parameters: list[str]) -> str:
    return f"\x1b[{';'.join(filter(None, parameters))}m"
