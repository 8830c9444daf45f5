"""``viptui triage``: the interface, open on a list to work through; or what a session has come to."""

from __future__ import annotations

from argparse import Namespace

from viptui.cli.output import prepare_output
from viptui.cli.selection import selected
from viptui.config import Settings
from viptui.data.reading import reading
from viptui.data.triage import find_triage, handled
from viptui.errors import NotFound
from viptui.rules.filters import CustomerFilter
from viptui.rules.triage import summary_lines
from viptui.services import clock_of
from viptui.text import visible


def run_triage(arguments: Namespace, settings: Settings) -> int:
    """Open the list that the options select, what is past due if they say nothing, or print the summary."""
    if arguments.summary:
        return _print_summary(settings)
    if arguments.view is None:
        arguments.filter = arguments.filter or CustomerFilter.PAST_DUE.value
    with reading(settings.database, read_only=settings.read_only):
        listing = selected(arguments, settings)
    if listing.query is None or not listing.query.is_about_snoozed:
        listing = listing._replace(awake_for=settings.me)

    from viptui.cli.interface import open_interface

    return open_interface(settings, listing)


def _print_summary(settings: Settings) -> int:
    clock = clock_of(settings)
    with reading(settings.database, read_only=settings.read_only):
        triage = find_triage(settings.me)
        if triage is None:
            raise NotFound(f"{settings.me} has no triage session: 'viptui triage' begins one.")
        done = handled(settings.me, triage)
    prepare_output(for_programs=False)
    for line in summary_lines(triage, done, settings.me, clock.now(), clock.zone):
        print(visible(line))
    return 0
