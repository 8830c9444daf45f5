"""``viptui dashboard``: the figures of the dashboard, for people as tables and for programs as JSON."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from viptui.cli.output import prepare_output, print_json
from viptui.cli.tables import Column, Paper, paper, print_table, snug
from viptui.config import Settings
from viptui.csv_cells import amount_text
from viptui.dashboard_rows import Ageing, MemberLoad, PastDueDay, RenewalWeek
from viptui.data.dashboard import ageing, workload
from viptui.data.reading import reading
from viptui.services import clock_of


def run_dashboard(arguments: Namespace, settings: Settings) -> int:
    """Print what waits, what comes, who has it to do, and how past due has gone."""
    prepare_output(for_programs=arguments.json)
    today = clock_of(settings).today()
    with reading(settings.database, read_only=settings.read_only):
        ages, load = ageing(today, settings.policy), workload(today, settings.policy)
    if arguments.json:
        figures = {
            "day": today,
            "ageing": [_age(each) for each in ages],
            "renewals": [each._asdict() for each in load.weeks],
            "team": [each._asdict() for each in load.team],
            "past_due": [each._asdict() for each in load.trend],
        }
        print_json(figures)
    else:
        on = paper(no_color=settings.no_color)
        _print_ages(ages, on)
        _print_weeks(load.weeks, on)
        _print_team(load.team, on)
        _print_trend(load.trend, on)
    sys.stdout.flush()
    return 0


def _age(row: Ageing) -> dict[str, object]:
    return {"state": row.state, "days": row.band.words} | {
        name: getattr(row, name) for name in ("authorizations", "licences", "amounts", "licences_without_price")
    }


def _print_ages(rows: Sequence[Ageing], on: Paper) -> None:
    cells = [
        (
            row.band.words,
            row.state.value,
            f"{row.authorizations:,}",
            f"{row.licences:,}",
            f"{row.licences_without_price:,}",
            ", ".join(f"{amount_text(amount)} {currency}" for currency, amount in row.amounts.items()),
        )
        for row in rows
    ]
    _print(("Days", "PAs are", "PAs*", "Licences*", "Without price*", "Amount"), cells, on)


def _print_weeks(rows: Sequence[RenewalWeek], on: Paper) -> None:
    cells = [(str(row.first), str(row.last), f"{row.customers:,}") for row in rows]
    _print(("Renewals from", "to", "Customers*"), cells, on)


def _print_team(rows: Sequence[MemberLoad], on: Paper) -> None:
    cells = [
        (row.login or "(nobody)", *(f"{each:,}" for each in (row.customers, row.past_due, row.upcoming, row.ready)))
        for row in rows
    ]
    _print(("Managed by", "Customers*", "Past due*", "Upcoming*", "Ready*"), cells, on)


def _print_trend(rows: Sequence[PastDueDay], on: Paper) -> None:
    cells = [
        (str(row.day), f"{row.customers:,}", "" if row.is_counted else "at least: who has ordered since is missing")
        for row in rows
    ]
    _print(("Past due on", "Customers*", ""), cells, on, is_last=True)


def _print(titles: Sequence[str], rows: Sequence[Sequence[str]], on: Paper, *, is_last: bool = False) -> None:
    """A table; the titles of numbers end with a star."""
    columns = [Column(title=each.rstrip("*"), width=60, least=3, is_number=each.endswith("*")) for each in titles]
    print_table(snug(columns, rows), rows, on)
    if not is_last:
        sys.stdout.write("\n")
