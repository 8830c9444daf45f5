"""What was measured, and the few numbers that are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from math import ceil
from statistics import median
from typing import Final, NamedTuple

from benchmarks.line import SLOW
from benchmarks.steps import Step

ANSWER: Final = "answer ms"
LAST_BYTE: Final = "last byte ms"
BYTES: Final = "bytes"
LATE_BYTES: Final = "late bytes"
SLOW_LINE: Final = "slow line ms"
CPU: Final = "CPU ms"


class Key(NamedTuple):
    """What a figure is of."""

    scenario: str
    program: str
    action: str
    quantity: str


@dataclass(slots=True)
class Figures:
    """Every value that was measured, by what it is of, in the order of the first one."""

    values: dict[Key, list[float]] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    """Programs that could not be measured, and why."""
    notes: dict[str, list[str]] = field(default_factory=dict)
    """What has to be said beside a scenario's table."""

    def add(self, scenario: str, program: str, action: str, quantity: str, *values: float) -> None:
        """Add values of one quantity."""
        self.values.setdefault(Key(scenario, program, action, quantity), []).extend(values)

    def add_step(self, scenario: str, program: str, action: str, step: Step) -> None:
        """Add what one key cost; a key without an answer is told by its zero bytes."""
        if step.chunks:
            self.add(scenario, program, action, ANSWER, step.answered_ms)
            self.add(scenario, program, action, LAST_BYTE, step.settled_ms)
        self.add(scenario, program, action, BYTES, step.size)
        if step.late:
            self.add(scenario, program, action, LATE_BYTES, step.late_size)
        if step.chunks:
            seen = SLOW.arrivals(step.chunks)[-1]
            self.add(scenario, program, action, SLOW_LINE, (seen - step.pressed_at) * 1000)

    def note(self, scenario: str, sentence: str) -> None:
        """Say something beside a scenario's table, once."""
        said = self.notes.setdefault(scenario, [])
        if sentence not in said:
            said.append(sentence)

    def matching(self, wanted: Key) -> Iterator[list[float]]:
        """The values of each figure that ``wanted`` names; its action may hold wildcards."""
        for key, values in self.values.items():
            if key._replace(action=wanted.action) == wanted and fnmatchcase(key.action, wanted.action):
                yield values

    def median(self, wanted: Key) -> float | None:
        """The median of all values of the figures that ``wanted`` names; None if there are none."""
        pooled = [value for values in self.matching(wanted) for value in values]
        return median(pooled) if pooled else None

    def worst(self, wanted: Key) -> float | None:
        """The largest of the figures' medians; None if there are none."""
        return max((median(values) for values in self.matching(wanted) if values), default=None)


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least ``share`` of the values do not exceed (nearest rank)."""
    ordered: Sequence[float] = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]
