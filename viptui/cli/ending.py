"""Signals that end a command which must not be left half done: they are noted, and the command ends by itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any, Final

from viptui.data.database import interrupt

NOTED: Final = (signal.SIGTERM, signal.SIGHUP)


class Ending:
    """Whether the command is to end."""

    number = 0
    """The signal that said so; 0 as long as none did."""


@contextmanager
def noted_signals(connection: Any) -> Iterator[Ending]:
    """Note within the block that a signal came, and interrupt what a connection to the database is at.

    A handler of Python's would not run before the statement has ended that the database is at; sent again, a signal
    ends the program as ever.
    """
    ending = Ending()
    reader, writer = os.pipe()
    os.set_blocking(writer, False)

    def watch() -> None:
        while came := os.read(reader, 1):
            if came[0] in NOTED:
                ending.number = came[0]
                interrupt(connection)

    def handle(number: int, _frame: object) -> None:
        ending.number = number
        signal.signal(number, signal.SIG_DFL)

    before = {each: signal.getsignal(each) for each in NOTED}
    fd = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    for each in NOTED:
        if before[each] is not signal.SIG_IGN:  # nohup has its way
            signal.signal(each, handle)
    watcher = Thread(target=watch, name="signals", daemon=True)
    watcher.start()
    try:
        yield ending
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(fd)
        os.close(writer)
        watcher.join()
        os.close(reader)
