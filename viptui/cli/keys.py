"""``viptui keys``: what every key does, as the bindings have it and the settings change it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from viptui.cli.output import narrate, prepare_output, print_json
from viptui.cli.tables import Column, paper, print_table, snug
from viptui.config import load_settings
from viptui.pressed import key_name
from viptui.screens.key_map import Known, keys_in_force, known, problems
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.config import Overrides, Settings

NONSENSE: Final = 2
"""Exit status when the settings ask for keys that cannot be."""


def run_keys(arguments: Namespace, overrides: Overrides) -> int:
    """Print the map, or only what is wrong with it; where something is wrong, the map is as it is by itself."""
    settings = load_settings(overrides)
    prepare_output(for_programs=arguments.json)
    found = problems(settings.keys)
    for each in found:
        print(visible(f"viptui: {settings.file}: keys: {each}"), file=sys.stderr)
    if arguments.check:
        if not found:
            narrate("Every key that the settings name can be used.")
    else:
        _print(keys_in_force({} if found else settings.keys), settings, as_json=arguments.json)
    sys.stdout.flush()
    return NONSENSE if found else 0


def _print(force: Mapping[str, Sequence[str]], settings: Settings, *, as_json: bool) -> None:
    if as_json:
        print_json([_record(each, force[each.id]) for each in known().values()])
    else:
        rows = [
            (_place(each), " ".join(map(key_name, force[each.id])), each.id, each.help) for each in known().values()
        ]
        print_table(snug(_COLUMNS, rows), rows, paper(no_color=settings.no_color))


def _record(each: Known, keys: Sequence[str]) -> dict[str, object]:
    return {
        "id": each.id,
        "keys": list(keys),
        "usual_keys": list(each.keys),
        "does": each.help,
        "screens": list(each.screens),
        "part": each.group or None,
    }


def _place(each: Known) -> str:
    first, *others = each.screens
    part = f", {each.group}" if each.group else ""
    return f"{first}{part}" + (f" and {len(others)} more" if others else "")


_COLUMNS: Final = (
    Column(title="Screen", width=32, least=14, rank=1),
    Column(title="Key", width=20, least=8),
    Column(title="Id", width=40, least=12),
    Column(title="What it does", width=100, least=20),
)
