"""Whoever waits for long is told so once, and once that it is over."""

from __future__ import annotations

import asyncio

import pytest

from viptui.errors import StorageUnavailable
from viptui.waiting import Waiting


class Told:
    """What was told, and whether the thread is at something."""

    def __init__(self) -> None:
        self.told: list[bool] = []
        self.is_busy = False
        self.waiting = Waiting(lambda: self.is_busy, self.told.append)

    async def ask(self, answer: asyncio.Event) -> None:
        with self.waiting.for_an_answer():
            await answer.wait()

    async def until(self, *told: bool) -> None:
        async with asyncio.timeout(20):
            while self.told != list(told):
                await asyncio.sleep(0.01)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.setattr("viptui.waiting.LONG", 0.1)
    monkeypatch.setattr("viptui.waiting.BETWEEN_LOOKS", 0.02)
    return Told()


async def test_a_long_wait_is_told_once_and_its_end_too(told: Told) -> None:
    answer = asyncio.Event()
    asking = asyncio.create_task(told.ask(answer))
    await told.until(True)
    await asyncio.sleep(0.1)  # several looks
    answer.set()
    await asking
    assert told.told == [True, False]


async def test_a_quick_answer_is_not_worth_a_word(told: Told) -> None:
    answer = asyncio.Event()
    answer.set()
    for _ in range(3):
        await told.ask(answer)
    await asyncio.sleep(0.2)
    assert not told.told


async def test_who_asks_for_something_else_goes_on_waiting(told: Told) -> None:
    never, answer = asyncio.Event(), asyncio.Event()
    told.is_busy = True
    first = asyncio.create_task(told.ask(never))
    await told.until(True)
    first.cancel()
    await asyncio.sleep(0.1)
    second = asyncio.create_task(told.ask(answer))
    await asyncio.sleep(0.1)
    assert told.told == [True]
    told.is_busy = False
    answer.set()
    await second
    assert told.told == [True, False]


async def test_what_nobody_asks_for_any_more_ends_by_itself(told: Told) -> None:
    told.is_busy = True
    asking = asyncio.create_task(told.ask(asyncio.Event()))
    await told.until(True)
    asking.cancel()
    told.is_busy = False
    await told.until(True, False)


async def test_an_error_ends_it_as_an_answer_does(told: Told) -> None:
    async def fail() -> None:
        with told.waiting.for_an_answer():
            await told.until(True)
            raise StorageUnavailable("The server is gone.")

    with pytest.raises(StorageUnavailable, match="gone"):
        await fail()
    assert told.told == [True, False]
