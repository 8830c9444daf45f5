"""The actions of `viptui.actions` on the command line: one function for all of them."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import closing
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from viptui.actions import BY_WORD, Action
from viptui.cli.output import prepare_output, print_json
from viptui.data.database import connected
from viptui.errors import CommandRejected, NotFound, StaleRecord, Violation
from viptui.services import Services
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.commands.act import Done
    from viptui.config import Settings

REFUSED: Final = 1


def run_action(arguments: Namespace, settings: Settings) -> int:
    """Carry out the action that the command is called after; the exit status."""
    action = BY_WORD[arguments.command]
    prepare_output(for_programs=arguments.json)
    try:
        done = _perform(action, arguments, settings)
    except CommandRejected as rejected:
        _refuse(rejected.violations, action, as_json=arguments.json)
        return REFUSED
    except (NotFound, StaleRecord) as error:
        code = "not_found" if isinstance(error, NotFound) else "stale"
        _refuse((Violation(code, str(error)),), action, as_json=arguments.json)
        return REFUSED
    if arguments.json:
        print_json(done)
    else:
        _tell(done)
    sys.stdout.flush()
    return 0


def _perform(action: Action, arguments: Namespace, settings: Settings) -> Done:
    values = {each.name: getattr(arguments, f"value_{each.name}") or each.default for each in action.parameters}
    command = action.build(values, getattr(arguments, "subject", None))
    request_id = arguments.request_id or uuid4().hex
    with closing(Services.open(settings)) as services, connected(services.database):
        return services.perform(action, command, request_id, dry_run=arguments.dry_run, origin="cli")


def _refuse(violations: tuple[Violation, ...], action: Action, *, as_json: bool) -> None:
    """Name every reason, with the option it is about."""
    if as_json:
        print_json({"refused": [each._asdict() for each in violations]})
        return
    options = {each.name: each.option for each in action.parameters}
    for each in violations:
        option = options.get((each.field or "").partition(".")[0])
        where = f"{option}: " if option else ""
        print(f"viptui: {where}{visible(each.message)}", file=sys.stderr)


def _tell(done: Done) -> None:
    if done.is_dry_run:
        print("Nothing was done. Without --dry-run:")
    elif done.is_repeated:
        print("This request had been carried out before; nothing was done now. Then:")
    print(visible(done.summary))
    for sentence in done.advice:
        print(visible(f"Note: {sentence}"))
    for mail in done.mails:
        print(visible(f"Mail to {mail.to}: {mail.subject}"))
        if done.is_dry_run:
            print("".join(f"    {visible(line)}\n" for line in mail.body.splitlines()), end="")
