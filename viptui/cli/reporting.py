"""``viptui report``: customers as a CSV file."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Final

from viptui.cli.output import csv_form, prepare_output, print_json
from viptui.cli.selection import selected
from viptui.config import Settings
from viptui.data.database import connected
from viptui.data.queries import walk_customers
from viptui.data.reading import reading
from viptui.errors import SettingsError
from viptui.reports import customer_lines
from viptui.services import Services, clock_of
from viptui.text import visible

STANDARD_OUTPUT: Final = "-"


def run_report(arguments: Namespace, settings: Settings) -> int:
    """Write the customers that the options select to a new file, or to standard output."""
    if arguments.output == STANDARD_OUTPUT:
        return _print(arguments, settings)
    prepare_output(for_programs=arguments.json)
    path = _path(arguments.output)
    with closing(Services.open(settings)) as services, connected(services.database):
        listing = selected(arguments, settings)
        report = services.write_report(
            listing, path=path, limit=arguments.limit, origin="cli", dry_run=arguments.dry_run
        )
    if arguments.json:
        print_json({"path": str(report.path), "customers": report.customers, "dry_run": arguments.dry_run})
    else:
        if arguments.dry_run:
            print("Nothing was done. Without --dry-run:")
        many = "1 customer" if report.customers == 1 else f"{report.customers:,} customers"
        print(visible(f"Wrote {many} to {report.path}"))
    sys.stdout.flush()
    return 0


def _print(arguments: Namespace, settings: Settings) -> int:
    if arguments.json or arguments.dry_run:
        option = "--json" if arguments.json else "--dry-run"
        raise SettingsError(f"{option} tells where the file is: with --output - there is none.")
    prepare_output(for_programs=True)
    today = clock_of(settings).today()
    with reading(settings.database, read_only=settings.read_only):
        listing = selected(arguments, settings)
        with closing(walk_customers(listing, today, settings.policy, arguments.limit)) as rows:
            sys.stdout.writelines(customer_lines(rows, today, settings.policy, csv_form()))
            sys.stdout.flush()
    return 0


def _path(output: str | None) -> Path | None:
    if output is None:
        return None
    path = Path(output).expanduser()
    if path.is_dir():
        raise SettingsError(f"--output {output} is a folder: name a file in it.")
    return path
