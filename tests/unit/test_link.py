"""When a line counts as slow, and how often frames are drawn on it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from viptui.link import BETWEEN_FRAMES, WAIT, WITHIN, Link, Speed


def wait(link: Link, begin: float, seconds: float) -> float:
    """Let a frame wait for the terminal; when it is drawn."""
    assert not link.may_draw(begin, behind=True)
    assert not link.may_draw(begin + seconds / 2, behind=True)
    link.may_draw(begin + seconds, behind=False)
    return begin + seconds


def after(waits: Iterable[tuple[float, float]], speed: Speed = Speed.AUTO) -> Link:
    """A line on which frames had to wait: pause before it, and seconds of the wait."""
    link, now = Link(speed), 0.0
    for pause, seconds in waits:
        now = wait(link, now + pause, seconds)
    return link


LONG, SHORT = WAIT * 1.2, WAIT * 0.8

LINES = {
    "one long wait is a hiccup": ([(0, 60)], False),
    "two are not enough": ([(1, LONG), (1, LONG)], False),
    "three are": ([(1, LONG), (1, LONG), (1, LONG)], True),
    "three short ones are not felt": ([(1, SHORT)] * 3, False),
    "short ones between do not matter": ([(1, LONG), (1, SHORT), (1, LONG), (1, SHORT), (1, LONG)], True),
    "three far apart": ([(WITHIN, LONG)] * 3, False),
    "the last three count": ([(WITHIN, LONG), (WITHIN, LONG), (1, LONG), (1, LONG)], True),
}


@pytest.mark.parametrize(("waits", "is_slow"), LINES.values(), ids=LINES)
def test_a_line_is_slow_after(waits: list[tuple[float, float]], is_slow: bool) -> None:
    assert after(waits).is_slow is is_slow


def test_what_is_said_holds() -> None:
    assert not after([(1, LONG)] * 9, Speed.FAST).is_slow
    assert Link(Speed.SLOW).is_slow
    link = after([(1, LONG)] * 3)
    link.say(Speed.FAST)
    wait(link, 100, LONG)
    assert not link.is_slow


def test_a_slow_line_stays_slow_and_gets_fewer_frames() -> None:
    link = after([(1, LONG)] * 3)
    assert link.may_draw(1_000, behind=False)
    assert not link.may_draw(1_000 + BETWEEN_FRAMES / 2, behind=False)
    assert link.may_draw(1_000 + BETWEEN_FRAMES * 2, behind=False)
    assert link.is_slow


def test_a_fast_line_gets_every_frame() -> None:
    link = Link(Speed.AUTO)
    assert all(link.may_draw(now / 1000, behind=False) for now in range(5))
