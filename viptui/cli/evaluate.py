"""``viptui evaluate`` and ``viptui worker``: the re-evaluation without the interface; the worker delivers mail too."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Final

from viptui.cli.output import prepare_output, print_json
from viptui.clock import Clock, seconds_to_midnight
from viptui.config import Settings
from viptui.data.database import connected, open_database
from viptui.data.failures import driver_errors
from viptui.data.queries import count_filters
from viptui.errors import SettingsError, StorageUnavailable
from viptui.events import CrossingKind, Reevaluated
from viptui.rules.filters import TITLES
from viptui.services import clock_of
from viptui.text import visible
from viptui.workers.reevaluate import reevaluate

if TYPE_CHECKING:
    from peewee import Database

LONGEST_PAUSE: Final = 60
"""Seconds between two attempts while the database does not answer; the first pauses are shorter."""

SECONDS_BETWEEN_DELIVERIES: Final = 20.0

MAILS_AT_ONCE: Final = 50
"""Before the worker looks again whether an evaluation is due."""

CROSSED: Final[Mapping[CrossingKind, str]] = MappingProxyType(
    {
        CrossingKind.OVERDUE: "became past due",
        CrossingKind.SUSPENDED: "became suspended",
        CrossingKind.UPCOMING: "came into Upcoming Renewals",
        CrossingKind.READY: "became ready for renewal",
        CrossingKind.LATE: "passed the Anniversary Date without renewing everything",
        CrossingKind.LAPSED: "lapsed: the days for a late renewal are over",
    }
)


def run_evaluate(arguments: Namespace, settings: Settings) -> int:
    """Evaluate once and tell what came of it; with ``--as-of`` only count."""
    prepare_output(for_programs=arguments.json)
    database = open_database(settings.database, read_only=settings.read_only)
    with closing(database), connected(database):
        done = _count(settings) if settings.read_only else _evaluate(settings, clock_of(settings), "evaluate")
    if arguments.json:
        print_json(
            {
                "evaluated_on": done.evaluated_on,
                "recorded": not settings.read_only,
                "counts": done.counts,
                "crossings": {kind: done.crossings.get(kind, 0) for kind in CrossingKind},
            }
        )
    else:
        _tell(done, recorded=not settings.read_only)
    sys.stdout.flush()
    return 0


def run_worker(arguments: Namespace, settings: Settings) -> int:
    """Evaluate at the start, at intervals and at midnight, until a signal ends it; the exit status says which."""
    if settings.read_only:
        raise SettingsError(f"The worker evaluates the day it is, and records it: leave out {settings.read_only_by}.")
    clock = clock_of(settings)
    every = arguments.every or settings.evaluate_every_minutes
    wait = wait_for_the_end()
    rounds = Rounds(settings, clock, is_over=lambda: wait(0) is not None)
    return serve(rounds, clock, every_minutes=every, wait=wait, deliver=rounds.deliver)


class Rounds:
    """Rounds of the worker on one connection, made anew after the database was out of reach."""

    def __init__(self, settings: Settings, clock: Clock, is_over: Callable[[], bool] = lambda: False) -> None:
        self._settings = settings
        self._clock = clock
        self._is_over = is_over
        self._database: Database | None = None
        self._told = ""
        """Why no mail could be delivered, as it was told last."""

    def __call__(self) -> Reevaluated:
        """Do one round."""
        if self._database is None:
            self._database = open_database(self._settings.database)
        with connected(self._database):
            return _evaluate(self._settings, self._clock, "worker")

    def deliver(self) -> None:
        """Send the mails that are due; a problem is told once, and never keeps the worker from its evaluations."""
        from viptui.cli.outbox import deliver_now, told

        if self._database is None or self._settings.mail is None:
            return
        problem = ""
        try:
            done = deliver_now(self._settings.mail, self._clock, limit=MAILS_AT_ONCE, is_over=self._is_over)
        except (StorageUnavailable, SettingsError) as error:
            problem = f"No mail was delivered. {error}"
            if problem != self._told:
                _log(self._clock, problem)
        else:
            if not done.is_quiet:
                _log(self._clock, told(done, self._settings.mail))
        self._told = problem


def serve(
    evaluate: Callable[[], Reevaluated],
    clock: Clock,
    *,
    every_minutes: int,
    wait: Callable[[float], int | None],
    deliver: Callable[[], None] | None = None,
) -> int:
    """Evaluate again and again; 128 + N once ``wait`` answers with signal N.

    Args:
        evaluate: does one round.
        clock: tells when the next business day begins.
        every_minutes: from one round to the next.
        wait: waits so many seconds or until the signal whose number it returns.
        deliver: sends mail, between the rounds.

    Raises:
        StorageUnavailable: the database is none of viptui's; one that only does not answer is waited for.
    """
    failures = 0
    while True:
        try:
            _log(clock, _summary(evaluate()))
            failures = 0
            pause = min(every_minutes * 60, max(1.0, seconds_to_midnight(clock)))
        except StorageUnavailable as error:
            if not isinstance(error.__cause__, driver_errors()):
                raise
            failures += 1
            pause = min(LONGEST_PAUSE, 2 ** min(failures, 10))
            _log(clock, f"{error} Next attempt in {pause} s.")
        number = wait(pause) if deliver is None else _wait_delivering(pause, wait, deliver)
        if number is not None:
            return 128 + number


def _wait_delivering(seconds: float, wait: Callable[[float], int | None], deliver: Callable[[], None]) -> int | None:
    """Wait, and deliver mail again and again meanwhile; the signal that ended it."""
    while True:
        began = time.monotonic()
        deliver()
        seconds = max(0.0, seconds - (time.monotonic() - began))
        pause = min(seconds, SECONDS_BETWEEN_DELIVERIES)
        number = wait(pause)
        if number is not None or pause == seconds:
            return number
        seconds -= pause


def wait_for_the_end() -> Callable[[float], int | None]:
    """From now on take note of the signals that end a service; the function waits for one so many seconds."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    signal.set_wakeup_fd(writer)
    caught: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        caught.append(number)
        signal.signal(number, signal.SIG_DFL)  # sent again, it ends a round that hangs

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup has its way
            signal.signal(number, note)

    def wait(seconds: float) -> int | None:
        if not caught:
            select.select([reader], [], [], seconds)
        return caught[0] if caught else None

    return wait


def _evaluate(settings: Settings, clock: Clock, origin: str) -> Reevaluated:
    return reevaluate(now=clock.now(), today=clock.today(), policy=settings.policy, evaluator=f"{origin} {settings.me}")


def _count(settings: Settings) -> Reevaluated:
    today = clock_of(settings).today()
    return Reevaluated(evaluated_on=today, counts=count_filters(today, settings.policy), crossings={})


def _tell(done: Reevaluated, *, recorded: bool) -> None:
    for kind, number in done.crossings.items():
        print(f"{number:,} {'customer' if number == 1 else 'customers'} {CROSSED[kind]}.")
    if not recorded:
        print(f"Counted as of {done.evaluated_on}. Nothing was recorded.")
    elif not done.crossings:
        print(f"Evaluated {done.evaluated_on}. No customer crossed a line.")
    for each, count in done.counts.items():
        print(f"{TITLES[each]:<20}{count:>11,}")


def _summary(done: Reevaluated) -> str:
    crossings = ", ".join(f"{number} {kind}" for kind, number in done.crossings.items())
    return f"Evaluated {done.evaluated_on}, crossings: {crossings or 'none'}."


def _log(clock: Clock, sentence: str) -> None:
    at = clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    print(f"{at} {visible(sentence)}", file=sys.stderr, flush=True)
