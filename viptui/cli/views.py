"""``viptui views``: the lists that somebody has saved under a name."""

from __future__ import annotations

import sys
from argparse import Namespace

from viptui.cli.output import narrate, prepare_output, print_json
from viptui.cli.selection import readable
from viptui.config import Settings
from viptui.data.reading import reading
from viptui.data.views import list_views
from viptui.rules.views import SavedView, in_words


def run_views(arguments: Namespace, settings: Settings) -> int:
    """Print my saved views, in the order of their numbers in the interface."""
    me = readable(settings.me)
    prepare_output(for_programs=arguments.json)
    with reading(settings.database, read_only=settings.read_only):
        views = list_views(me)
    if arguments.json:
        print_json([each._asdict() for each in views])
    elif views:
        _print(views, settings)
    else:
        narrate(f"{me} has saved no view. b saves one in the interface.")
    sys.stdout.flush()
    return 0


def _print(views: tuple[SavedView, ...], settings: Settings) -> None:
    from viptui.cli.tables import Column, paper, print_table, snug

    columns = (Column(title="View", width=60), Column(title="Shows", width=120, least=20))
    rows = [(each.name, in_words(each)) for each in views]
    print_table(snug(columns, rows), rows, paper(no_color=settings.no_color))
