"""The actions of `viptui.actions` on the command line: one function for all of them."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from viptui.actions import BY_WORD, Action, Parameter
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
    if getattr(arguments, "whole", False):
        from viptui.cli.wholes import run_on_whole

        if (status := run_on_whole(action, arguments, settings)) is not None:
            return status
    try:
        done = _perform(action, arguments, settings)
    except CommandRejected as rejected:
        _refuse(rejected.violations, action, arguments)
        return REFUSED
    except (NotFound, StaleRecord) as error:
        code = "not_found" if isinstance(error, NotFound) else "stale"
        _refuse((Violation(code, str(error)),), action, arguments)
        return REFUSED
    if arguments.json:
        print_json(done)
    else:
        _tell(done)
    sys.stdout.flush()
    return 0


def _perform(action: Action, arguments: Namespace, settings: Settings) -> Done:
    values = {each.name: getattr(arguments, f"value_{each.name}") or each.default for each in action.parameters}
    subject = getattr(arguments, "subject", None)
    with closing(Services.open(settings)) as services, connected(services.database):
        try:
            command = action.build(values, subject)
        except CommandRejected as unread:
            raise CommandRejected((*unread.violations, *_others(services, action, values, subject, unread))) from None
        request_id = arguments.request_id or uuid4().hex
        return services.perform(action, command, request_id, dry_run=arguments.dry_run, origin="cli")


def _others(
    services: Services, action: Action, values: Mapping[str, Any], subject: Any, unread: CommandRejected
) -> tuple[Violation, ...]:
    """What the rules have against the values that can be read, so that everything is said at once."""
    without = {_parameter(each) for each in unread.violations}
    try:
        command = action.build({name: value for name, value in values.items() if name not in without}, subject)
        services.perform(action, command, uuid4().hex, dry_run=True, origin="cli")
    except CommandRejected as rejected:
        return tuple(each for each in rejected.violations if _parameter(each) not in without)
    except NotFound as missing:
        return (Violation("not_found", str(missing)),)
    return ()


def _parameter(violation: Violation) -> str:
    return (violation.field or "").partition(".")[0]


def _refuse(violations: tuple[Violation, ...], action: Action, arguments: Namespace) -> None:
    """Name every reason, with the option it is about."""
    if arguments.json:
        print_json({"refused": [each._asdict() for each in violations]})
        return
    parameters = {each.name: each for each in action.parameters}
    for each in violations:
        parameter = parameters.get(_parameter(each))
        message = each.message
        if parameter is not None:
            given = _given(parameter, each, arguments)
            message = f"{parameter.option}{given}: {message.removeprefix(f'{parameter.label}: ')}"
        print(f"viptui: {visible(message)}", file=sys.stderr)


def _given(parameter: Parameter, violation: Violation, arguments: Namespace) -> str:
    """Which of several values an option was given that a reason is about."""
    index = (violation.field or "").partition(".")[2]
    given = getattr(arguments, f"value_{parameter.name}") or ()
    return f" {given[int(index)]}" if index and int(index) < len(given) else ""


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
