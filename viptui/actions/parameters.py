"""Parameters that several actions have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from viptui.actions.action import Kind, Parameter
from viptui.rules.parsing import parse_date, parse_po_number
from viptui.rules.products import parse_line


def text(name: str, label: str, help_: str, **rest: Any) -> Parameter:
    """A text that the rules of its action read."""
    return Parameter(name=name, label=label, help=help_, parse=_as_it_is, **rest)


def day(name: str, label: str, help_: str) -> Parameter:
    """A day that may be left out."""
    return Parameter(name=name, label=label, help=help_, parse=parse_date, kind=Kind.DATE, required=False)


def choice(
    name: str, label: str, help_: str, choices: Iterable[str], parse: Callable[[str], Any], **rest: Any
) -> Parameter:
    """One of several words; the rules of the action say what they think of none."""
    return Parameter(
        name=name,
        label=label,
        help=help_,
        parse=lambda given: parse(given) if given.strip() else None,
        kind=Kind.CHOICE,
        choices=tuple(choices),
        **rest,
    )


def _as_it_is(text: str) -> str:
    return text


LINES: Final = Parameter(
    name="lines", label="Products", help="a product and its quantity as SKU=QUANTITY", parse=parse_line, kind=Kind.LINES
)

PO_NUMBER: Final = Parameter(
    name="po_number", label="PO number", help="the customer's own reference", parse=parse_po_number, required=False
)
