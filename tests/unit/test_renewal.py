"""Renewals: the phase on a day, and the outlook that follows from orders over many years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viptui.rules.civil import add_months
from viptui.rules.policy import VipPolicy, policy_from
from viptui.rules.renewal import (
    NO_OUTLOOK,
    OrderFact,
    RenewalOutlook,
    RenewalPhase,
    RenewalWindow,
    commitment_violations,
    notice_violations,
    order_opens_on,
    outlook,
    phase_towards,
    placement_violations,
    renewed_anniversary,
    renewed_until,
    window,
    window_closes_on,
)

NONE, UPCOMING, READY = RenewalPhase.NONE, RenewalPhase.UPCOMING, RenewalPhase.READY
LATE, LAPSED, RENEWED = RenewalPhase.LATE, RenewalPhase.LAPSED, RenewalPhase.RENEWED

DEFAULT = VipPolicy()
LEGACY = policy_from({"preset": "legacy-60"})
GRACE_14 = VipPolicy(grace_days=14)

JUNE, MARCH_28, MARCH_27 = date(2026, 6, 15), date(2028, 3, 1), date(2027, 3, 1)
LEAP, JANUARY = date(2028, 2, 29), date(2027, 1, 10)

# due on, today, days to it, phase by default, with upcoming counted to the open window, with 14 days of grace
PHASES = {
    "90 days before": (JUNE, date(2026, 3, 17), 90, NONE, NONE, NONE),
    "89 days before: fewer than 60 until the window opens": (JUNE, date(2026, 3, 18), 89, NONE, UPCOMING, NONE),
    "46 days before": (JUNE, date(2026, 4, 30), 46, NONE, UPCOMING, NONE),
    "45 days before": (JUNE, date(2026, 5, 1), 45, UPCOMING, UPCOMING, UPCOMING),
    "31 days before": (JUNE, date(2026, 5, 15), 31, UPCOMING, UPCOMING, UPCOMING),
    "30 days before: the window opens": (JUNE, date(2026, 5, 16), 30, READY, READY, READY),
    "the day before": (JUNE, date(2026, 6, 14), 1, READY, READY, READY),
    "the anniversary itself": (JUNE, date(2026, 6, 15), 0, READY, READY, READY),
    "the day after": (JUNE, date(2026, 6, 16), -1, LATE, LATE, LATE),
    "14 days after": (JUNE, date(2026, 6, 29), -14, LATE, LATE, LATE),
    "15 days after": (JUNE, date(2026, 6, 30), -15, LATE, LATE, LAPSED),
    "30 days after: the last day": (JUNE, date(2026, 7, 15), -30, LATE, LATE, LAPSED),
    "31 days after": (JUNE, date(2026, 7, 16), -31, LAPSED, LAPSED, LAPSED),
    "46 days before, over a 29 February": (MARCH_28, date(2028, 1, 15), 46, NONE, UPCOMING, NONE),
    "45 days before, over a 29 February": (MARCH_28, date(2028, 1, 16), 45, UPCOMING, UPCOMING, UPCOMING),
    "31 days before, over a 29 February": (MARCH_28, date(2028, 1, 30), 31, UPCOMING, UPCOMING, UPCOMING),
    "30 days before, over a 29 February": (MARCH_28, date(2028, 1, 31), 30, READY, READY, READY),
    "on 29 February, the day before": (MARCH_28, date(2028, 2, 29), 1, READY, READY, READY),
    "30 days after 1 March": (MARCH_28, date(2028, 3, 31), -30, LATE, LATE, LAPSED),
    "31 days after 1 March": (MARCH_28, date(2028, 4, 1), -31, LAPSED, LAPSED, LAPSED),
    "31 days before, in a year of 365 days": (MARCH_27, date(2027, 1, 29), 31, UPCOMING, UPCOMING, UPCOMING),
    "30 days before, in a year of 365 days": (MARCH_27, date(2027, 1, 30), 30, READY, READY, READY),
    "on 28 February, the day before": (MARCH_27, date(2027, 2, 28), 1, READY, READY, READY),
    "31 days before a 29 February": (LEAP, date(2028, 1, 29), 31, UPCOMING, UPCOMING, UPCOMING),
    "30 days before a 29 February": (LEAP, date(2028, 1, 30), 30, READY, READY, READY),
    "30 days after a 29 February": (LEAP, date(2028, 3, 30), -30, LATE, LATE, LAPSED),
    "31 days after a 29 February": (LEAP, date(2028, 3, 31), -31, LAPSED, LAPSED, LAPSED),
    "46 days before, over a new year": (JANUARY, date(2026, 11, 25), 46, NONE, UPCOMING, NONE),
    "45 days before, over a new year": (JANUARY, date(2026, 11, 26), 45, UPCOMING, UPCOMING, UPCOMING),
    "31 days before, over a new year": (JANUARY, date(2026, 12, 10), 31, UPCOMING, UPCOMING, UPCOMING),
    "30 days before, over a new year": (JANUARY, date(2026, 12, 11), 30, READY, READY, READY),
    "30 days after, in the new year": (JANUARY, date(2027, 2, 9), -30, LATE, LATE, LAPSED),
    "31 days after, in the new year": (JANUARY, date(2027, 2, 10), -31, LAPSED, LAPSED, LAPSED),
}


@pytest.mark.parametrize(("due_on", "today", "days", "default", "legacy", "grace_14"), PHASES.values(), ids=PHASES)
def test_phase_towards_an_anniversary(
    due_on: date, today: date, days: int, default: RenewalPhase, legacy: RenewalPhase, grace_14: RenewalPhase
) -> None:
    assert (due_on - today).days == days
    assert phase_towards(due_on, today, DEFAULT) is default
    assert phase_towards(due_on, today, LEGACY) is legacy
    assert phase_towards(due_on, today, GRACE_14) is grace_14


def test_there_is_no_phase_without_an_anniversary() -> None:
    assert phase_towards(None, JUNE, DEFAULT) is NONE


def test_window_closes_with_the_last_day_of_grace() -> None:
    assert window_closes_on(JUNE, DEFAULT) == date(2026, 7, 15)
    assert window_closes_on(JUNE, GRACE_14) == date(2026, 6, 29)


AD = date(2027, 1, 10)


def on(days: int, *, years: int = 0) -> date:
    """A day so many days after an anniversary."""
    return add_months(AD, 12 * years) + timedelta(days=days)


def bought(day: date, quantity: int = 10) -> OrderFact:
    return OrderFact(ordered_on=day, quantity=quantity, renewal=False)


def renewed(day: date, quantity: int = 10) -> OrderFact:
    return OrderFact(ordered_on=day, quantity=quantity, renewal=True)


def due(years: int, licences: int, done: int = 0, *, after: bool = False, following: bool = False) -> RenewalOutlook:
    """Licences due at an anniversary; ``after`` the one before was renewed; ``following`` licences go on past it."""
    return RenewalOutlook(
        renewed_on=on(0, years=years - 1) if after else None,
        due_on=on(0, years=years),
        following_on=on(0, years=years + 1) if following else None,
        licences=licences,
        renewed_licences=done,
    )


FIRST = bought(on(0, years=-1))

OUTLOOKS: dict[str, tuple[date | None, Sequence[OrderFact], RenewalOutlook]] = {
    "no order: nothing is due": (AD, [], NO_OUTLOOK),
    "no anniversary date: nothing is due": (None, [FIRST], NO_OUTLOOK),
    "a first order is due at the anniversary": (AD, [FIRST], due(0, 10)),
    "licences added during the term are due with it": (AD, [FIRST, bought(on(-200), 5)], due(0, 15)),
    "licences added the day before the anniversary are due with it": (AD, [FIRST, bought(on(-1), 5)], due(0, 15)),
    "licences added on the anniversary are due with the next one": (
        AD,
        [FIRST, bought(on(0), 5)],
        due(0, 10, following=True),
    ),
    "licences added the day after, too": (AD, [FIRST, bought(on(1), 5)], due(0, 10, following=True)),
    "renewed, and licences added on the anniversary": (
        AD,
        [FIRST, renewed(on(-10)), bought(on(0), 5)],
        due(1, 15, after=True),
    ),
    "a renewal on the anniversary renews it": (AD, [FIRST, renewed(on(0))], due(1, 10, after=True)),
    "a first order on the stored date itself is due a year later": (AD, [bought(on(0))], due(1, 10)),
    "a returned order takes its licences away": (AD, [FIRST, bought(on(-355), -4)], due(0, 6)),
    "everything returned: nothing is due": (AD, [FIRST, bought(on(-355), -10)], NO_OUTLOOK),
    "everything renewed: due a year later": (AD, [FIRST, renewed(on(-10))], due(1, 10, after=True)),
    "renewed on the first day of the longest window": (AD, [FIRST, renewed(on(-90))], due(1, 10, after=True)),
    "a renewal the day before that renews the anniversary before": (AD, [FIRST, renewed(on(-91), 2)], due(0, 12)),
    "renewed as late as the longest grace allows": (AD, [FIRST, renewed(on(274))], due(1, 10, after=True)),
    "a part renewed late: the rest lapses, the part goes on": (
        AD,
        [FIRST, renewed(on(40), 4)],
        due(0, 10, 4, following=True),
    ),
    "a part renewed late, then a new order: the rest is over": (
        AD,
        [FIRST, renewed(on(40), 4), bought(on(41), 1)],
        due(1, 5),
    ),
    "more renewed than was due": (AD, [FIRST, renewed(on(-10), 12)], due(1, 12, after=True)),
    "renewed in two orders": (AD, [FIRST, renewed(on(-10), 4), renewed(on(5), 6)], due(1, 10, after=True)),
    "half renewed: the rest stays due, the half goes on": (
        AD,
        [FIRST, renewed(on(-10), 5)],
        due(0, 10, 5, following=True),
    ),
    "a returned renewal counts as not renewed": (AD, [FIRST, renewed(on(-10)), renewed(on(2), -10)], due(0, 10)),
    "a part of a renewal returned": (
        AD,
        [FIRST, renewed(on(-10)), renewed(on(2), -3)],
        due(0, 10, 7, following=True),
    ),
    "licences bought soon after the anniversary go on, the old ones stay due": (
        AD,
        [FIRST, bought(on(5), 3)],
        due(0, 10, following=True),
    ),
    "lapsed, then a new order: due a year later, nothing renewed": (AD, [FIRST, bought(on(31), 3)], due(1, 3)),
    "half renewed, later more bought: what goes on is due": (
        AD,
        [FIRST, renewed(on(-10), 5), bought(on(100), 2)],
        due(1, 7),
    ),
    "renewed, then more bought: all of it is due": (
        AD,
        [FIRST, renewed(on(-10)), bought(on(100), 2)],
        due(1, 12, after=True),
    ),
    "renewed year after year": (
        AD,
        [FIRST, renewed(on(-10)), renewed(on(3, years=1)), renewed(on(-30, years=2))],
        due(3, 10, after=True),
    ),
    "shrinking from year to year": (
        AD,
        [FIRST, renewed(on(-10)), renewed(on(3, years=1), 4), renewed(on(40, years=1), -1), bought(on(50, years=1), 1)],
        due(2, 4),
    ),
    "lapsed for two years, then a new order": (AD, [FIRST, bought(on(40, years=2), 3)], due(3, 3)),
    "lapsed for two years, then a new order that is renewed": (
        AD,
        [FIRST, bought(on(40, years=1), 3), renewed(on(-1, years=2), 3)],
        due(3, 3, after=True),
    ),
    "a stored date that has already been renewed into": (
        AD,
        [bought(on(0, years=-2)), renewed(on(-10, years=-1), 8)],
        due(0, 8),
    ),
    "a stored date renewed into, with licences added since": (
        AD,
        [bought(on(0, years=-2)), renewed(on(-10, years=-1), 8), bought(on(-100), 2)],
        due(0, 10),
    ),
    "the first renewal of a long history": (
        AD,
        [bought(on(0, years=-4)), renewed(on(-5, years=-3), 8), renewed(on(-5, years=-2), 7)],
        due(0, 7),
    ),
    "orders only after the stored date": (AD, [bought(on(50))], due(1, 10)),
}


@pytest.mark.parametrize(("anniversary_on", "orders", "expected"), OUTLOOKS.values(), ids=OUTLOOKS)
def test_outlook(anniversary_on: date | None, orders: Sequence[OrderFact], expected: RenewalOutlook) -> None:
    assert outlook(anniversary_on, orders) == expected
    assert outlook(anniversary_on, [*reversed(orders)]) == expected, "the order in which lines are stored says nothing"


LEAP_DAYS = {
    "due on the clamped date": ([bought(date(2027, 3, 1))], date(2028, 2, 29)),
    "renewed: clamped to 28 February": ([bought(date(2027, 3, 1)), renewed(date(2028, 2, 20))], date(2029, 2, 28)),
    "renewed four times: 29 February again": (
        [bought(date(2027, 3, 1)), *(renewed(date(year, 2, 20)) for year in range(2028, 2032))],
        date(2032, 2, 29),
    ),
}


@pytest.mark.parametrize(("orders", "expected"), LEAP_DAYS.values(), ids=LEAP_DAYS)
def test_anniversaries_on_a_leap_day(orders: Sequence[OrderFact], expected: date) -> None:
    assert outlook(LEAP, orders).due_on == expected


FULL = [FIRST, renewed(on(-10))]
HALF = [FIRST, renewed(on(-10), 5)]
WINDOWS = {
    "everything renewed: out of Ready at once": (FULL, on(-10), RENEWED, 0),
    "renewed is shown through the last day of grace": (FULL, on(30), RENEWED, 0),
    "then the next anniversary counts": (FULL, on(31), NONE, 1),
    "upcoming again after a year": (FULL, on(-45, years=1), UPCOMING, 1),
    "ready again after a year": (FULL, on(-30, years=1), READY, 1),
    "half renewed: still ready": (HALF, on(0), READY, 0),
    "half renewed: the rest is late": (HALF, on(30), LATE, 0),
    "half renewed: the rest lapses": (HALF, on(31), LAPSED, 0),
    "half renewed: the half is upcoming after a year": (HALF, on(-45, years=1), UPCOMING, 1),
    "half renewed: the half lapses after a year": (HALF, on(31, years=1), LAPSED, 1),
    "lapsed until a new order": ([FIRST], on(300), LAPSED, 0),
    "lapsed for years": ([FIRST], on(300, years=5), LAPSED, 0),
    "a new order ends the lapse": ([FIRST, bought(on(300))], on(300), NONE, 1),
    "the new order is due at the next anniversary": ([FIRST, bought(on(300))], on(-30, years=1), READY, 1),
}


@pytest.mark.parametrize(("orders", "today", "phase", "years"), WINDOWS.values(), ids=WINDOWS)
def test_window(orders: Sequence[OrderFact], today: date, phase: RenewalPhase, years: int) -> None:
    assert window(outlook(AD, orders), today, DEFAULT) == RenewalWindow(phase, on(0, years=years))


def test_window_without_licences_refers_to_no_anniversary() -> None:
    assert window(NO_OUTLOOK, JUNE, DEFAULT) == RenewalWindow(NONE, None)


def test_with_less_grace_renewed_is_shown_for_less_time() -> None:
    assert window(outlook(AD, FULL), on(14), GRACE_14).phase is RENEWED
    assert window(outlook(AD, FULL), on(15), GRACE_14).phase is NONE


order_lines = st.lists(
    st.builds(
        OrderFact,
        ordered_on=st.integers(-900, 900).map(on),
        quantity=st.integers(-5, 10),
        renewal=st.booleans(),
    ),
    max_size=6,
)


@settings(derandomize=True, max_examples=300)
@given(orders=order_lines)
def test_outlook_is_always_coherent(orders: list[OrderFact]) -> None:
    seen = outlook(AD, orders)
    if seen.due_on is None:
        assert seen == NO_OUTLOOK
        return
    assert 0 <= seen.renewed_licences < seen.licences
    assert (seen.due_on.year - AD.year) >= 0
    assert seen.renewed_on in (None, add_months(AD, 12 * (seen.due_on.year - AD.year - 1)))
    assert seen.following_on in (None, add_months(AD, 12 * (seen.due_on.year - AD.year + 1)))


# today, whether the customer can be told, whether an order is possible
ACTS = {
    "46 days before": (date(2026, 4, 30), "renewal.too_early", "renewal.too_early"),
    "45 days before": (date(2026, 5, 1), None, "renewal.too_early"),
    "31 days before": (date(2026, 5, 15), None, "renewal.too_early"),
    "30 days before": (date(2026, 5, 16), None, None),
    "the anniversary": (JUNE, None, None),
    "30 days after": (date(2026, 7, 15), None, None),
    "31 days after": (date(2026, 7, 16), "renewal.lapsed", "renewal.lapsed"),
}


@pytest.mark.parametrize(("today", "notice", "order"), ACTS.values(), ids=ACTS)
def test_when_the_customer_is_told_and_when_it_can_renew(today: date, notice: str | None, order: str | None) -> None:
    stands = RenewalOutlook(due_on=JUNE, licences=5)
    assert [each.code for each in notice_violations(stands, today, DEFAULT)] == ([notice] if notice else [])
    assert [each.code for each in placement_violations(stands, today, today, DEFAULT)] == ([order] if order else [])


def test_an_order_of_tomorrow_is_refused_and_one_of_the_window_written_down_later_is_not() -> None:
    stands = RenewalOutlook(due_on=JUNE, licences=5)
    (violation,) = placement_violations(stands, JUNE + timedelta(days=1), JUNE, DEFAULT)
    assert (violation.code, violation.field) == ("renewal.day", "ordered_on")
    assert placement_violations(stands, JUNE, JUNE + timedelta(days=100), DEFAULT) == ()


def test_what_is_renewed_or_was_never_bought_cannot_be_renewed() -> None:
    renewed = RenewalOutlook(renewed_on=JUNE, due_on=date(2027, 6, 15), licences=5)
    for violations in (
        notice_violations(renewed, JUNE, DEFAULT),
        placement_violations(renewed, JUNE, JUNE, DEFAULT),
    ):
        assert [each.message for each in violations] == [
            "All licences of 2026-06-15 are renewed: the next renewal opens on 2027-05-16."
        ]
    assert [each.code for each in placement_violations(NO_OUTLOOK, JUNE, JUNE, DEFAULT)] == ["renewal.nothing"]
    assert [each.code for each in notice_violations(NO_OUTLOOK, JUNE, DEFAULT)] == ["renewal.nothing"]


WINDOWS_OF_POLICIES = {
    "by default": (DEFAULT, date(2026, 5, 16), date(2026, 7, 15)),
    "wide": (VipPolicy(window_open_days=40, grace_days=60), date(2026, 5, 6), date(2026, 8, 14)),
    "narrow": (VipPolicy(window_open_days=20, grace_days=14), date(2026, 5, 26), date(2026, 6, 29)),
    "the widest": (
        VipPolicy(window_open_days=90, upcoming_days=91, grace_days=273),
        date(2026, 3, 17),
        date(2027, 3, 15),
    ),
    "no grace": (VipPolicy(grace_days=0), date(2026, 5, 16), JUNE),
}


@pytest.mark.parametrize(("policy", "first", "last"), WINDOWS_OF_POLICIES.values(), ids=WINDOWS_OF_POLICIES)
def test_renewals_are_possible_as_the_policy_says_and_count_for_their_anniversary(
    policy: VipPolicy, first: date, last: date
) -> None:
    term = [OrderFact(ordered_on=date(2025, 6, 15), quantity=10, renewal=False)]
    stands = outlook(JUNE, term)
    assert (order_opens_on(JUNE, policy), window_closes_on(JUNE, policy)) == (first, last)
    for day in (first, last):
        assert placement_violations(stands, day, day, policy) == ()
        assert outlook(JUNE, [*term, OrderFact(day, 10, renewal=True)]).renewed_on == JUNE
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        assert placement_violations(stands, day, day, policy)


# stored anniversary, day of the order, the anniversary that it renews, until when
RENEWED_FOR = {
    "before the first anniversary": (JUNE, date(2026, 5, 16), JUNE, date(2027, 6, 15)),
    "late": (JUNE, date(2026, 7, 15), JUNE, date(2027, 6, 15)),
    "four years later": (JUNE, date(2030, 6, 1), date(2030, 6, 15), date(2031, 6, 15)),
    "in the longest window": (JUNE, date(2027, 3, 17), date(2027, 6, 15), date(2028, 6, 15)),
    "the day before that: the last anniversary, late": (JUNE, date(2027, 3, 16), JUNE, date(2027, 6, 15)),
    "long before": (JUNE, date(2024, 6, 15), JUNE, date(2027, 6, 15)),
    "over the end of the year, before": (JANUARY, date(2027, 12, 20), date(2028, 1, 10), date(2029, 1, 10)),
    "over the end of the year, after": (date(2026, 12, 20), date(2027, 1, 5), date(2026, 12, 20), date(2027, 12, 20)),
    "29 February": (LEAP, date(2029, 2, 1), date(2029, 2, 28), date(2030, 2, 28)),
    "29 February comes back": (LEAP, date(2031, 2, 20), date(2031, 2, 28), LEAP.replace(year=2032)),
}


@pytest.mark.parametrize(("stored", "ordered", "due", "until"), RENEWED_FOR.values(), ids=RENEWED_FOR)
def test_which_anniversary_an_order_renews(stored: date, ordered: date, due: date, until: date) -> None:
    assert renewed_anniversary(stored, ordered) == due
    assert renewed_until(stored, ordered) == until


@pytest.mark.parametrize(("renewed", "is_allowed"), [(9, False), (10, True), (11, True)])
def test_a_commitment_is_the_least_that_is_renewed(renewed: int, is_allowed: bool) -> None:
    assert (commitment_violations(renewed, 10, JUNE) == ()) is is_allowed
