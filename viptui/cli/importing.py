"""``viptui import``: files in, a short account out."""

from __future__ import annotations

import io
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viptui.cli.ending import Ending, noted_signals
from viptui.cli.output import print_json
from viptui.data.database import is_postgres, open_database
from viptui.errors import ImportRejected, SettingsError, StorageUnavailable, ViptuiError
from viptui.services import clock_of
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.config import Settings
    from viptui.importing import ImportResult, Progress

REFUSED: Final = 1

_SECONDS_BETWEEN_UPDATES: Final = 0.1


def run_import(arguments: Namespace, settings: Settings) -> int:
    """Import what the arguments name; the exit status."""
    _refuse_nonsense(arguments, settings)
    bar = ProgressBar()
    try:
        with _database(settings.database, dry_run=arguments.dry_run) as connection, noted_signals(connection) as ending:
            result = _import_unless_ended(arguments, settings, bar, ending)
    except ImportRejected as rejected:
        bar.clear()
        _print_faults(rejected)
        return REFUSED
    except ImportEnded as ended:
        bar.clear()
        print(f"viptui: {ended}", file=sys.stderr)
        return ended.status
    finally:
        bar.clear()
    _print_result(result, arguments)
    return 0


class ImportEnded(ViptuiError):
    """A signal ended the import; the message says what became of it."""

    def __init__(self, number: int, *, is_stored: bool) -> None:
        from viptui.importing.account import ended_words

        super().__init__(ended_words(is_stored=is_stored))
        self.status = 128 + number


def _import_unless_ended(arguments: Namespace, settings: Settings, bar: ProgressBar, ending: Ending) -> ImportResult:
    """Import, but take all back where a signal comes before everything is stored."""
    is_stored = False

    def report(progress: Progress) -> None:
        from viptui.importing import STORED

        nonlocal is_stored
        is_stored = progress.step == STORED
        if ending.number and not is_stored:
            raise ImportEnded(ending.number, is_stored=False)
        bar.show(progress)

    try:
        result = _import(arguments, settings, report)
    except StorageUnavailable as error:
        if not ending.number:
            raise
        raise ImportEnded(ending.number, is_stored=is_stored) from error  # the signal has interrupted a statement
    if ending.number:
        raise ImportEnded(ending.number, is_stored=is_stored)
    return result


def _import(arguments: Namespace, settings: Settings, report: Callable[[Progress], None]) -> ImportResult:
    from viptui.importing import Source, import_files  # only now that the engine is known: see open_database

    paths, column_map = tuple(arguments.paths), tuple(arguments.map)
    return import_files(
        Source(paths=paths, column_map=column_map, encoding=arguments.encoding),
        policy=settings.policy,
        now=clock_of(settings).now(),
        actor=settings.me,
        origin=f"cli {settings.seat}".strip(),
        dry_run=arguments.dry_run,
        report=report,
    )


class ProgressBar:
    """One line on standard error that says how far the import is; silent unless that is a terminal."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._shown_at = 0.0
        self._step = ""
        self._width = 0
        self._is_terminal = sys.stderr.isatty()

    def show(self, progress: Progress) -> None:
        """Show how far it is, at most ten times a second."""
        now = time.monotonic()
        if self._is_terminal and (progress.step != self._step or now - self._shown_at >= _SECONDS_BETWEEN_UPDATES):
            from viptui.importing.account import progress_words

            self._step, self._shown_at = progress.step, now
            self._write(progress_words(progress, now - self._began))

    def clear(self) -> None:
        """Take the line away."""
        if self._width:
            self._write("")
            sys.stderr.write("\r")
            sys.stderr.flush()

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text.ljust(self._width)}")
        sys.stderr.flush()
        self._width = len(text)


def _refuse_nonsense(arguments: Namespace, settings: Settings) -> None:
    if settings.read_only and not arguments.dry_run:
        raise SettingsError(f"Nothing is written: leave out {settings.read_only_by}, or look first with --dry-run.")
    for word in arguments.map:
        if "=" not in word:
            raise SettingsError(f"--map {word!r} must be written as COLUMN=FIELD.")
    if arguments.encoding is not None and not _is_encoding(arguments.encoding):
        raise SettingsError(f"--encoding {arguments.encoding!r} is not known; write it as utf-8, utf-16 or cp1252.")


def _is_encoding(name: str) -> bool:
    try:
        with io.TextIOWrapper(io.BytesIO(), encoding=name):
            return True
    except (LookupError, ValueError):
        return False


@contextmanager
def _database(target: str, *, dry_run: bool) -> Iterator[Any]:
    """The connection to the database; a missing one is made, and taken away again if nothing comes of it."""
    is_new = not is_postgres(target) and not Path(target).exists()
    with ExitStack() as undo:
        if is_new and dry_run:
            folder = undo.enter_context(tempfile.TemporaryDirectory(prefix="viptui-"))
            target = str(Path(folder, "dry-run.db"))
        database = open_database(target, create=not dry_run or is_new)
        done = False
        try:
            yield database.connection()
            done = True
        finally:
            database.close()
            if is_new and not done:
                _remove(Path(target))


def _remove(database: Path) -> None:
    from viptui.data.sqlite import files_of  # it imports peewee: see open_database

    for file in files_of(database):
        file.unlink(missing_ok=True)


def _print_faults(rejected: ImportRejected) -> None:
    for line in str(rejected).split("\n"):
        print(f"viptui: {visible(line)}", file=sys.stderr)
    print("viptui: Nothing was imported. Correct the files and import them again.", file=sys.stderr)


def _print_result(result: ImportResult, arguments: Namespace) -> None:
    from viptui.importing.account import account, remarks

    for remark in remarks(result):
        print(visible(f"viptui: {remark}"), file=sys.stderr)
    if arguments.json:
        print_json({"dry_run": arguments.dry_run, **asdict(result.changes)})
        return
    for line in account(result.changes, dry_run=arguments.dry_run):
        print(line)
