"""``viptui audit``: the history over all actions, newest first."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import chain, islice
from operator import attrgetter
from typing import Final

from viptui.cli.output import csv_form, narrate, prepare_output, print_csv, print_json_objects
from viptui.cli.selection import readable
from viptui.cli.tables import Column, paper, print_table
from viptui.config import Settings
from viptui.data.audit import Scope, walk_activity
from viptui.data.reading import reading
from viptui.errors import SettingsError
from viptui.json_values import json_text
from viptui.record_rows import ActivityRow

FIELDS: Final = (
    "number",
    "at",
    "actor",
    "origin",
    "action",
    "subject",
    "vip_id",
    "organization_name",
    "summary",
    "before",
    "after",
    "part_of",
    "undoes",
    "undone_by",
)


def run_audit(arguments: Namespace, settings: Settings) -> int:
    """Print the entries that are asked for, as they are read."""
    prepare_output(for_programs=arguments.json or arguments.csv)
    scope = _scope(arguments, settings.zone)
    with reading(settings.database, read_only=settings.read_only):
        rows = walk_activity(readable(arguments.search), limit=arguments.limit, scope=scope)
        if arguments.json:
            print_json_objects(FIELDS, (tuple(map(json_text, _values(row))) for row in rows))
        elif arguments.csv:
            form = csv_form()
            print_csv(FIELDS, (map(form, _csv_values(row)) for row in rows))
        else:
            _print_table(rows, settings)
        sys.stdout.flush()
    return 0


def _scope(arguments: Namespace, zone: tzinfo) -> Scope:
    if arguments.since and arguments.until and arguments.until < arguments.since:
        raise SettingsError(f"--until {arguments.until} is before --since {arguments.since}: exchange them.")
    return Scope(
        since=_midnight(arguments.since, zone) if arguments.since else None,
        until=_midnight(arguments.until + timedelta(days=1), zone) if arguments.until else None,
        customer=None if arguments.customer is None else readable(arguments.customer),
        actor=None if arguments.actor is None else readable(arguments.actor),
    )


def _midnight(day: date, zone: tzinfo) -> datetime:
    """With which a day of the business zone begins."""
    return datetime.combine(day, time(), zone)


_values = attrgetter(*FIELDS)


def _csv_values(row: ActivityRow) -> tuple[object, ...]:
    """The same with instants and what changed as text."""
    number, at, *plain, before, after, part_of, undoes, undone_by = _values(row)
    changed = (json_text(each) if each else "" for each in (before, after))
    return (number, at.isoformat(), *plain, *changed, part_of, undoes, undone_by)


def _print_table(rows: Iterator[ActivityRow], settings: Settings) -> None:
    first = tuple(islice(rows, 1))
    if not first:
        narrate("Nothing of that kind has been done.")
        return
    cells = (_cells(row, settings.zone) for row in chain(first, rows))
    print_table(_COLUMNS, cells, paper(no_color=settings.no_color))


def _cells(row: ActivityRow, zone: tzinfo) -> tuple[str, ...]:
    return (
        str(row.number),
        f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}",
        row.actor,
        row.origin,
        row.action,
        row.organization_name or row.subject,
        row.summary,
    )


_COLUMNS: Final = (
    Column(title="No.", width=9, least=3, is_number=True),
    Column(title="When", width=16),
    Column(title="Who", width=16, least=8),
    Column(title="From", width=6, rank=3),
    Column(title="What", width=24, least=12, rank=2),
    Column(title="On", width=30, least=12, rank=1),
    Column(title="Details", width=400, least=20),
)
