"""``viptui show``: everything about one customer."""

from __future__ import annotations

import sys
from argparse import Namespace

from viptui.cli.detail_views import detail_view
from viptui.cli.output import prepare_output, print_json
from viptui.cli.selection import readable
from viptui.config import Settings
from viptui.data.details import customer_detail, customer_plans
from viptui.data.reading import reading
from viptui.errors import NotFound
from viptui.services import clock_of


def run_show(arguments: Namespace, settings: Settings) -> int:
    """Print everything about the customer with a VIP ID."""
    today = clock_of(settings).today()
    prepare_output(for_programs=arguments.json)
    with reading(settings.database, read_only=settings.read_only):
        detail = customer_detail(readable(arguments.vip_id))
        if detail is None:
            raise NotFound(
                f"No customer has the VIP ID {arguments.vip_id!r}. Search by name: viptui list --search NAME."
            )
        plans = customer_plans(detail.row.id, today, settings.policy)
    view = detail_view(detail, plans, today, settings.policy)
    if arguments.json:
        print_json(view)
    else:
        from viptui.cli.detail_sections import print_detail

        print_detail(view, settings.zone, no_color=settings.no_color)
    sys.stdout.flush()
    return 0
