"""Assigned licences: how many of those that a customer holds are in use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from viptui.errors import Violation
from viptui.rules.folding import key_of
from viptui.rules.products import AskedLine, parse_counted_line


def parse_assigned(text: str) -> AskedLine:
    """A product and how many of its licences are assigned, written as ``SKU=QUANTITY``; 0 for none."""
    return parse_counted_line(text, least=0)


def assignment_violations(lines: Sequence[AskedLine], held: Mapping[str, int]) -> list[Violation]:
    """Why licences cannot be assigned so.

    Args:
        lines: products with their assigned licences.
        held: licences that the customer holds or has on open Purchase Authorizations, by the key of the SKU.
    """
    times = Counter(key_of(line.sku) for line in lines)
    return [
        Violation("licences.refused", message, f"lines.{number}")
        for number, line in enumerate(lines)
        if (message := _refusal(line, held.get(key_of(line.sku)), times[key_of(line.sku)])) is not None
    ]


def filled(quantity: int, places: Sequence[int]) -> list[int]:
    """How many of so many licences lie in each of several places, filled one after the other."""
    filled_ = []
    for room in places:
        filled_.append(min(quantity, room))
        quantity -= filled_[-1]
    return filled_


def _refusal(line: AskedLine, held: int | None, times: int) -> str | None:
    if held is None:
        return f"The customer holds no {line.sku}: name a product that its details list."
    if times > 1:
        return f"{line.sku} is named twice: put all of its licences on one line."
    if line.quantity > held:
        licences = "1 licence" if held == 1 else f"{held:,} licences"
        return f"The customer holds {licences} of {line.sku}: {line.quantity:,} cannot be assigned."
    return None
