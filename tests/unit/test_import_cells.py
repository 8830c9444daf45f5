"""Single cells of a file: what they may be called, and what is stored."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viptui.importing import cells
from viptui.importing.columns import KINDS, Field
from viptui.importing.names import has_authorizations
from viptui.rules.parsing import ParseError, parse_email

READ = {
    "fulfilled means ordered": (cells.authorization_status, "Fulfilled", "ordered"),
    "canceled is cancelled": (cells.authorization_status, "CANCELED", "cancelled"),
    "an overdue authorization is open": (cells.authorization_status, "overdue", "open"),
    "add on": (cells.order_kind, "Add On", "add-on"),
    "add-on": (cells.order_kind, "add-on", "add-on"),
    "EDU": (cells.market_segment, "EDU", "Education"),
    "pending": (cells.invitation_status, "pending", "Pending"),
    "no term is a year": (cells.term_months, " ", 12),
    "the longest term": (cells.term_months, "48", 48),
    "nothing assigned": (cells.assigned, "", 0),
    "none assigned": (cells.assigned, "0", 0),
    "no date": (cells.day_or_nothing, " ", None),
    "a date": (cells.day, " 2026-03-20 ", "2026-03-20"),
    "a guarded formula": (cells.text(50), "'=1+1", "=1+1"),
    "an apostrophe of its own": (cells.text(50), "'s-Hertogenbosch", "'s-Hertogenbosch"),
    "NFD becomes NFC": (cells.organization_name, "Mu\u0308ller", "Müller"),
}


@pytest.mark.parametrize(("parse", "cell", "value"), READ.values(), ids=READ)
def test_read(parse: Callable[[str], object], cell: str, value: object) -> None:
    assert parse(cell) == value


REFUSED = {
    "unknown status": (cells.authorization_status, "lost"),
    "unknown kind": (cells.order_kind, "gift"),
    "no term": (cells.term_months, "0"),
    "a term of 49 months": (cells.term_months, "49"),
    "a term of other digits": (cells.term_months, "１２"),
    "a date before 1990": (cells.day, "1989-12-31"),
    "29 February of a common year": (cells.day, "2026-02-29"),
    "no quantity": (cells.quantity, "0"),
    "an underscore in a quantity": (cells.quantity, "1_000"),
    "an empty number": (cells.number, " "),
    "an escape sequence": (cells.text(50), "\x1b]0;x\x07"),
    "a direction mark": (cells.organization_name, "Acme \u202egnp"),
    "two addresses": (cells.email, "a@b.example, c@d.example"),
    "a header in an address": (cells.email, "a@b.example\r\nBcc: c@d.example"),
}


@pytest.mark.parametrize(("parse", "cell"), REFUSED.values(), ids=REFUSED)
def test_refused(parse: Callable[[str], object], cell: str) -> None:
    with pytest.raises(ParseError):
        parse(cell)


@pytest.mark.parametrize("address", ["a.b+c@d-e.example", "A_1@sub.d.example"])
def test_the_short_cut_for_addresses_takes_only_what_the_rule_takes(address: str) -> None:
    assert cells.email(address) == parse_email(address)


CELLS = st.text(st.sampled_from("aB1 '=\n\t\u00a0\u0301é\u202e\ud800漢"), max_size=6)

TEXTS = [field for kind in KINDS for field in kind.fields if field.longest is not None]


@settings(derandomize=True, max_examples=1000)
@given(st.sampled_from(TEXTS), st.lists(CELLS, min_size=1, max_size=3))
def test_cells_that_stay_as_they_are_are_read_as_they_are(field: Field, column: list[str]) -> None:
    if field.stays(column):
        assert [field.parse(cell) for cell in column] == column


@pytest.mark.parametrize("field", TEXTS, ids=lambda field: field.name)
def test_plain_texts_stay_as_they_are_up_to_the_longest(field: Field) -> None:
    assert field.longest is not None
    longest = ["Łódź", "x" * field.longest]
    assert field.stays(longest)
    assert not field.stays([*longest, "x" * (field.longest + 1)])
    assert field.stays([*longest, ""]) is not field.is_required


PRODUCTS = {
    "Acrobat Pro for Teams": True,
    "Acrobat Pro for enterprise": False,
    "Creative Cloud All Apps for Teams": True,
    "Creative Cloud for enterprise All Apps": False,
    "Creative Cloud Education device license": False,
    "Device license for K-12": False,
    "Stock for enterprise": True,
}


@pytest.mark.parametrize(("product", "expected"), PRODUCTS.items())
def test_products_that_are_ordered_directly(product: str, expected: bool) -> None:
    assert has_authorizations(product) is expected
