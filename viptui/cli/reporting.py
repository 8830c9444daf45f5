"""``viptui report``: customers as a file, CSV, a workbook or JSON."""

from __future__ import annotations

import sys
import time
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Final

from viptui.cli.commands import REPORT_FORMATS
from viptui.cli.output import csv_form, prepare_output, print_json
from viptui.cli.selection import chosen_columns, selected
from viptui.config import Settings
from viptui.customer_views import fields_of
from viptui.data.database import connected
from viptui.data.queries import walk_customers
from viptui.data.reading import reading
from viptui.errors import SettingsError
from viptui.report_forms import Form, ReportForm
from viptui.rules.listing import Listing
from viptui.services import Services, clock_of
from viptui.text import visible

STANDARD_OUTPUT: Final = "-"

PATIENCE: Final = 1.0
"""Seconds after which somebody at a terminal is told how far it is, and then again and again."""


def run_report(arguments: Namespace, settings: Settings) -> int:
    """Write the customers that the options select to a new file, or to standard output."""
    if arguments.mail or arguments.weekly:
        from viptui.cli.weekly_report import mail_reports, print_report

        return (mail_reports if arguments.mail else print_report)(arguments, settings)
    kind = _form(arguments)
    if arguments.output == STANDARD_OUTPUT:
        return _print(kind, arguments, settings)
    prepare_output(for_programs=arguments.json)
    path = _path(arguments.output)
    progress = _Progress()
    with closing(Services.open(settings)) as services, connected(services.database):
        listing = selected(arguments, settings)
        if arguments.request_id:
            from viptui.commands.report import written_before

            if before := written_before(arguments.request_id):
                _tell(before.file, before.customers, arguments, is_repeated=True)
                return 0
        form = _with_fields(kind, listing, arguments, settings)
        try:
            report = services.write_report(
                listing,
                form,
                path=path,
                limit=arguments.limit,
                told=progress.show,
                origin="cli",
                request_id=arguments.request_id or "",
                dry_run=arguments.dry_run,
            )
        finally:
            progress.clear()
    _tell(str(report.path), report.customers, arguments)
    return 0


def _tell(path: str, customers: int, arguments: Namespace, *, is_repeated: bool = False) -> None:
    if arguments.json:
        told = {"path": path, "customers": customers, "dry_run": arguments.dry_run, "repeated": is_repeated}
        print_json(told)
    else:
        if is_repeated:
            print("This request had been carried out before; nothing was done now. Then:")
        elif arguments.dry_run:
            print("Nothing was done. Without --dry-run:")
        many = "1 customer" if customers == 1 else f"{customers:,} customers"
        print(visible(f"Wrote {many} to {path}"))
    sys.stdout.flush()


def _with_fields(kind: Form, listing: Listing, arguments: Namespace, settings: Settings) -> ReportForm:
    columns = chosen_columns(arguments, settings)
    return ReportForm(kind, settings.excel_separator, fields_of(columns, listing.filter))


def _print(kind: Form, arguments: Namespace, settings: Settings) -> int:
    for option in ("json", "dry_run", "request_id"):
        if getattr(arguments, option):
            word = option.replace("_", "-")
            raise SettingsError(f"--{word} is about the file that is written: with --output - there is none.")
    if kind in (Form.XLSX, Form.EXCEL) and sys.stdout.isatty():
        raise SettingsError("What is made for Excel is nothing for a terminal: send it to a file or a pipe.")
    prepare_output(for_programs=True)
    today = clock_of(settings).today()
    with reading(settings.database, read_only=settings.read_only):
        listing = selected(arguments, settings)
        form = _with_fields(kind, listing, arguments, settings)
        with closing(walk_customers(listing, today, settings.policy, arguments.limit)) as rows:
            if kind is Form.XLSX:
                form.write(rows, today, settings.policy, sys.stdout.buffer)
            else:
                sys.stdout.writelines(form.lines(rows, today, settings.policy, csv_form()))
            sys.stdout.flush()
    return 0


def _form(arguments: Namespace) -> Form:
    """What was asked for; where nothing was, what the file's name says."""
    ending = Path(arguments.output or "").suffix.removeprefix(".").casefold()
    form = Form(arguments.format or (ending if ending in REPORT_FORMATS else Form.CSV))
    if not arguments.excel:
        return form
    if form is not Form.CSV:
        raise SettingsError(f"--excel is about CSV, not about {form}: leave out one of them.")
    return Form.EXCEL


def _path(output: str | None) -> Path | None:
    if output is None:
        return None
    path = Path(output).expanduser()
    if path.is_dir():
        raise SettingsError(f"--output {output} is a folder: name a file in it.")
    return path


class _Progress:
    """One line on standard error that says how far it is; silent where nobody sits, and for the first second."""

    def __init__(self) -> None:
        self._shown_at = time.monotonic()
        self._text = ""
        self._is_terminal = sys.stderr.isatty()

    def show(self, customers: int) -> None:
        """Show the number of customers that are written."""
        if self._is_terminal and time.monotonic() - self._shown_at >= PATIENCE:
            self._shown_at = time.monotonic()
            self._write(f"{customers:,} customers written")

    def clear(self) -> None:
        """Take the line away."""
        if self._text:
            self._write(" " * len(self._text) + "\r")

    def _write(self, text: str) -> None:
        self._text = text
        sys.stderr.write(f"\r{text}")
        sys.stderr.flush()
