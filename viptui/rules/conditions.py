"""Conditions on what is stored of a customer: what a query comes down to on a day.

`holds` reads them in Python, the data layer turns the same objects into SQL; a property test holds both equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from viptui.rules.facts import CustomerFacts
from viptui.rules.filters import Criteria, CustomerFilter, matches
from viptui.rules.folding import fold, key_of
from viptui.rules.snooze import Snooze

MONEY: Final = 10_000
"""Amounts are compared in ten-thousandths of the currency unit, as they are stored."""

TO_RENEW: Final = "to_renew"
"""Stands for a column: licences that fall due and are not renewed yet."""


class Candidate(NamedTuple):
    """What a query can ask of a customer."""

    facts: CustomerFacts
    market_segment: str
    offering_type: str
    managed_by: str | None
    invitation_status: str
    invited_on: date | None
    anniversary_on: date | None
    """As stored."""
    country: str
    select_level: int | None
    """As Adobe has given it."""
    search_text: str
    """What a search looks in, folded."""
    snoozes: Mapping[str, Sequence[Snooze]] = {}
    """By the keys of logins."""


class Fulfils(NamedTuple):
    """That a customer is in a tab."""

    wanted: Criteria


class ManagedBy(NamedTuple):
    """That one of these is in charge; None: nobody."""

    keys: tuple[str | None, ...]


class OneOf(NamedTuple):
    """That a column has one of these values; None: that it has none."""

    column: str
    values: tuple[str | int | None, ...]


class Between(NamedTuple):
    """That a date or a number lies between two, both inclusive; None is an open end, an absent value never does."""

    column: str
    first: date | int | None = None
    last: date | int | None = None


class InYear(NamedTuple):
    """That a date lies in a part of the year, whichever year: ``02-28`` to ``03-15``, both inclusive."""

    column: str
    first: str
    last: str


class Contains(NamedTuple):
    """That what a search looks in has a text."""

    text: str


class Snoozed(NamedTuple):
    """That a login, as a key, does not want to see the customer in a tab on a day, whether it stands there or not."""

    login: str
    tab: CustomerFilter | None
    """None: in some tab."""
    day: date


class Not(NamedTuple):
    """That something is not so, or not known."""

    condition: Condition


class AllOf(NamedTuple):
    """That all of it is so."""

    conditions: tuple[Condition, ...]


class AnyOf(NamedTuple):
    """That some of it is so."""

    conditions: tuple[Condition, ...]


Condition = Fulfils | ManagedBy | OneOf | Between | InYear | Contains | Snoozed | Not | AllOf | AnyOf


def holds(condition: Condition, customer: Candidate) -> bool:
    """Whether a customer fulfils a condition."""
    match condition:
        case Fulfils(wanted):
            return matches(wanted, customer.facts)
        case ManagedBy(keys):
            return (None if customer.managed_by is None else key_of(customer.managed_by)) in keys
        case OneOf(column, values):
            return getattr(customer, column) in values
        case Between(column, first, last):
            return _is_between(_value(customer, column), first, last)
        case InYear(column, first, last):
            day = _value(customer, column)
            return isinstance(day, date) and first <= day.isoformat()[_MONTH:] <= last
        case Contains(text):
            return fold(text) in customer.search_text
        case Snoozed(login, tab, day):
            return any(tab in (each.tab, None) and each.until_on > day for each in customer.snoozes.get(login, ()))
        case Not(inner):
            return not holds(inner, customer)
        case AllOf(conditions):
            return all(holds(each, customer) for each in conditions)
        case AnyOf(conditions):
            return any(holds(each, customer) for each in conditions)


_MONTH: Final = len("2026-")


def _value(customer: Candidate, column: str) -> object:
    facts = customer.facts
    if column == TO_RENEW:
        return facts.licences_due - facts.licences_renewed
    value = getattr(customer if column in Candidate._fields else facts, column)
    return int(value * MONEY) if isinstance(value, Decimal) else value


def _is_between(value: object, first: date | int | None, last: date | int | None) -> bool:
    if isinstance(value, date):
        return (not isinstance(first, date) or first <= value) and (not isinstance(last, date) or value <= last)
    if isinstance(value, int):
        return (not isinstance(first, int) or first <= value) and (not isinstance(last, int) or value <= last)
    return False
