"""Commands about viptui itself: they need no database, and work also while a setting makes no sense."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

SHELLS: Final = ("bash", "zsh", "fish")


class About(NamedTuple):
    """Such a command; its module has a function ``run_COMMAND(arguments, overrides)``."""

    summary: str
    options: Callable[[ArgumentParser], object]
    """Adds its arguments."""


def _keys(command: ArgumentParser) -> None:
    command.add_argument("--check", action="store_true", help="only say what is wrong with the keys in the settings")
    command.add_argument("--json", action="store_true", help="as JSON")


def _config(command: ArgumentParser) -> None:
    command.add_argument(
        "what",
        metavar="init|show|schema",
        choices=("init", "show", "schema"),
        help="write a settings file of comments; show what holds, and who says so; a JSON schema for editors",
    )
    command.add_argument("--json", action="store_true", help="what holds as JSON")


def _doctor(command: ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="as JSON")


def _completion(command: ArgumentParser) -> None:
    command.add_argument("shell", metavar="|".join(SHELLS), choices=SHELLS, help="the shell that is to know the words")


ABOUT: Final[Mapping[str, About]] = {
    "keys": About("the keys of every screen, as they are bound", _keys),
    "config": About("write, show or describe the settings", _config),
    "doctor": About("what viptui finds about this terminal and its set-up, and what to set", _doctor),
    "completion": About("words for a shell to complete, as a script that it reads", _completion),
    "man": About("the manual page, for 'viptui man | man -l -'", lambda _: None),
}
