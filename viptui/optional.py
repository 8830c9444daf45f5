"""Importing a library without a module that it only uses if it is there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(module: str) -> Iterator[None]:
    """While this lasts, ``module`` cannot be imported, unless that has happened before.

    For modules that take long to load and for which there is no use here. Not while another thread imports it.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]
