"""How text looks on a terminal, and the shortest way from one look to another. Pure functions."""

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

_PARAMETER: Final = re.compile(r"(?:^|;)([34]8;(?:5;\d+|2;\d+;\d+;\d+)|\d*)")

_DRAWN_ON_BLANKS: Final = frozenset({"4", "5", "7", "9", "21", "51", "52", "53"})
"""Lines through and around a character, and what takes its colour for the background."""

_OFF: Final = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""What switches an attribute off again."""


@lru_cache(maxsize=4096)
def after(look: Look, parameters: str) -> Look:
    """The look after an SGR sequence with these parameters."""
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
def bare(look: Look) -> Look:
    """The look as far as it shows where there is no character."""
    if look.attributes & _DRAWN_ON_BLANKS:
        return look
    return _known.setdefault(only := Look(background=look.background), only)


@lru_cache(maxsize=4096)
def change(before: Look, after: Look) -> str:
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
