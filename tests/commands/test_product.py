"""Products: added, switched off and on, and taken over from a price list, with what their prices are part of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from tests.support.acting import act_on, counts, customer, do, history, refused
from tests.support.builders import Portfolio, Requested
from viptui.actions import BY_ID
from viptui.commands.act import Done
from viptui.commands.perform import perform
from viptui.commands.product import ImportProducts
from viptui.data.catalogue import CATALOGUE
from viptui.data.models import Product
from viptui.data.products import list_products
from viptui.errors import CommandRejected, NotFound
from viptui.importing.faults import FaultyFiles
from viptui.importing.price_list import read_price_list
from viptui.rules.products import has_authorizations

pytestmark = pytest.mark.usefixtures("database")

PHOTOSHOP = {"sku": "PS", "name": "Photoshop for Teams"}


def take_over(path: Path, *, only_if_empty: bool = False, dry_run: bool = False) -> Done:
    """Import a price list as the command does."""
    found = read_price_list(path)
    command = ImportProducts(
        products=found.products, fields=found.fields, source=path.name, only_if_empty=only_if_empty
    )
    return perform(BY_ID["product.import"], command, act_on(), dry_run=dry_run)


def price_list(folder: Path, text: str) -> Path:
    path = folder / "prices.csv"
    path.write_text(text, encoding="utf-8")
    return path


def products() -> dict[str, tuple[object, ...]]:
    return {
        each.sku: (each.name, each.unit_price, each.currency, each.pa_allowed, each.consumable, each.active)
        for each in Product.select()
    }


def test_a_product_is_added() -> None:
    done = do("product.add", **PHOTOSHOP, price="431.88", currency="eur", market_segment="edu", type="team")
    assert done.summary == "Added Photoshop for Teams (PS)."
    (row,) = list_products()
    assert (row.price, row.currency, row.market_segment, row.type) == (Decimal("431.88"), "EUR", "Education", "Team")
    assert (row.pa_allowed, row.consumable, row.active) == (True, False, True)


ALLOWED = {
    "as its name tells": ("Acrobat Pro for Enterprise", "", False),
    "unless somebody says so": ("Acrobat Pro for Enterprise", "yes", True),
    "or denies it": ("Photoshop for Teams", "no", False),
}


@pytest.mark.parametrize(("name", "said", "allowed"), ALLOWED.values(), ids=ALLOWED)
def test_whether_purchase_authorizations_may_name_it(name: str, said: str, allowed: bool) -> None:
    do("product.add", sku="X", name=name, pa_allowed=said)
    assert Product.get().pa_allowed is allowed


REFUSED: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    "a SKU that is there": (
        {"sku": "sku-0001", "name": "Other"},
        {"sku": "SKU-0001 is there already, as Acrobat Pro: 'viptui import-products' changes products."},
    ),
    "a price without a currency": (
        PHOTOSHOP | {"price": "1"},
        {"currency": "Currency: Enter the currency of the price."},
    ),
    "a currency without a price": (
        PHOTOSHOP | {"currency": "EUR"},
        {"price": "Price: Enter the price, or leave the currency out."},
    ),
    "several faults at once": (
        {"sku": "", "name": "", "price": "1,50", "currency": "euro"},
        {
            "sku": "SKU: Enter a value.",
            "name": "Name: Enter a value.",
            "price": "Price: Enter an amount in plain digits, for example 1250.50.",
            "currency": "Currency: Enter a currency by its three letters, for example EUR.",
        },
    ),
}


@pytest.mark.parametrize(("values", "reasons"), REFUSED.values(), ids=REFUSED)
def test_a_product_is_refused(values: dict[str, str], reasons: dict[str, str]) -> None:
    Portfolio().product("Acrobat Pro")
    assert refused("product.add", **values) == reasons


def test_a_product_that_is_no_longer_sold_cannot_be_authorized() -> None:
    portfolio = Portfolio()
    portfolio.product("Acrobat Pro")
    portfolio.customer("Aster Clinic", vip_id="A")
    assert do("product.deactivate", "sku-0001").summary == "Acrobat Pro (SKU-0001) is no longer sold."
    assert list_products() == ()
    assert len(list_products(inactive=True)) == 1
    reasons = refused("authorization.create", "A", lines=["SKU-0001=1"])
    assert reasons == {"lines.0": "Acrobat Pro is no longer sold: choose another product."}
    assert refused("product.deactivate", "SKU-0001") == {"sku": "Acrobat Pro is off sale already: leave it as it is."}
    assert do("product.activate", "SKU-0001").summary == "Acrobat Pro (SKU-0001) is sold again."
    do("authorization.create", "A", lines=["SKU-0001=1"])


def test_an_unknown_product_is_named() -> None:
    with pytest.raises(NotFound, match="There is no product X: 'viptui products' lists them"):
        do("product.activate", "X")


def test_products_are_found_by_name_and_sku() -> None:
    for name in ("Photoshop for Teams", "Ácrobat Pro", "InCopy for Teams"):
        Portfolio().product(name, sku=f"SKU {name}")
    assert [row.name for row in list_products("TEAMS")] == ["InCopy for Teams", "Photoshop for Teams"]
    assert [row.name for row in list_products("acro")] == ["Ácrobat Pro"]
    assert [row.name for row in list_products("sku in")] == ["InCopy for Teams"]


def test_a_price_list_adds_changes_and_leaves(tmp_path: Path) -> None:
    first = price_list(
        tmp_path,
        "Part number;Product;List price;Currency;PA allowed;Consumable\nPS;Photoshop;100.5;EUR;;\nST;Stock;;;no;yes\n",
    )
    assert take_over(first).after == {"added": 2, "changed": 0, "unchanged": 0}
    assert products() == {
        "PS": ("Photoshop", Decimal("100.5"), "EUR", True, False, True),
        "ST": ("Stock", None, None, False, True, True),
    }
    assert take_over(first).after == {"added": 0, "changed": 0, "unchanged": 2}
    second = price_list(tmp_path, "sku,name,price,currency\nps,Photoshop,120,EUR\nIC,InCopy,,\n")
    done = take_over(second)
    assert done.summary == "Imported products from prices.csv: 1 added, 1 changed, 0 unchanged."
    assert {sku: values[1] for sku, values in products().items()} == {"ps": 120, "ST": None, "IC": None}
    assert products()["ST"][3:5] == (False, True)
    assert history() == [("product.import", "prices.csv")] * 3


def test_what_a_file_does_not_tell_stays(tmp_path: Path) -> None:
    do("product.add", **PHOTOSHOP, price="5", currency="EUR", pa_allowed="no", consumable="yes")
    take_over(price_list(tmp_path, "sku,name\nPS,Photoshop\n"))
    assert products()["PS"] == ("Photoshop", 5, "EUR", False, True, True)


def test_open_purchase_authorizations_cost_what_their_products_cost(tmp_path: Path) -> None:
    portfolio = Portfolio()
    portfolio.product("Acrobat Pro", price=Decimal(10))
    portfolio.customer("Aster Clinic", vip_id="A", requested=[Requested(days_ago=3, quantity=5)])
    portfolio.customer("Birch Council", vip_id="B", requested=[Requested(days_ago=3, status="cancelled")])
    assert customer("A").open_amount == 50
    take_over(price_list(tmp_path, "sku,name,price,currency\nSKU-0001,Acrobat Pro,12.50,USD\n"))
    assert (customer("A").open_amount, customer("A").open_currency) == (Decimal("62.5"), "USD")
    counts()


def test_a_dry_run_imports_nothing(tmp_path: Path) -> None:
    done = take_over(price_list(tmp_path, "sku,name\nPS,Photoshop\n"), dry_run=True)
    assert (done.after["added"], done.is_dry_run) == (1, True)
    assert products() == {}


FAULTS = {
    "every fault by line and column": (
        'SKU,Name,Price,Currency,PA\n,X,1,EUR,maybe\nA,"",x,EUR,yes\nB,Y,5,,\nC,Z,,EUR,\nc,Z,,,\nD,Q\n',
        [
            "line 2, column SKU: Enter a value.",
            'line 2, column PA: Enter yes or no. There is "maybe".',
            "line 3, column Name: Enter a value.",
            'line 3, column Price: Enter an amount in plain digits, for example 1250.50. There is "x".',
            "line 3, column Price: Enter the price, or leave the currency out.",
            "line 4, column Currency: Enter the currency of the price.",
            "line 5, column Price: Enter the price, or leave the currency out.",
            "line 6, column SKU: c stands on line 5 already: remove one of them.",
            "line 7: The row has 2 cells, the header 5.",
        ],
    ),
    "a column that is missing": (
        "sku,price\nA,1\n",
        ['line 1: As a price list it lacks name. The file has "sku", "price".'],
    ),
    "two columns for one field": (
        "sku,name,product\nA,B,C\n",
        ['line 1: The columns "name" and "product" both mean name: remove one.'],
    ),
    "an empty file": ("", ["The file is empty: its first line must name the columns."]),
}


@pytest.mark.parametrize(("text", "faults"), FAULTS.values(), ids=FAULTS)
def test_faults_of_a_price_list(tmp_path: Path, text: str, faults: list[str]) -> None:
    path = price_list(tmp_path, text)
    with pytest.raises(FaultyFiles) as refusal:
        take_over(path)
    assert [line.removeprefix(str(path)).lstrip(",: ") for line in refusal.value.lines] == faults
    assert products() == {}


def test_the_starting_catalogue_fills_an_empty_database_only() -> None:
    done = take_over(CATALOGUE, only_if_empty=True)
    assert done.after["added"] == len(products()) > 20
    assert all(values[1] is None for values in products().values())
    with pytest.raises(CommandRejected, match="products already: import a price list"):
        take_over(CATALOGUE, only_if_empty=True)


def test_the_starting_catalogue_knows_what_is_ordered_directly() -> None:
    listed = read_price_list(CATALOGUE).products
    assert {each.name: each.pa_allowed for each in listed} == {
        each.name: has_authorizations(each.name) for each in listed
    }
    assert [each.name for each in listed if not each.pa_allowed] == [
        "Creative Cloud All Apps for Enterprise",
        "Acrobat Pro for Enterprise",
        "Creative Cloud All Apps for Education device licence",
    ]
