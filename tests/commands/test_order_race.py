"""One Purchase Authorization is ordered once, however many processes order it at the same moment."""

from __future__ import annotations

from datetime import timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

from tests.support.acting import act_on, counts, do
from tests.support.clock import TODAY
from tests.support.records import add_customer, authorize
from viptui.data.database import open_database
from viptui.data.models import AuditEntry, Authorization, Order, OutboxMail
from viptui.errors import CommandRejected
from viptui.rules.filters import CustomerFilter

PROCESSES = 4
ROUNDS = 5


def order_each_round(target: str, number: int, start: Barrier) -> list[str]:
    """In each round order the same Purchase Authorizations as everybody else: what came of it."""
    open_database(target)
    told = []
    for turn in range(ROUNDS):
        act = act_on(actor=f"member{number}", request_id=f"{number}-{turn}")
        start.wait(60)
        try:
            told.append(do("order.place", f"VIP{turn}", act=act, authorizations=[f"PA{turn}a", f"PA{turn}b"]).summary)
        except CommandRejected as rejected:
            told.append(str(rejected))
    return told


def test_four_processes_order_the_same_purchase_authorizations(database: str) -> None:
    for turn in range(ROUNDS):
        customer = add_customer(f"Elm {turn}", vip_id=f"VIP{turn}", contact_email="kim@elm.example")
        for letter in "ab":
            authorize(customer, TODAY - timedelta(days=40), {"Photoshop": 2}, number=f"PA{turn}{letter}")
    spawn = get_context("spawn")
    with spawn.Manager() as shared, spawn.Pool(PROCESSES) as pool:
        start = shared.Barrier(PROCESSES)
        results = pool.starmap(order_each_round, [(database, number, start) for number in range(PROCESSES)])
    for turn in range(ROUNDS):
        told = [result[turn] for result in results]
        (winner,) = [number for number, each in enumerate(told) if each.startswith("Ordered ")]
        order = Order.get(Order.number == told[winner].split()[1])
        sentence = f"was ordered by member{winner} at 2026-03-20 12:00 with {order.number}."
        for number, each in enumerate(told):
            assert number == winner or each == f"PA{turn}a {sentence} PA{turn}b {sentence}"
        assert [each.order for each in Authorization.select().where(Authorization.customer == order.customer)] == [
            order,
            order,
        ]
    assert Order.select().count() == AuditEntry.select().count() == OutboxMail.select().count() == ROUNDS
    assert counts()[CustomerFilter.PAST_DUE] == 0
