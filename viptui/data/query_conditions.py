"""The conditions of a query (`viptui.rules.conditions`) as conditions on ``customer c``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from viptui.data.conditions import fulfils, snoozed
from viptui.data.search import contains, has_text
from viptui.data.sql import is_sqlite
from viptui.data.where import EVERYTHING, NOTHING, Where
from viptui.rules.conditions import (
    TO_RENEW,
    AllOf,
    AnyOf,
    Between,
    Condition,
    Contains,
    Fulfils,
    InYear,
    ManagedBy,
    Not,
    OneOf,
    Snoozed,
)
from viptui.rules.policy import VipPolicy
from viptui.rules.query import Query
from viptui.rules.query_meaning import meaning


def asks(query: Query, today: date, policy: VipPolicy) -> Where:
    """What a query asks on ``today``."""
    return _asks(query, today, policy, is_sqlite())


@lru_cache(maxsize=64)
def _asks(query: Query, today: date, policy: VipPolicy, _is_sqlite: bool) -> Where:
    return condition_of(meaning(query, today, policy))


def condition_of(condition: Condition) -> Where:
    """One condition, in parentheses where it needs some."""
    match condition:
        case Fulfils(wanted):
            return _in_parentheses(fulfils(wanted))
        case ManagedBy(keys):
            return _managed_by(keys)
        case OneOf(column, values):
            return _one_of(f"c.{column}", values)
        case Between(column, first, last):
            return _between(_COLUMNS.get(column, f"c.{column}"), first, last)
        case InYear(column, first, last):
            day = f"SUBSTR(c.{column}, 6)" if is_sqlite() else f"TO_CHAR(c.{column}, 'MM-DD')"
            return Where(f"{day} BETWEEN ? AND ?", (first, last))
        case Contains(text):
            return _in_parentheses(contains(text))
        case Snoozed(login, tab, day):
            return snoozed(login, tab, day)
        case Not(inner):  # an index of what is not to be is of no use
            here = has_text(inner.text) if isinstance(inner, Contains) else condition_of(inner)
            return Where(f"({here.sql}) IS NOT TRUE", here.parameters)
        case AllOf(conditions):
            return _joined(" AND ", map(condition_of, conditions), EVERYTHING)
        case AnyOf(conditions):
            return _joined(" OR ", map(condition_of, conditions), NOTHING)


def _managed_by(keys: tuple[str | None, ...]) -> Where:
    known = tuple(each for each in keys if each is not None)
    nobody = Where("c.managed_by_id IS NULL") if None in keys else NOTHING
    if not known:
        return nobody
    marks = ", ".join("?" for _ in known)
    members = Where(f"c.managed_by_id IN (SELECT id FROM team_member WHERE login_key IN ({marks}))", known)
    return _joined(" OR ", (members, nobody), NOTHING)


def _one_of(column: str, values: tuple[str | int | None, ...]) -> Where:
    known = tuple(each for each in values if each is not None)
    absent = Where(f"{column} IS NULL") if None in values else NOTHING
    if not known:
        return absent
    return _joined(" OR ", (Where(f"{column} IN ({', '.join('?' for _ in known)})", known), absent), NOTHING)


def _between(column: str, first: date | int | None, last: date | int | None) -> Where:
    here = Where(f"{column} IS NOT NULL")
    for operator, bound in ((">=", first), ("<=", last)):
        if bound is not None:
            here &= Where(f"{column} {operator} ?", (_stored(bound),))
    return here


def _stored(value: date | int) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _joined(word: str, parts: Iterable[Where], neutral: Where) -> Where:
    """Several conditions as one; the neutral one changes nothing."""
    kept = [each for each in parts if each != neutral]
    if not kept:
        return neutral
    if len(kept) == 1:
        return kept[0]
    sql = word.join(each.sql for each in kept)
    return Where(f"({sql})", tuple(value for each in kept for value in each.parameters))


def _in_parentheses(here: Where) -> Where:
    return here if here in (EVERYTHING, NOTHING) else Where(f"({here.sql})", here.parameters)


_COLUMNS: Final = {TO_RENEW: "(c.licences_due - c.licences_renewed)"}
"""What stands for a column and is none."""
