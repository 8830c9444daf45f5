"""Reading text from forms and files: what is accepted, and what is refused in which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from viptui.rules import parsing
from viptui.rules.offering import OfferingType
from viptui.rules.parsing import ParseError
from viptui.rules.policy import MarketSegment

CLEAN = {
    "plain text": ("Acme", "Acme"),
    "whitespace around it": ("  Acme\t\r\n", "Acme"),
    "a no-break space around it": ("\u00a0Acme\u00a0", "Acme"),
    "whitespace inside stays": ("Acme  Ltd", "Acme  Ltd"),
    "a decomposed accent is composed": ("Cafe\u0301", "Caf\u00e9"),
    "brackets are text": ("Acme [/foo] [DE]", "Acme [/foo] [DE]"),
    "a zero width joiner is needed by some scripts": ("\u0d28\u0d4d\u200d", "\u0d28\u0d4d\u200d"),
    "a zero width non-joiner too": ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
    "an astral letter": ("\U00020bb7\u91ce", "\U00020bb7\u91ce"),
    "an emoji": ("Acme \U0001f600", "Acme \U0001f600"),
    "nothing": ("   ", ""),
}


@pytest.mark.parametrize(("text", "expected"), CLEAN.values(), ids=CLEAN)
def test_clean_text(text: str, expected: str) -> None:
    assert parsing.clean_text(text, maximum=20) == expected


HIDDEN = {
    "NUL": "\x00",
    "BEL": "\x07",
    "a tab inside": "\t",
    "a line break inside": "\n",
    "ESC": "\x1b",
    "DEL": "\x7f",
    "a C1 control": "\x9b",
    "a quote that was decoded wrongly": "\x93",
    "a line separator": "\u2028",
    "an Arabic letter mark": "\u061c",
    "a left-to-right mark": "\u200e",
    "a right-to-left mark": "\u200f",
    "a left-to-right embedding": "\u202a",
    "a right-to-left override": "\u202e",
    "an isolate": "\u2066",
    "a pop isolate": "\u2069",
    "the first surrogate": "\ud800",
    "the last surrogate": "\udfff",
}


@pytest.mark.parametrize("character", HIDDEN.values(), ids=HIDDEN)
def test_a_hidden_character_is_refused_by_its_code_point(character: str) -> None:
    with pytest.raises(ParseError) as refused:
        parsing.clean_text(f"Ac{character}me", maximum=20)
    assert str(refused.value) == f"Remove the hidden character U+{ord(character):04X}."


def test_clean_text_counts_characters_after_tidying() -> None:
    assert parsing.clean_text(" Cafe\u0301 ", maximum=4) == "Caf\u00e9"
    with pytest.raises(ParseError, match="Use at most 4 characters; there are 5"):
        parsing.clean_text("Cafes", maximum=4)


Parser = Callable[[str], object]

ACCEPTED: dict[str, tuple[Parser, str, object]] = {
    "a name of one character": (parsing.parse_organization_name, "X", "X"),
    "a name of two characters": (parsing.parse_organization_name, "3M", "3M"),
    "a name of 200 characters": (parsing.parse_organization_name, "x" * 200, "x" * 200),
    "an e-mail": (parsing.parse_email, " ana.kovac@acme.example ", "ana.kovac@acme.example"),
    "an e-mail with a tag": (parsing.parse_email, "ana+vip@acme.co.example", "ana+vip@acme.co.example"),
    "an e-mail keeps its case": (parsing.parse_email, "Ana@Acme.Example", "Ana@Acme.Example"),
    "an e-mail of 240 characters": (
        parsing.parse_email,
        "a" * 227 + "@acme.example",
        "a" * 227 + "@acme.example",
    ),
    "an e-mail in another script": (parsing.parse_email, "añadir@müller.example", "añadir@müller.example"),
    "a VIP ID": (parsing.parse_vip_id, " 1CF838BCA13458E221E6 ", "1CF838BCA13458E221E6"),
    "a VIP ID of one character": (parsing.parse_vip_id, "1", "1"),
    "a VIP ID of 40 characters": (parsing.parse_vip_id, "A" * 40, "A" * 40),
    "a VIP ID keeps its case": (parsing.parse_vip_id, "aB", "aB"),
    "a PO number": (parsing.parse_po_number, "PO 7/2026", "PO 7/2026"),
    "a PO number of 35 characters": (parsing.parse_po_number, "7" * 35, "7" * 35),
    "no PO number": (parsing.parse_po_number, "  ", ""),
    "the smallest quantity": (parsing.parse_quantity, "1", 1),
    "a quantity with spaces around it": (parsing.parse_quantity, " 25 ", 25),
    "a quantity with leading zeros": (parsing.parse_quantity, "007", 7),
    "the largest quantity": (parsing.parse_quantity, "599000", 599_000),
    "a date": (parsing.parse_date, "2026-03-20", date(2026, 3, 20)),
    "a leap day": (parsing.parse_date, "2028-02-29", date(2028, 2, 29)),
    "the first date": (parsing.parse_date, "1990-01-01", date(1990, 1, 1)),
    "the last date": (parsing.parse_date, "2199-12-31", date(2199, 12, 31)),
    "Commercial": (parsing.parse_market_segment, "Commercial", MarketSegment.COMMERCIAL),
    "COM": (parsing.parse_market_segment, "COM", MarketSegment.COMMERCIAL),
    "education": (parsing.parse_market_segment, "education", MarketSegment.EDUCATION),
    "Edu": (parsing.parse_market_segment, "Edu", MarketSegment.EDUCATION),
    "GOVERNMENT": (parsing.parse_market_segment, "GOVERNMENT", MarketSegment.GOVERNMENT),
    "gov": (parsing.parse_market_segment, " gov ", MarketSegment.GOVERNMENT),
    "Team": (parsing.parse_offering_type, "Team", OfferingType.TEAM),
    "ENTERPRISE": (parsing.parse_offering_type, "ENTERPRISE", OfferingType.ENTERPRISE),
    "yes": (parsing.parse_yes_no, "yes", True),
    "Y": (parsing.parse_yes_no, "Y", True),
    "TRUE": (parsing.parse_yes_no, "TRUE", True),
    "1": (parsing.parse_yes_no, "1", True),
    "no": (parsing.parse_yes_no, "No", False),
    "n": (parsing.parse_yes_no, "n", False),
    "false": (parsing.parse_yes_no, "false", False),
    "0": (parsing.parse_yes_no, "0", False),
    "a whole amount": (parsing.parse_money, "1250", Decimal(1250)),
    "two decimals": (parsing.parse_money, "1250.50", Decimal("1250.50")),
    "four decimals": (parsing.parse_money, "0.0001", Decimal("0.0001")),
    "no money at all": (parsing.parse_money, "0", Decimal(0)),
}


@pytest.mark.parametrize(("parse", "text", "expected"), ACCEPTED.values(), ids=ACCEPTED)
def test_accepted(parse: Parser, text: str, expected: object) -> None:
    assert parse(text) == expected
    assert type(parse(text)) is type(expected)


NO_QUANTITY, NO_DATE = "Enter a whole number in plain digits", "Enter a date such as 2026-03-20."
NO_EMAIL, NO_MONEY = "Enter one e-mail address", "Enter an amount in plain digits"

REFUSED: dict[str, tuple[Parser, str, str]] = {
    "an empty name": (parsing.parse_organization_name, " ", "Enter a value."),
    "a name of nothing but joiners": (parsing.parse_organization_name, "\u200d\u200c", "Enter a value."),
    "a name of 201 characters": (parsing.parse_organization_name, "x" * 201, "Use at most 200 characters"),
    "a name that turns its direction": (parsing.parse_organization_name, "Ac\u202eme", "U+202E"),
    "an empty e-mail": (parsing.parse_email, "", "Enter a value."),
    "an e-mail without @": (parsing.parse_email, "acme.example", NO_EMAIL),
    "an e-mail with two @": (parsing.parse_email, "a@b@acme.example", NO_EMAIL),
    "an e-mail without a local part": (parsing.parse_email, "@acme.example", NO_EMAIL),
    "an e-mail without a domain": (parsing.parse_email, "ana@", NO_EMAIL),
    "an e-mail with a bare domain": (parsing.parse_email, "ana@localhost", NO_EMAIL),
    "an e-mail with an empty label": (parsing.parse_email, "ana@acme..example", NO_EMAIL),
    "an e-mail with a leading dot": (parsing.parse_email, "ana@.example", NO_EMAIL),
    "an e-mail with a final dot": (parsing.parse_email, "ana@acme.example.", NO_EMAIL),
    "an e-mail with a space": (parsing.parse_email, "ana kovac@acme.example", NO_EMAIL),
    "an e-mail with a no-break space": (parsing.parse_email, "ana\u00a0k@acme.example", NO_EMAIL),
    "two e-mails": (parsing.parse_email, "a@acme.example,b@acme.example", NO_EMAIL),
    "an e-mail with a comma": (parsing.parse_email, "a,b@acme.example", NO_EMAIL),
    "an e-mail with a semicolon": (parsing.parse_email, "a;b@acme.example", NO_EMAIL),
    "an e-mail in quotes": (parsing.parse_email, '"ana"@acme.example', NO_EMAIL),
    "an e-mail in angle brackets": (parsing.parse_email, "<ana@acme.example>", NO_EMAIL),
    "an e-mail with a name": (parsing.parse_email, "Ana <ana@acme.example>", NO_EMAIL),
    "an e-mail with a hidden joiner": (parsing.parse_email, "an\u200da@acme.example", NO_EMAIL),
    "an e-mail with a header behind it": (
        parsing.parse_email,
        "ana@acme.example\r\nBcc: b@acme.example",
        "U+000D",
    ),
    "an e-mail of 241 characters": (
        parsing.parse_email,
        "a" * 228 + "@acme.example",
        "Use at most 240 characters; there are 241.",
    ),
    "an empty VIP ID": (parsing.parse_vip_id, " ", "Enter a value."),
    "a VIP ID of 41 characters": (parsing.parse_vip_id, "A" * 41, "Use at most 40 characters"),
    "a VIP ID with a hidden joiner": (parsing.parse_vip_id, "1CF8\u200d38BC", "visible characters"),
    "a VIP ID with a control character": (parsing.parse_vip_id, "1CF8\x0038BC", "U+0000"),
    "a PO number of 36 characters": (parsing.parse_po_number, "7" * 36, "Use at most 35 characters"),
    "a PO number of two lines": (parsing.parse_po_number, "PO\n7", "U+000A"),
    "an empty quantity": (parsing.parse_quantity, "", "Enter a value."),
    "full-width digits": (parsing.parse_quantity, "１２３", NO_QUANTITY),
    "Arabic-Indic digits": (parsing.parse_quantity, "١٢", NO_QUANTITY),
    "a superscript digit": (parsing.parse_quantity, "²", NO_QUANTITY),
    "an underscore": (parsing.parse_quantity, "1_000", NO_QUANTITY),
    "a thousands separator": (parsing.parse_quantity, "1,000", NO_QUANTITY),
    "a plus sign": (parsing.parse_quantity, "+5", NO_QUANTITY),
    "a negative quantity": (parsing.parse_quantity, "-5", NO_QUANTITY),
    "an exponent": (parsing.parse_quantity, "1e3", NO_QUANTITY),
    "a decimal": (parsing.parse_quantity, "5.0", NO_QUANTITY),
    "a hexadecimal number": (parsing.parse_quantity, "0x10", NO_QUANTITY),
    "two numbers": (parsing.parse_quantity, "1 2", NO_QUANTITY),
    "none": (parsing.parse_quantity, "0", "Enter a number from 1 to 599,000."),
    "one too many": (parsing.parse_quantity, "599001", "Enter a number from 1 to 599,000."),
    "a number of 5,000 digits": (parsing.parse_quantity, "9" * 5000, "Use at most 200 characters"),
    "an empty date": (parsing.parse_date, "", "Enter a value."),
    "a date without hyphens": (parsing.parse_date, "20260320", NO_DATE),
    "a week date": (parsing.parse_date, "2026-W05-1", NO_DATE),
    "a day of the year": (parsing.parse_date, "2026-079", NO_DATE),
    "a date with a time": (parsing.parse_date, "2026-03-20T00:00", NO_DATE),
    "a short month": (parsing.parse_date, "2026-3-20", NO_DATE),
    "a date the American way": (parsing.parse_date, "03/20/2026", NO_DATE),
    "a date the German way": (parsing.parse_date, "20.03.2026", NO_DATE),
    "a date in full-width digits": (parsing.parse_date, "２０２６-03-20", NO_DATE),
    "a leap day of a common year": (parsing.parse_date, "2027-02-29", "The calendar has no 2027-02-29"),
    "a 13th month": (parsing.parse_date, "2026-13-01", "The calendar has no 2026-13-01"),
    "the year 0": (parsing.parse_date, "0000-01-01", "The calendar has no 0000-01-01"),
    "the day before the first": (parsing.parse_date, "1989-12-31", "years 1990 to 2199"),
    "the day after the last": (parsing.parse_date, "2200-01-01", "years 1990 to 2199"),
    "an unknown segment": (parsing.parse_market_segment, "Private", "Enter Commercial, Education or"),
    "no segment": (parsing.parse_market_segment, "", "Enter a value."),
    "an unknown type": (parsing.parse_offering_type, "Teams", "Enter Team or Enterprise."),
    "neither yes nor no": (parsing.parse_yes_no, "maybe", "Enter yes or no."),
    "an empty answer": (parsing.parse_yes_no, "", "Enter a value."),
    "an empty amount": (parsing.parse_money, "", "Enter a value."),
    "not a number": (parsing.parse_money, "NaN", NO_MONEY),
    "an infinite amount": (parsing.parse_money, "Infinity", NO_MONEY),
    "an amount with an exponent": (parsing.parse_money, "1E3", NO_MONEY),
    "a negative amount": (parsing.parse_money, "-1", NO_MONEY),
    "five decimals": (parsing.parse_money, "0.00001", NO_MONEY),
    "an amount with a thousands separator": (parsing.parse_money, "1,250.50", NO_MONEY),
    "a decimal comma": (parsing.parse_money, "1250,50", NO_MONEY),
    "a bare decimal point": (parsing.parse_money, "1.", NO_MONEY),
    "a leading decimal point": (parsing.parse_money, ".5", NO_MONEY),
    "an amount with an underscore": (parsing.parse_money, "1_000", NO_MONEY),
    "an amount in full-width digits": (parsing.parse_money, "１２", NO_MONEY),
    "an amount with its currency": (parsing.parse_money, "12 EUR", NO_MONEY),
}


@pytest.mark.parametrize(("parse", "text", "expected"), REFUSED.values(), ids=REFUSED)
def test_refused(parse: Parser, text: str, expected: str) -> None:
    with pytest.raises(ParseError) as refused:
        parse(text)
    message = str(refused.value)
    assert expected in message
    assert message.endswith(".")
    assert "\n" not in message
