"""Reading for as long as a command runs, without threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from viptui.data.database import open_database
from viptui.errors import StorageUnavailable


@contextmanager
def reading(target: str, *, read_only: bool = False) -> Iterator[None]:
    """The database at ``target``, open and bound to the models; closed at the end.

    Raises:
        StorageUnavailable: it cannot be opened, or it stops answering.
    """
    with closing(open_database(target, read_only=read_only)):
        import peewee  # open_database has imported it already, the cheapest way

        try:
            yield
        except peewee.DatabaseError as error:
            raise StorageUnavailable(f"The database did not answer: {_first_line(error)}.") from error


def _first_line(error: Exception) -> str:
    text = str(error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")
