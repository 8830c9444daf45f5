"""The command line's words: the parser of all of them, or of those that are needed. Imports nothing that takes time."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final

from viptui import __version__
from viptui.cli.commands import COMMANDS, add_action
from viptui.cli.options import global_options

EPILOG: Final = """\
exit status:
  0    done
  1    refused: faulty input, or nothing found
  2    wrong usage, or a setting that makes no sense
  3    the database cannot be used
  4    an error in viptui itself; the log says more
  130  interrupted (ctrl+c); 128 + N when ended by signal N
"""


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What the words ask for; ``command`` is None when it is the interface."""
    if words and not words[0].startswith("-"):
        return parser(only=words[0]).parse_args(words)
    options = global_options(None)
    options.exit_on_error = False
    try:
        arguments, rest = options.parse_known_args(words)
    except argparse.ArgumentError:
        rest = list(words)
    if rest:
        return parser(only=rest[0]).parse_args(words)
    arguments.command = None  # the parser of all commands takes longer to make than the settings to read
    return arguments


def parser(only: str = "") -> argparse.ArgumentParser:
    """The parser of the whole command line; ``command`` is None when the interface is asked for.

    With ``only`` it knows that command alone, if it is no action: it is made in a tenth of the time.
    """
    root = argparse.ArgumentParser(
        prog="viptui",
        description="Work the customers of Adobe's Value Incentive Plan from the keyboard.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[global_options(None)],
    )
    root.add_argument("--version", action="version", version=f"viptui {__version__}")
    commands = root.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    if add := COMMANDS.get(only):
        add(commands)
        return root
    from viptui.actions import ACTIONS

    for add in COMMANDS.values():
        add(commands)
    for action in ACTIONS:
        if not action.has_own_door:
            add_action(commands, action)
    return root
