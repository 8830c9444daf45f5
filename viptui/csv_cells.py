"""Values as cells of a CSV file that a spreadsheet may open, and a terminal show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
"""What makes a spreadsheet take a text for a formula. Source: OWASP ASVS 5.0, 1.2.10."""


def csv_cell(value: object) -> str:
    """A value as a cell; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return _quoted(_cell_text(value))


def visible_cell(value: object) -> str:
    """The same for a terminal, which it does not drive."""
    from viptui.text import visible

    return _quoted(visible(_cell_text(value)))


def excel_cell(value: object, separator: str) -> str:
    """The same for Excel as it reads lists with that separator: where it is a semicolon, decimals have a comma."""
    text = _cell_text(value)
    if isinstance(value, Decimal) and separator == ";":
        text = text.replace(".", ",")
    return _quoted(text, separator)


def csv_line(cells: Iterable[str]) -> str:
    """A line of cells."""
    return ",".join(cells) + "\n"


def amount_text(amount: Decimal) -> str:
    """An exact amount with at least two decimals: ``1234.50``."""
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents if cents == amount else amount:f}"


def _cell_text(value: object) -> str:
    if isinstance(value, str):
        return value if value[:1].isalnum() else _guarded(str(value))
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return amount_text(value)
        case date():
            return value.isoformat()
        case tuple():
            return _cell_text(" ".join(value))
    return _guarded(str(value))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


def _quoted(text: str, separator: str = ",") -> str:
    """A cell in quotes if it has to be; the module ``csv`` looks at each letter of a row for that. Source: RFC 4180."""
    if separator in text or '"' in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text
