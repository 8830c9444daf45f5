"""When a mail is tried again, and when no more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from viptui.rules.delivery import (
    GIVE_UP_AFTER,
    IN_WORDS,
    LONGEST_PAUSE,
    SPREAD,
    MailStatus,
    age_in_words,
    is_given_up,
    pause_after,
)

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)

PAUSES = {1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 6: 32, 7: 64, 8: 128, 9: 240, 10: 240, 500: 240}
"""Minutes at least, by the number of attempts."""


@pytest.mark.parametrize(("attempts", "minutes"), PAUSES.items())
def test_pauses_double_up_to_four_hours(attempts: int, minutes: int) -> None:
    least = timedelta(minutes=minutes)
    for number in range(50):
        assert least <= pause_after(attempts, f"<{number}@x.example>") <= least * (1 + SPREAD)


def test_pauses_of_different_mails_differ_and_one_mails_do_not() -> None:
    pauses = {pause_after(3, f"<{number}@x.example>") for number in range(50)}
    assert len(pauses) == 50
    assert pause_after(3, "<1@x.example>") == pause_after(3, "<1@x.example>")


def test_a_mail_is_tried_for_three_days() -> None:
    at, attempts = NOW, 0
    while not is_given_up(NOW, at):
        attempts += 1
        at += pause_after(attempts, "<1@x.example>")
    assert GIVE_UP_AFTER <= at - NOW <= GIVE_UP_AFTER + LONGEST_PAUSE * (1 + SPREAD)
    assert 20 <= attempts <= 30


AGES = {
    timedelta(seconds=-5): "0 m",
    timedelta(seconds=59): "0 m",
    timedelta(minutes=59, seconds=59): "59 m",
    timedelta(hours=1): "1 h",
    timedelta(hours=23, minutes=59): "23 h",
    timedelta(days=1): "1 d",
    timedelta(days=400): "400 d",
}


@pytest.mark.parametrize(("age", "words"), AGES.items())
def test_ages(age: timedelta, words: str) -> None:
    assert age_in_words(age) == words


def test_every_status_has_a_word() -> None:
    assert set(IN_WORDS) == set(MailStatus)
