"""What day it is depends on the business zone; stored dates never do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from viptui.rules.authorization import AuthorizationState, age_in_days, age_state
from viptui.rules.civil import add_months, civil_date
from viptui.rules.policy import VipPolicy
from viptui.rules.renewal import RenewalPhase, phase_towards

LOS_ANGELES, TOKYO = ZoneInfo("America/Los_Angeles"), ZoneInfo("Asia/Tokyo")
CREATED = datetime(2026, 1, 1, 23, 30, tzinfo=LOS_ANGELES)
SEEN = datetime(2026, 2, 1, 18, 0, tzinfo=UTC)

AGES = {
    "Los Angeles": (LOS_ANGELES, date(2026, 1, 1), date(2026, 2, 1), 31, AuthorizationState.OVERDUE),
    "UTC": (UTC, date(2026, 1, 2), date(2026, 2, 1), 30, AuthorizationState.PENDING),
    "Tokyo": (TOKYO, date(2026, 1, 2), date(2026, 2, 2), 31, AuthorizationState.OVERDUE),
}


@pytest.mark.parametrize(("zone", "created_on", "today", "age", "state"), AGES.values(), ids=AGES)
def test_one_authorization_has_an_age_per_zone(
    zone: tzinfo, created_on: date, today: date, age: int, state: AuthorizationState
) -> None:
    assert (civil_date(CREATED, zone), civil_date(SEEN, zone)) == (created_on, today)
    assert age_in_days(created_on, today) == age
    assert age_state(created_on, today, VipPolicy()) is state


def test_the_instant_is_the_same_in_every_zone() -> None:
    assert datetime(2026, 1, 2, 7, 30, tzinfo=UTC) == CREATED


WINDOWS = {
    "Los Angeles": (LOS_ANGELES, date(2026, 5, 15), RenewalPhase.UPCOMING),
    "UTC": (UTC, date(2026, 5, 16), RenewalPhase.READY),
    "Tokyo": (TOKYO, date(2026, 5, 16), RenewalPhase.READY),
}


@pytest.mark.parametrize(("zone", "today", "phase"), WINDOWS.values(), ids=WINDOWS)
def test_the_renewal_window_opens_at_midnight_of_the_zone(zone: tzinfo, today: date, phase: RenewalPhase) -> None:
    seen = civil_date(datetime(2026, 5, 16, 5, 0, tzinfo=UTC), zone)
    assert seen == today
    assert phase_towards(date(2026, 6, 15), seen, VipPolicy()) is phase


BERLIN = ZoneInfo("Europe/Berlin")

MIDNIGHTS = {
    "winter, a second before": (datetime(2026, 1, 14, 22, 59, 59, tzinfo=UTC), date(2026, 1, 14)),
    "winter, on the hour": (datetime(2026, 1, 14, 23, 0, 0, tzinfo=UTC), date(2026, 1, 15)),
    "summer, a second before": (datetime(2026, 7, 14, 21, 59, 59, tzinfo=UTC), date(2026, 7, 14)),
    "summer, on the hour": (datetime(2026, 7, 14, 22, 0, 0, tzinfo=UTC), date(2026, 7, 15)),
    "the day summer time begins": (datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC), date(2026, 3, 29)),
    "the day after it began": (datetime(2026, 3, 29, 22, 0, 0, tzinfo=UTC), date(2026, 3, 30)),
}


@pytest.mark.parametrize(("instant", "expected"), MIDNIGHTS.values(), ids=MIDNIGHTS)
def test_midnight_follows_summer_time(instant: datetime, expected: date) -> None:
    assert civil_date(instant, BERLIN) == expected


def test_the_repeated_hour_of_autumn_is_one_day() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert {civil_date(first + timedelta(hours=hours), BERLIN) for hours in range(2)} == {date(2026, 10, 25)}


def test_an_instant_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        civil_date(datetime(2026, 1, 1), BERLIN)  # noqa: DTZ001


MONTHS = {
    "one month from 31 January": (date(2026, 1, 31), 1, date(2026, 2, 28)),
    "one month from 31 January of a leap year": (date(2028, 1, 31), 1, date(2028, 2, 29)),
    "two months from 31 January do not drift": (date(2026, 1, 31), 2, date(2026, 3, 31)),
    "back over the turn of the year": (date(2026, 1, 31), -2, date(2025, 11, 30)),
    "no month at all": (date(2026, 1, 31), 0, date(2026, 1, 31)),
}


@pytest.mark.parametrize(("anchor", "months", "expected"), MONTHS.values(), ids=MONTHS)
def test_months_clamp_to_the_last_day(anchor: date, months: int, expected: date) -> None:
    assert add_months(anchor, months) == expected
    assert type(add_months(anchor, months)) is date
