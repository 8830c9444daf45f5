"""Another process of the same program, for work that one core has no time for."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from multiprocessing import get_context, resource_tracker
from multiprocessing.process import BaseProcess
from typing import Any


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
