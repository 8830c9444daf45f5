"""Everything about one customer as sections for people."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from viptui.cli.customer_table import state_colour, state_text
from viptui.cli.detail_fields import customer_fields
from viptui.cli.detail_views import AuthorizationView, DetailView, OrderView
from viptui.cli.tables import BOLD, Column, Paper, coloured, paper, print_table, snug
from viptui.detail_rows import HistoryRow, LineRow
from viptui.text import visible

_Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with a table under it."""

    title: str
    columns: tuple[Column, ...]
    rows: list[_Cells]
    remarks: tuple[str, ...] = ()
    """Sentences under the table."""


def print_detail(view: DetailView, zone: tzinfo, *, no_color: bool) -> None:
    """Print all sections; instants as the clocks in ``zone`` showed them."""
    on = paper(no_color=no_color)
    _print_title("Customer details", on)
    for label, text in customer_fields(view):
        sys.stdout.write(f"{label:<24}{visible(text)}\n")
    for section in (_waiting(view), _products(view), _authorizations(view), _orders(view)):
        _print_section(section, on)
    _print_notes(view, zone, on)
    _print_section(_history(view, zone), on)


def _waiting(view: DetailView) -> Section:
    """What waits for an order: what becomes of it if nobody places one, and how long the order has to run."""
    waiting = [each for each in view.authorizations if each.state is not None]
    state = Column(title="State", width=14, colour=state_colour)
    return Section(
        title="Pending and overdue Purchase Authorizations",
        columns=(*_texts("Number", "Created"), state, *_texts("Turns", "PO number"), *_LINE_COLUMNS),
        rows=[cells for each in waiting for cells in _with_lines(_waiting_cells(each), each.lines)],
        remarks=tuple(
            f"Order {each.number} for {each.order_months_explanation}."
            for each in waiting
            if each.order_months_explanation
        ),
    )


def _waiting_cells(each: AuthorizationView) -> _Cells:
    turns = f"{each.next_state} on {each.next_state_on}" if each.next_state else ""
    return each.number, f"{each.created_on}", state_text(each.state, each.age), turns, each.po_number


def _products(view: DetailView) -> Section:
    return Section(
        title="Products",
        columns=(*_texts("Product"), *map(_number, ("Total", "Active", "Available", "Pending"))),
        rows=[
            (each.product, *(f"{number:,}" for number in (each.total, each.active, each.available, each.pending)))
            for each in view.products
        ],
    )


def _authorizations(view: DetailView) -> Section:
    return Section(
        title="Purchase Authorization history",
        columns=(*_texts("Number", "Created", "By", "Status", "PO number", "Order"), *_LINE_COLUMNS),
        rows=[cells for each in view.authorizations for cells in _with_lines(_authorization_cells(each), each.lines)],
    )


def _authorization_cells(each: AuthorizationView) -> _Cells:
    status = each.state or each.status
    return each.number, f"{each.created_on}", each.created_by, status, each.po_number, each.order_number or ""


def _orders(view: DetailView) -> Section:
    return Section(
        title="Orders",
        columns=(*_texts("Number", "Ordered", "Kind", "PO number"), *_LINE_COLUMNS),
        rows=[cells for each in view.orders for cells in _with_lines(_order_cells(each), each.lines)],
    )


def _order_cells(each: OrderView) -> _Cells:
    """An order's cells; renewals stand out by their capitals."""
    return each.number, f"{each.ordered_on}", each.kind.upper() if each.renewal else each.kind, each.po_number


def _history(view: DetailView, zone: tzinfo) -> Section:
    return Section(
        title="History",
        columns=_texts("When", "Who", "From", "What", "Details"),
        rows=[(_moment(each.at, zone), each.actor, each.origin, each.action, _details(each)) for each in view.history],
    )


def _details(entry: HistoryRow) -> str:
    return f"{entry.detail} ({entry.changes})" if entry.changes else entry.detail


def _with_lines(cells: _Cells, lines: Sequence[LineRow]) -> Iterator[_Cells]:
    """A row for each product; what they have in common stands in the first one."""
    products = [(f"{line.quantity:,}", _product(line)) for line in lines] or [("", "")]
    yield cells + products[0]
    for product in products[1:]:
        yield ("",) * len(cells) + product


def _product(line: LineRow) -> str:
    return f"{line.product} ({line.assigned:,} assigned)" if line.assigned else line.product


def _print_section(section: Section, on: Paper) -> None:
    _print_title(section.title, on)
    if section.rows:
        print_table(snug(section.columns, section.rows), section.rows, on)
    else:
        sys.stdout.write("none\n")
    for remark in section.remarks:
        sys.stdout.write(visible(remark) + "\n")


def _print_notes(view: DetailView, zone: tzinfo, on: Paper) -> None:
    _print_title("Notes", on)
    for note in view.notes:
        sys.stdout.write(f"{_moment(note.written_at, zone)}  {visible(note.author)}  #{note.number}\n")
        for line in note.body.splitlines():
            sys.stdout.write(f"  {visible(line)}\n")
    if not view.notes:
        sys.stdout.write("none\n")


def _print_title(title: str, on: Paper) -> None:
    before = "" if title == "Customer details" else "\n"
    sys.stdout.write(before + coloured(title, BOLD if on.has_colour else "") + "\n")


def _moment(instant: datetime, zone: tzinfo) -> str:
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M}"


def _texts(*titles: str) -> tuple[Column, ...]:
    return tuple(Column(title=title, width=_ANY_WIDTH, least=10) for title in titles)


def _number(title: str) -> Column:
    return Column(title=title, width=12, least=8, is_number=True)


_ANY_WIDTH: Final = 1_000
"""Wide enough for every text; the rows decide."""

_LINE_COLUMNS: Final = (_number("Licences"), *_texts("Product"))
