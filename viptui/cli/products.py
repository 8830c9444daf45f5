"""``viptui products`` and ``viptui import-products``: what can be sold."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import closing
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from viptui.cli.output import csv_form, narrate, prepare_output, print_csv, print_json, print_json_objects
from viptui.cli.selection import readable
from viptui.cli.tables import Column, paper, print_table, snug
from viptui.config import Settings
from viptui.data.database import connected
from viptui.data.products import list_products
from viptui.data.reading import reading
from viptui.errors import ImportRejected
from viptui.json_values import json_text
from viptui.record_rows import ProductRow
from viptui.text import visible

if TYPE_CHECKING:
    from viptui.commands.act import Done
    from viptui.services import Services

REFUSED: Final = 1

FIELDS: Final = (
    "sku",
    "name",
    "market_segment",
    "type",
    "price",
    "currency",
    "pa_allowed",
    "consumable",
    "active",
)
"""As an import reads them again."""


def run_products(arguments: Namespace, settings: Settings) -> int:
    """Print the products by name."""
    prepare_output(for_programs=arguments.json or arguments.csv)
    with reading(settings.database, read_only=settings.read_only):
        products = list_products(readable(arguments.search), inactive=arguments.inactive)
    values = map(attrgetter(*FIELDS), products)
    if arguments.json:
        print_json_objects(FIELDS, (tuple(map(json_text, each)) for each in values))
    elif arguments.csv:
        form = csv_form()
        print_csv(FIELDS, (map(form, each) for each in values))
    elif products:
        rows = [_cells(each) for each in products]
        print_table(snug(_COLUMNS, rows), rows, paper(no_color=settings.no_color))
    else:
        narrate("There are no such products: 'viptui import-products' takes a price list over.")
    sys.stdout.flush()
    return 0


def run_import_products(arguments: Namespace, settings: Settings) -> int:
    """Take over a price list, all of it or nothing."""
    from viptui.data.catalogue import CATALOGUE
    from viptui.services import Services

    prepare_output(for_programs=arguments.json)
    path = CATALOGUE if arguments.starting_catalogue else Path(arguments.file).expanduser()
    try:
        with closing(Services.open(settings)) as services, connected(services.database):
            done = take_over(
                services,
                path,
                encoding=arguments.encoding,
                dry_run=arguments.dry_run,
                only_if_empty=arguments.starting_catalogue,
                request_id=arguments.request_id,
            )
    except ImportRejected as rejected:
        for line in str(rejected).split("\n"):
            print(f"viptui: {visible(line)}", file=sys.stderr)
        print("viptui: Nothing was imported. Correct the file and import it again.", file=sys.stderr)
        return REFUSED
    if arguments.json:
        print_json({"dry_run": done.is_dry_run, "repeated": done.is_repeated, **done.after})
    else:
        _tell(done)
    sys.stdout.flush()
    return 0


def take_over(
    services: Services,
    path: Path,
    *,
    encoding: str | None = None,
    dry_run: bool = False,
    only_if_empty: bool = False,
    request_id: str | None = None,
) -> Done:
    """Take over a price list into the open database.

    Raises:
        FaultyFiles: the file is faulty; nothing was written.
    """
    from viptui.actions import BY_ID
    from viptui.commands.product import ImportProducts
    from viptui.importing.price_list import read_price_list

    found = read_price_list(path, encoding)
    if found.ignored:
        names = ", ".join(found.ignored)
        print(visible(f"viptui: {path}: columns without a meaning here were ignored: {names}"), file=sys.stderr)
    command = ImportProducts(
        products=found.products, fields=found.fields, source=path.name, only_if_empty=only_if_empty
    )
    return services.perform(BY_ID["product.import"], command, request_id or uuid4().hex, dry_run=dry_run, origin="cli")


def _tell(done: Done) -> None:
    if done.is_repeated:
        print("This request had been carried out before; nothing was done now. Then:")
    print("Would be imported (nothing was written):" if done.is_dry_run else "Imported:")
    print(f"{'':<24}{'added':>11}{'changed':>11}{'unchanged':>11}")
    print(f"{'Products':<24}{done.after['added']:>11,}{done.after['changed']:>11,}{done.after['unchanged']:>11,}")
    for sentence in done.advice:
        print(visible(f"Note: {sentence}"))


def _cells(each: ProductRow) -> tuple[str, ...]:
    return (
        each.name,
        each.sku,
        each.market_segment or "",
        each.type or "",
        "" if each.price is None else f"{each.price:,.2f} {each.currency}",
        "yes" if each.pa_allowed else "order directly",
        "consumable" if each.consumable else "",
        "" if each.active else "no longer sold",
    )


_COLUMNS: Final = (
    Column(title="Product", width=60, least=24),
    Column(title="SKU", width=40, least=15),
    Column(title="Segment", width=11, rank=3),
    Column(title="Type", width=10, rank=2),
    Column(title="Price", width=17, is_number=True, rank=1),
    Column(title="Authorization", width=14, rank=1),
    Column(title="Kind", width=10, rank=4),
    Column(title="Status", width=14, rank=5),
)
