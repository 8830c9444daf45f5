"""What an action on many has left in the history: an entry for each, all of the same request."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

from viptui.data.fields import InstantField
from viptui.data.sql import fetch
from viptui.rules.requests import beginning_of_parts


class Member(NamedTuple):
    """One of the entries."""

    number: int
    whom: str
    """What it is about, in words."""


class Whole(NamedTuple):
    """Entries of one action on many that can be taken back together."""

    action: str
    """As what it stands in the history."""
    begun_at: datetime
    members: tuple[Member, ...]
    """Those that nobody has taken back, newest first."""


def whole_of(number: int, *, again: bool = False) -> Whole | None:
    """All that was done together with an entry of the history; None if it was done by itself.

    With ``again`` the entries have taken something back, and are called after what that was.
    """
    found = fetch("SELECT request_id, at FROM audit_entry WHERE id = ?", (number,))
    beginning = beginning_of_parts(found[0][0]) if found else ""
    if not beginning:
        return None
    at = _instant(found[0][1])
    around = [_INSTANT.db_value(each) for each in (at - _LONGEST, at + _LONGEST)]
    rows = fetch(_MEMBERS, (*around, beginning))
    if len(rows) < 2:
        return None
    members = tuple(Member(each, f"{name}  {vip_id}" if name else subject) for each, name, vip_id, subject, *_ in rows)
    *_, action, before, begun_at = rows[-1]
    return Whole(before if again else action, _instant(begun_at), members)


def _instant(value: datetime | str) -> datetime:
    moment = _INSTANT.python_value(value)
    if moment is None:
        raise ValueError("an entry of the history has no instant")
    return moment


_INSTANT: Final = InstantField()

_LONGEST: Final = timedelta(days=1)
"""Nothing is carried out on many for longer: only so much of the history is looked through."""

_MEMBERS: Final = (
    "SELECT a.id, c.organization_name, c.vip_id, a.subject, a.action, b.action, a.at FROM audit_entry a "
    "LEFT JOIN customer c ON c.id = a.customer_id LEFT JOIN audit_entry b ON b.id = a.undoes_id "
    "WHERE a.at BETWEEN ? AND ? AND SUBSTR(a.request_id, 1, 33) = ? "
    "AND NOT EXISTS (SELECT 1 FROM audit_entry u WHERE u.undoes_id = a.id) ORDER BY a.id DESC"
)
