"""``viptui order-sheet``: what is typed into the ordering system."""

from __future__ import annotations

import sys
from argparse import Namespace

from viptui.cli.output import csv_form, prepare_output, print_csv, print_json
from viptui.cli.selection import readable
from viptui.config import Settings
from viptui.data.order_sheets import order_sheet
from viptui.data.reading import reading
from viptui.rules.order_sheet import TITLES, table, text_lines
from viptui.services import clock_of
from viptui.text import visible


def run_order_sheet(arguments: Namespace, settings: Settings) -> int:
    """Print the sheet of an order, or of a Purchase Authorization that waits for one."""
    prepare_output(for_programs=arguments.json or arguments.csv)
    with reading(settings.database, read_only=settings.read_only):
        sheet = order_sheet(readable(arguments.number), clock_of(settings).today(), settings.policy)
    if arguments.json:
        print_json(sheet)
    elif arguments.csv:
        cell = csv_form()
        print_csv(TITLES, ([cell(value) for value in row] for row in table(sheet)))
    else:
        sys.stdout.writelines(f"{visible(line)}\n" for line in text_lines(sheet))
    sys.stdout.flush()
    return 0
