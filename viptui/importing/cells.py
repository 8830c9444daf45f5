"""One cell of a file: its text becomes the value that is stored, or a `ParseError`.

Dates become ISO text, which both engines take. Values that come again and again are read once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeVar

from viptui.rules.authorization import AuthorizationStatus, Creator
from viptui.rules.invitation import InvitationStatus
from viptui.rules.order import OrderKind
from viptui.rules.parsing import (
    LONGEST_EMAIL,
    ParseError,
    clean_text,
    parse_date,
    parse_email,
    parse_market_segment,
    parse_offering_type,
    parse_organization_name,
    parse_po_number,
    parse_quantity,
    parse_vip_id,
    required_text,
)

Value = str | int | None
Parser = Callable[[str], Value]

LONGEST_NUMBER: Final = 100
"""Characters of an order's or authorization's number, of a SKU and of a login."""

LONGEST_TERM_MONTHS: Final = 48
"""The longest extended term. Source: Reseller help."""

T = TypeVar("T")

_DIFFERENT_VALUES: Final = 20_000

_PLAIN_EMAIL: Final = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def are_clean(cells: Sequence[str], maximum: int) -> bool:
    """Whether texts of at most so many characters would be read as they stand, all of them.

    It is a matter of a few looks at them together; most columns of most files are so.
    """
    together = "\n".join(cells)
    return (
        max(map(len, cells), default=0) <= maximum
        and together.count("\n") == len(cells) - 1
        and together.replace("\n", " ").isprintable()  # of all blanks, only the common one is
        and unicodedata.is_normalized("NFC", together)
        and not any(each in f"\n{together}\n" for each in ("\n ", " \n", "\n'"))
    )


def text(maximum: int) -> Parser:
    """Reads a text that may be empty."""

    @lru_cache(_DIFFERENT_VALUES)
    def parse(cell: str) -> str:
        return clean_text(unguarded(cell), maximum=maximum)

    return parse


def organization_name(cell: str) -> str:
    """Reads the name of an organization."""
    return parse_organization_name(unguarded(cell))


def vip_id(cell: str) -> str:
    """Reads a VIP ID."""
    return cell if len(cell) <= 40 and cell.isascii() and cell.isalnum() else parse_vip_id(cell)


def number(cell: str) -> str:
    """Reads the number of an order or a Purchase Authorization, a SKU or a login."""
    if len(cell) <= LONGEST_NUMBER and cell.isascii() and cell.isalnum():
        return cell
    cleaned = required_text(cell, maximum=LONGEST_NUMBER)
    if not cleaned.isprintable():
        raise ParseError("Use only visible characters.")
    return cleaned


def number_or_nothing(cell: str) -> str:
    """Reads a number that may be missing."""
    return number(cell) if cell and not cell.isspace() else ""


def email(cell: str) -> str:
    """Reads an e-mail address; the plain ones without further ado."""
    return cell if len(cell) <= LONGEST_EMAIL and _PLAIN_EMAIL.fullmatch(cell) else parse_email(cell)


@lru_cache(_DIFFERENT_VALUES)
def day(cell: str) -> str:
    """Reads a date."""
    return parse_date(cell).isoformat()


@lru_cache(_DIFFERENT_VALUES)
def day_or_nothing(cell: str) -> str | None:
    """Reads a date that may be missing."""
    return day(cell) if cell.strip() else None


@lru_cache(_DIFFERENT_VALUES)
def po_number(cell: str) -> str:
    """Reads the customer's own order reference."""
    return parse_po_number(cell)


@lru_cache(_DIFFERENT_VALUES)
def quantity(cell: str) -> int:
    """Reads a number of licences, at least one."""
    return parse_quantity(cell)


@lru_cache(_DIFFERENT_VALUES)
def assigned(cell: str) -> int:
    """Reads a number of assigned licences; nothing means none."""
    return 0 if cell.strip() in ("", "0") else parse_quantity(cell)


@lru_cache(_DIFFERENT_VALUES)
def term_months(cell: str) -> int:
    """Reads the length of a term; nothing means a year."""
    if not cell.strip():
        return 12
    cleaned = clean_text(cell, maximum=LONGEST_NUMBER)
    if not (cleaned.isascii() and cleaned.isdigit() and len(cleaned) <= 2 and 1 <= int(cleaned) <= LONGEST_TERM_MONTHS):
        raise ParseError(f"Enter a number of months from 1 to {LONGEST_TERM_MONTHS}.")
    return int(cleaned)


@lru_cache(_DIFFERENT_VALUES)
def market_segment(cell: str) -> str:
    """Reads a market segment."""
    return parse_market_segment(cell).value


@lru_cache(_DIFFERENT_VALUES)
def offering_type(cell: str) -> str:
    """Reads Team or Enterprise."""
    return parse_offering_type(cell).value


def word(choices: Mapping[T, str], refusal: str) -> Parser:
    """Reads one of some words, case, spaces and hyphens ignored; each choice names its words."""
    meant = {bare: str(choice) for choice, words in choices.items() for bare in words.split()}

    @lru_cache(_DIFFERENT_VALUES)
    def parse(cell: str) -> str:
        cleaned = required_text(cell, maximum=LONGEST_NUMBER)
        bare = "".join(each for each in cleaned.casefold() if each.isalnum())
        if bare not in meant:
            raise ParseError(refusal)
        return meant[bare]

    return parse


invitation_status: Final = word(
    {InvitationStatus.PENDING: "pending invited sent", InvitationStatus.ACCEPTED: "accepted active"},
    "Enter Pending or Accepted.",
)

authorization_status: Final = word(
    {
        AuthorizationStatus.OPEN: "open pending overdue suspended",  # the last three are states of an open one
        AuthorizationStatus.ORDERED: "ordered fulfilled completed paid",
        AuthorizationStatus.CANCELLED: "cancelled canceled",
    },
    "Enter open, ordered or cancelled.",
)

creator: Final = word(
    {Creator.RESELLER: "reseller accountmanager", Creator.CUSTOMER: "customer admin"}, "Enter reseller or customer."
)

order_kind: Final = word(
    {
        OrderKind.INITIAL: "initial new first",
        OrderKind.ADD_ON: "addon addons additional",
        OrderKind.RENEWAL: "renewal renew renewed",
        OrderKind.RETURN: "return returned",
    },
    "Enter initial, add-on, renewal or return.",
)


def unguarded(cell: str) -> str:
    """Without the apostrophe that an export puts before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].lstrip().startswith(("=", "+", "-", "@")) else cell
