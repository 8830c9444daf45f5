"""Values as cells of a CSV file that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
"""What makes a spreadsheet take a text for a formula. Source: OWASP ASVS 5.0, 1.2.10."""


def csv_text(titles: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A whole table as the text of a CSV file; no cell can act as a formula in a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(titles)
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return text.getvalue()


def csv_cell(value: object) -> str:
    """A value as a cell; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
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
            return _date_text(value)
        case tuple():
            return csv_cell(" ".join(value))
    return _guarded(str(value))


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


_date_text = lru_cache(maxsize=16_384)(date.isoformat)
"""The same days come again and again."""


def amount_text(amount: Decimal) -> str:
    """An exact amount with at least two decimals: ``1234.50``."""
    cents = amount.quantize(Decimal("0.01"))
    return f"{cents if cents == amount else amount:f}"
