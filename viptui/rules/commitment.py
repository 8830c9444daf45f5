"""The 3-year commit: its status, who may ask for it, what must be met by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from viptui.errors import Violation
from viptui.rules.commitment_status import CommitmentStatus
from viptui.rules.policy import MarketSegment, VipPolicy
from viptui.rules.select_level import is_select

MINIMUM_LICENCES: Final = 10
"""Fewest licences that can be committed. Source: Program guide, VIP Select."""

MINIMUM_CONSUMABLES: Final = 1_000
"""Fewest transactions that can be committed. Source: VIPMP documents."""

LICENCE_LEVELS: Final = {10: "12", 50: "13", 100: "14"}
LICENCE_LEVELS_EDUCATION: Final = {10: "02", 50: "03", 100: "04"}
CONSUMABLE_LEVELS: Final = {
    1_000: "TB",
    2_500: "TC",
    5_000: "TD",
    15_000: "TE",
    50_000: "TF",
    100_000: "TG",
}
"""Level code by the quantity at which it begins. Source: VIPMP documents."""

NO_LICENCE_LEVEL: Final = "01"
NO_CONSUMABLE_LEVEL: Final = "T1"
"""Level codes without a commitment."""


NOT_COMMITTED: Final = frozenset(
    {
        CommitmentStatus.DECLINED,
        CommitmentStatus.NONCOMPLIANT,
        CommitmentStatus.EXPIRED,
        CommitmentStatus.INACTIVE,
    }
)
"""Statuses that count as having no 3-year commit. Source: VIPMP documents."""

_BINDING: Final = frozenset({CommitmentStatus.ACCEPTED, CommitmentStatus.COMMITTED, CommitmentStatus.ACTIVE})
"""Statuses in which the customer keeps to the committed quantity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What the rules need to know of one 3-year commit."""

    status: CommitmentStatus
    requested_on: date
    accepted_on: date | None = None
    ends_on: date | None = None
    """Its last day as given by Adobe; stored, since it cannot be computed reliably."""
    is_minimum_met: bool = False


IN_FORCE: Final = frozenset({CommitmentStatus.COMMITTED, CommitmentStatus.ACTIVE})
"""Statuses of a commit that Adobe has confirmed, with its last day."""


class CommitmentStanding(NamedTuple):
    """A 3-year commit as it stands on a day."""

    status: CommitmentStatus
    licences: int
    consumables: int
    """Transactions."""
    starts_on: date | None
    ends_on: date | None
    due_on: date | None
    """Last day to answer a request, or to meet the minimum of one that was accepted."""
    licence_level: str = NO_LICENCE_LEVEL
    consumable_level: str = NO_CONSUMABLE_LEVEL
    """Level codes of the committed quantities; those without a commit once it counts as none."""


def status_on(commitment: Commitment, today: date, policy: VipPolicy) -> CommitmentStatus:
    """The stored status, unless a deadline has passed since: unanswered, minimum not met, or over."""
    match commitment.status:
        case CommitmentStatus.REQUESTED if today > last_answer_day(commitment.requested_on, policy):
            return CommitmentStatus.EXPIRED
        case CommitmentStatus.ACCEPTED if _is_overdue(commitment, today, policy):
            return CommitmentStatus.NONCOMPLIANT
        case CommitmentStatus.COMMITTED | CommitmentStatus.ACTIVE if _is_over(commitment, today):
            return CommitmentStatus.EXPIRED
    return commitment.status


def last_answer_day(requested_on: date, policy: VipPolicy) -> date:
    """Last day on which the customer can accept a request."""
    return requested_on + timedelta(days=policy.threeyc_request_days)


def compliance_day(accepted_on: date, policy: VipPolicy) -> date:
    """Last day on which the committed minimum can be met."""
    return accepted_on + timedelta(days=policy.threeyc_compliance_days)


def committed_quantity(status: str | None, quantity: int | None, ends_on: date | None, on: date) -> int:
    """Licences that a customer has bound itself to hold on a day; 0 without a 3-year commit in force.

    Only what is above it may be returned, and at least as much is renewed. Source: VIP Marketplace 3-year amendment.
    """
    is_over = ends_on is not None and on > ends_on
    return quantity or 0 if status in _BINDING and not is_over else 0


def holding_violations(left: int, committed: int) -> tuple[Violation, ...]:
    """Why so many licences may not be given back that only these are left."""
    if left >= committed:
        return ()
    message = f"{max(0, left):,} licences would be left, but the 3-year commit holds {committed:,}: return fewer."
    return (Violation("commitment.undercut", message, "lines"),)


def deadline(commitment: Commitment, policy: VipPolicy) -> date | None:
    """Last day of what a commit waits for; None if it waits for nothing."""
    match commitment.status:
        case CommitmentStatus.REQUESTED:
            return last_answer_day(commitment.requested_on, policy)
        case CommitmentStatus.ACCEPTED if commitment.accepted_on is not None and not commitment.is_minimum_met:
            return compliance_day(commitment.accepted_on, policy)
    return None


def date_violations(status: CommitmentStatus, starts_on: date | None, ends_on: date | None) -> tuple[Violation, ...]:
    """Why a commit cannot have these days. Its end is never computed: Adobe's own examples are days apart."""
    violations = []
    if starts_on is None and status not in NOT_COMMITTED:
        message = "Start: Enter the day from which it holds."
        violations.append(Violation("commitment.start", message, "starts_on"))
    if ends_on is None and status in IN_FORCE:
        message = "End: Enter the last day as Adobe has confirmed it."
        violations.append(Violation("commitment.end", message, "ends_on"))
    if starts_on is not None and ends_on is not None and ends_on <= starts_on:
        message = f"End: {ends_on} is not after the start on {starts_on}; enter the last day as Adobe has confirmed it."
        violations.append(Violation("commitment.end", message, "ends_on"))
    return tuple(violations)


def in_words(standing: CommitmentStanding) -> str:
    """A commit as details tell it: ``committed, 20 licences (level 12), 2026-06-01 to 2029-05-30``."""
    parts = [standing.status.lower()]
    parts += [f"{standing.licences:,} licences (level {standing.licence_level})"] * bool(standing.licences)
    parts += [f"{standing.consumables:,} transactions (level {standing.consumable_level})"] * bool(standing.consumables)
    if standing.due_on is not None:
        what = "answer" if standing.status is CommitmentStatus.REQUESTED else "to be met"
        parts.append(f"{what} by {standing.due_on}")
    start = f"{standing.starts_on} " if standing.starts_on else ""
    parts += [f"{start}to {standing.ends_on}"] if standing.ends_on else [f"from {start.strip()}"] * bool(start)
    return ", ".join(parts)


def licence_level_code(quantity: int, segment: MarketSegment) -> str:
    """Level code of a committed number of licences."""
    levels = LICENCE_LEVELS_EDUCATION if segment is MarketSegment.EDUCATION else LICENCE_LEVELS
    return _code(levels, quantity, NO_LICENCE_LEVEL)


def consumable_level_code(quantity: int) -> str:
    """Level code of a committed number of transactions."""
    return _code(CONSUMABLE_LEVELS, quantity, NO_CONSUMABLE_LEVEL)


def eligibility_violations(
    *, licences: int = 0, consumables: int = 0, select_level: int | None, has_extended_term: bool
) -> tuple[Violation, ...]:
    """Why a customer may not commit to a quantity; zero means that kind of product is not committed.

    Source: Reseller help, VIP Select with three-year commit; Program guide, VIP Select.
    """
    violations = []
    if licences < MINIMUM_LICENCES and (licences or not consumables):
        message = f"A 3-year commit needs at least {MINIMUM_LICENCES} licences: enter more."
        violations.append(Violation("commitment.too_few_licences", message, "licences"))
    if consumables and consumables < MINIMUM_CONSUMABLES:
        message = f"A 3-year commit needs at least {MINIMUM_CONSUMABLES:,} transactions: enter more."
        violations.append(Violation("commitment.too_few_consumables", message, "consumables"))
    if not is_select(select_level):
        message = "A 3-year commit needs VIP Select: let the customer reach level 2 first."
        violations.append(Violation("commitment.not_select", message))
    if has_extended_term:
        message = "A customer with an extended term cannot have a 3-year commit: wait for the first annual term."
        violations.append(Violation("commitment.extended_term", message))
    return tuple(violations)


def acceptance_advice(
    anniversary_on: date, today: date, policy: VipPolicy, *, renewed: int, unrenewed: int
) -> str | None:
    """What to tell a customer who would accept in the renewal window after a partial renewal; None otherwise.

    Source: VIP Select help, Japanese edition.
    """
    opens_on = anniversary_on - timedelta(days=policy.window_open_days)
    closes_on = anniversary_on + timedelta(days=policy.grace_days)
    if not (renewed and unrenewed and opens_on <= today <= closes_on):
        return None
    return (
        f"Accepting now commits all {renewed + unrenewed} licences, not only the {renewed} renewed ones: "
        f"accept after the renewal window has closed on {closes_on}."
    )


def _is_overdue(commitment: Commitment, today: date, policy: VipPolicy) -> bool:
    accepted_on = commitment.accepted_on
    return not commitment.is_minimum_met and accepted_on is not None and today > compliance_day(accepted_on, policy)


def _is_over(commitment: Commitment, today: date) -> bool:
    return commitment.ends_on is not None and today > commitment.ends_on


def _code(levels: dict[int, str], quantity: int, otherwise: str) -> str:
    reached = [start for start in levels if quantity >= start]
    return levels[max(reached)] if reached else otherwise
