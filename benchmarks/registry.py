"""The scenarios by name, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from benchmarks.bench import Bench
from benchmarks.scenarios import keys, pages, startup

SCENARIOS: Final[Mapping[str, Callable[[Bench], None]]] = MappingProxyType(
    {module.NAME: module.run for module in (startup, keys, pages)}
)
