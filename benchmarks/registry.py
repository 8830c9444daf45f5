"""The scenarios by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from benchmarks.bench import Bench
from benchmarks.scenarios import (
    batch,
    beside,
    day_change,
    escape,
    held,
    idle,
    keys,
    memory,
    pages,
    search,
    sorting,
    startup,
    tabs,
)

SCENARIOS: Final[Mapping[str, Callable[[Bench], None]]] = MappingProxyType(
    {
        module.NAME: module.run
        for module in (
            batch,
            startup,
            keys,
            pages,
            tabs,
            search,
            sorting,
            held,
            escape,
            memory,
            idle,
            day_change,
            beside,
        )
    }
)
