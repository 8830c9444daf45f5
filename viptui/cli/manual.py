"""``viptui man``: the manual page, from the same words as the command line itself."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from viptui import __version__
from viptui.cli.words import Command, Program, Word, program
from viptui.config_table import SETTINGS

if TYPE_CHECKING:
    from viptui.config import Overrides


def run_man(_arguments: Namespace, _overrides: Overrides) -> int:
    """Print the page as a source for man."""
    sys.stdout.writelines(f"{line}\n" for line in manual(program()))
    sys.stdout.flush()
    return 0


def manual(words: Program) -> Iterator[str]:
    """The page, in the macros of man(7)."""
    yield f'.TH VIPTUI 1 "" "viptui {__version__}" "User Commands"'
    yield ".SH NAME"
    yield rf"viptui \- {_text(words.summary[0].lower() + words.summary[1:].rstrip('.'))}"
    yield ".SH SYNOPSIS"
    yield r".B viptui"
    yield r"[\fIOPTION\fR]... [\fICOMMAND\fR [\fIARGUMENT\fR]...]"
    yield ".SH DESCRIPTION"
    yield from map(_text, _DESCRIPTION.splitlines())
    yield ".SH OPTIONS"
    yield "They stand before or after the command."
    yield from _options(words.options)
    yield ".SH COMMANDS"
    for command in words.commands:
        yield from _command(command)
    yield ".SH EXIT STATUS"
    for status, meaning in re.findall(r"^  (\d+) +(.+)$", words.epilog, re.MULTILINE):
        yield from _item(f"\\fB{status}\\fR", meaning)
    yield ".SH ENVIRONMENT"
    yield from _item(r"\fBVIPTUI_CONFIG\fR", "The settings file.")
    for each in SETTINGS:
        if each.variable:
            yield from _item(rf"\fB{each.variable}\fR", f"{each.help}.")
    yield from _item(r"\fBNO_COLOR\fR", "If it is set and not empty, no colours.")
    yield from _item(r"\fBSSH_CONNECTION\fR", "If it is set, colours and mouse are left to the terminal.")
    yield ".SH FILES"
    yield from _item(
        r"\fI~/.config/viptui/config.toml\fR", "The settings; 'viptui config init' writes one with all of them."
    )
    yield from _item(r"\fI~/.local/share/viptui/viptui.db\fR", "The database, if none is named.")


def _command(command: Command) -> Iterator[str]:
    yield ".SS " + " ".join((f"viptui {_text(command.name)}", *map(_argument, command.arguments)))
    yield _text(command.summary[0].upper() + command.summary[1:] + ".")
    yield from _options((*command.arguments, *command.options))


def _argument(word: Word) -> str:
    value = rf"\fI{_text(word.value)}\fR" + ("..." if word.is_many else "")
    return f"[{value}]" if word.is_optional else value


def _options(words: tuple[Word, ...]) -> Iterator[str]:
    for each in words:
        if each.names or each.help:
            value = rf"\fI{_text(each.value)}\fR" if each.value else ""
            names = ", ".join(rf"\fB{_text(name)}\fR" for name in each.names)
            choices = f": {', '.join(each.choices)}" if each.choices and "|" not in each.value else ""
            yield from _item(
                " ".join(filter(None, (names, value))), f"{each.help[:1].upper()}{each.help[1:]}{choices}."
            )


def _item(title: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield title
    yield _text(text.replace("..", "."))


def _text(text: str) -> str:
    """A text that man takes for nothing else."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped.startswith((".", "'")) else escaped


_DESCRIPTION: Final = """\
Without a command the interface opens in the terminal; ? shows its keys, and 'viptui keys' prints them.
Data goes to standard output, everything else to standard error.
Colours, and lines as wide as the terminal, are for terminals only: in a pipe columns keep their widths.
--json and --csv are for programs.
"""
