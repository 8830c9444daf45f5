"""The order of a list: segments one after the other, each in the order of an index.

A column in which values may be absent has two segments, the values and then the rest; so every segment is a walk
along an index in either direction, and no row is ever sorted because another one has no value.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from viptui.data.models import database_proxy
from viptui.data.sql import fetch
from viptui.rows import SortKey
from viptui.rules.listing import Listing, SortColumn
from viptui.rules.policy import VipPolicy


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on ``customer c`` and its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()

    def __and__(self, other: Where) -> Where:
        if self is EVERYTHING or other is EVERYTHING:
            return self if other is EVERYTHING else other
        return Where(f"{self.sql} AND {other.sql}", self.parameters + other.parameters)


EVERYTHING: Final = Where("TRUE")

_TIES: Final = ("c.sort_name", "c.id")
"""What decides among rows of one value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Rows that stand together in a list."""

    rank: int
    """Which one it is; the first part of its rows' keys."""
    where: Where = EVERYTHING
    value: str | None = None
    """Expression that orders its rows, never NULL here; None where the name alone does."""
    reverse: bool = False

    @property
    def columns(self) -> str:
        """The select list that makes a row's key."""
        return ", ".join((str(self.rank), self.value or "''", *_TIES))

    def clause(self, *, backwards: bool = False) -> str:
        """The ORDER BY terms, from the other end if ``backwards``."""
        direction = " DESC" if self.reverse is not backwards else ""
        return ", ".join(f"{each}{direction}" for each in self._terms)

    def beyond(self, key: SortKey, *, backwards: bool = False) -> Where:
        """Its rows that come after one of its keys, or before it if ``backwards``."""
        operator = "<" if self.reverse is not backwards else ">"
        parts = key[1:] if self.value else key[2:]
        marks = ", ".join("?" for _ in parts)
        return Where(f"({', '.join(self._terms)}) {operator} ({marks})", tuple(parts))

    @property
    def _terms(self) -> tuple[str, ...]:
        return _TIES if self.value is None else (self.value, *_TIES)


def segments(listing: Listing, today: date, policy: VipPolicy) -> tuple[Segment, ...]:
    """The segments of a list, in its order; absent values come last in either direction."""
    present, absent = _PARTS[listing.sorted_by](today, policy)
    if listing.reverse:
        present.reverse()
    if absent is not None:
        present.append((absent, None))
    return tuple(
        Segment(rank=rank, where=where, value=value, reverse=listing.reverse)
        for rank, (where, value) in enumerate(present)
    )


_Part = tuple[Where, str | None]
_Parts = tuple[list[_Part], Where | None]
"""What stands together, lowest values first, and which rows have no value."""


def _by_name(_today: date, _policy: VipPolicy) -> _Parts:
    return [(EVERYTHING, None)], None


def _by(column: str) -> Callable[[date, VipPolicy], _Parts]:
    def parts(_today: date, _policy: VipPolicy) -> _Parts:
        return [(EVERYTHING, column)], None

    return parts


def _by_optional(column: str, present: str) -> Callable[[date, VipPolicy], _Parts]:
    def parts(_today: date, _policy: VipPolicy) -> _Parts:
        return [(Where(present), column)], Where(f"NOT ({present})")

    return parts


def _by_licences(_today: date, _policy: VipPolicy) -> _Parts:
    return [(Where("c.open_licences = 0"), None), (Where("c.open_licences > 0"), "c.open_licences")], None


def _by_manager(_today: date, _policy: VipPolicy) -> _Parts:
    parts: list[_Part] = [(Where("c.managed_by_id IS NULL"), None)]
    for (member,) in fetch("SELECT id FROM team_member ORDER BY login_key"):
        parts.append((Where("c.managed_by_id = ?", (member,)), None))
    return parts, None


def _by_anniversary(today: date, policy: VipPolicy) -> _Parts:
    counts = _anniversary_that_counts(today, policy)
    return [(Where("c.anniversary_on IS NOT NULL"), counts)], Where("c.anniversary_on IS NULL")


_PENDING: Final = "c.invitation_status = 'Pending' AND c.invited_on IS NOT NULL"

_PARTS: Final[Mapping[SortColumn, Callable[[date, VipPolicy], _Parts]]] = {
    SortColumn.NAME: _by_name,
    SortColumn.EMAIL: _by("c.contact_email"),
    SortColumn.STATE: _by_optional("c.oldest_open_authorization_on", "c.oldest_open_authorization_on IS NOT NULL"),
    SortColumn.LICENCES: _by_licences,
    SortColumn.AMOUNT: _by_optional("c.open_amount", "c.open_amount IS NOT NULL"),
    SortColumn.ANNIVERSARY: _by_anniversary,
    SortColumn.SEGMENT: _by("c.market_segment"),
    SortColumn.MANAGED_BY: _by_manager,
    SortColumn.INVITATION: _by_optional("c.invited_on", _PENDING),
    SortColumn.INVITED: _by_optional("c.invited_on", "c.invited_on IS NOT NULL"),
}


def _anniversary_that_counts(today: date, policy: VipPolicy) -> str:
    """The one just renewed, the one due, or the stored one, rolled on: as `viptui.rules.standing` has it."""
    earliest = today - timedelta(days=policy.grace_days)
    near = today + timedelta(days=policy.upcoming_first_day)
    return (
        f"CASE WHEN c.renewed_on >= '{earliest}' THEN {_iso('c.renewed_on')} "
        f"WHEN c.renewal_following_on <= '{near}' THEN {_iso('c.renewal_following_on')} "
        f"WHEN c.renewal_due_on <= '{near}' THEN {_iso('c.renewal_due_on')} "
        f"WHEN c.anniversary_on >= '{earliest}' THEN {_iso('c.anniversary_on')} "
        f"ELSE {_rolled_on(earliest)} END"
    )


def _rolled_on(earliest: date) -> str:
    """The first anniversary of the stored date at or after ``earliest``, which is after the stored date itself."""
    day = f"SUBSTR({_iso('c.anniversary_on')}, 5)"
    rolled = f"CASE WHEN {day} >= '{earliest:-%m-%d}' THEN '{earliest.year}' ELSE '{earliest.year + 1}' END || {day}"
    for year in (earliest.year, earliest.year + 1):
        if not isleap(year):
            rolled = f"REPLACE({rolled}, '{year}-02-29', '{year}-02-28')"
    return rolled


def _iso(column: str) -> str:
    """A date column as ISO text; on SQLite it is stored so."""
    return column if database_proxy.obj.param == "?" else f"TO_CHAR({column}, 'YYYY-MM-DD')"
