"""``viptui report --weekly`` prints the weekly report, ``--mail`` mails it to every active member, once a day."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from viptui.actions import BY_ID
from viptui.cli.output import prepare_output, print_json
from viptui.cli.selection import readable
from viptui.commands.weekly_report import MailReport, template_of
from viptui.data.database import connected
from viptui.data.queries import find_member, team_members
from viptui.data.reading import reading
from viptui.data.weekly_report import weekly
from viptui.errors import CommandRejected, NotFound, SettingsError
from viptui.events import CrossingKind
from viptui.mail.templates import Templates
from viptui.rows import MemberRow
from viptui.rules.folding import key_of
from viptui.services import Services, clock_of
from viptui.text import visible
from viptui.weekly_report import Changes, Portion, Weekly, values

if TYPE_CHECKING:
    from viptui.commands.act import Done
    from viptui.config import Settings

REFUSED = 1

_OTHERS = (
    *("filter", "mine", "search", "where", "view", "sort", "limit", "columns", "without_snoozed"),
    *("output", "format", "excel"),
)
"""Options of a report that is a file."""


def print_report(arguments: Namespace, settings: Settings) -> int:
    """Print what a team member would be mailed today."""
    _refuse(arguments, "weekly", _OTHERS)
    today = clock_of(settings).today()
    with reading(settings.database, read_only=settings.read_only):
        report = weekly(_reader(arguments, settings), today, settings.policy)
    prepare_output(for_programs=arguments.json)
    if arguments.json:
        print_json(report_as_json(report))
    else:
        templates = settings.mail.templates() if settings.mail is not None else Templates()
        for line in templates.render(template_of(report), values(report)).body.splitlines():
            print(visible(line))
    sys.stdout.flush()
    return 0


def _reader(arguments: Namespace, settings: Settings) -> MemberRow:
    """Whose report is meant."""
    login = readable(arguments.managed_by or settings.me)
    if (member := find_member(login)) is None:
        raise NotFound(f"{login} is not in the team: name a member with --managed-by LOGIN, or say --me LOGIN.")
    return member


def _refuse(arguments: Namespace, option: str, others: Iterable[str]) -> None:
    """Refuse options that belong to a report that is a file."""
    if given := [each for each in others if getattr(arguments, each)]:
        raise SettingsError(
            f"--{given[0].replace('_', '-')} is about a report that is a file: leave it out with --{option}."
        )


def mail_reports(arguments: Namespace, settings: Settings) -> int:
    """Write the mails into the outbox; the exit status says whether everybody has one."""
    if arguments.weekly:
        raise SettingsError("--weekly prints the report that --mail mails: leave out one of them.")
    if arguments.request_id:
        raise SettingsError("The mail of a member and a day is one request already: leave out --request-id.")
    _refuse(arguments, "mail", ("managed_by", *_OTHERS))
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
        print("'viptui change-email LOGIN --email ADDRESS' notes one.")


def report_as_json(report: Weekly) -> dict[str, object]:
    """The report as `docs/json.md` describes it."""
    return {
        "day": report.day,
        **_portion(report.portion),
        "changes": None if report.changes is None else _changes(report.changes),
        "team": [each._asdict() for each in report.team],
        "portions": [_portion(each) for each in report.portions],
    }


def _portion(portion: Portion) -> dict[str, object]:
    return {
        "managed_by": portion.whose or None,
        "counts": dict(portion.counts),
        "suspended": portion.suspended,
        "late": portion.late,
        "past_due": [each._asdict() for each in portion.past_due],
        "ready": [each._asdict() for each in portion.ready],
        "upcoming": [each._asdict() for each in portion.upcoming],
    }


def _changes(changes: Changes) -> dict[str, object]:
    return {
        "since": changes.since,
        "crossings": {kind: changes.crossings.get(kind, 0) for kind in CrossingKind},
        "worst": [each._asdict() for each in changes.worst],
        "before": dict(changes.before or {}),
    }
