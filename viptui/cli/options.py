"""What commands have in common: the global options, those of several commands, and what their values may be."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any, Final

from viptui.rules.column_words import COLUMNS

FILTERS: Final = ("no-products", "pending-requests", "past-due", "upcoming-renewals", "ready-for-renewal", "all")
SORTS: Final = (
    "name",
    "email",
    "state",
    "licences",
    "amount",
    "anniversary",
    "segment",
    "managed-by",
    "invitation",
    "invited",
    "days",
)
"""``days`` is what the urgency in a tab is counted by."""


def global_options(default: Any) -> argparse.ArgumentParser:
    """Options that stand before or after the command; after it they must not undo what stood before."""
    options = argparse.ArgumentParser(add_help=False, argument_default=default)
    group = options.add_argument_group("global options, before or after the command")
    group.add_argument(
        "--database",
        metavar="PATH|URL",
        default=default,
        help="SQLite file or postgresql:// URL (also VIPTUI_DATABASE); by default in your data folder",
    )
    group.add_argument("--config", metavar="FILE", default=default, help="settings file (also VIPTUI_CONFIG)")
    group.add_argument(
        "--as-of", metavar="DATE", type=day, default=default, help="as if today were DATE (2026-03-20); read-only"
    )
    group.add_argument(
        "--read-only", action="store_true", default=default, help="only look: the database refuses every change"
    )
    group.add_argument("--me", metavar="LOGIN", default=default, help='the team member that "managed by me" means')
    return options


def begin_command(commands: Any, name: str, summary: str) -> argparse.ArgumentParser:
    """A command's parser, as yet with the global options alone."""
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=summary, description=summary, parents=[global_options(argparse.SUPPRESS)]
    )
    return command


def selection(command: argparse.ArgumentParser, *, to_print: bool = True) -> None:
    """Which customers are meant."""
    command.add_argument("--filter", choices=FILTERS, help="only the customers of this tab")
    command.add_argument("--managed-by", metavar="LOGIN", help="only the customers of this team member")
    command.add_argument("--mine", action="store_true", help="only my customers")
    command.add_argument("--search", metavar="TEXT", default="", help="only customers that are called so")
    command.add_argument("--where", metavar="QUERY", help="only what fulfils it, as 'mine late>45 segment:edu' does")
    command.add_argument("--view", metavar="NAME", help="what is saved under this name, instead of all of these")
    command.add_argument(
        "--sort", metavar="COLUMN", help=f"order: {', '.join(SORTS)}; with - in front reversed (--sort=-amount)"
    )
    if to_print:
        command.add_argument("--limit", metavar="N", type=count, help="at most N customers")
        command.add_argument("--without-snoozed", action="store_true", help="but for whom I have snoozed in the tab")


def columns(command: argparse.ArgumentParser) -> None:
    """Which of their fields."""
    command.add_argument(
        "--columns", metavar="COLUMN,COLUMN", help=f"these instead of all, in this order: {', '.join(COLUMNS)}"
    )


def how_to_print(command: argparse.ArgumentParser, *, csv: bool = False) -> None:
    """As what instead of as a table."""
    how = command.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help="as JSON")
    if csv:
        how.add_argument("--csv", action="store_true", help="as CSV")


def request_id(command: argparse.ArgumentParser) -> None:
    """What makes a command that is sent again act once."""
    command.add_argument(
        "--request-id", metavar="ID", help="the same ID acts once, however often it is sent; one is made if left out"
    )


def day(text: str) -> date:
    """A day, as argparse reads it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text or not 1990 <= day.year <= 2199:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date from 1990 to 2199, written as 2026-03-20")
    return day


def count(text: str) -> int:
    """A number above 0, as argparse reads it."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= 100_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number above 0")
    return int(text)
