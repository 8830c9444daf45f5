"""The re-evaluation: each crossing is recorded once, whoever looks and however rarely; what is new to whom."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import viptui
from tests.support.records import add_customer
from viptui.data.crossings import deltas, ensure_looks, record_crossings, record_look
from viptui.data.database import open_database, write_transaction
from viptui.data.facts import refresh_facts
from viptui.data.models import (
    Authorization,
    AuthorizationLine,
    Crossing,
    Customer,
    Evaluation,
    Look,
    Product,
    TeamMember,
)
from viptui.events import CrossingKind, Reevaluated
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy, policy_from
from viptui.workers.reevaluate import reevaluate

POLICY = VipPolicy()
DAY = timedelta(days=1)
NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
TODAY = date(2026, 3, 20)
OVERDUE_TODAY = TODAY - 31 * DAY
"""Creation day of a Purchase Authorization that becomes overdue on `TODAY`."""


def customer(**columns: Any) -> Customer:
    return add_customer("Acme", **columns)


def waiting_since(day: date, **columns: Any) -> Customer:
    """A customer whose open Purchase Authorization is of that day."""
    return customer(oldest_open_authorization_on=day, newest_open_authorization_on=day, has_products=True, **columns)


def evaluate(today: date, *, now: datetime = NOON, policy: VipPolicy = POLICY) -> Reevaluated:
    return reevaluate(now=now, today=today, policy=policy, evaluator="test")


def recorded() -> list[tuple[str, date]]:
    rows = Crossing.select(Crossing.kind, Crossing.crossed_on).order_by(Crossing.crossed_on, Crossing.id).tuples()
    return [(kind, day) for kind, day in rows]


CROSSINGS: Mapping[str, tuple[str, date, CrossingKind, date]] = {
    "31 days old is overdue": (
        "oldest_open_authorization_on",
        date(2026, 1, 1),
        CrossingKind.OVERDUE,
        date(2026, 2, 1),
    ),
    "overdue on 29 February": (
        "oldest_open_authorization_on",
        date(2024, 1, 29),
        CrossingKind.OVERDUE,
        date(2024, 2, 29),
    ),
    "61 days old is suspended": (
        "oldest_open_authorization_on",
        date(2026, 1, 1),
        CrossingKind.SUSPENDED,
        date(2026, 3, 3),
    ),
    "45 days before is upcoming": ("renewal_due_on", date(2026, 4, 1), CrossingKind.UPCOMING, date(2026, 2, 15)),
    "30 days before is ready": ("renewal_due_on", date(2026, 4, 1), CrossingKind.READY, date(2026, 3, 2)),
    "ready on 29 February": ("renewal_due_on", date(2024, 3, 30), CrossingKind.READY, date(2024, 2, 29)),
    "the day after is late": ("renewal_due_on", date(2026, 4, 1), CrossingKind.LATE, date(2026, 4, 2)),
    "late after 29 February": ("renewal_due_on", date(2028, 2, 29), CrossingKind.LATE, date(2028, 3, 1)),
    "31 days after is lapsed": ("renewal_due_on", date(2026, 4, 1), CrossingKind.LAPSED, date(2026, 5, 2)),
    "what goes on is upcoming a year later": (
        "renewal_following_on",
        date(2027, 4, 1),
        CrossingKind.UPCOMING,
        date(2027, 2, 15),
    ),
}


@pytest.mark.parametrize(("column", "fact_on", "kind", "crossed_on"), CROSSINGS.values(), ids=CROSSINGS)
def test_a_line_is_crossed_on_its_day(
    database: str, column: str, fact_on: date, kind: CrossingKind, crossed_on: date
) -> None:
    customer(**{column: fact_on})
    evaluate(crossed_on - 2 * DAY)
    assert evaluate(crossed_on - DAY).crossings == {}  # the day before
    assert evaluate(crossed_on).crossings == {kind: 1}  # the day
    assert evaluate(crossed_on + DAY).crossings == {}  # the day after
    assert recorded() == [(kind, crossed_on)]


def test_first_evaluation_is_a_baseline(database: str) -> None:
    waiting_since(OVERDUE_TODAY)
    done = evaluate(TODAY)
    assert done.counts[CustomerFilter.PAST_DUE] == 1
    assert done.crossings == {}
    assert recorded() == []
    assert Evaluation.select().count() == 1


def test_weekend_is_made_up_for_on_monday(database: str) -> None:
    friday = date(2026, 3, 20)
    for days in range(3):
        waiting_since(friday - 31 * DAY + (days + 1) * DAY)
    evaluate(friday)
    assert evaluate(friday + 3 * DAY).crossings == {CrossingKind.OVERDUE: 3}
    assert [day for _, day in recorded()] == [friday + DAY, friday + 2 * DAY, friday + 3 * DAY]


def test_long_absence_finds_every_line_in_between(database: str) -> None:
    customer(renewal_due_on=date(2026, 4, 1))
    evaluate(date(2026, 1, 1))
    evaluate(date(2026, 12, 31))
    assert recorded() == [
        ("upcoming", date(2026, 2, 15)),
        ("ready", date(2026, 3, 2)),
        ("late", date(2026, 4, 2)),
        ("lapsed", date(2026, 5, 2)),
    ]


def test_other_policy_moves_the_lines(database: str) -> None:
    waiting_since(TODAY - 15 * DAY)
    customer(renewal_due_on=TODAY + 89 * DAY)
    policy = policy_from({"preset": ["vip-14-60", "legacy-60"]})
    evaluate(TODAY - DAY, policy=policy)
    assert evaluate(TODAY, policy=policy).crossings == {CrossingKind.OVERDUE: 1, CrossingKind.UPCOMING: 1}


def test_without_grace_nobody_is_late(database: str) -> None:
    customer(renewal_due_on=TODAY - DAY)
    policy = policy_from({"grace_days": 0})
    evaluate(TODAY - DAY, policy=policy)
    assert evaluate(TODAY, policy=policy).crossings == {CrossingKind.LAPSED: 1}


def test_repeated_round_leaves_no_trace(database: str) -> None:
    waiting_since(OVERDUE_TODAY)
    evaluate(TODAY - DAY)
    first = evaluate(TODAY)
    again = evaluate(TODAY, now=NOON + timedelta(minutes=5))
    assert (again.counts, again.crossings) == (first.counts, {})
    assert len(recorded()) == 1
    assert Evaluation.select().count() == 2


def test_changed_counts_of_the_same_day_are_kept(database: str) -> None:
    evaluate(TODAY)
    waiting_since(OVERDUE_TODAY)
    assert evaluate(TODAY).crossings == {}
    evaluate(TODAY)
    rows = [json.loads(row.counts) for row in Evaluation.select().order_by(Evaluation.id)]
    assert [row["past-due"] for row in rows] == [0, 1]
    assert all(set(row) == set(CustomerFilter) for row in rows)


def test_row_says_who_found_what_when(database: str) -> None:
    waiting_since(OVERDUE_TODAY)
    evaluate(TODAY - DAY)
    evaluate(TODAY, now=NOON)
    row = Evaluation.select().order_by(Evaluation.id.desc()).get()
    assert (row.evaluated_on, row.evaluated_at, row.evaluator, row.crossings) == (TODAY, NOON, "test", 1)
    assert Crossing.get().recorded_at == NOON


def test_clock_set_back_records_nothing(database: str) -> None:
    waiting_since(OVERDUE_TODAY)
    evaluate(TODAY)
    done = evaluate(TODAY - 10 * DAY)
    assert (done.evaluated_on, done.crossings) == (TODAY - 10 * DAY, {})
    assert done.counts[CustomerFilter.PAST_DUE] == 0
    assert Evaluation.select().count() == 1


def test_clock_set_back_and_right_again_records_nothing_twice(database: str) -> None:
    waiting_since(OVERDUE_TODAY + DAY)
    evaluate(TODAY)
    evaluate(TODAY + DAY)
    evaluate(TODAY - 5 * DAY)
    assert evaluate(TODAY + 2 * DAY).crossings == {}
    assert len(recorded()) == 1


def test_known_crossing_stays_as_it_was_recorded(database: str) -> None:
    one = waiting_since(OVERDUE_TODAY)
    Crossing.create(customer=one, kind="overdue", crossed_on=TODAY, recorded_at=NOON - DAY)
    evaluate(TODAY - DAY)
    assert evaluate(TODAY).crossings == {}
    assert [row.recorded_at for row in Crossing.select()] == [NOON - DAY]


def test_ordered_in_time_never_crosses(database: str) -> None:
    product = Product.create(sku="S", sku_key="s", name="Product")
    one = customer()
    waits = Authorization.create(
        number="PA1", number_key="pa1", customer=one, created_on=OVERDUE_TODAY, created_by="reseller", status="open"
    )
    AuthorizationLine.create(authorization=waits, product=product, quantity=5)
    refresh_facts([one.id])
    evaluate(TODAY - DAY)
    waits.status = "ordered"
    waits.save()
    refresh_facts([one.id])
    assert evaluate(TODAY).crossings == {}


def test_rounds_search_only_around_the_lines(tmp_path: Path) -> None:
    engine: Any = open_database(str(tmp_path / "test.db"), create=True)
    statements: list[tuple[str, Any]] = []
    engine.query_hooks.append(lambda event: statements.append((event.sql, event.params)))
    with write_transaction():
        record_crossings(TODAY - DAY, TODAY, POLICY, NOON)
    deltas("anna", TODAY, POLICY)
    engine.query_hooks.clear()
    reads = [each for each in statements if each[0].startswith("SELECT")]
    plans = [row[3] for sql, values in reads for row in engine.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert [plan for plan in plans if plan.startswith(("SCAN c", "SCAN x"))] == []
    assert sum("SEARCH c" in plan for plan in plans) >= 10
    engine.close()


EVALUATOR = """
import json, sys
from datetime import UTC, date, datetime, timedelta
from viptui.data.database import connected, open_database
from viptui.rules.policy import VipPolicy
from viptui.workers.reevaluate import reevaluate

database = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
found = {}
with connected(database):
    for days in range(1, 41):
        today = date(2026, 3, 20) + timedelta(days=days)
        done = reevaluate(now=datetime.now(UTC), today=today, policy=VipPolicy(), evaluator=sys.argv[2])
        for kind, number in done.crossings.items():
            found[kind] = found.get(kind, 0) + number
database.close()
print(json.dumps(found), flush=True)
"""


def test_evaluators_at_the_same_moment_record_each_crossing_once(database: str) -> None:
    for days in range(120):
        waiting_since(TODAY - days * DAY)
        customer(renewal_due_on=TODAY + (days - 60) * DAY)
    evaluate(TODAY)
    running = [_start(EVALUATOR, database, f"evaluator {number}") for number in range(3)]
    for each in running:
        assert each.stdout.readline() == "ready\n"
    for each in running:
        each.stdin.write("\n")
        each.stdin.flush()
    found: dict[str, int] = {}
    for each in running:
        out, _ = each.communicate(timeout=120)
        assert each.returncode == 0
        for kind, number in json.loads(out).items():
            found[kind] = found.get(kind, 0) + number
    rows = [kind for kind, _ in recorded()]
    assert found == {kind: rows.count(kind) for kind in set(rows)}
    assert rows.count("overdue") == 31  # all that were pending
    assert rows.count("late") == 40
    assert Evaluation.select().count() == 41  # the baseline, and each day once


def _start(script: str, *words: str) -> Any:
    return subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(viptui.__file__).parents[1],
    )


PAST_DUE = CustomerFilter.PAST_DUE


def test_never_looked_means_no_delta(database: str) -> None:
    waiting_since(OVERDUE_TODAY)
    evaluate(TODAY - DAY)
    evaluate(TODAY)
    assert deltas("anna", TODAY, POLICY) == dict.fromkeys(CustomerFilter, 0)


ARRIVALS: Mapping[str, tuple[dict[str, date], CustomerFilter]] = {
    "overdue comes into Past Due": ({"oldest_open_authorization_on": OVERDUE_TODAY}, PAST_DUE),
    "45 days before comes into Upcoming": (
        {"renewal_due_on": TODAY + 45 * DAY},
        CustomerFilter.UPCOMING_RENEWALS,
    ),
    "30 days before comes into Ready": ({"renewal_due_on": TODAY + 30 * DAY}, CustomerFilter.READY_FOR_RENEWAL),
}


@pytest.mark.parametrize(("facts", "arrives_in"), ARRIVALS.values(), ids=ARRIVALS)
def test_arrivals_since_the_last_look(database: str, facts: dict[str, date], arrives_in: CustomerFilter) -> None:
    ensure_looks("anna", NOON - DAY)
    customer(**facts)
    evaluate(TODAY - DAY, now=NOON - DAY)
    evaluate(TODAY)
    nothing = dict.fromkeys(CustomerFilter, 0)
    assert deltas("Anna", TODAY, POLICY) == nothing | {arrives_in: 1}
    record_look("anna", arrives_in, NOON + timedelta(seconds=1))
    assert deltas("anna", TODAY, POLICY) == nothing


def test_who_was_in_the_filter_already_does_not_arrive(database: str) -> None:
    ensure_looks("anna", NOON - DAY)
    waiting_since(TODAY - 61 * DAY)  # suspended from today, past due for long
    customer(renewal_due_on=TODAY - DAY)  # late from today, ready for long
    evaluate(TODAY - DAY, now=NOON - DAY)
    assert evaluate(TODAY).crossings == {CrossingKind.SUSPENDED: 1, CrossingKind.LATE: 1}
    assert not any(deltas("anna", TODAY, POLICY).values())


def test_who_has_left_the_filter_is_no_arrival(database: str) -> None:
    ensure_looks("anna", NOON - DAY)
    one = waiting_since(OVERDUE_TODAY)
    evaluate(TODAY - DAY, now=NOON - DAY)
    evaluate(TODAY)
    one.oldest_open_authorization_on = one.newest_open_authorization_on = None
    one.save()
    assert deltas("anna", TODAY, POLICY)[PAST_DUE] == 0


def test_deltas_of_one_member(database: str) -> None:
    ensure_looks("anna", NOON - DAY)
    ben = TeamMember.create(login="Ben", login_key="ben")
    for manager in (None, ben, ben):
        waiting_since(OVERDUE_TODAY, managed_by=manager)
    evaluate(TODAY - DAY, now=NOON - DAY)
    evaluate(TODAY)
    assert deltas("anna", TODAY, POLICY)[PAST_DUE] == 3
    assert deltas("anna", TODAY, POLICY, managed_by="BEN")[PAST_DUE] == 2


def test_each_login_looks_for_itself(database: str) -> None:
    ensure_looks("anna", NOON - DAY)
    ensure_looks("ben", NOON - DAY)
    waiting_since(OVERDUE_TODAY)
    evaluate(TODAY - DAY, now=NOON - DAY)
    evaluate(TODAY)
    record_look("anna", PAST_DUE, NOON + DAY)
    assert deltas("anna", TODAY, POLICY)[PAST_DUE] == 0
    assert deltas("ben", TODAY, POLICY)[PAST_DUE] == 1


def test_one_customer_who_crossed_twice_is_one_arrival(database: str) -> None:
    ensure_looks("anna", NOON - DAY)
    one = waiting_since(OVERDUE_TODAY - DAY)
    for days in (0, 1):
        Crossing.create(customer=one, kind="overdue", crossed_on=TODAY - days * DAY, recorded_at=NOON)
    assert deltas("anna", TODAY, POLICY)[PAST_DUE] == 1


def test_looks_are_kept_one_a_tab(database: str) -> None:
    record_look("anna", PAST_DUE, NOON)
    ensure_looks("anna", NOON + DAY)
    record_look("Anna", CustomerFilter.ALL, NOON + 2 * DAY)
    looks = {row.tab: row.looked_at for row in Look.select()}
    assert looks == dict.fromkeys(CustomerFilter, NOON + DAY) | {PAST_DUE: NOON, CustomerFilter.ALL: NOON + 2 * DAY}
    assert Look.select().count() == len(CustomerFilter)
