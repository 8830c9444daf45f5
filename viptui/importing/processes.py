"""Another process of the same program, for work that one core has no time for."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, suppress
from functools import partial
from multiprocessing import Pipe, get_context, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@contextmanager
def begun_apart(work: Callable[..., None], *arguments: Any, name: str) -> Iterator[BaseProcess]:
    """A process that does ``work``, ended at the end of the block in any case.

    Ctrl-C is for the process that started it.
    """
    context = get_context("spawn")  # a fork would share the connection to the database
    process = context.Process(target=work, args=arguments, name=name, daemon=True)
    with redirect_stderr(sys.__stderr__):  # it hands that on to a process; in the interface another stream has its name
        resource_tracker.ensure_running()  # it would lift the block
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    try:
        yield process
    finally:
        process.terminate()
        process.join()
        process.close()


@contextmanager
def mapping_apart(*, name: str) -> Iterator[Callable[[Callable[[T], R], Iterable[T]], Iterator[R]]]:
    """A `map` of which another process does the work while the next item is made here.

    Function, items and values are pickled. What the other process does not answer, because the function fails or the
    process is gone, is worked out here, where an error belongs.
    """
    ours, theirs = Pipe()
    with closing(ours), begun_apart(_answer, theirs, name=name):
        theirs.close()
        yield partial(_mapped, ours)


def _mapped(line: Connection, function: Callable[[T], R], items: Iterable[T]) -> Iterator[R]:
    """The values in order. Nothing is sent while an answer is under way: with both sides sending, both would wait."""
    asked: list[T] = []
    for item in items:
        values = [_answered(line, function, each) for each in asked]
        with suppress(OSError):  # it is gone: no answer will come either
            line.send((function, item))
        asked = [item]
        yield from values
    yield from [_answered(line, function, each) for each in asked]


def _answered(line: Connection, function: Callable[[T], R], item: T) -> R:
    with suppress(EOFError, OSError):
        value: R = line.recv()
        return value
    return function(item)


def _answer(line: Connection) -> None:
    """What the other process does, until nobody asks any more."""
    with suppress(Exception):  # nobody asks any more; or it fails, and will again where the error belongs
        while True:
            function, item = line.recv()
            line.send(function(item))
