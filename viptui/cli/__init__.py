"""The command line: reads the words, opens what they name, runs one command, answers with an exit status.

Textual is imported only when the interface opens.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Final

from viptui.cli.plain_words import read_plainly
from viptui.errors import SettingsError, StorageUnavailable, ViptuiError

if TYPE_CHECKING:
    from argparse import Namespace
    from types import SimpleNamespace

REFUSED: Final = 1
USAGE: Final = 2
UNAVAILABLE: Final = 3
INTERRUPTED: Final = 130

_MODULES: Final = {
    None: "interface",
    "demo": "demo",
    "init": "init",
    "import": "importing",
    "triage": "triage",
    "counts": "listing",
    "dashboard": "dashboard",
    "list": "listing",
    "views": "views",
    "show": "show",
    "order-sheet": "order_sheet",
    "evaluate": "evaluate",
    "worker": "evaluate",
    "team": "team",
    "change-codes": "team",
    "audit": "audit",
    "products": "products",
    "import-products": "products",
    "report": "reporting",
    "outbox": "outbox",
    "deliver": "outbox",
    "keys": "keys",
    "config": "configuring",
    "doctor": "doctor",
    "completion": "completion",
    "man": "manual",
}
"""The module of each command; each has a function ``run_COMMAND(arguments, settings)``. All others are actions."""


def run(words: Sequence[str]) -> int:
    """Run the command that the words ask for; the exit status."""
    os.umask(0o077)  # what viptui writes is nobody else's to read
    arguments = read_plainly(words) or _parse(words)
    try:
        return _dispatch(arguments)
    except SettingsError as error:
        return _fail(error, USAGE)
    except StorageUnavailable as error:
        return _fail(error, UNAVAILABLE)
    except ViptuiError as error:
        return _fail(error, REFUSED)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away (`viptui list | head`); Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parse(words: Sequence[str]) -> Namespace:
    from viptui.cli.arguments import parse

    return parse(words)


def _is_about_viptui(command: str | None) -> bool:
    if command is None:
        return False
    from viptui.cli.about import ABOUT

    return command in ABOUT


def _dispatch(arguments: Namespace | SimpleNamespace) -> int:
    gc.disable()  # what is imported stays: the collector would look through all of it again and again
    from viptui.config import Overrides, disarm_environment, load_settings
    from viptui.data.database import import_peewee

    disarm_environment()
    overrides = Overrides(**{name: getattr(arguments, name) for name in Overrides._fields})
    if _is_about_viptui(arguments.command):
        about = import_module(f"viptui.cli.{_MODULES[arguments.command]}")
        return int(getattr(about, f"run_{arguments.command}")(arguments, overrides))
    settings = load_settings(overrides)
    # Before any other module imports it, with the drivers of both engines.
    import_peewee(getattr(arguments, "into", None) or settings.database)
    if sys.stderr.isatty():
        _tell_of_updates()
    module = import_module(f"viptui.cli.{_MODULES.get(arguments.command, 'acting')}")
    gc.enable()
    name = arguments.command or "interface" if arguments.command in _MODULES else "action"
    command: Callable[..., int] = getattr(module, f"run_{name.replace('-', '_')}")
    return command(arguments, settings)


def _tell_of_updates() -> None:
    """Let who waits at a terminal know what for."""
    import logging  # peewee has done so already

    from viptui.data.database import UPDATES
    from viptui.text import visible

    handler = logging.StreamHandler()
    handler.format = lambda record: visible(f"viptui: {record.getMessage()}")  # type: ignore[method-assign]
    log = logging.getLogger(UPDATES)
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def _fail(error: ViptuiError, status: int) -> int:
    from viptui.text import visible

    print(f"viptui: {visible(str(error))}", file=sys.stderr)
    return status
