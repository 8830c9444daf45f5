"""Data threads: one order, one connection each, and no query anywhere else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC

import peewee
import pytest

from viptui.clock import SystemClock
from viptui.data.database import DataThread, open_database, write_transaction
from viptui.data.models import Reseller
from viptui.data.proxy import database_proxy
from viptui.rules.policy import VipPolicy
from viptui.services import Services


@pytest.fixture
async def thread(database: str) -> AsyncIterator[DataThread]:
    one = DataThread(database_proxy.obj, "test")
    yield one
    one.close()


def _add(name: str) -> None:
    with write_transaction():
        Reseller.create(name=name)


def _names() -> list[str]:
    return [each.name for each in Reseller.select().order_by(Reseller.id)]


async def test_work_is_done_in_the_order_in_which_it_was_given(thread: DataThread) -> None:
    names = [f"{number}" for number in range(50)]
    await asyncio.gather(*(thread.run(_add, name) for name in names))
    assert await thread.run(_names) == names


async def test_cancelling_drops_what_has_not_begun(thread: DataThread) -> None:
    gate, begun = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        gate.wait(30)
        _add("begun")

    running = asyncio.create_task(thread.run(hold))
    waiting = asyncio.create_task(thread.run(_add, "dropped"))
    after = asyncio.create_task(thread.run(_add, "kept"))
    await asyncio.to_thread(begun.wait, 30)
    for task in (running, waiting):
        task.cancel()
    await asyncio.wait([running, waiting])
    gate.set()
    await after
    assert await thread.run(_names) == ["begun", "kept"]


async def test_closing_finishes_what_has_begun_and_drops_the_rest(database: str) -> None:
    thread = DataThread(database_proxy.obj, "test")
    gate, begun = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        gate.wait(30)
        _add("begun")

    running = asyncio.create_task(thread.run(hold))
    waiting = asyncio.create_task(thread.run(_add, "dropped"))
    await asyncio.to_thread(begun.wait, 30)
    closing = asyncio.create_task(asyncio.to_thread(thread.close))
    with suppress(asyncio.CancelledError):
        await waiting
    gate.set()
    await asyncio.gather(running, closing)
    assert _names() == ["begun"]


async def test_a_failure_reaches_who_asked_and_the_thread_goes_on(thread: DataThread) -> None:
    def fail() -> None:
        raise ValueError("a bug")

    with pytest.raises(ValueError, match="a bug"):
        await thread.run(fail)
    await thread.run(_add, "next")
    assert await thread.run(_names) == ["next"]


async def test_a_query_on_another_thread_raises(database: str) -> None:
    with pytest.raises(peewee.InterfaceError):
        await asyncio.to_thread(_names)
    with pytest.raises(peewee.InterfaceError):
        await asyncio.to_thread(_add, "Ours")


async def test_a_query_on_the_event_loop_raises(database: str) -> None:
    services = _services(database)
    with pytest.raises(peewee.InterfaceError):
        _names()
    assert await services.ask(_names) == []
    services.close()


async def test_two_threads_have_two_connections(database: str) -> None:
    services = _services(database)
    names: list[str] = []

    def connection() -> int:
        names.append(threading.current_thread().name)
        return id(database_proxy.connection())

    first, second, again = (
        await services.ask(connection),
        await services.in_background(connection),
        await services.ask(connection),
    )
    assert first == again != second
    assert ["foreground" in name for name in names] == [True, False, True]
    services.close()


async def test_reading_goes_on_while_the_background_writes(database: str) -> None:
    services = _services(database)
    gate, begun = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with write_transaction():
            Reseller.create(name="Ours")
            begun.set()
            gate.wait(30)

    writing = asyncio.create_task(services.in_background(write_slowly))
    await asyncio.to_thread(begun.wait, 30)
    assert await services.ask(_names) == []  # not committed yet
    gate.set()
    await writing
    assert await services.ask(_names) == ["Ours"]
    services.close()


def _services(target: str) -> Services:
    """Services whose own thread, the test's, has no connection."""
    database_proxy.close()
    opened = open_database(target)
    opened.close()
    return Services(opened, clock=SystemClock(UTC), policy=VipPolicy(), me="anna")


async def test_what_comes_after_the_end_is_dropped(database: str) -> None:
    services = _services(database)
    services.close()
    with pytest.raises(asyncio.CancelledError):
        await services.in_background(_names)
