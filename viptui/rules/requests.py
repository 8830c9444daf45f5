"""Ids of requests: an action on many has one, and each of its parts one that begins with it."""

from __future__ import annotations

import re
from typing import Final


def part_of(request_id: str, subject: str) -> str:
    """The request of an action's part that is about one of many."""
    return f"{request_id}-{subject}"


def beginning_of_parts(request_id: str | None) -> str:
    """How the requests of all parts begin if this is one of them; empty if it is none."""
    found = _PART.match(request_id or "")
    return found[0] if found else ""


_PART: Final = re.compile(r"[0-9a-f]{32}-(?=.)")
"""Ids are made of 32 digits; nobody else's that may stand in the history looks so by chance."""
