"""The figures to reach, and whether they are."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final

from benchmarks.figures import Figures, Key

FILE: Final = Path(__file__).with_name("goals.toml")


class Verdict(Enum):
    """What can be said of a goal."""

    REACHED = auto()
    MISSED = auto()
    NOT_MEASURED = auto()
    TOO_FEW = auto()
    """The goal speaks of more customers than there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One figure and its limit."""

    what: str
    figure: Key
    limit: float
    at_least: bool
    """Whether the figure must not be below the limit; else not above it."""
    unit: str
    relative_to: Key | None = None
    """The figure that it is divided by."""
    worst: bool = False
    """Whether the largest median of several actions counts; else the median of all values."""
    from_customers: int = 0
    """With how many customers the goal begins to mean something."""


def load_goals(file: Path = FILE) -> list[Goal]:
    """The goals of a file, see `goals.toml`."""
    with file.open("rb") as opened:
        return [_goal(table) for table in tomllib.load(opened)["goal"]]


def judge(goal: Goal, figures: Figures, customers: int) -> tuple[Verdict, float | None]:
    """Whether a goal is reached, and the figure that was measured."""
    value = figures.worst(goal.figure) if goal.worst else figures.median(goal.figure)
    if value is not None and goal.relative_to is not None:
        base = figures.median(goal.relative_to)
        value = value / base if base else None
    if value is None:
        return Verdict.NOT_MEASURED, None
    if customers < goal.from_customers:
        return Verdict.TOO_FEW, value
    reached = value >= goal.limit if goal.at_least else value <= goal.limit
    return (Verdict.REACHED if reached else Verdict.MISSED), value


def _goal(table: dict[str, Any]) -> Goal:
    at_least = "at_least" in table
    relative_to = table.get("relative_to")
    return Goal(
        what=table["what"],
        figure=Key(*table["figure"]),
        limit=table["at_least" if at_least else "at_most"],
        at_least=at_least,
        unit=table["unit"],
        relative_to=Key(*relative_to) if relative_to else None,
        worst=table.get("worst", False),
        from_customers=table.get("from_customers", 0),
    )
