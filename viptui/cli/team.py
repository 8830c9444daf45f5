"""``viptui team`` and ``viptui change-codes``: who is in the team, and which codes it has sent."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Sequence
from datetime import tzinfo
from typing import Any, Final

from viptui.cli.output import narrate, prepare_output, print_json
from viptui.cli.tables import RED, YELLOW, Column, paper, print_table, snug
from viptui.config import Settings
from viptui.data.change_codes import list_change_codes
from viptui.data.reading import reading
from viptui.data.team import team_with_customers
from viptui.record_rows import ChangeCodeRow
from viptui.rules.managed_by import ROLE_NAMES, Role
from viptui.rules.reseller_change import time_left
from viptui.services import clock_of


def run_team(arguments: Namespace, settings: Settings) -> int:
    """Print the team with the number of customers that each member manages."""
    prepare_output(for_programs=arguments.json)
    with reading(settings.database, read_only=settings.read_only):
        team = team_with_customers()
    if arguments.json:
        _print_records(team)
    else:
        cells = [
            (each.login, each.name, each.email, ROLE_NAMES[Role(each.role)], each.status, f"{each.customers:,}")
            for each in team
        ]
        _print(_TEAM, cells, settings, "The team has no members yet: 'viptui add-member' adds somebody.")
    sys.stdout.flush()
    return 0


def run_change_codes(arguments: Namespace, settings: Settings) -> int:
    """Print the reseller change codes, newest first, with their state and the time left."""
    prepare_output(for_programs=arguments.json)
    now = clock_of(settings).now()
    with reading(settings.database, read_only=settings.read_only):
        codes = list_change_codes(now, settings.policy)
    if arguments.json:
        _print_records(codes)
    else:
        cells = [_code_cells(each, settings.zone) for each in codes]
        _print(_CODES, cells, settings, "No reseller change code has been sent: 'viptui send-change-code' sends one.")
    sys.stdout.flush()
    return 0


def _code_cells(each: ChangeCodeRow, zone: tzinfo) -> tuple[str, ...]:
    return (
        each.vip_id,
        each.admin_email,
        each.code,
        each.state,
        time_left(each.seconds_left),
        f"{each.issued_at.astimezone(zone):%Y-%m-%d %H:%M}",
        f"{each.expires_at.astimezone(zone):%Y-%m-%d %H:%M}",
        each.requested_by or "",
    )


def _print_records(records: Iterable[object]) -> None:
    print_json(list(records))


def _print(columns: Sequence[Column], rows: Sequence[tuple[str, ...]], settings: Settings, empty: str) -> None:
    if rows:
        print_table(snug(columns, rows), rows, paper(no_color=settings.no_color))
    else:
        narrate(empty)


def _column(title: str, width: int, **rest: Any) -> Column:
    return Column(title=title, width=width, **rest)


_TEAM: Final = (
    _column("Login", 30),
    _column("Name", 30, least=12, rank=2),
    _column("E-mail", 40, least=16, rank=3),
    _column("Role", 13),
    _column("Status", 8, colour=lambda text: YELLOW if text == "pending" else ""),
    _column("Customers", 11, is_number=True),
)

_CODES: Final = (
    _column("VIP number", 40, least=12),
    _column("Admin e-mail", 40, least=16, rank=2),
    _column("Code", 19),
    _column("State", 7, colour=lambda text: RED if text == "expired" else ""),
    _column("Left", 11),
    _column("Sent", 16, rank=3),
    _column("Expires", 16, rank=1),
    _column("By", 20, least=8, rank=4),
)
