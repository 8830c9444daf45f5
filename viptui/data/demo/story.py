"""What each customer of the demonstration has to show: first one of every kind, then chance."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final

from viptui.data.demo.dice import between, one
from viptui.rules.anniversary import ANNUAL_MONTHS
from viptui.rules.commitment_status import CommitmentStatus
from viptui.rules.policy import MarketSegment, VipPolicy


class Renewal(StrEnum):
    """How much of what is due has been renewed."""

    NOTHING = "nothing"
    A_PART = "a part"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where a customer stands on the demonstration's day. Ages and distances are days."""

    segment: MarketSegment | None = None
    """None for any."""
    is_invitation_pending: bool = False
    has_orders: bool = True
    days_to_due: int = 150
    """To the anniversary whose licences are to be renewed; negative after it."""
    renewal: Renewal = Renewal.NOTHING
    terms: int = 1
    """Terms up to that anniversary; all before the last were renewed."""
    term_months: int = ANNUAL_MONTHS
    open_ages: tuple[int, ...] = ()
    cancelled_ages: tuple[int, ...] = ()
    add_ons: int = 0
    """Orders that added licences within the last term."""
    returned: Renewal = Renewal.NOTHING
    """How much of the last order was returned."""
    products: int | None = None
    """Products of the first order; None for any number."""
    licences: int | None = None
    """Of the first product ordered; None for any number."""
    commitment: CommitmentStatus | None = None
    has_notes: bool = False


def script(policy: VipPolicy) -> tuple[Situation, ...]:
    """One customer of every kind, the most telling ones first."""
    overdue, suspended = policy.overdue_after + 1, policy.suspended_after + 1
    opens, upcoming, grace = policy.window_open_days, policy.upcoming_first_day, policy.grace_days
    between = (opens + 1 + upcoming) // 2
    part, everything = Renewal.A_PART, Renewal.EVERYTHING
    return (
        Situation(open_ages=(overdue,), has_notes=True),
        Situation(days_to_due=opens // 2, terms=2, has_notes=True),
        Situation(has_orders=False, is_invitation_pending=True),
        Situation(days_to_due=between, terms=3),
        Situation(open_ages=(0,)),
        Situation(days_to_due=-min(3, grace), terms=2),
        Situation(open_ages=(suspended,), has_orders=False, has_notes=True),
        Situation(licences=120, terms=3, commitment=CommitmentStatus.COMMITTED),
        Situation(days_to_due=opens // 2, renewal=part, has_notes=True),
        Situation(days_to_due=opens // 2, renewal=everything, terms=2),
        Situation(has_orders=False),
        Situation(open_ages=(14, 2), add_ons=1),
        Situation(days_to_due=-(grace + 1), terms=2),
        Situation(days_to_due=-grace, terms=2, has_notes=True),
        Situation(open_ages=(overdue + 9,), days_to_due=opens // 3, terms=2),
        Situation(open_ages=(overdue + 14, overdue - 11), products=4),
        Situation(open_ages=(overdue - 2,), has_orders=False, is_invitation_pending=True),
        Situation(open_ages=(overdue - 1,), cancelled_ages=(overdue,)),
        Situation(open_ages=(suspended - 1,)),
        Situation(open_ages=(150, 130), terms=2),
        Situation(days_to_due=upcoming),
        Situation(days_to_due=opens + 1, terms=4),
        Situation(days_to_due=opens),
        Situation(days_to_due=0, terms=2),
        Situation(days_to_due=-1, terms=3),
        Situation(term_months=policy.extended_term_min_months, days_to_due=90),
        Situation(term_months=policy.extended_term_max_months_commercial, days_to_due=300),
        Situation(
            term_months=policy.extended_term_max_months_public,
            days_to_due=15 * policy.extended_term_max_months_public,
            segment=MarketSegment.EDUCATION,
        ),
        Situation(products=3, returned=part, days_to_due=355),
        Situation(returned=everything, days_to_due=350),
        Situation(has_orders=False, cancelled_ages=(40, 12)),
        Situation(days_to_due=-grace // 2, renewal=part, terms=2),
        Situation(days_to_due=-grace // 3, renewal=everything),
        Situation(days_to_due=-200, terms=2),
        Situation(products=6, terms=4, add_ons=2),
        Situation(licences=12, commitment=CommitmentStatus.ACCEPTED),
        Situation(licences=60, commitment=CommitmentStatus.REQUESTED, segment=MarketSegment.GOVERNMENT),
        Situation(licences=25, terms=4, commitment=CommitmentStatus.EXPIRED),
        Situation(licences=10, terms=2, commitment=CommitmentStatus.DECLINED, has_notes=True),
        Situation(open_ages=(overdue + 14,), has_orders=False, cancelled_ages=(3,)),
    )


def chance(rng: Random, policy: VipPolicy) -> Situation:
    """A customer as they come in a large portfolio."""
    draw = rng.random()
    if draw < _NO_PRODUCTS:
        return Situation(has_orders=False, is_invitation_pending=rng.random() < _STILL_INVITED)
    ages = _open_ages(rng, policy)
    if ages and rng.random() < _FIRST_REQUEST:
        return Situation(has_orders=False, open_ages=ages, is_invitation_pending=rng.random() < _STILL_INVITED)
    days, renewal = _renewal(rng, policy)
    extended = rng.random() < _EXTENDED
    longest = min(policy.extended_term_max_months_commercial, policy.extended_term_max_months_public)
    return Situation(
        days_to_due=days,
        renewal=renewal,
        terms=1 if extended else one(rng, _TERMS),
        term_months=between(rng, policy.extended_term_min_months, longest) if extended else ANNUAL_MONTHS,
        open_ages=ages,
        cancelled_ages=(between(rng, 5, 200),) if rng.random() < _CANCELLED else (),
        add_ons=one(rng, _ADD_ONS),
        returned=Renewal.A_PART if rng.random() < _RETURNED else Renewal.NOTHING,
        commitment=one(rng, _COMMITMENTS) if not extended and rng.random() < _COMMITTED else None,
        has_notes=rng.random() < _NOTED,
    )


_NO_PRODUCTS: Final = 0.07
_STILL_INVITED: Final = 0.6
_PENDING: Final = 0.145
_PAST_DUE: Final = 0.145
_ANOTHER: Final = 0.3
_FIRST_REQUEST: Final = 0.2
_EXTENDED: Final = 0.04
_CANCELLED: Final = 0.05
_RETURNED: Final = 0.01
_COMMITTED: Final = 0.04
_NOTED: Final = 0.06
_TERMS: Final = (1, 1, 1, 1, 1, 1, 1, 1, 2, 3)
_ADD_ONS: Final = (0, 0, 0, 0, 0, 0, 0, 1, 1, 2)
_COMMITMENTS: Final = (CommitmentStatus.COMMITTED,) * 6 + tuple(CommitmentStatus)[:-1]


def _open_ages(rng: Random, policy: VipPolicy) -> tuple[int, ...]:
    """Ages of open Purchase Authorizations; a later one was made before the first was overdue."""
    draw = rng.random()
    if draw < _PENDING:
        first = between(rng, 0, policy.overdue_after)
    elif draw < _PENDING + _PAST_DUE:
        first = policy.overdue_after + 1 + int(rng.expovariate(1 / 30))
    else:
        return ()
    later = first - between(rng, 1, policy.overdue_after)
    return (first, later) if later >= 0 and rng.random() < _ANOTHER else (first,)


def _renewal(rng: Random, policy: VipPolicy) -> tuple[int, Renewal]:
    """Days to the anniversary that is due, and what has been renewed of it."""
    opens, upcoming, grace = policy.window_open_days, policy.upcoming_first_day, policy.grace_days
    part = Renewal.A_PART if rng.random() < 0.15 else Renewal.NOTHING
    match one(rng, _PHASES):
        case "upcoming":
            return between(rng, opens + 1, upcoming), Renewal.NOTHING
        case "ready":
            return between(rng, 0, opens), Renewal.NOTHING
        case "begun":
            return between(rng, 0, opens - 1), Renewal.A_PART
        case "late":
            return -between(rng, min(1, grace), grace), part
        case "lapsed":
            return -between(rng, grace + 1, 330), part
        case "renewed":
            return between(rng, -grace, opens - 1), Renewal.EVERYTHING
    return between(rng, upcoming + 1, 364), Renewal.NOTHING


_PHASES: Final = (
    *("far",) * 69,
    *("upcoming",) * 6,
    *("ready",) * 8,
    "begun",
    *("late",) * 5,
    *("lapsed",) * 5,
    *("renewed",) * 6,
)
