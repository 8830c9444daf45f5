"""How the program ends when it is not asked to with a key: signals, a lost connection, a terminal that hangs."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psycopg
import pytest
from psycopg.rows import TupleRow

from tests.support.builders import Portfolio, one_of_each
from tests.support.terminal import PATIENCE, Terminal, start_viptui
from viptui.data.database import open_database
from viptui.terminal import ENDING_SIGNALS, end_on_signals

SOON = 15.0
"""Seconds within which a program that is to end in five has ended, on a busy machine too."""


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    """The program, showing its list."""
    path = tmp_path / "small.db"
    database = open_database(str(path), create=True)
    one_of_each(Portfolio())
    database.close()
    with start_viptui("--database", str(path), home=tmp_path) as terminal:
        terminal.press("6")
        terminal.wait_text("Mimosa Quiet")
        yield terminal


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=lambda each: str(each),
)
def test_a_signal_ends_it_and_the_terminal_is_as_before(
    terminal: Terminal, number: signal.Signals, status: int
) -> None:
    terminal.signal(number)
    assert terminal.exit_status(SOON) == status
    assert terminal.modes_left_on() == set()
    assert terminal.kitty_keys_left_on() == 0
    assert terminal.termios_is_restored()


def test_a_signal_ends_it_wherever_one_is(terminal: Terminal) -> None:
    terminal.press("enter", "?")
    terminal.wait_text("Next section")
    terminal.signal(signal.SIGTERM)
    assert terminal.exit_status(SOON) == 143
    assert terminal.modes_left_on() == set()


def test_it_does_not_outlive_its_terminal(terminal: Terminal) -> None:
    terminal.hang_up()
    assert terminal.exit_status(SOON) in {129, -signal.SIGHUP, -signal.SIGALRM}


def test_it_does_not_outlive_its_terminal_in_the_middle_of_work(terminal: Terminal) -> None:
    for _ in range(50):
        terminal.press("3", "6", "down", "down", "enter", "q")
    terminal.hang_up()
    assert terminal.exit_status(SOON) in {129, -signal.SIGHUP, -signal.SIGALRM}


def test_a_terminal_that_nobody_reads_does_not_keep_it_from_ending(terminal: Terminal) -> None:
    terminal.stall()
    for _ in range(100):
        terminal.press("ctrl+l", "3", "6")
    terminal.signal(signal.SIGTERM)
    assert terminal.exit_status(SOON) in {143, -signal.SIGALRM}


def test_interrupt_and_quit_keys_do_not_kill_it(terminal: Terminal) -> None:
    terminal.write(b"\x03\x1c\x1a")
    terminal.press("3")
    terminal.wait_gone("Mimosa Quiet")
    terminal.press("q")
    assert terminal.exit_status(SOON) == 0


WAITING: Final = (
    "SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
    "WHERE d.datname = current_database() AND NOT l.granted"
)


def wait_until_somebody_waits(connection: psycopg.Connection[TupleRow]) -> None:
    end = time.monotonic() + PATIENCE
    while not connection.execute(WAITING).fetchall():
        assert time.monotonic() < end, "nobody waits for the table"
        time.sleep(0.05)


def test_a_database_that_does_not_answer_does_not_hold_whoever_leaves(
    migrated_postgres_database: str, tmp_path: Path
) -> None:
    with (
        start_viptui("--database", migrated_postgres_database, home=tmp_path) as terminal,
        psycopg.connect(migrated_postgres_database) as other,
    ):
        terminal.wait_text("Past Due")
        other.execute("LOCK TABLE customer IN ACCESS EXCLUSIVE MODE")
        terminal.press("R")
        wait_until_somebody_waits(other)
        terminal.press("1")
        terminal.wait_text("Waiting for the database")
        terminal.press("q")
        terminal.wait_text("the database has not answered yet")
        assert terminal.modes_left_on() == set()
        terminal.write(b"\x03")
        assert terminal.exit_status(SOON) in {130, -signal.SIGALRM}


def test_a_signal_on_the_way_out_says_nothing() -> None:
    handlers = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
    loop = asyncio.new_event_loop()
    loop.close()
    try:
        end_on_signals(loop, pytest.fail)
        signal.raise_signal(signal.SIGTERM)
        assert signal.alarm(0) > 0  # it ends in any case
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
