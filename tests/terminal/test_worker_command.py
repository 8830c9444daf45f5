"""``viptui evaluate`` and ``viptui worker``: one round, and a service that ends in order and survives its database."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

import viptui
from tests.support.records import add_customer
from viptui.cli.evaluate import Rounds, run_worker, serve
from viptui.clock import SystemClock
from viptui.config import Overrides, Settings, load_settings
from viptui.data.database import create_database
from viptui.data.models import Crossing, Evaluation
from viptui.data.proxy import database_proxy
from viptui.errors import SettingsError, StorageUnavailable
from viptui.events import Reevaluated
from viptui.rules.filters import CustomerFilter

TODAY = SystemClock(UTC).today()
DAY = timedelta(days=1)


class Stopped(SystemClock):
    """A clock that stands still."""

    def __init__(self, at: datetime) -> None:
        super().__init__(UTC)
        self.at = at

    def now(self) -> datetime:
        return self.at


MORNING = Stopped(datetime(2026, 3, 20, 8, 0, tzinfo=UTC))


@pytest.fixture
def became_overdue(database: str) -> Iterator[str]:
    """A database of yesterday's evaluation, with a customer that crosses a line today."""
    since = TODAY - 31 * DAY
    add_customer("Acme", has_products=True, oldest_open_authorization_on=since, newest_open_authorization_on=since)
    Evaluation.create(
        evaluated_on=TODAY - DAY, evaluated_at=SystemClock(UTC).now(), evaluator="x", counts="{}", crossings=0
    )
    yield database
    if not database_proxy.is_closed():
        database_proxy.close()


def viptui_process(*words: str, home: Path, before: Callable[[], object] | None = None) -> subprocess.Popen[str]:
    environment = {"HOME": str(home), "TZ": "UTC", "PATH": os.defpath, "VIPTUI_ME": "anna"}

    def prepare() -> None:
        for ignored in (signal.SIGINT, signal.SIGHUP):  # a job in the background hands on that they are
            signal.signal(ignored, signal.SIG_DFL)
        if before is not None:
            before()

    return subprocess.Popen(
        [sys.executable, "-m", "viptui", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=Path(viptui.__file__).parents[1],
        preexec_fn=prepare,
    )


def run(*words: str, home: Path) -> tuple[int, str, str]:
    process = viptui_process(*words, home=home)
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


# viptui evaluate


def test_evaluate_tells_what_came_of_it(became_overdue: str, tmp_path: Path) -> None:
    status, out, err = run("--database", became_overdue, "evaluate", home=tmp_path)
    assert (status, err) == (0, "")
    sentence, *counts = out.splitlines()
    assert sentence == "1 customer became past due."
    assert [line.rsplit(maxsplit=1) for line in counts] == [
        ["No Products", "0"],
        ["Pending Requests", "0"],
        ["Past Due Requests", "1"],
        ["Upcoming Renewals", "0"],
        ["Ready for Renewal", "0"],
        ["All Customers", "1"],
    ]
    _, again, _ = run("--database", became_overdue, "evaluate", home=tmp_path)
    assert again.splitlines()[0] == f"Evaluated {TODAY}. No customer crossed a line."


def test_evaluate_as_json(became_overdue: str, tmp_path: Path) -> None:
    status, out, err = run("--database", became_overdue, "evaluate", "--json", home=tmp_path)
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "evaluated_on": TODAY.isoformat(),
        "recorded": True,
        "counts": dict.fromkeys(CustomerFilter, 0) | {"past-due": 1, "all": 1},
        "crossings": {"overdue": 1, "suspended": 0, "upcoming": 0, "ready": 0, "late": 0, "lapsed": 0},
    }
    assert Crossing.select().count() == 1
    assert Evaluation.select().order_by(Evaluation.id.desc()).get().evaluator == "evaluate anna"


def test_evaluate_another_day_only_counts(became_overdue: str, tmp_path: Path) -> None:
    words = ("--database", became_overdue, "evaluate", "--as-of", f"{TODAY + DAY}")
    status, out, err = run(*words, home=tmp_path)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == f"Counted as of {TODAY + DAY}. Nothing was recorded."
    done = json.loads(run(*words, "--json", home=tmp_path)[1])
    assert (done["recorded"], done["counts"]["past-due"], set(done["crossings"].values())) == (False, 1, {0})
    assert (Crossing.select().count(), Evaluation.select().count()) == (0, 1)


def test_evaluate_without_a_database(tmp_path: Path) -> None:
    status, out, err = run("--database", str(tmp_path / "none.db"), "evaluate", home=tmp_path)
    assert (status, out, err.count("\n")) == (3, "", 1)
    assert list(tmp_path.iterdir()) == []


# viptui worker, as a process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_worker_evaluates_at_once_and_ends_in_order(
    became_overdue: str, tmp_path: Path, number: signal.Signals
) -> None:
    worker = viptui_process("--database", became_overdue, "worker", "--every", "1", home=tmp_path)
    line = _next_line(worker)
    worker.send_signal(number)
    out, err = worker.communicate(timeout=30)
    assert (worker.returncode, out, err) == (128 + number, "", "")
    at, _, words = line.rstrip().partition(" ")
    assert datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) <= SystemClock(UTC).now()
    assert words == f"Evaluated {TODAY}, crossings: 1 overdue."
    assert Crossing.select().count() == 1


def test_worker_without_a_terminal_survives_a_hangup(database: str, tmp_path: Path) -> None:
    worker = viptui_process(
        "--database", database, "worker", home=tmp_path, before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    _next_line(worker)
    worker.send_signal(signal.SIGHUP)
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=30)
    assert worker.returncode == 128 + signal.SIGTERM


def test_worker_without_a_database_ends(tmp_path: Path) -> None:
    status, out, err = run("--database", str(tmp_path / "none.db"), "worker", home=tmp_path)
    assert (status, out, err.count("\n")) == (3, "", 1)


def test_worker_refuses_another_day(tmp_path: Path) -> None:
    status, _, err = run("worker", "--as-of", "2026-03-20", home=tmp_path)
    assert (status, err) == (2, "viptui: The worker evaluates the day it is, and records it: leave out --as-of.\n")


def _next_line(worker: subprocess.Popen[str]) -> str:
    assert worker.stderr is not None
    return worker.stderr.readline()


# The worker's loop


class Waits:
    """Stands for waiting: notes each pause, does something at some of them, and ends the loop after the last."""

    def __init__(self, times: int, **at: Callable[[], object]) -> None:
        self.pauses: list[float] = []
        self._times = times
        self._at = at

    def __call__(self, seconds: float) -> int | None:
        self.pauses.append(seconds)
        self._at.get(f"pause_{len(self.pauses)}", lambda: None)()
        return signal.SIGTERM if len(self.pauses) == self._times else None


def done(today: date = date(2026, 3, 20)) -> Reevaluated:
    return Reevaluated(evaluated_on=today, counts={}, crossings={})


def no_answer() -> Reevaluated:
    raise StorageUnavailable("The database did not answer: locked.") from sqlite3.OperationalError("locked")


def in_turn(*rounds: Callable[[], Reevaluated]) -> Callable[[], Reevaluated]:
    remaining = iter(rounds)
    return lambda: next(remaining)()


def test_rounds_come_at_intervals() -> None:
    waits = Waits(3)
    assert serve(done, MORNING, every_minutes=5, wait=waits) == 143
    assert waits.pauses == [300, 300, 300]


def test_mail_is_delivered_between_the_rounds() -> None:
    waits, delivered = Waits(8), list[None]()
    serve(done, MORNING, every_minutes=1, wait=waits, deliver=lambda: delivered.append(None))
    assert [round(pause) for pause in waits.pauses] == [20, 20, 20, 20, 20, 20, 20, 20]
    assert len(delivered) == 8


def test_a_delivery_that_takes_long_puts_the_next_round_off_by_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.0, 0.0, 35.0, 35.0, 35.0])
    monkeypatch.setattr("viptui.cli.evaluate.time.monotonic", lambda: next(now))
    waits = Waits(3)
    serve(done, MORNING, every_minutes=1, wait=waits, deliver=lambda: None)
    assert waits.pauses == [20, 5, 20]


def test_a_round_comes_at_midnight() -> None:
    waits = Waits(1)
    serve(done, Stopped(datetime(2026, 3, 20, 23, 59, tzinfo=UTC)), every_minutes=5, wait=waits)
    assert waits.pauses == [60]


def test_a_timer_that_fires_early_does_not_make_the_loop_spin() -> None:
    waits = Waits(1)
    almost = datetime(2026, 3, 20, 23, 59, 59, 999_999, tzinfo=UTC)
    serve(done, Stopped(almost), every_minutes=5, wait=waits)
    assert waits.pauses == [1]


def test_pauses_grow_while_nobody_answers_and_begin_anew(capsys: pytest.CaptureFixture[str]) -> None:
    waits = Waits(10)
    rounds = in_turn(*[no_answer] * 8, done, no_answer)
    assert serve(rounds, MORNING, every_minutes=5, wait=waits) == 143
    assert waits.pauses == [2, 4, 8, 16, 32, 60, 60, 60, 300, 2]
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "2026-03-20T08:00:00Z The database did not answer: locked. Next attempt in 2 s."
    assert lines[8] == "2026-03-20T08:00:00Z Evaluated 2026-03-20, crossings: none."


def test_a_database_of_another_program_ends_the_worker() -> None:
    def foreign() -> Reevaluated:
        raise StorageUnavailable("It is a database of another program.")

    with pytest.raises(StorageUnavailable, match="another program"):
        serve(foreign, MORNING, every_minutes=5, wait=Waits(1))


def test_another_day_is_refused() -> None:
    settings = load_settings(Overrides(as_of=date(2026, 3, 20), database="x.db"), {})
    with pytest.raises(SettingsError):
        run_worker(Namespace(every=None), settings)


def test_worker_survives_a_locked_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("viptui.data.sqlite.BUSY_TIMEOUT_MS", 10)
    target = str(tmp_path / "test.db")
    create_database(target)
    other = sqlite3.connect(target, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waits = Waits(3, pause_2=lambda: other.execute("ROLLBACK"))
    serve(Rounds(_settings(target), MORNING), MORNING, every_minutes=5, wait=waits)
    other.close()
    assert waits.pauses == [2, 4, 300]
    assert "database is locked" in capsys.readouterr().err
    database_proxy.close()


def test_worker_survives_a_restart_of_the_server(
    new_postgres_database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    create_database(new_postgres_database)
    waits = Waits(4, pause_1=lambda: _cut_all(new_postgres_database))
    serve(Rounds(_settings(new_postgres_database), MORNING), MORNING, every_minutes=5, wait=waits)
    assert waits.pauses == [300] * 4  # no round has failed: the connection was made anew before it
    database_proxy.close()


def test_worker_that_starts_before_the_server_waits_for_it(postgres: str, tmp_path: Path) -> None:
    nobody = f"postgresql://anna@/vip?host={tmp_path}"
    waits = Waits(2)
    serve(Rounds(_settings(nobody), MORNING), MORNING, every_minutes=5, wait=waits)
    assert waits.pauses == [2, 4]


def _cut_all(url: str) -> None:
    with psycopg.connect(url) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def _settings(target: str) -> Settings:
    environment: dict[str, Any] = {"TZ": "UTC"}
    return load_settings(Overrides(database=target), environment)
