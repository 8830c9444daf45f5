"""Frozen rows: what queries return and widgets and commands show. Text in them is data, not markup."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from viptui.rules.facts import CustomerFacts
from viptui.rules.listing import Listing

SortKey = tuple[str | int | date, ...]
"""Where a row stands in its list; the next page begins after it."""


class CustomerRow(NamedTuple):
    """One line of a customer list."""

    id: int
    vip_id: str
    organization_name: str
    contact_email: str
    market_segment: str
    managed_by: str | None
    invitation_status: str
    invited_on: date | None
    anniversary_on: date | None
    """As stored; what counts on a day is said by `viptui.rules.standing`."""
    facts: CustomerFacts
    sort_key: SortKey


class Page(NamedTuple):
    """Consecutive rows of a list."""

    rows: tuple[CustomerRow, ...]
    first: int
    """Index in the list of the first row, from 0."""
    total: int | None
    """Rows in the whole list; None as long as nobody has counted them."""
    news: frozenset[int] = frozenset()
    """The customers among them that came in since somebody last looked."""
    asleep: frozenset[int] = frozenset()
    """Those that somebody has snoozed, in this tab or in another one."""


class Place(NamedTuple):
    """Where somebody stood in a list."""

    listing: Listing
    day: date
    version: object
    """The data as they were (`viptui.data.sql.data_version`)."""
    customer: int
    rank: int
    """Index in the list, from 0."""
    key: SortKey


class Beginning(NamedTuple):
    """Where a list began that had all customers of the one that is wanted now."""

    version: object
    """The data as they were (`viptui.data.sql.data_version`)."""
    key: SortKey
    """The key of its first row."""


class MemberRow(NamedTuple):
    """One team member."""

    login: str
    name: str
    email: str
    role: str
    status: str


class MailRow(NamedTuple):
    """One mail of the outbox."""

    number: int
    """By which it is named at every door."""
    status: str
    """A `viptui.rules.delivery.MailStatus`."""
    recipient: str
    subject: str
    body: str
    template: str
    message_id: str
    created_at: datetime
    attempts: int
    next_attempt_at: datetime | None
    """None: as soon as somebody delivers."""
    sent_at: datetime | None
    problems: tuple[str, ...]
    """What went wrong, attempt by attempt, each behind its instant, oldest first."""

    @property
    def problem(self) -> str:
        """What went wrong last, without when; empty if nothing did."""
        return self.problems[-1].partition("Z ")[2] if self.problems else ""
