"""The facts of many customers are worked out in two processes: none is missed, whatever becomes of the other one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from multiprocessing import Pipe, active_children
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import pytest

from tests.support.portfolio import authorization, customer, order, write_portfolio
from viptui.data.database import open_database
from viptui.data.facts import Purchases, recomputed_facts
from viptui.data.models import Customer
from viptui.importing import Progress, Source, facts_apart, import_files
from viptui.importing.facts_apart import AHEAD, in_both, work_out
from viptui.rules.facts import CustomerFacts
from viptui.rules.policy import VipPolicy

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
BATCHES = 9


def batches() -> Iterator[Purchases]:
    """One customer each, who has an order of as many licences as its id says."""
    for each in range(BATCHES):
        yield [], [(each, "2026-01-10", "initial", None, each)], [(each, "2027-01-10")]


def licences_due(other: Connection) -> dict[int, int]:
    return {values[-1]: values[-3] for batch in in_both(other, batches()) for values in batch}


def answer(line: Connection, times: int) -> None:
    """Be the other process for so many batches, then be gone."""
    with closing(line), suppress(EOFError):  # this one may be quicker
        for _ in range(times):
            ours, theirs = Pipe()
            with closing(theirs):
                theirs.send_bytes(line.recv_bytes())
                Thread(target=work_out, args=(ours,)).start()
                line.send_bytes(theirs.recv_bytes())


@pytest.mark.parametrize("times", [0, 1, AHEAD, AHEAD + 1])
def test_the_facts_of_an_other_process_that_goes_are_worked_out_here(times: int) -> None:
    ours, theirs = Pipe()
    other = Thread(target=answer, args=(theirs, times))
    with closing(ours):
        other.start()
        assert licences_due(ours) == {each: each for each in range(BATCHES)}
    other.join()


def test_a_process_that_nobody_asks_any_more_ends() -> None:
    ours, theirs = Pipe()
    ours.close()
    work_out(theirs)


def facts_of(row: Customer) -> CustomerFacts:
    return CustomerFacts(**{name: getattr(row, name) for name in CustomerFacts._fields})


def test_facts_of_many_are_those_of_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts_apart, "MANY", 1)
    monkeypatch.setattr("viptui.data.facts._CUSTOMERS_AT_ONCE", 2)
    ids = [f"A{number}" for number in range(40)]
    path = write_portfolio(
        tmp_path / "portfolio",
        customers=[customer(vip_id=each) for each in ids],
        authorizations=[authorization(vip_id=each, authorization_number=f"P{each}") for each in ids[::2]],
        orders=[order(vip_id=each, order_number=f"O{each}", quantity=f"{int(each[1:]) + 5}") for each in ids[1::3]],
    )
    beside: set[str] = set()

    def look(_: Progress) -> None:
        beside.update(each.name for each in active_children())

    monkeypatch.setattr("viptui.importing.apply._CUSTOMERS_BETWEEN_STEPS", 1)
    with closing(open_database(str(tmp_path / "own.db"), create=True)):
        import_files(Source(paths=(path,)), policy=VipPolicy(), now=NOW, actor="mia", report=look)
        stored = {each.id: facts_of(each) for each in Customer.select()}
        assert stored == recomputed_facts(stored)
    assert beside == {"viptui-facts"}
    assert not active_children()
