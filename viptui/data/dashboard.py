"""The figures of the dashboard.

Weeks, team and trend are sums over the counts behind the badges (`viptui.data.day_counts`). Only the ages of Purchase
Authorizations are added up from the open ones themselves, which takes as long as there are open ones: ask for them
where nobody waits.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from viptui.dashboard_rows import Ageing, MemberLoad, PastDueDay, RenewalWeek, Workload
from viptui.data import day_counts
from viptui.data.conditions import managed
from viptui.data.fields import MoneyField
from viptui.data.queries import find_row
from viptui.data.sql import civil, data_version, fetch
from viptui.rows import Place
from viptui.rules.authorization import AuthorizationState, age_state
from viptui.rules.dashboard import Way, age_bands, days_back, due_in, weeks_ahead
from viptui.rules.filters import Criteria, CustomerFilter, DateRange, criteria
from viptui.rules.policy import VipPolicy


def workload(today: date, policy: VipPolicy) -> Workload:
    """What comes, who has it to do, and how past due has gone."""
    return Workload(
        weeks=tuple(
            RenewalWeek(first, last, day_counts.count(Criteria(any_of=due_in(first, last))))
            for first, last in weeks_ahead(today)
        ),
        team=_team(today, policy),
        trend=_trend(today, policy),
    )


def ageing(today: date, policy: VipPolicy) -> tuple[Ageing, ...]:
    """The open Purchase Authorizations by age; it looks at each of them, once as long as the data stay the same."""
    return _ageing(data_version(), today, policy)


def place_of(way: Way, today: date, policy: VipPolicy) -> Place | None:
    """Where in the list of a way its cursor belongs; None for the top."""
    first = min((found for each in way.begins_at if (found := _first_in(each, way.listing.managed_by))), default=None)
    row = None if first is None else find_row(way.listing, today, policy, first[-1])
    if row is None:
        return None
    return Place(way.listing, today, version=None, customer=row.id, rank=0, key=row.sort_key)


def _team(today: date, policy: VipPolicy) -> tuple[MemberLoad, ...]:
    """Every active member, and whoever has customers; the largest portfolio first, nobody's customers last."""
    customers = day_counts.managed()
    counted = {each: day_counts.by_member(criteria(each, today, policy)) for each in _LOAD}
    members: list[tuple[int, str | None, str]] = [
        (int(number), str(login), str(status))
        for number, login, status in fetch("SELECT id, login, status FROM team_member ORDER BY login_key")
    ]
    loads = [
        MemberLoad(login, customers.get(number, 0), *(counted[each].get(number, 0) for each in _LOAD))
        for number, login, status in [*members, (0, None, "")]
        if customers.get(number) or status == "active"
    ]
    return tuple(sorted(loads, key=lambda each: (each.login is None, -each.customers)))


def _trend(today: date, policy: VipPolicy) -> tuple[PastDueDay, ...]:
    """Past due on the days looked back at: as it was counted then; else what is open still, as it stood then."""
    days = days_back(today)
    marks = ", ".join("?" for _ in days)
    rows = fetch(_EVALUATED.format(marks), [day.isoformat() for day in days])
    counted = {civil(day): json.loads(counts).get(CustomerFilter.PAST_DUE) for day, counts in rows}
    trend = []
    for day in days:
        number = None if day == today else counted.get(day)
        if number is None:
            open_still = day_counts.count(criteria(CustomerFilter.PAST_DUE, day, policy))
            trend.append(PastDueDay(day, open_still, is_counted=day == today))
        else:
            trend.append(PastDueDay(day, int(number), is_counted=True))
    return tuple(trend)


@lru_cache(maxsize=4)
def _ageing(_version: object, today: date, policy: VipPolicy) -> tuple[Ageing, ...]:
    authorizations: Counter[AuthorizationState] = Counter()
    for day, number in fetch(_OPEN):
        authorizations[age_state(_day(day), today, policy)] += int(number)
    licences: Counter[AuthorizationState] = Counter()
    unknown: Counter[AuthorizationState] = Counter()
    amounts: defaultdict[AuthorizationState, Counter[str]] = defaultdict(Counter)
    for day, currency, quantity, amount in fetch(_OPEN_LINES):
        state = age_state(_day(day), today, policy)
        licences[state] += int(quantity)
        if currency is None or amount is None:
            unknown[state] += int(quantity)
        else:
            amounts[state][str(currency)] += int(amount)
    return tuple(
        Ageing(
            band=each,
            authorizations=authorizations[each.state],
            licences=licences[each.state],
            amounts={currency: _money(amount) for currency, amount in sorted(amounts[each.state].items())},
            licences_without_price=unknown[each.state],
        )
        for each in age_bands(policy)
    )


def _first_in(wanted: DateRange, login: str | None) -> tuple[date, str, int] | None:
    """Date, name and id of the first customer in a range; one step in the index of its date."""
    here = managed(login)
    statement = _FIRST.format(column=wanted.column, whose=here.sql)
    bounds = ((wanted.first or date.min).isoformat(), (wanted.last or date.max).isoformat())
    for day, name, number in fetch(statement, (*bounds, *here.parameters)):
        return _day(day), str(name), int(number)
    return None


def _day(value: Any) -> date:
    day = civil(value)
    if day is None:
        raise ValueError("a date that must be there is missing")
    return day


def _money(amount: int) -> Decimal:
    return Decimal(amount) / MoneyField.SCALE


_LOAD: Final = (CustomerFilter.PAST_DUE, CustomerFilter.UPCOMING_RENEWALS, CustomerFilter.READY_FOR_RENEWAL)
"""What is counted of every member's customers."""

_OPEN: Final = "SELECT created_on, COUNT(*) FROM purchase_authorization WHERE status = 'open' GROUP BY created_on"

_OPEN_LINES: Final = (
    "SELECT a.created_on, p.currency, SUM(l.quantity), SUM(l.quantity * p.unit_price) FROM purchase_authorization a "
    "JOIN purchase_authorization_line l ON l.authorization_id = a.id JOIN product p ON p.id = l.product_id "
    "WHERE a.status = 'open' GROUP BY a.created_on, p.currency, p.unit_price IS NULL"
)
"""A day's licences and their price, apart from those whose price is not known."""

_EVALUATED: Final = (
    "SELECT evaluated_on, counts FROM evaluation "
    "WHERE id IN (SELECT MAX(id) FROM evaluation WHERE evaluated_on IN ({}) GROUP BY evaluated_on)"
)

_FIRST: Final = (
    "SELECT c.{column}, c.sort_name, c.id FROM customer c "
    "WHERE c.{column} IS NOT NULL AND c.{column} BETWEEN ? AND ? AND {whose} "
    "ORDER BY c.{column}, c.sort_name, c.id LIMIT 1"
)
