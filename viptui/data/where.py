"""Conditions on ``customer c``, as text with their parameters."""

from __future__ import annotations

from typing import Any, Final, NamedTuple


class Where(NamedTuple):
    """A condition on ``customer c`` and its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: Where) -> Where:
        if self == EVERYTHING or other == EVERYTHING:
            return self if other == EVERYTHING else other
        return Where(f"{self.sql} AND {other.sql}", self.parameters + other.parameters)


EVERYTHING: Final = Where("TRUE")
NOTHING: Final = Where("FALSE")
