"""Large files are read by a process of their own: the result is the same, and neither process outlives the other."""

from __future__ import annotations

import os
import signal
import struct
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing import active_children
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.support.acting import counts
from tests.support.portfolio import authorization, customer, order, write_portfolio
from viptui.data.models import Customer
from viptui.importing import Changes, FaultyFiles, Progress, Source, import_files
from viptui.importing.apart import ReadingStopped, batches_apart
from viptui.importing.reader import Findings
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
MANY = 3_000
"""Customers that do not all fit into the pipe between the processes."""


@pytest.fixture
def portfolio(tmp_path: Path) -> str:
    customers = [customer(vip_id=f"A{number}") for number in range(MANY)]
    return write_portfolio(tmp_path / "portfolio", customers=customers, authorizations=[authorization()])


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viptui.importing.WORTH_A_PROCESS", 0)
    monkeypatch.setattr("viptui.importing.apply.WORTH_A_PROCESS", 0)


def take_over(path: str, *, report: list[Progress] | None = None) -> Changes:
    seen = [] if report is None else report
    source = Source(paths=(path,))
    return import_files(source, policy=VipPolicy(), now=NOW, actor="mia", report=seen.append).changes


def reading_process() -> int:
    (process,) = active_children()
    assert process.pid is not None
    return process.pid


def kill_reading_process(_: Progress) -> None:
    for process in active_children():  # none, if what it has sent before is still being read
        process.kill()


def test_everything_is_stored(database: str, portfolio: str) -> None:
    reports: list[Progress] = []
    changes = take_over(portfolio, report=reports)
    assert (changes.customers.added, changes.authorizations.added) == (MANY, 1)
    assert (changes.products_added, changes.team_members_added) == (1, 1)
    reading = [each for each in reports if each.step == "reading"]
    assert (reading[-1].rows, reading[-1].done) == (MANY + 1, reading[-1].total)
    assert not take_over(portfolio)
    assert not active_children()


def test_what_follows_is_worked_out_by_another_process(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viptui.importing.apply._CUSTOMERS_BETWEEN_STEPS", 100)
    numbers = range(1_200)
    path = write_portfolio(
        tmp_path,
        customers=[customer(vip_id=f"A{each}") for each in numbers],
        authorizations=[authorization(authorization_number=f"PA{each}", vip_id=f"A{each}") for each in numbers],
        orders=[order(order_number=f"O{each}", vip_id=f"A{each}", quantity=str(each + 4)) for each in numbers],
    )
    others: set[str] = set()

    def look(progress: Progress) -> None:
        if progress.step.startswith("working out renewals: "):
            others.update(each.name for each in active_children())

    import_files(Source(paths=(path,)), policy=VipPolicy(), now=NOW, actor="mia", report=look)
    assert others == {"viptui-facts"}
    assert counts(NOW.date())[CustomerFilter.PAST_DUE] == len(numbers)
    assert not active_children()


def test_faults_are_told_as_ever(database: str, tmp_path: Path) -> None:
    path = write_portfolio(tmp_path, customers=[customer(term_months="99")], orders=[order(vip_id="nobody")])
    with pytest.raises(FaultyFiles) as refused:
        take_over(path)
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [(2, "term_months"), (2, "vip_id")]
    assert Customer.select().count() == 0


def test_a_reading_process_that_is_killed_leaves_nothing(database: str, portfolio: str) -> None:
    with pytest.raises(ReadingStopped, match=r"ended \(-9\): nothing was imported"):
        import_files(
            Source(paths=(portfolio,)),
            policy=VipPolicy(),
            now=NOW,
            actor="mia",
            report=kill_reading_process,
        )
    assert Customer.select().count() == 0
    assert not active_children()


def killed_while_it_sends(_: Source, sender: Connection) -> None:
    """Instead of what the reading process does: the length of a message, a part of it, and the end."""
    os.write(sender.fileno(), struct.pack("!i", 1_000) + b"a part")
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_reading_process_that_is_killed_in_the_middle_of_a_message(
    portfolio: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("viptui.importing.apart._send", killed_while_it_sends)
    with (
        pytest.raises(ReadingStopped, match=r"ended \(-9\): nothing was imported"),
        closing(batches_apart(Source(paths=(portfolio,)), Findings())) as batches,
    ):
        next(batches)
    assert not active_children()


def test_an_interrupt_is_left_to_the_process_that_stores(portfolio: str) -> None:
    found = Findings()
    with closing(batches_apart(Source(paths=(portfolio,)), found)) as batches:
        rows = len(next(batches)[3])
        os.kill(reading_process(), signal.SIGINT)
        rows += sum(len(lines) for *_, lines, _ in batches)
    assert rows == MANY + 1
    assert len(found.layouts) == 2


def test_the_reading_process_ends_with_the_import(portfolio: str) -> None:
    with closing(batches_apart(Source(paths=(portfolio,)), Findings())) as batches:
        next(batches)
        assert reading_process()
    assert not active_children()


def test_a_process_that_nobody_listens_to_ends_by_itself(portfolio: str) -> None:
    from multiprocessing import get_context

    from viptui.importing.apart import _send

    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(Source(paths=(portfolio,)), sender))
    process.start()
    sender.close()
    assert receiver.recv_bytes()
    receiver.close()
    process.join(20)
    assert process.exitcode == 0
