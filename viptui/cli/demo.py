"""``viptui demo``: the interface on made-up customers, or a database full of them."""

from __future__ import annotations

import os
import shlex
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from viptui.cli.output import prepare_output
from viptui.config import Settings
from viptui.data.database import is_postgres, open_database
from viptui.errors import StorageUnavailable, ViptuiError
from viptui.rules.filters import CustomerFilter
from viptui.text import visible

SECONDS_BEFORE_PROGRESS: Final = 1.0

_FOLDER: Final = "viptui-demo-"


def run_demo(arguments: Namespace, settings: Settings) -> int:
    """Open the interface on a throw-away database, or make a lasting one with ``--into``."""
    if arguments.into is None:
        return _look_at(arguments, settings)
    into = os.path.expanduser(arguments.into)  # noqa: PTH111 - may be a URL
    sentence = _keep_on_server(into, arguments, settings) if is_postgres(into) else _keep(into, arguments, settings)
    prepare_output(for_programs=False)
    print(visible(sentence))
    return 0


def _look_at(arguments: Namespace, settings: Settings) -> int:
    with _folder(None) as folder:
        target = str(folder / "demo.db")
        _fill(target, arguments, settings)

        from viptui.cli.interface import open_interface
        from viptui.mail.settings import MailSettings

        mail = MailSettings(folder / "mail")  # nobody outside is told of what happens to made-up customers
        demo = settings._replace(database=target, database_is_default=False, mail=mail)
        return open_interface(demo, tour=arguments.tour)


def _keep(into: str, arguments: Namespace, settings: Settings) -> str:
    """Make the file aside and put it in place whole; never over something that is there."""
    path = Path(into)
    if path.exists() or path.is_symlink():
        raise _in_the_way(path)
    with _folder(path.parent) as folder:
        draft = folder / "demo.db"
        counts = _fill(str(draft), arguments, settings)
        try:
            os.link(draft, path)
        except FileExistsError:
            raise _in_the_way(path) from None
        except OSError as error:
            raise StorageUnavailable(f"No database can be made at {path}: {error.strerror}.") from error
    return f"{_made(counts)} in {path}: open them with 'viptui --database {shlex.quote(str(path))}'."


def _keep_on_server(into: str, arguments: Namespace, settings: Settings) -> str:
    counts = _fill(into, arguments, settings)
    return f"{_made(counts)} on the PostgreSQL server: open them with 'viptui --database' and the same URL."


def _fill(target: str, arguments: Namespace, settings: Settings) -> dict[CustomerFilter, int]:
    """Make the database, and the customers as they stand on the day that the settings ask for."""
    from viptui.data.demo import generate_demo
    from viptui.data.queries import count_filters
    from viptui.services import clock_of

    clock = clock_of(settings)
    today = clock.today()
    with closing(open_database(target, create=True)), _progress() as progress:
        generate_demo(
            arguments.customers,
            arguments.seed,
            today,
            clock.now(),
            settings.policy,
            me=settings.me,
            progress=progress,
        )
        return count_filters(today, settings.policy)


@contextmanager
def _folder(parent: Path | None) -> Iterator[Path]:
    """A fresh folder that nobody else may enter, gone afterwards; in ``parent``, which is made if need be."""
    try:
        if parent is not None:
            parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = TemporaryDirectory(prefix=f".{_FOLDER}" if parent else _FOLDER, dir=parent)
    except OSError as error:
        raise StorageUnavailable(f"No database can be made in {parent}: {error.strerror}.") from error
    with folder as name:
        yield Path(name)


class _Progress:
    """A line on the terminal, once it has taken long enough for somebody to wonder."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._is_shown = False

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty() and time.monotonic() - self._began > SECONDS_BEFORE_PROGRESS:
            print(f"\rMaking customers: {done:,} of {total:,}", end="", file=sys.stderr, flush=True)
            self._is_shown = True

    def clear(self) -> None:
        """Leave the line as it was."""
        if self._is_shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


@contextmanager
def _progress() -> Iterator[_Progress]:
    progress = _Progress()
    try:
        yield progress
    finally:
        progress.clear()


def _made(counts: dict[CustomerFilter, int]) -> str:
    """What there is, as the beginning of a sentence."""
    everybody = counts[CustomerFilter.ALL]
    customers = "1 customer" if everybody == 1 else f"{everybody:,} customers"
    return (
        f"Made {customers} ({counts[CustomerFilter.PAST_DUE]:,} past due, "
        f"{counts[CustomerFilter.READY_FOR_RENEWAL]:,} ready for renewal)"
    )


def _in_the_way(path: Path) -> ViptuiError:
    return ViptuiError(f"There is already something at {path}: name a path that does not exist yet.")
