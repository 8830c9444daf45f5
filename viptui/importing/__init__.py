"""Taking over customers, Purchase Authorizations and orders from CSV files: all of them, or nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from viptui.data.database import write_transaction
from viptui.data.models import AuditEntry
from viptui.importing.apply import Changes, apply
from viptui.importing.checks import check
from viptui.importing.faults import Fault, Faults, FaultyFiles
from viptui.importing.files import FileFault, Rows, files_at
from viptui.importing.layout import Layout, column_map, fit, layout_of
from viptui.importing.merge import Counts
from viptui.importing.records import Names, RecordReader
from viptui.importing.staging import find_heads, load, loading, lock_tables, staging_tables
from viptui.rules.policy import VipPolicy

__all__ = ["Changes", "Counts", "Fault", "FaultyFiles", "ImportResult", "Progress", "Source", "import_files"]

_RECORDS_AT_ONCE: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What to read, and how."""

    paths: tuple[str, ...]
    """Files, and folders of files."""
    column_map: tuple[str, ...] = ()
    """``COLUMN=FIELD`` for columns whose names mean nothing to us."""
    encoding: str | None = None
    """Of files without a mark; UTF-8 if not said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an import has come."""

    step: str
    done: int
    """Bytes read."""
    total: int
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was done, or would be done."""

    changes: Changes
    ignored: tuple[tuple[str, tuple[str, ...]], ...]
    """Files with the columns in them that mean nothing."""


def import_files(
    source: Source,
    *,
    policy: VipPolicy,
    now: datetime,
    actor: str,
    dry_run: bool = False,
    report: Callable[[Progress], None] = lambda progress: None,
) -> ImportResult:
    """Take files over into the open database in one transaction; ``dry_run`` takes everything back.

    Raises:
        FaultyFiles: the files are faulty; nothing was written.
        StorageUnavailable: the database cannot be written; nothing was.
    """
    reading = _Reading(source, report)
    with staging_tables():
        with loading():
            reading.read_all()
        with suppress(_TakenBack), write_transaction():
            reading.step("comparing")
            changes = _apply(reading, policy)
            if changes:
                reading.step("finishing")
                _record(changes, now, actor)
            if dry_run:
                raise _TakenBack
    ignored = tuple((layout.file, layout.ignored) for layout in reading.layouts if layout.ignored)
    return ImportResult(changes=changes, ignored=ignored)
