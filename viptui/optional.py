"""Importing a library without modules that it only uses if they are there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """While this lasts, these modules cannot be imported, unless that has happened before.

    For modules that take long to load and for which there is no use here. Not while another thread imports them.
    """
    hidden = [each for each in modules if each not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for each in hidden:
            del sys.modules[each]
