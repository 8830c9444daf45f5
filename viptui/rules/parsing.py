"""Text from a form or a CSV cell, read strictly; what cannot be read is refused with one plain sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from viptui.rules.offering import OfferingType
from viptui.rules.policy import MarketSegment

LONGEST_NAME: Final = 200
"""Characters of an imported organization name; the invitation form is stricter."""

LONGEST_EMAIL: Final = 240
"""Source: VIPMP documents, contact."""

LONGEST_VIP_ID: Final = 40
"""Its form is not published, so it is opaque text."""

LONGEST_PO_NUMBER: Final = 35
"""Source: VIPMP documents, external reference."""

LONGEST_SKU: Final = 100

LARGEST_QUANTITY: Final = 599_000
"""Source: VIPMP documents, subscription quantity."""

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2199

_SEGMENTS: Final[Mapping[str, MarketSegment]] = {
    "commercial": MarketSegment.COMMERCIAL,
    "com": MarketSegment.COMMERCIAL,
    "education": MarketSegment.EDUCATION,
    "edu": MarketSegment.EDUCATION,
    "government": MarketSegment.GOVERNMENT,
    "gov": MarketSegment.GOVERNMENT,
}
_OFFERING_TYPES: Final[Mapping[str, OfferingType]] = {each.casefold(): each for each in OfferingType}
_YES_NO: Final[Mapping[str, bool]] = {
    **dict.fromkeys(("yes", "y", "true", "1"), True),
    **dict.fromkeys(("no", "n", "false", "0"), False),
}

_REFUSED: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters
    "\u2028\u2029"  # line and paragraph separators: a value is one line
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of the text around them
    "\ud800-\udfff]"  # halves of a pair, which no encoding can store
)
_EMAIL_REFUSED: Final = re.compile(r"""[\s,;:"'`<>()\[\]\\]""")
_QUANTITY: Final = re.compile(r"[0-9]+")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONEY: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,4})?")

Choice = TypeVar("Choice")


class ParseError(ValueError):
    """A text cannot be read; the message is one sentence for the operator."""


def clean_text(text: str, *, maximum: int) -> str:
    """The text in NFC without outer whitespace, perhaps empty.

    Raises:
        ParseError: it is longer than ``maximum`` characters, or holds a control, surrogate or bidi character.
    """
    cleaned = unicodedata.normalize("NFC", text).strip()
    if len(cleaned) > maximum:
        raise ParseError(f"Use at most {maximum} characters; there are {len(cleaned)}.")
    if found := _REFUSED.search(cleaned):
        raise ParseError(f"Remove the hidden character U+{ord(found.group()):04X}.")
    return cleaned


def required_text(text: str, *, maximum: int) -> str:
    """Like ``clean_text``, for a text of at least one visible character."""
    cleaned = clean_text(text, maximum=maximum)
    if not any(each.isprintable() for each in cleaned):
        raise ParseError("Enter a value.")
    return cleaned


def parse_organization_name(text: str) -> str:
    """An organization name of 1 to 200 characters, as an import accepts it."""
    return required_text(text, maximum=LONGEST_NAME)


def parse_email(text: str) -> str:
    """One plain e-mail address of at most 240 characters with a dotted domain, in the case it was given."""
    cleaned = required_text(text, maximum=LONGEST_EMAIL)
    local, _, domain = cleaned.partition("@")
    is_plain = cleaned.isprintable() and cleaned.count("@") == 1 and not _EMAIL_REFUSED.search(cleaned)
    if not (is_plain and "." in domain and all(local.split(".")) and all(domain.split("."))):
        raise ParseError("Enter one e-mail address such as name@example.com.")
    return cleaned


def parse_vip_id(text: str) -> str:
    """A VIP ID: opaque text of 1 to 40 printable characters, in the case it was given."""
    cleaned = required_text(text, maximum=LONGEST_VIP_ID)
    if not cleaned.isprintable():
        raise ParseError("Use only visible characters in a VIP ID.")
    return cleaned


def parse_po_number(text: str) -> str:
    """The customer's own order reference of at most 35 characters; empty when there is none."""
    return clean_text(text, maximum=LONGEST_PO_NUMBER)


def parse_quantity(text: str) -> int:
    """A number of licences from 1 to 599,000, written in the digits 0 to 9 alone."""
    cleaned = required_text(text, maximum=LONGEST_NAME)
    if not _QUANTITY.fullmatch(cleaned):
        raise ParseError("Enter a whole number in plain digits, for example 25.")
    quantity = int(cleaned)
    if not 1 <= quantity <= LARGEST_QUANTITY:
        raise ParseError(f"Enter a number from 1 to {LARGEST_QUANTITY:,}.")
    return quantity


def parse_date(text: str) -> date:
    """A date written as 2026-03-20, of the years 1990 to 2199."""
    cleaned = required_text(text, maximum=LONGEST_NAME)
    if not _DATE.fullmatch(cleaned):
        raise ParseError("Enter a date such as 2026-03-20.")
    try:
        parsed = date.fromisoformat(cleaned)
    except ValueError:
        raise ParseError(f"The calendar has no {cleaned}; enter a date such as 2026-03-20.") from None
    if not FIRST_YEAR <= parsed.year <= LAST_YEAR:
        raise ParseError(f"Enter a date of the years {FIRST_YEAR} to {LAST_YEAR}.")
    return parsed


def parse_market_segment(text: str) -> MarketSegment:
    """A market segment by its name or its three letters, in any case."""
    return _choose(text, _SEGMENTS, "Enter Commercial, Education or Government.")


def parse_offering_type(text: str) -> OfferingType:
    """An offering type by its name, in any case."""
    return _choose(text, _OFFERING_TYPES, "Enter Team or Enterprise.")


def parse_yes_no(text: str) -> bool:
    """Yes or no, also as y/n, true/false and 1/0, in any case."""
    return _choose(text, _YES_NO, "Enter yes or no.")


def parse_money(text: str) -> Decimal:
    """An amount of money, not negative, with at most four decimals and no thousands separator."""
    cleaned = required_text(text, maximum=LONGEST_NAME)
    if not _MONEY.fullmatch(cleaned):
        raise ParseError("Enter an amount in plain digits, for example 1250.50.")
    return Decimal(cleaned)


def parse_sku(text: str) -> str:
    """The number of a product: one of at most 100 visible characters."""
    cleaned = required_text(text, maximum=LONGEST_SKU)
    if not cleaned.isprintable():
        raise ParseError("Use only visible characters.")
    return cleaned


def parse_product_name(text: str) -> str:
    """The name of a product, 1 to 200 characters."""
    return required_text(text, maximum=LONGEST_NAME)


def parse_currency(text: str) -> str:
    """A currency by the three letters of ISO 4217, in any case."""
    cleaned = required_text(text, maximum=LONGEST_NAME).upper()
    if not (len(cleaned) == 3 and cleaned.isascii() and cleaned.isalpha()):
        raise ParseError("Enter a currency by its three letters, for example EUR.")
    return cleaned


def _choose(text: str, choices: Mapping[str, Choice], refusal: str) -> Choice:
    word = required_text(text, maximum=LONGEST_NAME).casefold()
    if word not in choices:
        raise ParseError(refusal)
    return choices[word]
