"""Taking back all that one action did to many, or doing all of it again: each entry by itself."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from viptui.actions import Action
from viptui.cli.output import print_json
from viptui.commands.several import REFUSALS, Asked
from viptui.commands.undoing import meant
from viptui.data.database import connected
from viptui.data.wholes import Whole, whole_of
from viptui.errors import ViptuiError
from viptui.rules.requests import part_of
from viptui.services import Services
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.commands.act import Done
    from viptui.config import Settings

REFUSED: Final = 1


def run_on_whole(action: Action, arguments: Namespace, settings: Settings) -> int | None:
    """Undo or redo all that was done together with an entry; the exit status, or None if it was done by itself.

    Raises:
        StorageUnavailable: the database cannot be written; what was done before stays.
    """
    again = action.id == "history.redo"
    with closing(Services.open(settings)) as services, connected(services.database):
        newest = meant(services.me, again=again)
        number = _number(arguments.subject) if arguments.subject else newest and newest.number
        whole = None if number is None else whole_of(number, again=again)
        if whole is None:
            return None
        outcomes = _carry_out(services, action, whole, arguments)
    if arguments.json:
        _print_as_json(whole, outcomes)
    else:
        _tell(whole, outcomes, dry_run=arguments.dry_run)
    sys.stdout.flush()
    return REFUSED if any(isinstance(each, ViptuiError) for each in outcomes) else 0


def _number(text: str) -> int | None:
    digits = text.strip().removeprefix("#")
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else None


def _carry_out(services: Services, action: Action, whole: Whole, arguments: Namespace) -> list[Done | ViptuiError]:
    request_id = arguments.request_id or uuid4().hex
    numbers = [str(each.number) for each in whole.members]
    asked = [Asked(action.build({}, each), part_of(request_id, each)) for each in numbers]
    outcomes: list[Done | ViptuiError] = []
    while len(outcomes) < len(asked):
        outcomes += services.perform_some(action, asked[len(outcomes) :], dry_run=arguments.dry_run, origin="cli")
        if isinstance(outcomes[-1], ViptuiError) and not isinstance(outcomes[-1], REFUSALS):
            raise outcomes[-1]
    return outcomes


def _tell(whole: Whole, outcomes: list[Done | ViptuiError], *, dry_run: bool) -> None:
    if dry_run:
        print("Nothing was done. Without --dry-run:")
    refused = 0
    for member, outcome in zip(whole.members, outcomes, strict=True):
        if isinstance(outcome, ViptuiError):
            refused += 1
            print(f"viptui: {visible(f'{member.whom}: {outcome}')}", file=sys.stderr)
        else:
            print(visible(outcome.summary))
    print(f"{len(outcomes) - refused:,} done, {refused:,} refused.")


def _print_as_json(whole: Whole, outcomes: list[Done | ViptuiError]) -> None:
    refused = [
        {"entry": member.number, "message": str(each)}
        for member, each in zip(whole.members, outcomes, strict=True)
        if isinstance(each, ViptuiError)
    ]
    print_json({"done": [each for each in outcomes if not isinstance(each, ViptuiError)], "refused": refused})


_LONGEST_NUMBER: Final = 9
"""Digits of a number that every database can look for."""
