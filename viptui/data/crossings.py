"""Customers who crossed a line because a day has passed, and whether a team member has seen them since."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from viptui.data.conditions import where
from viptui.data.database import write_transaction
from viptui.data.fields import InstantField
from viptui.data.sql import civil, execute_many, fetch
from viptui.data.where import Where
from viptui.events import CrossingKind
from viptui.rules.filters import CustomerFilter, FactDate
from viptui.rules.folding import key_of
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy

ARRIVES_BY: Final[Mapping[CustomerFilter, CrossingKind]] = MappingProxyType(
    {
        CustomerFilter.PAST_DUE: CrossingKind.OVERDUE,
        CustomerFilter.UPCOMING_RENEWALS: CrossingKind.UPCOMING,
        CustomerFilter.READY_FOR_RENEWAL: CrossingKind.READY,
    }
)
"""The filters that the calendar moves customers into. Who is suspended or late was in its filter before."""


class LastEvaluation(NamedTuple):
    """The newest round of the latest evaluated day."""

    evaluated_on: date
    counts: Mapping[CustomerFilter, int]


def last_evaluation() -> LastEvaluation | None:
    """The latest evaluated day with its newest counts; None before the first evaluation."""
    rows = fetch("SELECT evaluated_on, counts FROM evaluation ORDER BY evaluated_on DESC, id DESC LIMIT 1")
    for evaluated_on, counts in rows:
        stored: dict[str, int] = json.loads(counts)
        return LastEvaluation(
            evaluated_on=_day(evaluated_on),
            counts={each: stored[each] for each in CustomerFilter if each in stored},
        )
    return None


def record_evaluation(
    evaluated_on: date, counts: Mapping[CustomerFilter, int], crossings: int, *, evaluator: str, now: datetime
) -> None:
    """Remember a round; inside the transaction that recorded its crossings."""
    values = (evaluated_on.isoformat(), _instant(now), evaluator, json.dumps(dict(counts)), crossings)
    execute_many(_INSERT_EVALUATION, [values])


def record_crossings(after: date, until: date, policy: VipPolicy, now: datetime) -> dict[CrossingKind, int]:
    """Record who crossed which line after ``after`` and until ``until``, inclusive; how many were new, by kind.

    A crossing that is recorded already stays as it is. Only inside a `write_transaction`, after
    `wait_for_other_evaluators`.
    """
    (highest,) = fetch("SELECT COALESCE(MAX(id), 0) FROM crossing")[0]
    for line in _lines(policy):
        crossed = _crossed(line, after, until)
        execute_many(_INSERT_CROSSING, [(*each, _instant(now)) for each in crossed])
    counted = dict(fetch("SELECT kind, COUNT(*) FROM crossing WHERE id > ? GROUP BY kind", (highest,)))
    return {kind: counted[kind] for kind in CrossingKind if kind in counted}


def deltas(
    login: str,
    today: date,
    policy: VipPolicy,
    managed_by: str | None = None,
    *,
    awake_for: str | None = None,
    among: Callable[[CustomerFilter], Where] | None = None,
) -> dict[CustomerFilter, int]:
    """Customers in each filter who crossed into it since this login last looked at it, but for those it has snoozed.

    0 for a filter that the login never looked at, and for those that no passing day moves a customer into.

    Args:
        login: who looks.
        today: the day it is.
        policy: the programme's numbers.
        managed_by: whose customers are counted; None for everybody's.
        awake_for: who has snoozed some; None where nobody is left out.
        among: the statement for the ids of all that came into a filter, where not only those count who crossed.
    """
    filters = tuple(ARRIVES_BY if among is None else CustomerFilter)
    statements: list[str] = []
    parameters: list[Any] = []
    for each in filters:
        wanted = where(Listing(filter=each, managed_by=managed_by, awake_for=awake_for), today, policy)
        here = crossed_into(each, login) if among is None else among(each)
        statements.append(_ARRIVED.format(here.sql, wanted.sql))
        parameters += (*here.parameters, *wanted.parameters)
    counts = fetch("SELECT " + ", ".join(f"({each})" for each in statements), parameters)[0]
    return dict.fromkeys(CustomerFilter, 0) | dict(zip(filters, counts, strict=True))


def crossed_into(tab: CustomerFilter, login: str) -> Where:
    """The statement for the ids of who crossed into a filter since the login last looked at it."""
    if tab not in ARRIVES_BY:
        return Where("SELECT NULL AS customer_id WHERE 1 = 0")
    return Where(_CROSSED, (ARRIVES_BY[tab], key_of(login), tab))


def record_look(login: str, tab: CustomerFilter, now: datetime) -> None:
    """This login sees the tab now: what has arrived so far is no news any more."""
    with write_transaction():
        execute_many(_INSERT_LOOK + " DO UPDATE SET looked_at = excluded.looked_at", [_look(login, tab, now)])


def ensure_looks(login: str, now: datetime) -> None:
    """Count arrivals from now on in every tab that this login never looked at."""
    with write_transaction():
        execute_many(_INSERT_LOOK + " DO NOTHING", [_look(login, tab, now) for tab in CustomerFilter])


class _Line(NamedTuple):
    """What is crossed a number of days after a fact date; before it, if the number is negative."""

    kind: CrossingKind
    column: FactDate
    days: int


def _lines(policy: VipPolicy) -> Iterator[_Line]:
    for kind, age in ((CrossingKind.OVERDUE, policy.overdue_after), (CrossingKind.SUSPENDED, policy.suspended_after)):
        yield _Line(kind, FactDate.OLDEST_OPEN_AUTHORIZATION, age + 1)
    renewals = {
        CrossingKind.UPCOMING: -policy.upcoming_first_day,
        CrossingKind.READY: -policy.window_open_days,
        CrossingKind.LATE: 1,
        CrossingKind.LAPSED: policy.grace_days + 1,
    }
    if policy.grace_days == 0:
        del renewals[CrossingKind.LATE]  # without days of grace a missed anniversary has lapsed at once
    for kind, days in renewals.items():
        yield _Line(kind, FactDate.RENEWAL_DUE, days)
        yield _Line(kind, FactDate.RENEWAL_FOLLOWING, days)


def _crossed(line: _Line, after: date, until: date) -> Iterator[tuple[int, str, str]]:
    """Customer, kind and day of each crossing of the line."""
    passed = timedelta(days=line.days)
    bounds = (after - passed, until - passed)
    statement = _ON_LINE.format(column=line.column)
    for customer, fact_on in fetch(statement, [bound.isoformat() for bound in bounds]):
        yield customer, line.kind, (_day(fact_on) + passed).isoformat()


def _day(value: Any) -> date:
    day = civil(value)
    if day is None:
        raise ValueError("a date that must be there is missing")
    return day


def _instant(now: datetime) -> str | None:
    return _INSTANT.db_value(now)


def _look(login: str, tab: CustomerFilter, now: datetime) -> tuple[Any, ...]:
    return key_of(login), tab, _instant(now)


_INSTANT: Final = InstantField()

_INSERT_EVALUATION: Final = (
    "INSERT INTO evaluation (evaluated_on, evaluated_at, evaluator, counts, crossings) VALUES (?, ?, ?, ?, ?)"
)

_INSERT_CROSSING: Final = (
    "INSERT INTO crossing (customer_id, kind, crossed_on, recorded_at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (customer_id, kind, crossed_on) DO NOTHING"
)

_ON_LINE: Final = (
    "SELECT c.id, c.{column} FROM customer c "
    "WHERE c.{column} IS NOT NULL AND c.{column} > ? AND c.{column} <= ? ORDER BY c.{column}, c.id"
)

_CROSSED: Final = (
    "SELECT x.customer_id FROM crossing x WHERE x.kind = ? "
    "AND x.recorded_at > (SELECT l.looked_at FROM look l WHERE l.login = ? AND l.tab = ?)"
)

# CROSS JOIN tells SQLite to begin with the few that came in rather than with the customers.
_ARRIVED: Final = (
    "SELECT COUNT(DISTINCT c.id) FROM ({}) arrived CROSS JOIN customer c WHERE c.id = arrived.customer_id AND {}"
)

_INSERT_LOOK: Final = "INSERT INTO look (login, tab, looked_at) VALUES (?, ?, ?) ON CONFLICT (login, tab)"
