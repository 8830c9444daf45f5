"""Looking at what a new day has changed: counts for the badges, and who crossed a line."""

from __future__ import annotations

from datetime import date, datetime

from viptui.data.crossings import (
    last_evaluation,
    record_crossings,
    record_evaluation,
)
from viptui.data.database import write_transaction
from viptui.data.queries import count_filters
from viptui.data.snoozes import forget_those_over
from viptui.events import CrossingKind, Reevaluated
from viptui.rules.policy import VipPolicy


def reevaluate(*, now: datetime, today: date, policy: VipPolicy, evaluator: str) -> Reevaluated:
    """Count the filters for ``today`` and record each crossing since the latest evaluated day once, whoever evaluates.

    The first evaluation ever records no crossings, nor does one whose clock has been set back. A round that
    finds the day and the counts of the last one leaves no trace; any other one also removes the snoozes that are over.

    Raises:
        StorageUnavailable: nothing was recorded; the next round makes up for it.
    """
    with write_transaction():
        counts = count_filters(today, policy)
        last = last_evaluation()
        crossings: dict[CrossingKind, int] = {}
        if last is not None and last.evaluated_on < today:
            crossings = record_crossings(last.evaluated_on, today, policy, now)
        if last is None or last.evaluated_on < today or (last.evaluated_on == today and last.counts != counts):
            record_evaluation(today, counts, sum(crossings.values()), evaluator=evaluator, now=now)
            forget_those_over(today)
    return Reevaluated(evaluated_on=today, counts=counts, crossings=crossings)
