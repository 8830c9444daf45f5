"""Finding customers by a part of what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from viptui.rules.folding import fold

_LONGEST: Final = 10_000
"""No field is longer; SQLite refuses a pattern of more than 50,000 bytes."""


def search_text(fields: Iterable[str]) -> str:
    """What is stored for searching: the fields folded, one a line."""
    return "\n".join(filter(None, (fold(field) for field in fields)))


def search_clause(text: str) -> tuple[str, list[str]]:
    """SQL condition and parameters for "one of the fields contains this text"; empty for no text."""
    wanted = fold(text)
    if not wanted:
        return "", []
    if len(wanted) > _LONGEST:
        return "FALSE", []
    literal = wanted.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return "c.search_text LIKE ? ESCAPE '\\'", [f"%{literal}%"]
