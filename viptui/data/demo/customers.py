"""One made-up customer with everything that belongs to it, still without a place in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from viptui.data.demo.catalogue import DemoMember, Shelf
from viptui.data.demo.dice import between, one
from viptui.data.demo.history import History, tell
from viptui.data.demo.names import NameBook, Organization
from viptui.data.demo.story import Situation, chance, script
from viptui.rules.civil import add_months
from viptui.rules.commitment_status import CommitmentStatus
from viptui.rules.managed_by import MemberStatus
from viptui.rules.offering import OfferingType
from viptui.rules.order import OrderKind
from viptui.rules.policy import MarketSegment, VipPolicy
from viptui.rules.select_level import LEVEL_STARTS, is_select, level_of


@dataclass(slots=True, kw_only=True)
class DemoCommitment:
    """A 3-year commit."""

    status: CommitmentStatus
    quantity: int
    start_on: date | None
    end_on: date | None


@dataclass(slots=True, kw_only=True)
class DemoCustomer:
    """One customer."""

    vip_id: str
    organization: Organization
    segment: MarketSegment
    offering_type: OfferingType
    invited_on: date
    accepted_on: date | None
    history: History
    situation: Situation
    manager: int | None
    """Place of a member in the team."""
    select_level: int | None
    commitment: DemoCommitment | None


class Inventor:
    """Invents one customer after the other; the same seed invents the same ones."""

    def __init__(
        self,
        seed: int,
        today: date,
        policy: VipPolicy,
        team: tuple[DemoMember, ...],
        shelves: dict[tuple[OfferingType, str], Shelf],
    ) -> None:
        self.rng = Random(seed)  # noqa: S311 - it invents stories, not secrets
        self._today = today
        self._policy = policy
        self._shelves = shelves
        self._consumables = frozenset(product for shelf in shelves.values() for product in shelf.direct)
        self._script = script(policy)
        self._names = NameBook(self.rng)
        self._shares = tuple(place for place, member in enumerate(team) for _ in range(member.share))
        self._active = tuple(place for place, member in enumerate(team) if member.status is MemberStatus.ACTIVE)

    def customer(self, number: int) -> DemoCustomer:
        """The customer with this number, counted from 0; to be called in order."""
        rng = self.rng
        situation = self._script[number] if number < len(self._script) else chance(rng, self._policy)
        segment = situation.segment or one(rng, _SEGMENTS)
        offering = OfferingType.TEAM if rng.random() < _TEAM else OfferingType.ENTERPRISE
        organization = self._names.invent(number, segment)
        shelf = self._shelves[offering, "USD" if organization.pays_in_dollars else "EUR"]
        history = tell(situation, rng, shelf, self._today)
        invited_on, accepted_on = self._invitation(situation, history)
        level = self._select_level(history)
        return DemoCustomer(
            vip_id=f"{rng.getrandbits(80):020X}",
            organization=organization,
            segment=segment,
            offering_type=offering,
            invited_on=invited_on,
            accepted_on=accepted_on,
            history=history,
            situation=situation,
            manager=self._manager(number),
            select_level=level,
            commitment=self._commitment(situation.commitment, level),
        )

    def _manager(self, number: int) -> int | None:
        """The first customers go round the team, so that everybody has something to do."""
        if number < len(self._script):
            return self._active[number % len(self._active)] if number % 2 else self._active[0]
        if self.rng.random() < _UNMANAGED:
            return None
        return one(self.rng, self._shares)

    def _invitation(self, situation: Situation, history: History) -> tuple[date, date | None]:
        rng = self.rng
        starts_on = history.base_on
        if starts_on is None and history.authorizations:
            starts_on = history.authorizations[0].created_on
        if starts_on is None:
            invited_on = self._today - timedelta(days=between(rng, 0, 120))
            accepted_on = min(invited_on + timedelta(days=between(rng, 0, 9)), self._today)
        else:
            accepted_on = starts_on - timedelta(days=between(rng, 0, 60))
            invited_on = accepted_on - timedelta(days=between(rng, 0, 9))
        return invited_on, None if situation.is_invitation_pending else accepted_on

    def _select_level(self, history: History) -> int | None:
        """The level that the largest order reached; consumables do not count."""
        sizes = (
            sum(quantity for product, quantity in order.lines.items() if product not in self._consumables)
            for order in history.orders
            if order.kind is not OrderKind.RETURN
        )
        return level_of(max(sizes, default=0))

    def _commitment(self, status: CommitmentStatus | None, level: int | None) -> DemoCommitment | None:
        if status is None or level is None or not is_select(level):
            return None
        days_ago = between(self.rng, *_COMMITTED_DAYS_AGO.get(status, (40, 1000)))
        start_on = self._today - timedelta(days=days_ago)
        has_term = status in _WITH_TERM
        return DemoCommitment(
            status=status,
            quantity=LEVEL_STARTS[level],
            start_on=start_on,
            end_on=add_months(start_on, _COMMITTED_MONTHS) if has_term else None,
        )


_SEGMENTS: Final = (
    *(MarketSegment.GOVERNMENT,) * 8,
    *(MarketSegment.EDUCATION,) * 7,
    *(MarketSegment.COMMERCIAL,) * 5,
)
_TEAM: Final = 0.6
_UNMANAGED: Final = 0.03

_COMMITTED_MONTHS: Final = 36
_WITH_TERM: Final = frozenset({CommitmentStatus.COMMITTED, CommitmentStatus.ACTIVE, CommitmentStatus.EXPIRED})
_COMMITTED_DAYS_AGO: Final = {
    CommitmentStatus.REQUESTED: (0, 7),
    CommitmentStatus.ACCEPTED: (1, 29),
    CommitmentStatus.EXPIRED: (1100, 1500),
}
