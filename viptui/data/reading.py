"""Reading for as long as a command runs, without threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from viptui.data.database import connected, open_database


@contextmanager
def reading(target: str, *, read_only: bool = False) -> Iterator[None]:
    """The database at ``target``, open and bound to the models; closed at the end.

    Raises:
        StorageUnavailable: it cannot be opened, or it stops answering.
    """
    with closing(open_database(target, read_only=read_only)) as database, connected(database):
        yield
