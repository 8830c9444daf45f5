"""Figures, goals and their tables."""

from __future__ import annotations

import pytest

from benchmarks import programs
from benchmarks.figures import ANSWER, BYTES, Figures, Key, percentile
from benchmarks.goals import Goal, Verdict, judge, load_goals
from benchmarks.registry import SCENARIOS
from benchmarks.report import A, number, report, scenario_table, table
from benchmarks.scenarios.startup import VIPTUI_SMALL
from benchmarks.steps import Chunk, Step

DOWN = Key("keys", "viptui", "down", ANSWER)


def figures(**values: float) -> Figures:
    """One value a action of viptui's, and A = 4 ms."""
    made = Figures()
    made.add(*A, 4.0)
    for action, value in values.items():
        made.add("keys", "viptui", action, ANSWER, value)
    return made


def goal(limit: float, figure: Key = DOWN, **more: bool | int | Key) -> Goal:
    return Goal(what="down", figure=figure, limit=limit, unit="ms", **{"at_least": False, **more})  # type: ignore[arg-type]


PERCENTILES = {
    "one value": ([7.0], 7.0),
    "twenty values": ([float(value) for value in range(1, 21)], 19.0),
    "in any order": ([3.0, 1.0, 2.0], 3.0),
}


@pytest.mark.parametrize(("values", "expected"), PERCENTILES.values(), ids=PERCENTILES)
def test_95th_percentile(values: list[float], expected: float) -> None:
    assert percentile(values, 0.95) == expected


def test_median_pools_the_actions_and_the_worst_is_one_of_them() -> None:
    made = Figures()
    made.add("search", "viptui", "letter 1", ANSWER, 1, 2, 3)
    made.add("search", "viptui", "letter 2", ANSWER, 10, 20, 30)
    made.add("search", "viptui", "begin", ANSWER, 99)
    letters = Key("search", "viptui", "letter *", ANSWER)
    assert made.median(letters) == 6.5
    assert made.worst(letters) == 20
    assert made.median(letters._replace(program="fzf")) is None
    assert made.worst(letters._replace(program="fzf")) is None


def test_step_without_an_answer_is_told_by_its_bytes() -> None:
    made = Figures()
    made.add_step("keys", "viptui", "down", Step(1.0, ()))
    made.add_step("keys", "viptui", "down", Step(1.0, (Chunk(1.005, b"xyz"),)))
    assert made.values[DOWN] == [pytest.approx(5)]
    assert made.values[DOWN._replace(quantity=BYTES)] == [0, 3]


VERDICTS = {
    "below": (goal(6), Verdict.REACHED, 5),
    "at the limit": (goal(5), Verdict.REACHED, 5),
    "above": (goal(4.9), Verdict.MISSED, 5),
    "at least": (goal(5.1, at_least=True), Verdict.MISSED, 5),
    "a ratio": (goal(1.25, relative_to=A), Verdict.REACHED, 1.25),
    "not measured": (goal(5, DOWN._replace(action="up")), Verdict.NOT_MEASURED, None),
    "without what it is compared with": (goal(5, relative_to=DOWN._replace(program="fzf")), Verdict.NOT_MEASURED, None),
    "with too few customers": (goal(5, from_customers=1001), Verdict.TOO_FEW, 5),
}


@pytest.mark.parametrize(("wanted", "verdict", "value"), VERDICTS.values(), ids=VERDICTS)
def test_verdict(wanted: Goal, verdict: Verdict, value: float | None) -> None:
    assert judge(wanted, figures(down=5), customers=1000) == (verdict, value)


def test_every_goal_names_what_is_measured() -> None:
    known = {programs.VIPTUI, programs.LEAN, programs.FZF, programs.SMALLEST, VIPTUI_SMALL}
    goals = load_goals()
    assert len(goals) > 20
    for each in goals:
        for key in (each.figure, each.relative_to):
            assert key is None or key.scenario in SCENARIOS
            assert key is None or key.program in known or key.program.startswith("viptui ")


def test_table_stands_in_columns() -> None:
    assert list(table([("what", "who", "ms"), ("down", "viptui", "4.25"), ("up|u", "fzf", "1")])) == [
        "| what  | who    |   ms |",
        "| ----- | ------ | ---: |",
        "| down  | viptui | 4.25 |",
        "| up\\|u | fzf    |    1 |",
    ]


def test_scenario_tells_medians_and_ratios() -> None:
    lines = list(scenario_table(figures(down=5), "keys"))
    assert [head.strip() for head in lines[0].split("|")[1:-1]] == [
        "what",
        "program",
        "times",
        "answer ms",
        "p95",
        "x A",
    ]
    assert "4.00" in lines[2]
    assert "1.25" in lines[3]


def test_report_tells_what_was_missed_and_what_was_not_there() -> None:
    made = figures(down=5)
    made.missing["fzf"] = "not installed"
    made.note("keys", "An edge is where the list scrolls.")
    text = report(made, [goal(4)], 1000, ["- date: 2026-03-20"])
    assert "- date: 2026-03-20" in text
    assert "MISSED" in text
    assert "not installed" in text
    assert "An edge is where the list scrolls." in text


NUMBERS = {0: "0", 0.123: "0.12", 4.256: "4.26", 12.34: "12.3", 123.4: "123", 12_345: "12,345"}


@pytest.mark.parametrize(("value", "shown"), NUMBERS.items(), ids=NUMBERS.values())
def test_number(value: float, shown: str) -> None:
    assert number(value) == shown
