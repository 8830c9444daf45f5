"""Figures as tables in Markdown: for the terminal and for RESULTS.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import Final

from benchmarks import programs
from benchmarks.figures import ANSWER, Figures, Key, percentile
from benchmarks.goals import Goal, Verdict, judge
from benchmarks.scenarios import keys, startup

ENOUGH_FOR_P95: Final = 20
"""Presses from which a 95th percentile says something."""

A: Final = Key(keys.NAME, programs.SMALLEST, "key", ANSWER)
"""The smallest Textual app's key."""

S: Final = Key(startup.NAME, programs.SMALLEST, startup.START, startup.START_MS)
"""The smallest Textual app's start."""

Row = Sequence[str]


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Rows as a Markdown table whose columns stand under each other; the first row is the head."""
    grid = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in grid) for column in range(len(grid[0]))]
    for number, row in enumerate(grid):
        cells = [
            cell.ljust(width) if _is_text(place) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            dashes = ("-" * width if _is_text(place) else "-" * (width - 1) + ":" for place, width in enumerate(widths))
            yield f"| {' | '.join(dashes)} |"


def report(figures: Figures, goals: Iterable[Goal], customers: int, head: Sequence[str]) -> str:
    """Everything that is told of a run."""
    lines = ["# Results", "", *head, ""]
    lines += ["## Figures to reach", "", *goal_table(figures, goals, customers), ""]
    for scenario in dict.fromkeys(key.scenario for key in figures.values):
        lines += [f"## {scenario}", "", *scenario_table(figures, scenario), ""]
        lines += [f"{sentence}\n" for sentence in figures.notes.get(scenario, [])]
    if figures.missing:
        lines += ["## Not measured", "", *table([("program", "why"), *figures.missing.items()]), ""]
    return "\n".join(lines)


def scenario_table(figures: Figures, scenario: str) -> Iterator[str]:
    """One scenario: a row for what each program did, a column for each quantity."""
    of_scenario = [key for key in figures.values if key.scenario == scenario]
    columns = list(dict.fromkeys(key.quantity for key in of_scenario))
    ratio = _ratio_column(figures, columns)
    heads = [part for column in columns for part in ((column, "p95") if column == ANSWER else (column,))]
    rows: list[Row] = [["what", "program", "times", *heads, *([ratio[0]] if ratio else [])]]
    for action, program in dict.fromkeys((key.action, key.program) for key in of_scenario):
        cells = [figures.values.get(Key(scenario, program, action, column), []) for column in columns]
        row = [action, program, str(max(len(values) for values in cells))]
        for column, values in zip(columns, cells, strict=True):
            row.append(number(median(values)) if values else "")
            if column == ANSWER:
                row.append(number(percentile(values, 0.95)) if len(values) >= ENOUGH_FOR_P95 else "")
        if ratio:
            of = cells[columns.index(ratio[1])]
            row.append(f"{median(of) / ratio[2]:.2f}" if of else "")
        rows.append(row)
    yield from table(rows)


def goal_table(figures: Figures, goals: Iterable[Goal], customers: int) -> Iterator[str]:
    """What was to be reached, what was measured, and whether it is enough."""
    rows: list[Row] = [["what", "verdict", "goal", "measured"]]
    for goal in goals:
        verdict, value = judge(goal, figures, customers)
        limit = f"{'>=' if goal.at_least else '<='} {number(goal.limit)} {goal.unit}"
        shown = "" if value is None else f"{number(value)} {goal.unit}"
        rows.append([goal.what, _VERDICTS[verdict].format(f"{goal.from_customers:,}"), limit, shown])
    yield from table(rows)


def number(value: float) -> str:
    """A number with as many digits as it is worth."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _is_text(column: int) -> bool:
    return column < 2


def _ratio_column(figures: Figures, columns: Sequence[str]) -> tuple[str, str, float] | None:
    """Head, quantity and unit of the ratios to the smallest Textual app, if it ran in the same run."""
    for head, quantity, unit in (("x A", ANSWER, A), ("x S", startup.START_MS, S)):
        if quantity in columns and (value := figures.median(unit)):
            return head, quantity, value
    return None


_VERDICTS: Final = {
    Verdict.REACHED: "reached",
    Verdict.MISSED: "MISSED",
    Verdict.NOT_MEASURED: "not measured",
    Verdict.TOO_FEW: "only told from {} customers on",
}
