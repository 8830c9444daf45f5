"""Taking over customers, Purchase Authorizations and orders from CSV files: all of them, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime

from viptui.data.database import update_statistics, write_transaction
from viptui.data.models import AuditEntry
from viptui.importing.apply import Changes, apply_records
from viptui.importing.checks import check
from viptui.importing.faults import Fault, FaultyFiles
from viptui.importing.merge import Counts
from viptui.importing.po_numbers import join_po_numbers
from viptui.importing.reader import Progress, Reader, Source
from viptui.importing.staging import find_heads, loading, lock_tables, staging_tables
from viptui.rules.policy import VipPolicy

__all__ = ["Changes", "Counts", "Fault", "FaultyFiles", "ImportResult", "Progress", "Source", "import_files"]


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
    dry_run: bool = False,
    report: Callable[[Progress], None] = lambda _: None,
) -> ImportResult:
    """Take files over into the open database in one transaction; ``dry_run`` takes everything back.

    Raises:
        FaultyFiles: the files are faulty; nothing was written.
        StorageUnavailable: the database cannot be written; nothing was.
    """
    reader = Reader(source, report)
    with staging_tables():
        with loading():
            reader.read_all()
        with suppress(_TakenBack), write_transaction():
            lock_tables()
            find_heads()
            reader.step("comparing the rows")
            check(reader.layouts, reader.faults)
            join_po_numbers(reader.layouts, reader.faults)
            reader.faults.reject()
            changes = apply_records(tuple(reader.layouts.values()), reader.names, policy, reader.step)
            if changes:
                _record(changes, now, actor)
            if dry_run:
                raise _TakenBack
        if changes and not dry_run:
            reader.step("looking at how the rows are spread")
            update_statistics()
    ignored = tuple((layout.file, layout.ignored) for layout in reader.layouts.values() if layout.ignored)
    return ImportResult(changes=changes, ignored=ignored, repaired=tuple(reader.repaired.items()))


class _TakenBack(Exception):
    """Ends a transaction whose work is not to stay."""


def _record(changes: Changes, now: datetime, actor: str) -> None:
    AuditEntry.create(at=now, actor=actor, origin="cli", action="import", after=json.dumps(asdict(changes)))
