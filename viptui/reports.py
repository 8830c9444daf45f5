"""Customer reports: a list as a CSV file in the exports folder. Files there are never written over another."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from viptui.csv_cells import csv_cell, csv_line
from viptui.customer_views import CUSTOMER_FIELDS, Views
from viptui.errors import ReportFailed
from viptui.rows import CustomerRow
from viptui.rules.folding import fold
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy


class Report(NamedTuple):
    """A report that has been written."""

    path: Path
    customers: int


def customer_lines(
    rows: Iterable[CustomerRow], today: date, policy: VipPolicy, form: Callable[[object], str] = csv_cell
) -> Iterator[str]:
    """The lines of a report on customers as they stand on a day, the titles first; as the rows come."""
    yield csv_line(CUSTOMER_FIELDS)
    yield from map(csv_line, map(Views(today, policy, form).values, rows))


def file_name(listing: Listing, today: date) -> str:
    """What a report on a list is called, for example ``past-due-ana.kovac-2026-11-21.csv``."""
    return name_of_file([listing.filter.value, listing.managed_by or "", listing.search], today, "csv")


def name_of_file(parts: Iterable[str], today: date, kind: str) -> str:
    """A name for a file, made of whatever is in its parts that can be in a name."""
    words = ["".join(each if each.isalnum() or each in "._" else "-" for each in fold(part)) for part in parts]
    kept = [trimmed for word in words if (trimmed := word.strip("-.")[:_LONGEST_PART])]
    return f"{'-'.join([*kept, today.isoformat()])}.{kind}"


def write_report(lines: Iterable[str], folder: Path, name: str) -> Report:
    """Write lines, of which the first are titles, to a new file; see `write_file`."""
    path, written = write_file(lines, folder, name)
    return Report(path, max(0, written - 1))


def free_name(wanted: Path) -> Path:
    """What a file would be called that is written now: as wanted, or with the first number that is free."""
    return next(each for each in _names(wanted) if not each.exists())


def write_file(lines: Iterable[str], folder: Path, name: str) -> tuple[Path, int]:
    """Write lines to a new file in a folder of one's own, a number makes it new; where it is, and how many they were.

    The file appears whole or not at all, for nobody else to read.

    Raises:
        ReportFailed: the folder or the file cannot be written; nothing is left.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{uuid4().hex}.part"
        try:
            written = _write(lines, draft)
            path = _put_in_place(draft, folder / name)
        finally:
            draft.unlink(missing_ok=True)
        _make_lasting(folder)
    except OSError as error:
        raise ReportFailed(f"No file can be written in {folder}: {error.strerror}.") from error
    return path, written


def _write(lines: Iterable[str], path: Path) -> int:
    """Write the lines to a new file; how many there are."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    written = 0
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        for line in lines:
            file.write(line)
            written += 1
        file.flush()
        os.fsync(descriptor)
    return written


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
