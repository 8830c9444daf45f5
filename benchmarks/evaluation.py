"""``python -m benchmarks.evaluation DATABASE DAY``: bring a database to the evening before a day, or over midnight.

Without ``--evaluate`` the database is afterwards one that was evaluated last on the day before. With it the day
itself is evaluated too, as `viptui evaluate` does it, and its seconds and crossings are printed as JSON.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from contextlib import closing
from datetime import UTC, date, timedelta
from time import perf_counter

from viptui.clock import SystemClock
from viptui.data.database import connected, open_database, write_transaction
from viptui.rules.policy import VipPolicy


def main() -> None:
    """Do what the command line says."""
    parser = ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("day", type=date.fromisoformat)
    parser.add_argument("--evaluate", action="store_true")
    arguments = parser.parse_args()
    database = open_database(arguments.database)
    with closing(database), connected(database):
        go_back_to(arguments.day - timedelta(days=1))
        if arguments.evaluate:
            began = perf_counter()
            crossings = evaluate(arguments.day)
            print(json.dumps({"seconds": perf_counter() - began, "crossings": crossings}))


def go_back_to(day: date) -> None:
    """Forget every evaluation and evaluate as on ``day``: a first evaluation, which records no crossings."""
    from viptui.data.models import Crossing, Evaluation  # only now that the engine is known

    with write_transaction():
        Crossing.delete().execute()
        Evaluation.delete().execute()
    evaluate(day)


def evaluate(day: date) -> int:
    """Evaluate a day; how many crossings were recorded."""
    from viptui.workers.reevaluate import reevaluate

    now = SystemClock(UTC).now()
    done = reevaluate(now=now, today=day, policy=VipPolicy(), evaluator="benchmark")
    return sum(done.crossings.values())


if __name__ == "__main__":
    main()
