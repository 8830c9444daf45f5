"""Opening the interface: the only part of the command line that imports Textual."""

from __future__ import annotations

import gc
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viptui.config import Settings, log_file
from viptui.errors import SettingsError, StorageUnavailable, ViptuiError
from viptui.optional import without
from viptui.services import Services

if TYPE_CHECKING:
    from argparse import Namespace
    from concurrent.futures import Future

    from viptui.data.snapshot import Snapshot
    from viptui.rules.listing import Listing

CRASHED: Final = 4

SECONDS_OF_A_THREAD: Final = 0.001
"""How long a thread that reads from the database may keep a key waiting; Python's own value is five times that."""


def run_interface(_arguments: Namespace, settings: Settings) -> int:
    """Open the interface on the database that the settings name."""
    return open_interface(settings)


def open_interface(settings: Settings, triage: Listing | None = None, *, tour: bool = False) -> int:
    """Open the interface, with a list to triage at once or a tour for who sees it first; its exit status.

    Raises:
        StorageUnavailable: the database cannot be used.
        SettingsError: the settings ask for keys that cannot be.
        ViptuiError: there is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ViptuiError("The interface needs a terminal. 'viptui list' and 'viptui counts' work without one.")
    _check_keys(settings)
    gc.disable()  # until the first screen is drawn
    _make_default_database(settings)
    services = Services.open(settings)
    _write_log()
    first = _begin_first_page(services)  # beside it Textual is imported

    with without("ssl"):  # for connections of its own that nobody makes; mail has another way
        import asyncio  # noqa: F401
    from viptui.app import DEMO, ViptuiApp

    sys.setswitchinterval(SECONDS_OF_A_THREAD)
    app = ViptuiApp(services, settings, first, triage, tour=tour)
    app.run(mouse=not settings.ssh)
    if app.return_value == DEMO:
        from viptui.cli.arguments import parse
        from viptui.cli.demo import run_demo

        return run_demo(parse(["demo"]), settings)
    _forget_a_lost_terminal()
    return CRASHED if app.return_code == 1 else app.return_code or 0


def _check_keys(settings: Settings) -> None:
    """Refuse keys that cannot be, while the terminal is still free; it costs time only who has keys of one's own."""
    if not settings.keys:
        return
    from viptui.screens.key_map import problems

    if found := problems(settings.keys):
        more = f" There is more: 'viptui keys --check' names all {len(found)}." if len(found) > 1 else ""
        raise SettingsError(f"{settings.file}: keys: {found[0]}{more}")


def _make_default_database(settings: Settings) -> None:
    """Make the database that nobody has named, if it is not there yet; with the products that come with viptui."""
    if settings.database_is_default and not settings.read_only and not Path(settings.database).exists():
        from viptui.cli.init import put_starting_catalogue
        from viptui.data.database import create_database

        create_database(settings.database)
        put_starting_catalogue(settings)


def _begin_first_page(services: Services) -> Future[Snapshot]:
    from viptui.data.snapshot import take_snapshot
    from viptui.screens.list_state import FEWEST_ROWS, ListState

    return services.begin(
        take_snapshot,
        ListState().listing(services.me),
        services.today(),
        services.policy,
        login=services.me,
        me=services.me,
        size=max(FEWEST_ROWS, os.get_terminal_size(sys.stdout.fileno()).lines),
    )


def _forget_a_lost_terminal() -> None:
    """Drop what can no longer be written to it; Python would try again at exit and make its own exit status of that."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _write_log() -> None:
    """Log to a file: the terminal belongs to the interface."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        logging.basicConfig(filename=path, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    except OSError as error:
        raise StorageUnavailable(f"The log {path} cannot be written: {error.strerror}.") from error
