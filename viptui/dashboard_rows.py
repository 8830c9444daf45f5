"""Frozen rows of the dashboard: how much waits, how much comes, and who has it to do on one day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from viptui.rules.authorization import AuthorizationState
from viptui.rules.dashboard import AgeBand


class Ageing(NamedTuple):
    """The open Purchase Authorizations of one age."""

    band: AgeBand
    authorizations: int
    licences: int
    amounts: Mapping[str, Decimal]
    """Their price by currency, as far as it is known."""
    licences_without_price: int

    @property
    def state(self) -> AuthorizationState:
        """What their age makes of them."""
        return self.band.state


class RenewalWeek(NamedTuple):
    """The customers with licences to renew at an anniversary of these seven days."""

    first: date
    last: date
    customers: int


class MemberLoad(NamedTuple):
    """The customers of one team member; those of several filters count in each."""

    login: str | None
    """None: nobody is in charge of them."""
    customers: int
    past_due: int
    upcoming: int
    ready: int


class PastDueDay(NamedTuple):
    """How many customers were past due on a day."""

    day: date
    customers: int
    is_counted: bool
    """Whether they were counted on that day. Otherwise it is what is open still: those who were past due then and have
    ordered since are missing."""


class Workload(NamedTuple):
    """What follows from counts that are kept: it costs the same with a thousand customers and with a million."""

    weeks: tuple[RenewalWeek, ...]
    team: tuple[MemberLoad, ...]
    trend: tuple[PastDueDay, ...]
    """The earliest day first."""
