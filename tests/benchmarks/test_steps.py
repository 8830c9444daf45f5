"""Steps: when an answer had come, what of it is late, and when a text was first there."""

from __future__ import annotations

import pytest

from benchmarks.steps import Chunk, Step, first_showing, split, stripped

PREVIEW = range(35, 40)
"""Rows of the screen."""


def chunks(*pieces: tuple[float, bytes]) -> tuple[Chunk, ...]:
    return tuple(Chunk(at, data) for at, data in pieces)


def test_answer_is_there_with_nine_tenths_of_its_bytes() -> None:
    step = Step(10.0, chunks((10.002, b"x" * 50), (10.004, b"x" * 40), (10.5, b"x" * 10)))
    assert step.answered_ms == pytest.approx(4)
    assert step.settled_ms == pytest.approx(500)
    assert step.size == 100


def test_a_count_that_trails_behind_a_page_that_stays_is_no_part_of_the_answer() -> None:
    step = Step(10.0, chunks((10.005, b"x" * 90), (10.9, b"x" * 110)), trailing=160)
    assert step.answered_ms == pytest.approx(5)
    assert step.settled_ms == pytest.approx(900)


def test_no_answer_has_no_time() -> None:
    with pytest.raises(ValueError, match="no answer"):
        _ = Step(10.0, ()).answered_ms


SPLITS = {
    "the list": ((b"\x1b[7;1Hrow",), 1),
    "the list and the preview in one piece": ((b"\x1b[7;1Hrow\x1b[36;1Hpreview",), 1),
    "the preview": ((b"\x1b[7;1Hrow", b"\x1b[36;1Hpreview"), 1),
    "the preview in colours, the cursor put aside": ((b"\x1b[7;1H\x1b[1mrow", b"\x1b[36;1H\x1b[1;31mpre\x1b[1;1H"), 1),
    "a preview in two pieces": ((b"\x1b[7;1Hrow", b"\x1b[36;1Hpre", b"view"), 1),
    "the list again": ((b"\x1b[36;1Hpreview", b"\x1b[H\x1b[7;1Hrow"), 1),
    "only text": ((b"row", b"row"), 2),
}


@pytest.mark.parametrize(("pieces", "answers"), SPLITS.values(), ids=SPLITS)
def test_late_is_what_paints_the_preview_only(pieces: tuple[bytes, ...], answers: int) -> None:
    given = chunks(*((number, piece) for number, piece in enumerate(pieces)))
    answer, late = split(given, PREVIEW)
    assert len(answer) == answers
    assert sorted(answer + late) == sorted(given)


def test_nothing_is_late_without_a_preview() -> None:
    given = chunks((1, b"\x1b[36;1Htext"))
    assert split(given, range(0)) == (given, ())


def test_stripped_output_is_plain_text() -> None:
    assert stripped(b"\x1b[?1049h\x1b[1;38;2;1;2;3mAcme\x1b[0m\x1b]0;title\x07\x1b(B \xc5\x81") == "Acme \u0141"


def test_text_is_there_with_the_read_that_completed_it() -> None:
    given = chunks((1, b"nothing"), (2, b"SUSP"), (3, b"\x1b[1mENDED"), (4, b"more"))
    assert first_showing("SUSPENDED", given) == 3
    assert first_showing("noth", given) == 1
    assert first_showing("OVERDUE", given) is None
    assert first_showing("anything", ()) is None
