"""``viptui counts`` and ``viptui list``."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date

from viptui.cli.output import csv_form, narrate, prepare_output, print_csv, print_json, print_json_objects
from viptui.cli.selection import chosen_columns, selected
from viptui.config import Settings
from viptui.data.queries import count_customers, count_filters, walk_customers
from viptui.data.reading import reading
from viptui.json_values import json_text
from viptui.rows import CustomerRow
from viptui.rules.filters import TITLES, CustomerFilter
from viptui.rules.listing import Listing
from viptui.rules.policy import VipPolicy
from viptui.services import clock_of


def run_counts(arguments: Namespace, settings: Settings) -> int:
    """Print how many customers each filter holds."""
    today = clock_of(settings).today()
    prepare_output(for_programs=arguments.json or arguments.csv)
    with reading(settings.database, read_only=settings.read_only):
        listing = selected(arguments, settings)
        only = listing.filter if arguments.filter or arguments.view else None
        counts = _counts(only, listing, today, settings.policy)
    if arguments.json:
        print_json(counts)
    elif arguments.csv:
        print_csv(("filter", "customers"), (map(csv_form(), row) for row in counts.items()))
    else:
        _print_counts(counts, settings)
    sys.stdout.flush()
    return 0


def run_list(arguments: Namespace, settings: Settings) -> int:
    """Print customers, as they are read."""
    today = clock_of(settings).today()
    prepare_output(for_programs=arguments.json or arguments.csv)
    with reading(settings.database, read_only=settings.read_only):
        listing, columns = selected(arguments, settings), chosen_columns(arguments, settings)
        with closing(walk_customers(listing, today, settings.policy, arguments.limit)) as walk:
            rows = _Tally(walk)
            _print_customers(rows, listing.filter, columns, arguments, settings, today)
            sys.stdout.flush()
        if sys.stderr.isatty():
            narrate(_summary(rows.count, listing, count_customers(listing, today, settings.policy)))
    return 0


def _counts(only: CustomerFilter | None, listing: Listing, today: date, policy: VipPolicy) -> dict[CustomerFilter, int]:
    if only is None and not listing.is_sought and listing.awake_for is None:
        return count_filters(today, policy, listing.managed_by)
    wanted = CustomerFilter if only is None else [only]
    return {each: count_customers(listing._replace(filter=each), today, policy) for each in wanted}


def _print_counts(counts: dict[CustomerFilter, int], settings: Settings) -> None:
    from viptui.cli.tables import Column, paper, print_table

    columns = (Column(title="Filter", width=20), Column(title="Customers", width=11, is_number=True))
    rows = ((TITLES[each], f"{count:,}") for each, count in counts.items())
    print_table(columns, rows, paper(no_color=settings.no_color))


class _Tally:
    """Rows that are counted on their way."""

    def __init__(self, rows: Iterable[CustomerRow]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[CustomerRow]:
        for row in self._rows:
            self.count += 1
            yield row


def _print_customers(
    rows: Iterable[CustomerRow],
    tab: CustomerFilter,
    columns: Sequence[str],
    arguments: Namespace,
    settings: Settings,
    today: date,
) -> None:
    from viptui.customer_views import Views, fields_of

    fields, policy = fields_of(columns, tab), settings.policy
    if arguments.json:
        print_json_objects(fields, map(Views(today, policy, json_text, fields).chosen, rows))
    elif arguments.csv:
        print_csv(fields, map(Views(today, policy, csv_form(), fields).chosen, rows))
    elif columns:
        from viptui.cli.customer_table import print_chosen

        print_chosen(rows, Views(today, policy), columns, tab, no_color=settings.no_color)
    else:
        from viptui.cli.customer_table import print_customers

        print_customers(map(Views(today, policy).view, rows), no_color=settings.no_color)


def _summary(shown: int, listing: Listing, total: int) -> str:
    """How many there are; where there is none, why, and what to do about it."""
    if shown < total:
        return f"{shown:,} of {total:,} customers"
    if shown:
        return "1 customer" if shown == 1 else f"{shown:,} customers"
    if listing.query is not None:
        return f"No customer in {TITLES[listing.filter]} fulfils all of {str(listing.query)!r}. Ask less."
    if listing.search:
        return f"No customer here is called {listing.search!r}. Search less of the name, or in --filter all."
    if listing.managed_by:
        return f"{listing.managed_by} has no customers in {TITLES[listing.filter]}. Leave out --mine or --managed-by."
    if listing.filter is not CustomerFilter.ALL:
        return f"{TITLES[listing.filter]} is empty. 'viptui counts' shows where customers are."
    return "There are no customers yet. 'viptui import' takes them over from CSV files."
