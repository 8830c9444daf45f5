"""The command line as data, read from its parser: for shells that complete it and for the manual page."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from viptui.actions import BY_WORD
from viptui.cli.arguments import EPILOG, parser
from viptui.cli.options import SORTS
from viptui.rules.column_words import COLUMNS

_OFFERED: Final[Mapping[tuple[str, ...], tuple[str, ...]]] = {("--sort",): SORTS, ("--columns",): COLUMNS}
"""What options take that the parser lets pass, since it may be written otherwise too."""


class Word(NamedTuple):
    """An option or an argument of a command."""

    names: tuple[str, ...]
    """Of an option, the short one first; an argument has none."""
    value: str
    """What its value is called; empty: it takes none."""
    help: str
    choices: tuple[str, ...] = ()
    is_many: bool = False
    is_optional: bool = True

    @property
    def is_file(self) -> bool:
        """Whether its value is a path."""
        return not {"FILE", "PATH", "FOLDER"}.isdisjoint(self.value.split("|"))


class Command(NamedTuple):
    """One command."""

    name: str
    summary: str
    options: tuple[Word, ...]
    """Its own, without those of the whole program."""
    arguments: tuple[Word, ...]


class Program(NamedTuple):
    """The whole command line."""

    summary: str
    options: tuple[Word, ...]
    """Before or after the command."""
    commands: tuple[Command, ...]
    epilog: str


@cache
def program() -> Program:
    """All words; a command that the parser gets appears here by itself."""
    root = parser()
    (commands,) = (each for each in root._actions if isinstance(each, argparse._SubParsersAction))
    options = tuple(word for word in _words(root) if word.names)
    summaries = {each.dest: each.help or "" for each in commands._choices_actions}
    found = (_command(name, summaries[name], each, options) for name, each in commands.choices.items())
    return Program(root.description or "", options, tuple(found), EPILOG)


def _command(name: str, summary: str, own: argparse.ArgumentParser, options: tuple[Word, ...]) -> Command:
    everywhere = {name for option in options for name in option.names}
    words = tuple(_with_choices(word, name) for word in _words(own))
    return Command(
        name,
        summary,
        tuple(each for each in words if each.names and everywhere.isdisjoint(each.names)),
        tuple(each for each in words if not each.names),
    )


def _words(own: argparse.ArgumentParser) -> Iterator[Word]:
    for each in own._actions:
        if isinstance(each, argparse._SubParsersAction) or each.help == argparse.SUPPRESS:
            continue
        metavar = each.metavar if isinstance(each.metavar, str) else each.dest.upper()
        names = tuple(sorted(each.option_strings, key=len))
        yield Word(
            names=names,
            value="" if each.nargs == 0 else metavar,
            help=each.help or "",
            choices=tuple(map(str, each.choices or ())) or _OFFERED.get(names, ()),
            is_many=each.nargs in ("+", "*") or isinstance(each, argparse._AppendAction),
            is_optional=bool(each.option_strings) or each.nargs in ("?", "*"),
        )


def _with_choices(word: Word, command: str) -> Word:
    """Actions read their choices themselves, to say more about a wrong one than the parser would."""
    if action := BY_WORD.get(command):
        for parameter in action.parameters:
            if parameter.option in word.names:
                return word._replace(choices=parameter.choices)
    return word
