"""Files of the exports folder: what they are called, and how they get there. None is ever written over another."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple
from uuid import uuid4

from viptui.errors import ReportFailed
from viptui.rows import CustomerRow
from viptui.rules.folding import fold
from viptui.rules.listing import Listing

CUSTOMERS_BETWEEN: Final = 500
"""Customers after which it is told how many there are by now."""


class Report(NamedTuple):
    """A report that has been written."""

    path: Path
    customers: int


class Counted(Iterable[CustomerRow]):
    """Customers that are counted on their way."""

    def __init__(self, rows: Iterable[CustomerRow], told: Callable[[int], None]) -> None:
        """``told`` is called with their number, again and again."""
        self._rows = rows
        self._told = told
        self.count = 0

    def __iter__(self) -> Iterator[CustomerRow]:
        for row in self._rows:
            yield row
            self.count += 1
            if self.count % CUSTOMERS_BETWEEN == 0:
                self._told(self.count)


def file_name(listing: Listing, today: date, ending: str = "csv") -> str:
    """What a report on a list is called, for example ``past-due-ana.kovac-2026-11-21.csv``."""
    query = "" if listing.query is None else str(listing.query)
    return name_of_file([listing.filter.value, listing.managed_by or "", listing.search, query], today, ending)


def name_of_file(parts: Iterable[str], today: date, kind: str) -> str:
    """A name for a file, made of whatever is in its parts that can be in a name."""
    words = ["".join(each if each.isalnum() or each in "._" else "-" for each in fold(part)) for part in parts]
    kept = [trimmed for word in words if (trimmed := word.strip("-.")[:_LONGEST_PART])]
    return f"{'-'.join([*kept, today.isoformat()])}.{kind}"


def write_file(lines: Iterable[str], folder: Path, name: str) -> Path:
    """Write lines to a new file; see `put_file`."""
    return put_file(lambda file: file.writelines(line.encode() for line in lines), folder, name)


def free_name(wanted: Path) -> Path:
    """What a file would be called that is written now: as wanted, or with the first number that is free."""
    return next(each for each in _names(wanted) if not each.exists())


def put_file(write: Callable[[BinaryIO], object], folder: Path, name: str) -> Path:
    """Have a new file written in a folder of one's own; a number makes its name new. Where it is.

    The file appears whole or not at all, for nobody else to read.

    Raises:
        ReportFailed: the folder or the file cannot be written; nothing is left.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{uuid4().hex}.part"
        try:
            _write(write, draft)
            path = _put_in_place(draft, folder / name)
        finally:
            draft.unlink(missing_ok=True)
        _make_lasting(folder)
    except OSError as error:
        raise ReportFailed(f"No file can be written in {folder}: {error.strerror or error}.") from error
    return path


def _write(write: Callable[[BinaryIO], object], path: Path) -> None:
    """Have a new file written."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w+b") as file:
        write(file)
        file.flush()
        os.fsync(descriptor)


def _put_in_place(draft: Path, wanted: Path) -> Path:
    """Give the draft the wanted name, or the first with a number that is free; never that of another file."""
    for path in _names(wanted):
        try:
            os.link(draft, path)  # unlike a rename it refuses a name that is taken
        except FileExistsError:
            continue
        return path
    raise AssertionError("there are always more numbers")


def _names(wanted: Path) -> Iterator[Path]:
    """The wanted name, then the same with a number."""
    yield wanted
    for number in count(2):
        yield wanted.with_stem(f"{wanted.stem}-{number}")


def _make_lasting(folder: Path) -> None:
    """A power cut after this takes no name away."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_LONGEST_PART: Final = 60
"""Characters of a search or a login in a file's name."""
