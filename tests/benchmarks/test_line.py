"""The slow line, by computation."""

from __future__ import annotations

import pytest

from benchmarks.line import PAYLOAD, Line
from benchmarks.steps import Chunk

LINE = Line(round_trip=0.1, bits_per_second=80_000, overhead=100)
"""10,000 bytes a second."""


def test_every_packet_costs_its_overhead() -> None:
    assert LINE.seconds_to_send(900) == pytest.approx(0.1)
    assert LINE.seconds_to_send(PAYLOAD) == pytest.approx((PAYLOAD + 100) / 10_000)
    assert LINE.seconds_to_send(PAYLOAD + 1) == pytest.approx((PAYLOAD + 1 + 200) / 10_000)


def test_answer_is_seen_after_its_sending_and_a_round_trip() -> None:
    assert LINE.arrivals([Chunk(5.0, b"x" * 900)]) == [pytest.approx(5.2)]


def test_later_output_waits_for_the_line() -> None:
    given = [Chunk(5.0, b"x" * 900), Chunk(5.01, b"x" * 900), Chunk(9.0, b"x" * 900)]
    assert LINE.arrivals(given) == [pytest.approx(5.2), pytest.approx(5.3), pytest.approx(9.2)]
