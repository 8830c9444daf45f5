"""A triage session: a list that is worked through customer by customer, and what is told of it in the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from viptui.rules.filters import TITLES, CustomerFilter
from viptui.rules.listing import Listing

LONGEST_QUEUE: Final = 1_000
"""Customers of a session; nobody looks at more one by one."""


class Triage(NamedTuple):
    """Where somebody is in a list."""

    filter: CustomerFilter
    words: str
    """Which list it is, as a person says it."""
    queue: tuple[str, ...]
    """VIP IDs in the order of the list."""
    position: int
    """Index of the customer that is looked at; the length of the queue once it is through."""
    reached: int
    """The furthest position so far."""
    started_at: datetime

    @property
    def customer(self) -> str | None:
        """VIP ID of the customer that is looked at; None once the queue is through."""
        return self.queue[self.position] if self.position < len(self.queue) else None

    @property
    def progress(self) -> str:
        """For example ``4/9``."""
        return f"{min(self.position + 1, len(self.queue))}/{len(self.queue)}"

    def step(self, by: int) -> Triage:
        """So many customers further, or back; not before the first, not behind the end."""
        position = max(0, min(self.position + by, len(self.queue)))
        return self._replace(position=position, reached=max(self.reached, position))


class Handled(NamedTuple):
    """What a session has come to at one customer."""

    vip_id: str
    name: str
    """Empty if the customer is no longer there."""
    done: tuple[str, ...]
    """What was done, a sentence each; empty if it was left as it is."""


def summary_lines(triage: Triage, handled: Sequence[Handled], login: str, now: datetime, zone: tzinfo) -> Iterator[str]:
    """The session as a text to paste into a ticket.

    ``handled`` has the queue's customers that were looked at, in its order.
    """
    worked_on = [each for each in handled if each.done]
    left = [each for each in handled if not each.done]
    start, end = triage.started_at.astimezone(zone), now.astimezone(zone)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}"
    yield f"Triage: {triage.words}, {_customers(len(triage.queue))}"
    yield f"{start:%Y-%m-%d %H:%M} to {until}, {login}"
    yield ""
    yield f"Worked on: {len(worked_on):,}"
    for each in worked_on:
        yield f"- {_called(each)}"
        for sentence in each.done:
            yield f"    {sentence}"
    yield f"Looked at and left as it is: {len(left):,}"
    for each in left:
        yield f"- {_called(each)}"
    if missing := len(triage.queue) - len(handled):
        yield f"Not reached: {missing:,}"


def words_of(listing: Listing) -> str:
    """A list as a person says it: its tab, then what narrows it, as in ``Past Due Requests, search "univ"``."""
    words = [
        TITLES[listing.filter],
        f"managed by {listing.managed_by}" if listing.managed_by else "",
        f'search "{listing.search}"' if listing.search else "",
        f"filter {listing.query}" if listing.query is not None else "",
    ]
    return ", ".join(word for word in words if word)


def _called(each: Handled) -> str:
    return f"{each.name} ({each.vip_id})" if each.name else f"{each.vip_id}, which is no longer there"


def _customers(number: int) -> str:
    return f"{number:,} {'customer' if number == 1 else 'customers'}"
