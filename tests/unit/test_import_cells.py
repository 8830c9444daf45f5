"""Single cells of a file: what they may be called, and what is stored."""

from collections.abc import Callable

import pytest

from viptui.importing import cells
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
