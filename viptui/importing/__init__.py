"""Taking over customers, Purchase Authorizations and orders from CSV files: all of them, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from viptui.data.database import update_statistics, write_transaction
from viptui.data.history import write_history
from viptui.importing.apply import Changes, apply_records
from viptui.importing.bulk import straight_into_the_file
from viptui.importing.checks import check
from viptui.importing.columns import kind_named
from viptui.importing.derived import Names, records
from viptui.importing.faults import Fault, FaultyFiles
from viptui.importing.merge import Counts
from viptui.importing.po_numbers import join_po_numbers
from viptui.importing.reader import Findings, Progress, Reader, Source
from viptui.importing.staging import find_heads, load, loading, lock_tables, staging_tables
from viptui.rules.policy import VipPolicy

__all__ = ["STORED", "Changes", "Counts", "Fault", "FaultyFiles", "ImportResult", "Progress", "Source", "import_files"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was done, or would be done."""

    changes: Changes
    ignored: tuple[tuple[str, tuple[str, ...]], ...]
    """Files with the columns in them that mean nothing."""
    repaired: tuple[tuple[str, int], ...]
    """Files with the number of cells in which characters were put right, or replaced by a visible mark."""


def import_files(
    source: Source,
    *,
    policy: VipPolicy,
    now: datetime,
    actor: str,
    origin: str = "cli",
    dry_run: bool = False,
    report: Callable[[Progress], None] = lambda _: None,
) -> ImportResult:
    """Take files over into the open database in one transaction; ``dry_run`` takes everything back.

    The history tells that ``actor`` did it, and from where: ``origin``.

    Raises:
        FaultyFiles: the files are faulty; nothing was written.
        StorageUnavailable: the database cannot be written; nothing was.
        ViptuiError: what ``report`` raises; nothing was written, unless it was told of `STORED` before.
    """
    progress = _Report(report)
    with staging_tables():
        with loading():
            found, names = _load(source, progress)
        faults, layouts = found.faults, found.layouts
        with straight_into_the_file(), suppress(_TakenBack), write_transaction():
            lock_tables()
            progress.step("comparing the rows")
            find_heads()
            check(layouts, faults)
            join_po_numbers(layouts, faults)
            faults.reject()
            changes = apply_records(tuple(layouts.values()), names, policy, progress.step)
            if changes:
                _record(changes, now, actor, origin)
            if dry_run:
                raise _TakenBack
        if changes and not dry_run:
            progress.step(STORED)
            update_statistics()
    ignored = tuple((layout.file, layout.ignored) for layout in layouts.values() if layout.ignored)
    return ImportResult(changes=changes, ignored=ignored, repaired=tuple(found.repaired.items()))


STORED: Final = "looking at how the rows are spread"
"""The step that begins once everything is written; whatever ends the import before takes everything back."""

WORTH_A_PROCESS: Final = 8_000_000
"""Bytes of files from which on a second process reads them; its start costs as much as reading half a megabyte."""


def _load(source: Source, progress: _Report) -> tuple[Findings, Names]:
    """Put all rows of all files into the temporary tables; what is known of the files, and what they name."""
    reader = Reader(source)
    if reader.total < WORTH_A_PROCESS:
        batches = reader.batches()
    else:
        from viptui.importing.apart import batches_apart

        batches = batches_apart(source, reader.found)
    progress.total = reader.total
    names = Names()
    with closing(batches):
        for done, name, file, lines, columns in batches:
            kind = kind_named(name)
            load(kind, records(kind, file, lines, columns, names))
            progress.read(done, len(lines))
    return reader.found, names


class _Report:
    """Tells how far the import has come."""

    def __init__(self, report: Callable[[Progress], None]) -> None:
        self._report = report
        self._rows = 0
        self.total = 0

    def read(self, done: int, rows: int) -> None:
        """So many bytes have been read by now, and so many more rows."""
        self._rows += rows
        self._report(Progress(step="reading", done=done, total=self.total, rows=self._rows))

    def step(self, name: str) -> None:
        """What is being done now that everything has been read."""
        self._report(Progress(step=name, done=self.total, total=self.total, rows=self._rows))


class _TakenBack(Exception):
    """Ends a transaction whose work is not to stay."""


def _record(changes: Changes, now: datetime, actor: str, origin: str) -> None:
    counts = (changes.customers, changes.authorizations, changes.orders)
    kinds = zip(("customers", "Purchase Authorizations", "orders"), counts, strict=True)
    told = ", ".join(f"{each.added:,} {kind} added and {each.changed:,} changed" for kind, each in kinds)
    write_history(
        [
            {
                "at": now,
                "actor": actor,
                "origin": origin,
                "action": "import",
                "after": json.dumps(asdict(changes)),
                "summary": f"Imported files: {told}.",
            }
        ]
    )
