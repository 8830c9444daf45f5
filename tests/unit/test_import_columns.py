"""What a header says: kinds of files, names of columns, ``--map``."""

import pytest

from viptui.importing.columns import KINDS, bare
from viptui.importing.files import FileFault
from viptui.importing.layout import column_map, layout_of

ORDER = ["order_number", "vip_id", "kind", "ordered_on", "sku", "quantity"]
AUTHORIZATION = ["authorization_number", "vip_id", "created_on", "sku", "quantity", "status"]
CUSTOMER = ["vip_id", "organization_name", "market_segment"]

HEADERS = {
    "the fields' own names": (CUSTOMER, "customers"),
    "names in any dress": (["VIP-ID", " Organization  Name ", "MARKET_SEGMENT"], "customers"),
    "other names for a customer": (["Membership ID", "Customer", "Segment", "E-mail", "coterm date"], "customers"),
    "authorizations": (AUTHORIZATION, "authorizations"),
    "other names for an authorization": (
        ["License authorization", "VIP number", "Created", "SKU", "Licenses", "Status"],
        "authorizations",
    ),
    "an authorization that names its order": ([*AUTHORIZATION, "order_number"], "authorizations"),
    "orders": (ORDER, "orders"),
    "other names for an order": (["Order #", "VIP ID", "Type", "Order date", "SKU", "Qty", "PA number"], "orders"),
    "an order that names its authorization": ([*ORDER, "authorization_number"], "orders"),
}


@pytest.mark.parametrize(("headers", "kind"), HEADERS.values(), ids=HEADERS)
def test_the_header_decides_the_kind(headers: list[str], kind: str) -> None:
    assert layout_of(0, "a.csv", headers, {}).kind.name == kind


def test_other_names_mean_their_field() -> None:
    headers = [
        "VIP number",
        "Organization",
        "Segment",
        "Anniversary Date",
        "account manager",
        "E-mail",
        "Shoe size",
        "",
    ]
    layout = layout_of(0, "a.csv", headers, {})
    assert dict(layout.indexes) == {
        "vip_id": 0,
        "organization_name": 1,
        "market_segment": 2,
        "anniversary_date": 3,
        "managed_by": 4,
        "contact_email": 5,
    }
    assert layout.ignored == ("Shoe size",)


def test_map_names_a_column_and_outdoes_other_names() -> None:
    headers = ["vip_id", "Firma", "organization", "segment"]
    layout = layout_of(0, "a.csv", headers, column_map(["Firma=organization_name"]))
    assert layout.indexes["organization_name"] == 1
    assert layout.ignored == ("organization",)


REFUSED = {
    "no known kind": (["a", "b"], 'of no known kind.*vip_id.*The file has "a", "b"'),
    "an order without a date": ([*ORDER[:3], "sku", "quantity"], "file of orders it lacks ordered_on.*--map"),
    "two columns for one field": (["VIP ID", "vip_id", *CUSTOMER[1:]], '"VIP ID" and "vip_id" both mean vip_id'),
}


@pytest.mark.parametrize(("headers", "sentence"), REFUSED.values(), ids=REFUSED)
def test_refused_headers(headers: list[str], sentence: str) -> None:
    with pytest.raises(FileFault, match=sentence):
        layout_of(0, "a.csv", headers, {})


@pytest.mark.parametrize("words", [["Firma=company"], ["=vip_id"], ["a=vip_id", "A=city"]])
def test_refused_maps(words: list[str]) -> None:
    with pytest.raises(FileFault):
        column_map(words)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_name_means_two_fields(kind) -> None:
    names = [name for field in kind.fields for name in (bare(field.name), *field.aliases)]
    assert sorted(set(names)) == sorted(names)
    assert [bare(name) for name in names] == names
