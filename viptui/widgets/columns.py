"""Which columns a list shows in how much room, and a row as spans. Pure functions of frozen rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from viptui.rows import CustomerRow
from viptui.rules.filters import CustomerFilter
from viptui.rules.listing import SortColumn
from viptui.rules.standing import Standing
from viptui.text import fitted
from viptui.widgets.paint import Span
from viptui.widgets.states import state_span

GAPS: Final = (2, 1)
"""Cells between two columns: as many as there is room for."""

MARGIN: Final = 3
"""Cells at the left, where the cursor and marks are drawn."""


class RowContext(NamedTuple):
    """What a row's looks depend on besides the row."""

    tab: CustomerFilter
    today: date


class Column(NamedTuple):
    """One column: its head, its width and how it draws a cell."""

    sort: SortColumn
    title: str
    width: int
    """Cells; for a column that grows the least it makes sense with."""
    cell: Callable[[CustomerRow, Standing, RowContext], Span]
    grows: int = 0
    """Share of the cells that are left over."""
    right: bool = False


def _name(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.organization_name, "plain"


def _email(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.contact_email, "plain"


def _state(_row: CustomerRow, standing: Standing, context: RowContext) -> Span:
    return state_span(context.tab, standing)


def _licences(row: CustomerRow, _standing: Standing, context: RowContext) -> Span:
    if context.tab in {CustomerFilter.UPCOMING_RENEWALS, CustomerFilter.READY_FOR_RENEWAL}:
        count = row.facts.licences_due - row.facts.licences_renewed
    else:
        count = row.facts.open_licences
    return (f"{count:,}" if count else ""), "plain"


def _amount(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    amount = row.facts.open_amount
    return ("" if amount is None else f"{amount:,.2f} {row.facts.open_currency}"), "plain"


def _anniversary(_row: CustomerRow, standing: Standing, _context: RowContext) -> Span:
    day, days = standing.anniversary_on, standing.days_to_anniversary
    return ("" if day is None else f"{day} {f'{days}d':>5}"), "plain"


def _segment(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.market_segment[:3].upper(), "plain"


def _managed_by(row: CustomerRow, _standing: Standing, _context: RowContext) -> Span:
    return row.managed_by or "-", "plain"


def _invitation(row: CustomerRow, _standing: Standing, context: RowContext) -> Span:
    if row.invitation_status != "Pending":
        return row.invitation_status.lower(), "plain"
    if row.invited_on is None:
        return "PENDING", "warning"
    days = max(0, (context.today - row.invited_on).days)
    return f"PENDING {f'{days}d' if days < 1000 else f'{days // 365}y'}", "warning"


COLUMNS: Final[tuple[Column, ...]] = (
    Column(sort=SortColumn.NAME, title="Customer", width=19, cell=_name, grows=3),
    Column(sort=SortColumn.EMAIL, title="E-mail", width=17, cell=_email, grows=2),
    Column(sort=SortColumn.STATE, title="   State", width=17, cell=_state),
    Column(sort=SortColumn.LICENCES, title="Lic.", width=5, cell=_licences, right=True),
    Column(sort=SortColumn.AMOUNT, title="Amount", width=14, cell=_amount, right=True),
    Column(sort=SortColumn.ANNIVERSARY, title="Anniversary", width=16, cell=_anniversary),
    Column(sort=SortColumn.SEGMENT, title="Seg", width=3, cell=_segment),
    Column(sort=SortColumn.MANAGED_BY, title="Managed by", width=12, cell=_managed_by),
    Column(sort=SortColumn.INVITATION, title="Invitation", width=12, cell=_invitation),
)
"""Every column, from left to right."""

_FOLDED_FIRST: Final = (
    SortColumn.AMOUNT,
    SortColumn.EMAIL,
    SortColumn.SEGMENT,
    SortColumn.INVITATION,
    SortColumn.MANAGED_BY,
    SortColumn.LICENCES,
    SortColumn.ANNIVERSARY,
)
"""The order in which columns give way; name and state stay. What folds away stands in the preview."""


class Layout(NamedTuple):
    """Columns with their final widths."""

    columns: tuple[tuple[Column, int], ...]
    width: int
    gap: int


@lru_cache(maxsize=64)
def layout(width: int, prices: bool) -> Layout:
    """The columns that fit into ``width`` cells; the amount only where ``prices`` are known."""
    chosen = [column for column in COLUMNS if prices or column.sort is not SortColumn.AMOUNT]
    folding = list(_FOLDED_FIRST)
    while folding and _least(chosen, GAPS[-1]) > width:
        folded = folding.pop(0)
        chosen = [column for column in chosen if column.sort is not folded]
    gap = next((gap for gap in GAPS if _least(chosen, gap) <= width), GAPS[-1])
    spare = max(0, width - _least(chosen, gap))
    shares = sum(column.grows for column in chosen)
    widths = [column.width + (spare * column.grows // shares if shares else 0) for column in chosen]
    widths[0] = max(1, widths[0] + width - MARGIN - sum(widths) - gap * (len(widths) - 1))
    return Layout(tuple(zip(chosen, widths, strict=True)), width, gap)


def header(shape: Layout, sort: SortColumn, *, reverse: bool) -> list[Span]:
    """The columns' heads, with an arrow at the one that decides the order."""
    texts = []
    for column, width in shape.columns:
        arrow = ("\u2191" if reverse else "\u2193") if column.sort is sort else ""
        title = column.title + arrow
        texts.append(title.rjust(width)[:width] if column.right else fitted(title, width))
    return [(" " * MARGIN + (" " * shape.gap).join(texts), "heading")]


def cells(shape: Layout, row: CustomerRow, standing: Standing, context: RowContext) -> list[Span]:
    """A row as spans without its margin."""
    line: list[Span] = []
    gap = " " * shape.gap
    for column, width in shape.columns:
        text, style = column.cell(row, standing, context)
        line.append((fitted(text.rjust(width) if column.right else text, width) + gap, style))
    line[-1] = (line[-1][0][: -shape.gap], line[-1][1])
    return line


TITLE_OF: Final[Mapping[SortColumn, str]] = {column.sort: column.title.strip() for column in COLUMNS} | {
    SortColumn.INVITED: "Invited",
    SortColumn.LICENCES: "Licences",
    SortColumn.SEGMENT: "Segment",
}


def _least(columns: Sequence[Column], gap: int) -> int:
    return MARGIN + sum(column.width for column in columns) + gap * (len(columns) - 1)
