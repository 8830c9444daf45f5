"""Work that another process does, item by item: the values are the same, whatever becomes of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from viptui.importing.processes import mapping_apart


def with_process(number: int) -> tuple[int, int]:
    """A function that tells where it was called."""
    return number, os.getpid()


def test_values_come_in_order_from_the_other_process() -> None:
    with mapping_apart(name="test") as mapped:
        found = list(mapped(with_process, range(50)))
        assert [number for number, _ in found] == list(range(50))
        ((process,),) = [{process for _, process in found}]
        assert process == active_children()[0].pid
        assert list(mapped(abs, [-1])) == [1]
        assert not list(mapped(abs, []))
    assert not active_children()


def test_the_next_item_is_made_before_the_value_is_taken() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(4):
            made.append(number)
            yield number

    with mapping_apart(name="test") as mapped:
        values = mapped(abs, items())
        assert (next(values), made) == (0, [0, 1])
        assert (next(values), made) == (1, [0, 1, 2])


def test_neither_waits_for_the_other_however_much_they_send() -> None:
    with mapping_apart(name="test") as mapped:
        items = [bytes(3_000_000)] * 5
        assert [len(value) for value in mapped(bytes, items)] == [3_000_000] * 5


def test_a_process_that_is_killed_is_done_without() -> None:
    with mapping_apart(name="test") as mapped:
        values = mapped(with_process, range(10))
        assert next(values)[1] != os.getpid()
        (other,) = active_children()
        other.kill()
        other.join()
        found = list(values)
    assert [number for number, _ in found] == list(range(1, 10))
    assert found[-1][1] == os.getpid()


def test_an_error_is_raised_here() -> None:
    with mapping_apart(name="test") as mapped, pytest.raises(ValueError, match="invalid literal"):
        list(mapped(int, ["1", "2", "three", "4"]))
    assert not active_children()
