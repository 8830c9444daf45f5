"""What the time is: UTC instants, days of the business zone, and how long the day still lasts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from viptui.clock import FixedDay, SystemClock, seconds_to_midnight
from viptui.rules.civil import civil_date

BERLIN, NEW_YORK, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia")
SAO_PAULO, HAVANA, KATHMANDU = ZoneInfo("America/Sao_Paulo"), ZoneInfo("America/Havana"), ZoneInfo("Asia/Kathmandu")


class Stopped(SystemClock):
    """A clock that stands still."""

    def __init__(self, at: datetime, zone: tzinfo) -> None:
        super().__init__(zone)
        self.at = at

    def now(self) -> datetime:
        return self.at


def test_system_clock_tells_utc_and_goes_on() -> None:
    clock = SystemClock(BERLIN)
    earlier, later = clock.now(), clock.now()
    assert earlier.tzinfo is UTC
    assert earlier <= later


DAYS = {
    "before midnight in Berlin": (datetime(2026, 3, 19, 22, 59, 59, tzinfo=UTC), BERLIN, date(2026, 3, 19)),
    "midnight in Berlin": (datetime(2026, 3, 19, 23, 0, tzinfo=UTC), BERLIN, date(2026, 3, 20)),
    "the day before in New York": (datetime(2026, 3, 20, 3, 59, tzinfo=UTC), NEW_YORK, date(2026, 3, 19)),
    "29 February": (datetime(2028, 2, 29, 23, 59, tzinfo=UTC), UTC, date(2028, 2, 29)),
}


@pytest.mark.parametrize(("now", "zone", "today"), DAYS.values(), ids=DAYS)
def test_today_is_the_day_of_the_business_zone(now: datetime, zone: tzinfo, today: date) -> None:
    assert Stopped(now, zone).today() == today


def test_fixed_day_fixes_the_day_and_not_the_time() -> None:
    clock = FixedDay(BERLIN, date(2020, 2, 29))
    assert clock.today() == date(2020, 2, 29)
    assert clock.now() - SystemClock(BERLIN).now() < timedelta(seconds=10)


LEFT = {
    "noon": (datetime(2026, 1, 15, 12, 0, tzinfo=BERLIN), 12.0),
    "a moment before": (datetime(2026, 1, 15, 23, 59, 59, 500_000, tzinfo=BERLIN), 0.0 + 0.5 / 3600),
    "midnight itself": (datetime(2026, 1, 15, tzinfo=BERLIN), 24.0),
    "the last of a year": (datetime(2026, 12, 31, 23, 0, tzinfo=BERLIN), 1.0),
    "Berlin loses an hour": (datetime(2026, 3, 29, tzinfo=BERLIN), 23.0),
    "Berlin has lost it": (datetime(2026, 3, 29, 3, 0, tzinfo=BERLIN), 21.0),
    "Berlin gains an hour": (datetime(2026, 10, 25, tzinfo=BERLIN), 25.0),
    "half past two, first time": (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), 22.5),
    "half past two, second time": (datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=BERLIN), 21.5),
    "New York loses an hour": (datetime(2026, 3, 8, tzinfo=NEW_YORK), 23.0),
    "New York gains an hour": (datetime(2026, 11, 1, tzinfo=NEW_YORK), 25.0),
    "midnight does not exist": (datetime(2018, 11, 3, 12, 0, tzinfo=SAO_PAULO), 12.0),
    "the last hour comes twice": (datetime(2018, 2, 17, 22, 0, tzinfo=SAO_PAULO), 3.0),
    "the first hour comes twice": (datetime(2026, 10, 31, 23, 0, tzinfo=HAVANA), 1.0),
    "a day is left out": (datetime(2011, 12, 29, 23, 0, tzinfo=APIA), 1.0),
    "a quarter hour zone": (datetime(2026, 1, 15, 23, 45, tzinfo=KATHMANDU), 0.25),
}


@pytest.mark.parametrize(("now", "hours"), LEFT.values(), ids=LEFT)
def test_seconds_to_midnight(now: datetime, hours: float) -> None:
    zone = now.tzinfo
    assert zone is not None
    left = seconds_to_midnight(Stopped(now.astimezone(UTC), zone))
    assert left == pytest.approx(hours * 3600)


ZONES = [BERLIN, NEW_YORK, APIA, HAVANA, KATHMANDU, ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Africa/Cairo")]


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_new_day_begins_after_these_seconds_on_every_day_of_a_year(zone: ZoneInfo) -> None:
    now = datetime(2026, 1, 1, 11, 17, tzinfo=UTC)
    for _ in range(366):
        midnight = now + timedelta(seconds=seconds_to_midnight(Stopped(now, zone)))
        assert civil_date(midnight - timedelta(seconds=1), zone) == civil_date(now, zone)
        assert civil_date(midnight, zone) == civil_date(now, zone) + timedelta(days=1)
        now = midnight
