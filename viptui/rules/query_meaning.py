"""What a query means on a day: its terms as conditions on what is stored of a customer.

A property test holds them equal to what `viptui.rules.standing` says.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from viptui.rules.authorization import AuthorizationState
from viptui.rules.conditions import (
    MONEY,
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
from viptui.rules.filters import criteria
from viptui.rules.folding import key_of
from viptui.rules.policy import VipPolicy
from viptui.rules.query import Query, Term
from viptui.rules.query_words import AMOUNT, CHOICES, COUNTRY, MANAGER, SNOOZED, TABS
from viptui.rules.renewal import RenewalPhase
from viptui.rules.snooze import WORK_TABS


def meaning(query: Query, today: date, policy: VipPolicy) -> AllOf:
    """The query as conditions on ``today``. Whoever ``mine`` and ``snoozed`` mean is said before (`Query.seen_by`)."""
    return AllOf(tuple(_of_term(each, today, policy) for each in query.terms))


def _of_term(term: Term, today: date, policy: VipPolicy) -> Condition:
    condition = _asked(term, today, policy)
    return Not(condition) if term.negated else condition


def _asked(term: Term, today: date, policy: VipPolicy) -> Condition:
    name, values = term.name, term.values
    if not name:
        return Contains(values[0])
    if name in TABS:
        return Fulfils(criteria(TABS[name], today, policy))
    if name == MANAGER:
        return ManagedBy(tuple(key_of(each) if each else None for each in values))
    if name == SNOOZED:
        return _is_asleep(key_of(values[0]), today, policy)
    if name == COUNTRY:
        return OneOf("country", tuple(dict.fromkeys(way for each in values for way in _ways_to_write(each))))
    if name == "state":
        return AnyOf(tuple(_in_state(each, today, policy) for each in values))
    if name == "level":
        return OneOf("select_level", tuple(int(each) if each else None for each in values))
    if name in _COLUMNS:
        return OneOf(_COLUMNS[name], tuple(CHOICES[name].values[each] for each in values))
    (number,) = values
    scale = MONEY if name == AMOUNT else 1
    return _NUMBERS[name](*_range(term.operator, int(Decimal(number) * scale)), today, policy)


def _is_asleep(login: str, today: date, policy: VipPolicy) -> Condition:
    """That somebody does without the customer in a tab that it is in; they are few, and asked for first."""
    tabs = (AllOf((Fulfils(criteria(tab, today, policy)), Snoozed(login, tab, today))) for tab in WORK_TABS)
    return AllOf((Snoozed(login, None, today), AnyOf(tuple(tabs))))


def _ways_to_write(country: str) -> tuple[str, ...]:
    return country, country.upper(), country.lower(), country.title()


_COLUMNS: Final[Mapping[str, str]] = {
    "segment": "market_segment",
    "type": "offering_type",
    "invitation": "invitation_status",
}


def _range(operator: str, number: int) -> tuple[int | None, int | None]:
    """From which whole number to which, both inclusive."""
    match operator:
        case "<":
            return None, number - 1
        case "<=":
            return None, number
        case ">":
            return number + 1, None
        case ">=":
            return number, None
        case _:
            return number, number


def _in_state(state: str, today: date, policy: VipPolicy) -> Condition:
    overdue, suspended = policy.overdue_after + 1, policy.suspended_after + 1
    ready, upcoming, grace = policy.window_open_days, policy.upcoming_first_day, -policy.grace_days
    match state:
        case AuthorizationState.PENDING:
            return _age(None, overdue - 1, today, policy)
        case AuthorizationState.OVERDUE:
            return _age(overdue, suspended - 1, today, policy)
        case AuthorizationState.SUSPENDED:
            return _age(suspended, None, today, policy)
        case RenewalPhase.UPCOMING:
            return _due_in(ready + 1, upcoming, today, policy)
        case RenewalPhase.READY:
            return _due_in(0, ready, today, policy)
        case RenewalPhase.LATE:
            return _due_in(grace, -1, today, policy)
        case RenewalPhase.LAPSED:
            return _due_in(None, grace - 1, today, policy)
        case _:
            return _is_renewed(today, policy)


def _age(first: int | None, last: int | None, today: date, _policy: VipPolicy) -> Condition:
    """Age in days of the oldest open Purchase Authorization."""
    return Between("oldest_open_authorization_on", _ago(last, today), _ago(first, today))


def _late(first: int | None, last: int | None, today: date, policy: VipPolicy) -> Condition:
    """Days past the limit; 1 on the first overdue day, and nobody is late for less."""
    limit = policy.overdue_after
    return _age(limit + max(1, first or 1), None if last is None else limit + last, today, policy)


def _invited(first: int | None, last: int | None, today: date, _policy: VipPolicy) -> Condition:
    """Age in days of an invitation that is pending."""
    return AllOf(
        (OneOf("invitation_status", ("Pending",)), Between("invited_on", _ago(last, today), _ago(first, today)))
    )


def _left(first: int | None, last: int | None, today: date, policy: VipPolicy) -> Condition:
    """Days to the Anniversary Date that counts on the day, negative after it (`viptui.rules.standing`)."""
    begin, end = _ahead(first, today) or date.min, _ahead(last, today) or date.max
    earliest = today - timedelta(days=policy.grace_days)
    stored = AnyOf(
        (
            Between("anniversary_on", max(begin, earliest), end),
            AllOf((Between("anniversary_on", None, earliest - _DAY), AnyOf(tuple(_rolled(begin, end, earliest))))),
        )
    )
    not_due = AllOf((Not(_is_renewed(today, policy)), Not(_is_near("renewal_following_on", today, policy))))
    return AnyOf(
        (
            Between("renewed_on", max(begin, earliest), end),
            _due_in(first, last, today, policy),
            AllOf((not_due, Not(_is_near("renewal_due_on", today, policy)), stored)),
        )
    )


def _rolled(begin: date, end: date, earliest: date) -> Iterator[Condition]:
    """Stored days before ``earliest`` by what they are rolled on to: their first anniversary at or after it.

    29 February is shown on the day before where its year has none.
    """
    turn = f"{earliest:%m-%d}"
    for year in (earliest.year, earliest.year + 1):
        first = max(begin, earliest if year == earliest.year else date(year, 1, 1))
        last = min(end, date(year, 12, 31))
        if first > last:
            continue
        upto = "02-29" if f"{last:%m-%d}" == "02-28" and not isleap(year) else f"{last:%m-%d}"
        if year > earliest.year:
            upto = min(upto, _day_before(turn))
        yield InYear("anniversary_on", f"{first:%m-%d}", upto)


def _day_before(day: str) -> str:
    """The day of a leap year before one; nothing comes before the first."""
    month, number = map(int, day.split("-"))
    return "00-00" if (month, number) == (1, 1) else f"{date(_LEAP_YEAR, month, number) - _DAY:%m-%d}"


def _due_in(first: int | None, last: int | None, today: date, policy: VipPolicy) -> Condition:
    """That the anniversary that is near and not renewed lies so many days ahead."""
    near = policy.upcoming_first_day
    begin, end = _ahead(first, today), _ahead(near if last is None else min(last, near), today)
    following, due = "renewal_following_on", "renewal_due_on"
    which = AnyOf(
        (Between(following, begin, end), AllOf((Not(_is_near(following, today, policy)), Between(due, begin, end))))
    )
    return AllOf((Not(_is_renewed(today, policy)), which))


def _is_renewed(today: date, policy: VipPolicy) -> Condition:
    return Between("renewed_on", today - timedelta(days=policy.grace_days))


def _is_near(column: str, today: date, policy: VipPolicy) -> Condition:
    return Between(column, None, today + timedelta(days=policy.upcoming_first_day))


def _column(column: str) -> _Number:
    return lambda first, last, _today, _policy: Between(column, first, last)


def _ago(days: int | None, today: date) -> date | None:
    return None if days is None else _ahead(-days, today)


def _ahead(days: int | None, today: date) -> date | None:
    """The day so many days ahead, or the last one that there is."""
    if days is None:
        return None
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


_Number = Callable[[int | None, int | None, date, VipPolicy], Condition]

_NUMBERS: Final[Mapping[str, _Number]] = {
    "late": _late,
    "age": _age,
    "left": _left,
    "licences": _column("open_licences"),
    "to-renew": _column(TO_RENEW),
    "invited": _invited,
    AMOUNT: _column("open_amount"),
}

_DAY: Final = timedelta(days=1)
_LEAP_YEAR: Final = 2028
