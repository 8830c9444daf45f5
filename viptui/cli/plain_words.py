"""The words that open the interface, as nearly always, read without the parser of all the others.

To load that one takes a fortieth of the interface's start.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Final

_WITH_VALUE: Final = {"--database": "database", "--config": "config", "--me": "me"}
_WITHOUT: Final = {"--read-only": "read_only"}


def read_plainly(words: Sequence[str]) -> SimpleNamespace | None:
    """What `viptui.cli.arguments.parse` makes of the words; None if they are anything but a few options in full."""
    asked: dict[str, object] = dict.fromkeys(("database", "config", "as_of", "read_only", "me", "command"))
    left = iter(words)
    for word in left:
        if word in _WITHOUT:
            asked[_WITHOUT[word]] = True
        elif word in _WITH_VALUE and not (value := next(left, "-")).startswith("-"):
            asked[_WITH_VALUE[word]] = value
        else:
            return None
    return SimpleNamespace(**asked)
