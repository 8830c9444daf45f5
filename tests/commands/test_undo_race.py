"""What was done is taken back once, however many processes take it back at the same moment."""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

from tests.support.acting import act_on, counts, customer, do
from tests.support.records import add_customer, add_member
from viptui.data.database import open_database
from viptui.data.models import AuditEntry
from viptui.errors import CommandRejected

PROCESSES = 3
ROUNDS = 4


def take_back_each_round(target: str, number: int, entries: list[str], start: Barrier) -> list[str]:
    """In each round take the same entry back as everybody else: what came of it."""
    open_database(target)
    told = []
    for turn, entry in enumerate(entries):
        act = act_on(actor=f"m{number}", request_id=f"{number}-{turn}")
        start.wait(60)
        try:
            told.append(do("history.undo", entry, act=act).summary)
        except CommandRejected as rejected:
            told.append(str(rejected))
    return told


def test_processes_take_the_same_entry_back(database: str) -> None:
    ana = add_member("ana")
    add_member("ben")
    for turn in range(ROUNDS):
        add_customer(f"Elm {turn}", vip_id=f"VIP{turn}", managed_by=ana)
        do("customer.reassign", [f"VIP{turn}"], to="ben")
    entries = [str(number) for (number,) in AuditEntry.select(AuditEntry.id).order_by(AuditEntry.id).tuples()]
    spawn = get_context("spawn")
    with spawn.Manager() as shared, spawn.Pool(PROCESSES) as pool:
        start = shared.Barrier(PROCESSES)
        results = pool.starmap(take_back_each_round, [(database, each, entries, start) for each in range(PROCESSES)])
    for turn, entry in enumerate(entries):
        told = [result[turn] for result in results]
        (winner,) = [number for number, each in enumerate(told) if each.startswith("Took ")]
        others = [each for number, each in enumerate(told) if number != winner]
        assert all(
            each.startswith(f"m{winner} took entry {entry} back already, at 2026-03-20 12:00") for each in others
        )
        assert customer(f"VIP{turn}").managed_by.login == "ana"
    assert AuditEntry.select().count() == 2 * ROUNDS
    counts()
