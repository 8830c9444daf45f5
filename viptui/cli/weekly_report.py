"""``viptui report --mail``: a mail for every active team member, once a day at most."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from viptui.actions import BY_ID
from viptui.cli.output import print_json
from viptui.commands.weekly_report import MailReport
from viptui.data.database import connected
from viptui.data.queries import team_members
from viptui.errors import CommandRejected, SettingsError
from viptui.rows import MemberRow
from viptui.rules.folding import key_of
from viptui.services import Services
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.commands.act import Done
    from viptui.config import Settings

REFUSED = 1

_OTHERS = ("filter", "managed_by", "mine", "search", "sort", "limit", "output", "format", "excel")
"""Options of a report that is a file."""


def mail_reports(arguments: Namespace, settings: Settings) -> int:
    """Write the mails into the outbox; the exit status says whether everybody has one."""
    if given := [each for each in _OTHERS if getattr(arguments, each)]:
        option = given[0].replace("_", "-")
        raise SettingsError(f"--{option} is about a report that is a file: leave it out with --mail.")
    if settings.read_only:
        raise SettingsError(f"Mail is written on the day it is: leave out {settings.read_only_by}.")
    with closing(Services.open(settings)) as services, connected(services.database):
        results = list(_results(services, dry_run=arguments.dry_run))
    if arguments.json:
        print_json([_as_json(member, result) for member, result in results])
    else:
        _tell(results, dry_run=arguments.dry_run)
    sys.stdout.flush()
    return REFUSED if any(isinstance(result, str) for _, result in results) else 0


def _results(services: Services, *, dry_run: bool) -> Iterator[tuple[MemberRow, Done | str]]:
    """What became of each member's report; a text says why there is none."""
    action, today = BY_ID["report.mail"], services.today()
    for member in team_members():
        if member.status != "active" or not member.email:
            continue
        command = MailReport(login=member.login, day=today)
        request_id = f"weekly-report:{today}:{key_of(member.login)}"
        try:
            yield member, services.perform(action, command, request_id, dry_run=dry_run, origin="cli")
        except CommandRejected as rejected:
            yield member, str(rejected)


def _as_json(member: MemberRow, result: Done | str) -> dict[str, object]:
    told: dict[str, object] = {"login": member.login, "to": member.email}
    if isinstance(result, str):
        return told | {"refused": result}
    mails = [{"subject": each.subject, "body": each.body} for each in result.mails]
    return told | {"dry_run": result.is_dry_run, "repeated": result.is_repeated, "mails": mails}


def _tell(results: Iterable[tuple[MemberRow, Done | str]], *, dry_run: bool) -> None:
    if dry_run:
        print("Nothing was written. Without --dry-run:")
    anybody = False
    for member, result in results:
        anybody = True
        if isinstance(result, str):
            print(visible(f"viptui: {result}"), file=sys.stderr)
        elif result.is_repeated:
            print(visible(f"{member.login} has this day's report already; nothing was written."))
        else:
            for mail in result.mails:
                print(visible(f"Mail to {mail.to}: {mail.subject}"))
                if dry_run:
                    print("".join(f"    {visible(line)}\n" for line in mail.body.splitlines()), end="")
    if not anybody:
        print("Nobody in the team is active and has an address: no report was written.")
