"""``viptui init``: a new, empty database."""

from __future__ import annotations

import shlex
from argparse import Namespace
from contextlib import closing
from pathlib import Path

from viptui.cli.output import prepare_output
from viptui.config import Settings
from viptui.data.database import connected, create_database, is_postgres, open_database
from viptui.errors import StorageUnavailable, ViptuiError
from viptui.text import visible


def run_init(_arguments: Namespace, settings: Settings) -> int:
    """Make a new, empty database where the settings name one; never touch one that is there."""
    if settings.read_only:
        raise ViptuiError(f"Nothing is written: leave out {settings.read_only_by} to make a database.")
    target = settings.database
    make = _on_server if is_postgres(target) else _in_file
    place = make(target)
    prepare_output(for_programs=False)
    put_starting_catalogue(settings)
    print(visible(f"Made a new, empty database {place}: fill it with '{_viptui(settings)} import FOLDER'."))
    return 0


def put_starting_catalogue(settings: Settings) -> None:
    """Let the new database know the products that come with viptui, so that the first of them can be authorized."""
    from viptui.cli.products import take_over
    from viptui.data.catalogue import CATALOGUE
    from viptui.services import Services

    with closing(Services.open(settings)) as services, connected(services.database):
        take_over(services, CATALOGUE, only_if_empty=True)


def _in_file(target: str) -> str:
    path = Path(target)
    if path.exists() or path.is_symlink():
        raise ViptuiError(f"There is already something at {path}: name another path, or go on with what is there.")
    create_database(target)
    return f"at {path}"


def _on_server(target: str) -> str:
    if _is_in_use(target):
        raise ViptuiError("There is already a viptui database on the server: name another one, or go on with it.")
    create_database(target)
    return "on the PostgreSQL server"


def _is_in_use(target: str) -> bool:
    """Whether the tables are there; every other obstacle is left for the making to explain."""
    try:
        open_database(target, read_only=True).close()
    except StorageUnavailable:
        return False
    return True


def _viptui(settings: Settings) -> str:
    """The command that opens this database."""
    if settings.database_is_default:
        return "viptui"
    named = "URL" if is_postgres(settings.database) else shlex.quote(settings.database)
    return f"viptui --database {named}"
