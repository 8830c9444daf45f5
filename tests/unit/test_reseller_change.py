"""Reseller change codes: 72 elapsed hours, one use, five a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pendulum
import pytest

from viptui.rules.policy import VipPolicy
from viptui.rules.reseller_change import (
    CodeState,
    ResellerChangeCode,
    code_state,
    issue_violations,
    use_violations,
    valid_until,
)

POLICY = VipPolicy()
BERLIN, LOS_ANGELES = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Los_Angeles")
ISSUED = datetime(2026, 3, 28, 12, 0, tzinfo=BERLIN)
ENDS = datetime(2026, 3, 31, 11, 0, tzinfo=UTC)

VALIDITY = {
    "summer time begins in between": (ISSUED, datetime(2026, 3, 31, 13, 0, tzinfo=BERLIN)),
    "winter time begins in between": (
        datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN),
        datetime(2026, 10, 27, 11, 0, tzinfo=BERLIN),
    ),
    "no change of clocks": (
        datetime(2026, 6, 1, 9, 30, tzinfo=UTC),
        datetime(2026, 6, 4, 9, 30, tzinfo=UTC),
    ),
    "a pendulum instant": (
        pendulum.datetime(2026, 3, 28, 12, 0, tz="Europe/Berlin"),
        ENDS,
    ),
}


@pytest.mark.parametrize(("issued", "until"), VALIDITY.values(), ids=VALIDITY)
def test_a_code_is_valid_for_72_elapsed_hours(issued: datetime, until: datetime) -> None:
    assert valid_until(issued, POLICY) == until
    assert valid_until(issued, POLICY) - issued.astimezone(UTC) == timedelta(hours=72)
    assert valid_until(issued, POLICY).utcoffset() == timedelta(0)


def test_the_hours_follow_the_policy() -> None:
    week = VipPolicy(reseller_change_hours=7 * 24)
    assert valid_until(ISSUED, week) == datetime(2026, 4, 4, 11, 0, tzinfo=UTC)


def test_an_instant_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        valid_until(datetime(2026, 3, 28, 12, 0), POLICY)  # noqa: DTZ001


SECOND = timedelta(seconds=1)
FRESH = ResellerChangeCode(issued_at=ISSUED)
USED = ResellerChangeCode(issued_at=ISSUED, used_at=ISSUED + timedelta(hours=1))

STATES = {
    "when issued": (FRESH, ISSUED, CodeState.VALID),
    "a second before the end": (FRESH, ENDS - SECOND, CodeState.VALID),
    "at the very end": (FRESH, ENDS, CodeState.EXPIRED),
    "a second after the end": (FRESH, ENDS + SECOND, CodeState.EXPIRED),
    "once used": (USED, ISSUED + timedelta(hours=2), CodeState.USED),
    "used stays used after the end": (USED, ENDS + SECOND, CodeState.USED),
}


@pytest.mark.parametrize(("code", "now", "state"), STATES.values(), ids=STATES)
def test_state_of_a_code(code: ResellerChangeCode, now: datetime, state: CodeState) -> None:
    assert code_state(code, now, POLICY) is state
    codes = [each.code for each in use_violations(code, now, POLICY)]
    assert codes == ([] if state is CodeState.VALID else [f"reseller_change.{state}"])


def test_an_expired_code_says_when_it_expired() -> None:
    (violation,) = use_violations(FRESH, ENDS, POLICY)
    assert violation.message == "This reseller change code expired at 2026-03-31 11:00 UTC: send a new one."


EVENING = datetime(2026, 3, 28, 23, 30, tzinfo=BERLIN)
MIDNIGHT = datetime(2026, 3, 29, 0, 0, tzinfo=BERLIN)
FOUR = [ISSUED + timedelta(minutes=minute) for minute in range(4)]
FIVE = [*FOUR, ISSUED + timedelta(hours=1)]

ISSUES = {
    "the fifth of the day": (FOUR, EVENING, True),
    "the sixth of the day": (FIVE, EVENING, False),
    "the next day": (FIVE, MIDNIGHT, True),
    "the first ever": ([], EVENING, True),
    "codes of the evening before do not count": (
        [datetime(2026, 3, 27, 23, 59, tzinfo=BERLIN)] * 5,
        ISSUED,
        True,
    ),
    "more than five, as after an import": ([*FIVE, *FIVE], EVENING, False),
}


@pytest.mark.parametrize(("sent", "now", "allowed"), ISSUES.values(), ids=ISSUES)
def test_five_codes_a_business_day(sent: list[datetime], now: datetime, allowed: bool) -> None:
    assert (issue_violations(sent, now, BERLIN, POLICY) == ()) is allowed


def test_the_business_day_is_that_of_the_business_zone() -> None:
    after_midnight_in_berlin = MIDNIGHT + timedelta(hours=1)
    assert issue_violations(FIVE, after_midnight_in_berlin, BERLIN, POLICY) == ()
    (violation,) = issue_violations(FIVE, after_midnight_in_berlin, LOS_ANGELES, POLICY)
    assert violation.message == ("5 reseller change codes were sent on 2026-03-28: send the next one on 2026-03-29.")
